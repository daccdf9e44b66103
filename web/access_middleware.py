"""Middleware in front of everything: nobody comes in who may not, whatever address they ask for."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.responses import PlainTextResponse, RedirectResponse

from geo.i18n import get_reader_language, t, use_language
from store.accounts.sessions import get_session_user, has_accounts
from store.users.access_settings import load_access_settings
from store.users.users import PERSONAL
from web.request_user import (
    SCOPE_KEY,
    authenticate_request,
    carry_language,
    find_asked_language,
    is_host_allowed,
    is_same_origin,
    read_headers,
    read_session_cookie,
)

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from store.bootstrap import StoreStart
    from store.users.access_settings import AccessSettings
    from store.users.users import User

SIGN_IN: Final = "/dang-nhap"
OWN: Final = "/tai-khoan"
SIGN_OUT: Final = "/dang-xuat"
STATIC: Final = "/static/"
_OPEN: Final = re.compile(
    r"/dang-nhap|/hpmap/enter|/_stcore/health|/_stcore/host-config|/favicon\.(?:ico|png)"
    r"|/hpmap/[0-9a-f]{16}/(?:sign_in\.css|logo(?:_en)?\.svg|icon\.svg)"
)
"""Addresses that tell nothing of the facts: what a browser needs to show the sign-in page."""

_OWN_CHECKS: Final = re.compile(r"/hpmap/phone(?:/.*)?")
"""Routes that answer each request themselves: their page works without a connection."""

_OIDC: Final = re.compile(r"/|/auth/log(?:in|out)|/oauth2callback|/_stcore/stream")
"""Where signing in at the organisation's provider passes through: one page that shows no facts."""

_HEALTH: Final = "/_stcore/health"
_CLOSED: Final = re.compile(r"/_stcore/agent(?:/.*)?")
"""Streamlit's way to drive a page without a browser: not offered here."""

POLICY_VIOLATION: Final = 1008


class AccessMiddleware:
    """ASGI middleware that finds out who asks, and turns away who may not come in.

    What it found stands in the request's scope (``web.request_user.get_request_user``). A socket is
    asked again with every message, so that a session that ends is cut off at once.
    """

    def __init__(self, app: ASGIApp, store: StoreStart) -> None:
        self._app = app
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        use_language(find_asked_language(scope))
        settings = load_access_settings()
        if _reads_static_file(scope):  # the same for everybody: no store is asked who it is
            scope[SCOPE_KEY] = None
            refusal = _refuse_bad_request(scope, read_headers(scope), settings)
            await (refusal or self._app)(scope, receive, send)
            return
        # In a thread: the store may be far away, or just being made.
        user, refusal = await asyncio.to_thread(self._authenticate_request, scope, settings)
        scope[SCOPE_KEY] = user
        if refusal is None:
            if scope["type"] == "websocket":
                receive, send = _watch_socket(scope, receive, send)
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await refusal(scope, receive, send)

    def _authenticate_request(
        self, scope: Scope, settings: AccessSettings
    ) -> tuple[User | None, Response | None]:
        if not settings.accounts_required or scope["path"] != _HEALTH:
            self._store.make_ready()
        user = authenticate_request(scope)
        return user, _find_refusal(scope, user, settings)


def _reads_static_file(scope: Scope) -> bool:
    reads = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
    return reads and scope["path"].startswith(STATIC)


def _find_refusal(scope: Scope, user: User | None, settings: AccessSettings) -> Response | None:
    """Return the answer for a request that does not pass, ``None`` for one that does."""
    headers = read_headers(scope)
    path = scope["path"]
    refused = _refuse_bad_request(scope, headers, settings)
    if refused or _OPEN.fullmatch(path) or _OWN_CHECKS.fullmatch(path):
        return refused
    if user is None:
        return _refuse_anonymous(scope, headers, settings)
    if user.must_change and path not in {OWN, SIGN_OUT}:
        return _redirect_with_next(OWN, scope, headers)
    return None


def _refuse_bad_request(
    scope: Scope, headers: dict[str, str], settings: AccessSettings
) -> Response | None:
    """Return the answer for what no browser of ours would ask, whoever asks it."""
    changing = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD", "OPTIONS"}
    if not is_host_allowed(headers, settings):
        return PlainTextResponse(t("accounts.page.host", get_reader_language()), 400)
    if changing and not is_same_origin(headers):
        return PlainTextResponse(t("accounts.page.refused", get_reader_language()), 403)
    return PlainTextResponse("", 404) if _CLOSED.fullmatch(scope["path"]) else None


def _refuse_anonymous(
    scope: Scope, headers: dict[str, str], settings: AccessSettings
) -> Response | None:
    """Return the answer for somebody who has not signed in."""
    if not has_accounts():
        return PlainTextResponse(t("accounts.page.closed", get_reader_language()), 403)
    if settings.oidc and _OIDC.fullmatch(scope["path"]):
        return None
    return _redirect_to_sign_in(scope, headers)


def _redirect_to_sign_in(scope: Scope, headers: dict[str, str]) -> Response:
    """Send a browser that opens a page to the sign-in page; say no to everything else."""
    if _opens_page(scope, headers):
        return _redirect_with_next(SIGN_IN, scope, headers)
    return PlainTextResponse(t("accounts.page.why", get_reader_language()), 401)


def _redirect_with_next(address: str, scope: Scope, headers: dict[str, str]) -> Response:
    """Send a browser to another page that knows which one was asked for."""
    if not _opens_page(scope, headers):
        return RedirectResponse(address, 303)
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    way = f"{address}?{urlencode({'next': wanted})}"
    return RedirectResponse(carry_language(way, get_reader_language()), 303)


def _opens_page(scope: Scope, headers: dict[str, str]) -> bool:
    return scope["type"] == "http" and "text/html" in headers.get("accept", "")


def _watch_socket(scope: Scope, receive: Receive, send: Send) -> tuple[Receive, Send]:
    """Return a ``receive`` and a ``send`` that end the socket when its session has ended."""
    user: User | None = scope[SCOPE_KEY]
    token = read_session_cookie(read_headers(scope))
    ended = False

    async def checked() -> Message:
        nonlocal ended
        message = await receive()
        if message["type"] != "websocket.receive" or user is None or ended:
            return message
        if not await asyncio.to_thread(_has_session_ended, user, token):
            return message
        await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        ended = True
        return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}

    async def until_ended(message: Message) -> None:
        if not ended:
            await send(message)

    return checked, until_ended


def _has_session_ended(user: User, token: str) -> bool:
    """Return True if who opened a socket is no longer who they were."""
    if user.standing == "account":
        return get_session_user(token) != user
    return user is PERSONAL and has_accounts()
