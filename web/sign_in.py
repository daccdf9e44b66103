"""The way in and out: plain pages without a script, on the server's own addresses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from geo.i18n import LANGUAGES, get_reader_language, t
from layers.leaflet.asset_files import PREFIX
from store.accounts.account_passwords import change_own_password
from store.accounts.sessions import StartedSession, sign_in, sign_in_with_ticket, sign_out
from store.db.errors import AccountError, SignInError
from store.users.access_settings import load_access_settings
from web.access_middleware import OWN, SIGN_IN, SIGN_OUT
from web.page_templates import make_page_response
from web.request_user import (
    COOKIE,
    carry_language,
    find_client_address,
    get_request_user,
    is_from_own_page,
    is_secure,
    read_headers,
    read_language,
    read_session_cookie,
)

if TYPE_CHECKING:
    from starlette.requests import Request

    from store.users.users import User

MAX_FORM_BYTES: Final = 10_000
NEXT: Final = "hpmap_next"
"""The cookie that keeps the page wanted while somebody signs in at the provider."""

MINUTES_FOR_PROVIDER: Final = 15
_MAX_NEXT_CHARS: Final = 2000


def build_sign_in_routes() -> list[Route]:
    """Return the routes by which people come in, leave, and change their password."""
    return [
        Route(SIGN_IN, _serve_page, methods=["GET"]),
        Route(SIGN_IN, _handle_sign_in, methods=["POST"]),
        Route(f"/{PREFIX}/enter", _handle_ticket, methods=["GET"]),
        Route(SIGN_OUT, _handle_sign_out, methods=["POST"]),
        Route(OWN, _serve_own_account, methods=["GET"]),
        Route(OWN, _handle_password_change, methods=["POST"]),
    ]


def clean_next_url(wanted: str) -> str:
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


async def _serve_page(request: Request) -> Response:
    language = read_language(request)
    wanted = carry_language(clean_next_url(request.query_params.get("next", "/")), language)
    user = get_request_user(request)
    if user is not None and user.standing != "visitor":
        return RedirectResponse(wanted, 303)
    if load_access_settings().oidc:
        answer = make_page_response("provider_button.html", language)
        answer.set_cookie(
            NEXT, quote(wanted), MINUTES_FOR_PROVIDER * 60, **_build_cookie_flags(request)
        )
        return answer
    return make_page_response("password_form.html", language, wanted=wanted, fault="")


async def _handle_sign_in(request: Request) -> Response:
    language = read_language(request)
    if load_access_settings().oidc:
        return make_page_response("provider_button.html", language, 403)
    fields = await _read_form(request)
    wanted = carry_language(clean_next_url(fields.get("next", "/")), language)
    try:
        begun = await asyncio.to_thread(
            sign_in,
            fields.get("name", ""),
            fields.get("password", ""),
            address=find_client_address(request.scope),
            agent=request.headers.get("user-agent", ""),
        )
    except SignInError as fault:
        return make_page_response(
            "password_form.html", language, 401, wanted=wanted, fault=str(fault)
        )
    return redirect_with_cookie(request, begun, wanted)


async def _handle_ticket(request: Request) -> Response:
    wanted = clean_next_url(unquote(request.cookies.get(NEXT, "/")))
    # The provider's way back has no language: the page that was wanted has.
    asked = dict(parse_qsl(urlsplit(wanted).query)).get("lang", "")
    language = asked if asked in LANGUAGES else read_language(request)
    if not is_from_own_page(read_headers(request.scope)):
        refused = t("accounts.page.refused", get_reader_language())
        return make_page_response("message.html", language, 403, text=refused)
    try:
        begun = await asyncio.to_thread(
            sign_in_with_ticket,
            request.query_params.get("ticket", ""),
            address=find_client_address(request.scope),
            agent=request.headers.get("user-agent", ""),
        )
    except SignInError as fault:
        return make_page_response("message.html", language, 401, text=str(fault))
    answer = redirect_with_cookie(request, begun, wanted)
    answer.delete_cookie(NEXT, httponly=True, samesite="lax")
    return answer


def redirect_with_cookie(request: Request, begun: StartedSession, wanted: str) -> Response:
    """Return the answer that gives the browser its session and sends it on."""
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(COOKIE, begun.token, begun.seconds, **_build_cookie_flags(request))
    return answer


def _build_cookie_flags(request: Request) -> Any:
    """Return how a cookie is kept: no script reads it, no other site sends it along."""
    return {"httponly": True, "samesite": "lax", "secure": is_secure(request.scope)}


async def _handle_sign_out(request: Request) -> Response:
    token = read_session_cookie(read_headers(request.scope))
    if token:
        fields = await _read_form(request)
        everywhere = fields.get("everywhere") == "1"
        await asyncio.to_thread(sign_out, token, everywhere=everywhere)
    language = read_language(request)
    answer: Response = RedirectResponse(carry_language(SIGN_IN, language), 303)
    if load_access_settings().oidc:
        # By a page of its own: the policy lets no form lead to another host.
        answer = make_page_response("leaving.html", language)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    answer.headers["Clear-Site-Data"] = '"cache"'  # nothing to be seen by going back
    return answer


async def _serve_own_account(request: Request) -> Response:
    language = read_language(request)
    user = get_request_user(request)
    if user is None or user.standing != "account":
        return RedirectResponse(carry_language("/", language), 303)
    wanted = carry_language(clean_next_url(request.query_params.get("next", "/")), language)
    return _make_own_account_page(language, user, wanted=wanted)


async def _handle_password_change(request: Request) -> Response:
    language = read_language(request)
    user = get_request_user(request)
    if user is None or user.standing != "account":
        return RedirectResponse(carry_language(SIGN_IN, language), 303)
    fields = await _read_form(request)
    wanted = carry_language(clean_next_url(fields.get("next", "/")), language)
    try:
        await asyncio.to_thread(
            change_own_password, fields.get("old", ""), fields.get("new", ""), user
        )
    except AccountError as fault:
        return _make_own_account_page(language, user, 400, fault=str(fault), wanted=wanted)
    text = t("accounts.page.changed", language)
    answer = make_page_response("message.html", language, text=text, wanted=wanted)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


def _make_own_account_page(
    language: str, user: User, status: int = 200, *, fault: str = "", wanted: str = "/"
) -> Response:
    """Return one's own account: who one is and where, leaving, the password.

    ``wanted`` is where its owner was going, and goes on once the password is changed.
    """
    return make_page_response(
        "own_account.html",
        language,
        status,
        user=user,
        fault=fault,
        has_passwords=not load_access_settings().oidc,
        wanted=wanted,
    )


async def _read_form(request: Request) -> dict[str, str]:
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
