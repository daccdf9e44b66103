"""Addresses of pages, answered before Streamlit sees them: those that no page has, and ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse

from geo.boundaries.active import is_layer_loaded
from web.app_page import make_app_page, read_app_page
from web.browser_files.early_files import build_early_links
from web.first_map import render_first_map
from web.page_templates import make_page_response
from web.request_user import read_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

_PAGE: Final = re.compile(r"/(?!(?:hpmap|_stcore|static|media|component|auth|app)/)([^.]+?)/?")
"""What a person may have typed: no file, and nothing of the server's own."""

_OURS: Final = frozenset({"dang-nhap", "dang-xuat", "tai-khoan", "oauth2callback", "hpmap"})
_KNOWN: Final[list[str]] = []


def register_page_paths(paths: Iterable[str]) -> None:
    """Say which pages there are, the one that opens first. Pages are read by the first visit."""
    if not _KNOWN:
        _KNOWN.extend(paths)


class NotFoundMiddleware:
    """ASGI middleware: a page that there is not is said not to be there, with a way back.

    One that there is is told where its server is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer it."""
        answer = _answer_page(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)


def _answer_page(scope: Scope) -> Response | None:
    accepts = (value for name, value in scope["headers"] if name == b"accept")
    if scope["method"] not in {"GET", "HEAD"} or not any(b"text/html" in one for one in accepts):
        return None
    if scope["path"] == "/" and _KNOWN and is_layer_loaded():
        first = render_first_map(HTTPConnection(scope))
        return make_app_page(build_early_links(read_app_page()), first)
    match = _PAGE.fullmatch(scope["path"])
    if match is None or match[1] in _OURS:
        return None
    if not _KNOWN or match[1] in _KNOWN[1:]:
        return None if scope["path"].endswith("/") else make_app_page()
    query = scope.get("query_string", b"").decode("latin-1")
    if match[1] == _KNOWN[0]:  # Streamlit knows the first page by the empty address only
        return RedirectResponse(f"/?{query}" if query else "/", 303)
    return make_page_response("not_found.html", read_language(HTTPConnection(scope)), 404)
