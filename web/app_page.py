"""Streamlit's own page as it is answered for the address of one of our pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from starlette.responses import HTMLResponse

_HEAD: Final = "<head>"
_END_OF_HEAD: Final = "</head>"
_END_OF_BODY: Final = "</body>"
_SERVER: Final = (
    "<script>window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href};</script>"
)
"""Says where the server answers: beside the page. Not told, the browser asks below it first."""


def make_app_page(early: str = "", first: str = "") -> HTMLResponse:
    """Return the page in which the browser runs the app, to be asked for anew every time.

    ``early`` are elements for its head (``web.browser_files.early_files``), ``first`` what it shows
    before the app does (``web.first_map``).
    """
    page = read_app_page().replace(_END_OF_HEAD, early + _END_OF_HEAD, 1)
    page = page.replace(_END_OF_BODY, first + _END_OF_BODY, 1)
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


@cache
def read_app_page() -> str:
    """Return Streamlit's page, which is told where its server is."""
    page = files("streamlit").joinpath("static", "index.html").read_text("utf-8")
    return page.replace(_HEAD, _HEAD + _SERVER, 1)
