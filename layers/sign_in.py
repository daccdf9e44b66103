"""The way in and out: plain pages without a script, on the server's own addresses."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from geo.errors import AccountError, SignInError
from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES, t
from layers.guard import OWN, SIGN_IN, SIGN_OUT
from layers.web_files import PREFIX, asset_path
from layers.web_user import COOKIE, address_of, cookie_of, headers_of, is_secure, user_of
from store.access import access
from store.accounts import change_own_password
from store.passwords import MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS
from store.sessions import SignedIn, enter, sign_in, sign_out

if TYPE_CHECKING:
    from starlette.requests import Request

    from store.people import User

MAX_FORM_BYTES: Final = 10_000
_MAX_NEXT_CHARS: Final = 2000
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


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
    parts = urlsplit(wanted)
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
        return RedirectResponse(f"/?{urlencode({'next': wanted})}", 303)
    return _shown(_form(language, wanted, ""), language)


async def _enter(request: Request) -> Response:
    language = _language(request)
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
        return _shown(_form(language, wanted, str(fault)), language, 401)
    return with_cookie(request, begun, wanted)


async def _ticket(request: Request) -> Response:
    wanted = safe_next(request.query_params.get("next", "/"))
    try:
        begun = await asyncio.to_thread(
            enter,
            request.query_params.get("ticket", ""),
            address=address_of(request.scope, headers_of(request.scope), access()),
            agent=request.headers.get("user-agent", ""),
        )
    except SignInError as fault:
        language = _language(request)
        return _shown(_message(language, str(fault)), language, 401)
    return with_cookie(request, begun, wanted)


def with_cookie(request: Request, begun: SignedIn, wanted: str) -> Response:
    """Return the answer that gives the browser its session and sends it on."""
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        COOKIE,
        begun.token,
        max_age=begun.seconds,
        httponly=True,
        samesite="lax",
        secure=is_secure(request.scope, headers_of(request.scope), access()),
    )
    return answer


async def _leave(request: Request) -> Response:
    token = cookie_of(headers_of(request.scope))
    if token:
        fields = await _fields(request)
        everywhere = fields.get("everywhere") == "1"
        await asyncio.to_thread(sign_out, token, everywhere=everywhere)
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer


async def _own(request: Request) -> Response:
    language = _language(request)
    user = user_of(request)
    if user is None or user.standing != "account":
        return RedirectResponse("/", 303)
    return _shown(_account(language, user, ""), language)


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
        return _shown(_account(language, user, str(fault)), language, 400)
    answer = _shown(_message(language, t("accounts.page.changed", language)), language)
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


def _form(language: str, wanted: str, fault: str) -> Markup:
    return Markup(
        '<h1>{title}</h1><p>{why}</p>{fault}<form method="post" action="{action}">'
        '<input type="hidden" name="next" value="{wanted}">'
        '<label for="name">{name}</label><input id="name" name="name" autocomplete="username" '
        'autocapitalize="none" required maxlength="60" autofocus>'
        '<label for="password">{password}</label><input id="password" name="password" '
        'type="password" autocomplete="current-password" required maxlength="{most}">'
        "<button>{enter}</button></form>"
    ).format(
        title=t("accounts.page.title", language),
        why=t("accounts.page.why", language),
        fault=_fault(fault),
        action=f"{SIGN_IN}?lang={language}",
        wanted=wanted,
        name=t("accounts.page.name", language),
        password=t("accounts.page.password", language),
        most=MAX_PASSWORD_CHARS,
        enter=t("accounts.page.enter", language),
    )


def _account(language: str, user: User, fault: str) -> Markup:
    role = t(f"permissions.role.{user.role}", language)
    area = (
        t("accounts.page.everywhere", language)
        if user.scope is None
        else t("accounts.page.area", language, count=len(user.scope))
    )
    note = t("accounts.page.must_change", language) if user.must_change else ""
    change = Markup(
        '<form method="post" action="{action}"><label for="old">{old}</label>'
        '<input id="old" name="old" type="password" autocomplete="current-password" required>'
        '<label for="new">{new}</label><input id="new" name="new" type="password" '
        'autocomplete="new-password" required minlength="{least}" maxlength="{most}">'
        "<button>{change}</button></form>"
    ).format(
        action=OWN,
        old=t("accounts.page.old", language),
        new=t("accounts.page.new", language, least=MIN_PASSWORD_CHARS),
        least=MIN_PASSWORD_CHARS,
        most=MAX_PASSWORD_CHARS,
        change=t("accounts.page.change", language),
    )
    leaving = Markup(
        '<form method="post" action="{out}"><button class="quiet">{one}</button></form>'
        '<form method="post" action="{out}"><input type="hidden" name="everywhere" value="1">'
        '<button class="quiet">{all}</button></form>'
    ).format(
        out=SIGN_OUT,
        one=t("accounts.page.out", language),
        all=t("accounts.page.out_everywhere", language),
    )
    return Markup(
        "<h1>{title}</h1><p>{who}<br>{area}</p>{note}{fault}{leaving}{change}"
        '<p><a href="/">{back}</a></p>'
    ).format(
        title=t("accounts.page.own", language),
        who=t("accounts.page.signed_in", language, shown=user.shown, role=role),
        area=area,
        note=_fault(note),
        fault=_fault(fault),
        leaving=leaving,
        change="" if access().oidc else change,
        back=t("accounts.page.back", language),
    )


def _message(language: str, text: str) -> Markup:
    return Markup('<p>{}</p><p><a href="{}">{}</a></p>').format(
        text, SIGN_IN, t("accounts.page.title", language)
    )


def _fault(text: str) -> Markup:
    return Markup('<p class="fault" role="alert">{}</p>').format(text) if text else Markup("")


def _shown(body: Markup, language: str, status: int = 200) -> HTMLResponse:
    page = Markup(
        '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>{product}</title><link rel="icon" href="{icon}">'
        '<link rel="stylesheet" href="{style}"></head>'
        '<body><main><img src="{logo}" alt="{product}">{body}</main></body></html>'
    ).format(
        language=language,
        product=t("accounts.page.product", language),
        icon=asset_path("icon.svg"),
        style=asset_path("sign_in.css"),
        logo=asset_path("logo.svg"),
        body=body,
    )
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY}
    return HTMLResponse(str(page), status, headers)
