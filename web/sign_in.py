"""The way in and out: plain pages without a script, on the server's own addresses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, reader_language, t
from layers.leaflet.asset_files import PREFIX
from store.accounts.accounts import change_own_password
from store.accounts.sessions import SignedIn, enter, sign_in, sign_out
from store.db.errors import AccountError, SignInError
from store.users.access_settings import access
from web.access_middleware import OWN, SIGN_IN, SIGN_OUT
from web.request_user import (
    COOKIE,
    address_of,
    cookie_of,
    from_own_page,
    headers_of,
    is_secure,
    user_of,
)
from web.sign_in_pages import (
    PROVIDER_OUT,
    leaving_note,
    message,
    own_account,
    password_form,
    plain_page,
    provider_button,
)

if TYPE_CHECKING:
    from starlette.requests import Request


MAX_FORM_BYTES: Final = 10_000
NEXT: Final = "hpmap_next"
"""The cookie that keeps the page wanted while somebody signs in at the provider."""

MINUTES_FOR_PROVIDER: Final = 15
_MAX_NEXT_CHARS: Final = 2000


def sign_in_routes() -> list[Route]:
    """Return the routes by which people come in, leave, and change their password."""
    return [
        Route(SIGN_IN, _page, methods=["GET"]),
        Route(SIGN_IN, _enter, methods=["POST"]),
        Route(f"/{PREFIX}/enter", _ticket, methods=["GET"]),
        Route(SIGN_OUT, _leave, methods=["POST"]),
        Route(OWN, _own, methods=["GET"]),
        Route(OWN, _change, methods=["POST"]),
    ]


def safe_next(wanted: str) -> str:
    """Return where to go after signing in: an address on this server, '/' for anything else."""
    if len(wanted) > _MAX_NEXT_CHARS or not wanted.isprintable() or "\\" in wanted:
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:  # brackets that are no IPv6 address
        return "/"
    if parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    return wanted if parts.path not in {SIGN_IN, SIGN_OUT} else "/"


async def _page(request: Request) -> Response:
    language = _language(request)
    wanted = safe_next(request.query_params.get("next", "/"))
    user = user_of(request)
    if user is not None and user.standing != "visitor":
        return RedirectResponse(wanted, 303)
    if access().oidc:
        answer = plain_page(provider_button(language), language)
        answer.set_cookie(NEXT, quote(wanted), MINUTES_FOR_PROVIDER * 60, **_flags(request))
        return answer
    return plain_page(password_form(language, wanted, ""), language)


async def _enter(request: Request) -> Response:
    language = _language(request)
    if access().oidc:
        return plain_page(provider_button(language), language, 403)
    fields = await _fields(request)
    wanted = safe_next(fields.get("next", "/"))
    try:
        begun = await asyncio.to_thread(
            sign_in,
            fields.get("name", ""),
            fields.get("password", ""),
            address=address_of(request.scope, headers_of(request.scope), access()),
            agent=request.headers.get("user-agent", ""),
        )
    except SignInError as fault:
        return plain_page(password_form(language, wanted, str(fault)), language, 401)
    return with_cookie(request, begun, wanted)


async def _ticket(request: Request) -> Response:
    wanted = safe_next(unquote(request.cookies.get(NEXT, "/")))
    if not from_own_page(headers_of(request.scope)):
        return plain_page(
            message(_language(request), t("accounts.page.refused", reader_language())),
            _language(request),
            403,
        )
    try:
        begun = await asyncio.to_thread(
            enter,
            request.query_params.get("ticket", ""),
            address=address_of(request.scope, headers_of(request.scope), access()),
            agent=request.headers.get("user-agent", ""),
        )
    except SignInError as fault:
        language = _language(request)
        return plain_page(message(language, str(fault)), language, 401)
    answer = with_cookie(request, begun, wanted)
    answer.delete_cookie(NEXT, httponly=True, samesite="lax")
    return answer


def with_cookie(request: Request, begun: SignedIn, wanted: str) -> Response:
    """Return the answer that gives the browser its session and sends it on."""
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(COOKIE, begun.token, begun.seconds, **_flags(request))
    return answer


def _flags(request: Request) -> Any:
    """Return how a cookie is kept: no script reads it, no other site sends it along."""
    secure = is_secure(request.scope, headers_of(request.scope), access())
    return {"httponly": True, "samesite": "lax", "secure": secure}


async def _leave(request: Request) -> Response:
    token = cookie_of(headers_of(request.scope))
    if token:
        fields = await _fields(request)
        everywhere = fields.get("everywhere") == "1"
        await asyncio.to_thread(sign_out, token, everywhere=everywhere)
    answer: Response = RedirectResponse(SIGN_IN, 303)
    if access().oidc:  # by a page of its own: the policy lets no form lead to another host
        language = _language(request)
        answer = plain_page(leaving_note(language), language, refresh=PROVIDER_OUT)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'  # nothing to be seen by going back
    return answer


async def _own(request: Request) -> Response:
    language = _language(request)
    user = user_of(request)
    if user is None or user.standing != "account":
        return RedirectResponse("/", 303)
    return plain_page(own_account(language, user, ""), language)


async def _change(request: Request) -> Response:
    language = _language(request)
    user = user_of(request)
    if user is None or user.standing != "account":
        return RedirectResponse(SIGN_IN, 303)
    fields = await _fields(request)
    try:
        await asyncio.to_thread(
            change_own_password, fields.get("old", ""), fields.get("new", ""), user
        )
    except AccountError as fault:
        return plain_page(own_account(language, user, str(fault)), language, 400)
    answer = plain_page(message(language, t("accounts.page.changed", language)), language)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


async def _fields(request: Request) -> dict[str, str]:
    """Return a small form's text fields; a larger body is read no further and gives none."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_FORM_BYTES:
            return {}
    try:
        pairs = parse_qsl(body.decode("utf-8"), max_num_fields=10)
    except ValueError:
        return {}
    return dict(pairs)


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE
