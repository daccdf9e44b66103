"""The project map of Hải Phòng. Start it with ``streamlit run app.py``.

Streamlit reads this file twice: once as a module, for the server (``app``: the map's own addresses
and the security headers), and for every visitor as the script that shows a page.
"""

from functools import partial

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from layers.web import map_middleware, map_routes, warm_up


def main() -> None:
    """Show the page that the address asks for."""
    # Here, not above: what a component registers counts only once the server runs.
    from pages import (  # noqa: PLC0415
        catalogue,
        changes_page,
        data_sources,
        document_view,
        import_page,
        map_page,
        review_page,
    )
    from pages.frame import open_page  # noqa: PLC0415

    ctx = open_page()
    pages = {
        "ban-do": (map_page.render, "map"),
        "danh-muc": (catalogue.render, "items"),
        "so-sanh": (changes_page.render, "changes"),
        "nap": (import_page.render, "import"),
        "xem-lai": (review_page.render, "review"),
        "nguyen-van": (document_view.render, "document"),
        "nguon": (data_sources.render, "sources"),
    }
    # st.navigation is always called: without it Streamlit would serve the files of pages/ itself.
    chosen = st.navigation(
        [
            st.Page(
                partial(render, ctx),
                title=ctx.t(f"pages.nav.{name}"),
                url_path=path,
                default=path == "ban-do",
            )
            for path, (render, name) in pages.items()
        ],
        position="top",
    )
    chosen.run()


if __name__ == "__main__":
    main()
else:
    # Until st.navigation has run once, Streamlit would take the files of pages/ for pages.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, routes=map_routes(), middleware=map_middleware(), lifespan=warm_up)
