"""An address that no page has is answered in the reader's language, before Streamlit sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse

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
    """ASGI middleware: a page that there is not is said not to be there, with a way back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer it."""
        answer = _answer_not_found(scope) if _KNOWN and scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)


def _answer_not_found(scope: Scope) -> Response | None:
    match = _PAGE.fullmatch(scope["path"])
    accepts = (value for name, value in scope["headers"] if name == b"accept")
    if (
        match is None
        or match[1] in _OURS
        or scope["method"] not in {"GET", "HEAD"}
        or not any(b"text/html" in value for value in accepts)
    ):
        return None
    query = scope.get("query_string", b"").decode("latin-1")
    if match[1] == _KNOWN[0]:  # Streamlit knows the first page by the empty address only
        return RedirectResponse(f"/?{query}" if query else "/", 303)
    if match[1] in _KNOWN:
        return None
    return make_page_response("not_found.html", read_language(HTTPConnection(scope)), 404)
