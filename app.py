"""The project map of Hải Phòng. Start it with ``streamlit run app.py``.

Streamlit reads this file twice: once as a module, for the server (``app``: the map's own addresses
and the security headers), and for every visitor as the script that shows a page.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from layers.web import map_middleware, map_routes, warm_up


def main() -> None:
    """Show the page that the address asks for."""
    # Here, not above: what a component registers counts only once the server runs.
    from pages import (  # noqa: PLC0415
        catalogue,
        data_sources,
        document_view,
        import_page,
        map_page,
        review_page,
    )
    from pages.frame import open_page  # noqa: PLC0415

    ctx = open_page()
    # st.navigation is always called: without it Streamlit would serve the files of pages/ itself.
    chosen = st.navigation(
        [
            st.Page(
                lambda: map_page.render(ctx),
                title=ctx.t("pages.nav.map"),
                url_path="ban-do",
                default=True,
            ),
            st.Page(
                lambda: catalogue.render(ctx), title=ctx.t("pages.nav.items"), url_path="danh-muc"
            ),
            st.Page(
                lambda: import_page.render(ctx), title=ctx.t("pages.nav.import"), url_path="nap"
            ),
            st.Page(
                lambda: review_page.render(ctx), title=ctx.t("pages.nav.review"), url_path="xem-lai"
            ),
            st.Page(
                lambda: document_view.render(ctx),
                title=ctx.t("pages.nav.document"),
                url_path="nguyen-van",
            ),
            st.Page(
                lambda: data_sources.render(ctx), title=ctx.t("pages.nav.sources"), url_path="nguon"
            ),
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
