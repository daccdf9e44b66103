"""The project map of Hải Phòng. Start it with ``streamlit run app.py``.

Streamlit reads this file twice: once as a module, for the server (``app``: the map's own addresses
and the security headers), and for every visitor as the script that shows a page.
"""

import streamlit as st

from layers.web import map_middleware, map_routes, warm_up


def main() -> None:
    """Show the page that the address asks for."""
    # Here, not above: what a component registers counts only once the server runs.
    from pages import catalogue, data_sources, map_page  # noqa: PLC0415
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
                lambda: data_sources.render(ctx), title=ctx.t("pages.nav.sources"), url_path="nguon"
            ),
        ],
        position="top",
    )
    chosen.run()


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, routes=map_routes(), middleware=map_middleware(), lifespan=warm_up)
