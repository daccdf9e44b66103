"""The project map of Hải Phòng. Start it with ``streamlit run app.py``.

Streamlit reads this file twice: once as a module, for the server (``app``: our own addresses, who
may come in, the security headers), and for every visitor as the script that shows a page.
"""

import time
from functools import partial

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from pages.shell.first_visit import get_pages_to_load, load_all_pages, open_first_page
from store.bootstrap import StoreStart
from store.event_log import log_event
from web.server import SLOW_SECONDS, build_middleware, build_routes, warm_up
from web.upkeep import READER_RUNS


@READER_RUNS.count_run()
def main() -> None:
    """Show the page that the address asks for."""
    # Here, not above: what a component registers counts only once the server runs.
    from pages.navigation import build_pages, load_pages  # noqa: PLC0415
    from pages.shell.context import find_reader_language, open_page  # noqa: PLC0415
    from pages.shell.page_frame import begin_link, show_page_frame  # noqa: PLC0415

    begun = time.monotonic()
    begin_link()
    ctx = open_page()
    held = ctx.facts if ctx else None  # by this run only, and one version for all of it
    # st.navigation is always called: without it Streamlit would serve the files of pages/ itself.
    pages = build_pages(ctx)
    page = st.navigation(pages, position="top")
    show_page_frame(page, pages, find_reader_language(), ctx.user if ctx else None)
    page.run()
    seconds = time.monotonic() - begun
    if seconds > SLOW_SECONDS:
        log_event("slow_request", method="PAGE", path=page.url_path, seconds=seconds)
    del held
    load_pages(get_pages_to_load())


def show_script_error(fault: Exception) -> bool:
    """Tell the reader what to do about a fault that no page expected."""
    from pages.shell.context import show_fault  # noqa: PLC0415

    return show_fault(fault)


if __name__ == "__main__":
    main()
else:
    # Until st.navigation has run once, Streamlit would take the files of pages/ for pages.
    PagesManager.uses_pages_directory = False
    store = StoreStart()
    app = st.App(
        __file__,
        routes=build_routes(),
        middleware=build_middleware(store),
        lifespan=partial(warm_up, store, open_first_page, load_all_pages),
        on_script_error=show_script_error,
    )
