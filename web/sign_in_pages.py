"""The pages for coming in and leaving, as markup: no script, nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from starlette.responses import HTMLResponse

from geo.i18n import t
from layers.leaflet.asset_files import build_asset_path
from store.users.access_settings import load_access_settings
from store.users.passwords import MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS
from web.access_middleware import OWN, SIGN_IN, SIGN_OUT

if TYPE_CHECKING:
    from store.users.users import User

PROVIDER_IN: Final = "/?vao=1"
PROVIDER_OUT: Final = "/auth/logout"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def render_password_form(language: str, wanted: str, fault: str) -> Markup:
    """Return the form for name and password, with what was wrong with the last try."""
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
        fault=_render_fault(fault),
        action=f"{SIGN_IN}?lang={language}",
        wanted=wanted,
        name=t("accounts.page.name", language),
        password=t("accounts.page.password", language),
        most=MAX_PASSWORD_CHARS,
        enter=t("accounts.page.enter", language),
    )


def render_provider_button(language: str) -> Markup:
    """Return the way to the organisation's provider."""
    return Markup('<h1>{}</h1><p>{}</p><p><a class="button" href="{}">{}</a></p>').format(
        t("accounts.page.title", language),
        t("accounts.page.why", language),
        PROVIDER_IN,
        t("accounts.page.provider", language),
    )


def render_leaving_note(language: str) -> Markup:
    """Return what is shown while the provider's session ends too."""
    return Markup('<p role="status">{}</p><p><a href="{}">{}</a></p>').format(
        t("accounts.page.leaving", language), PROVIDER_OUT, t("accounts.page.go_on", language)
    )


def render_own_account(language: str, user: User, fault: str) -> Markup:
    """Return one's own account: who one is and where, leaving, the password."""
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
        note=_render_fault(note),
        fault=_render_fault(fault),
        leaving=leaving,
        change="" if load_access_settings().oidc else change,
        back=t("accounts.page.back", language),
    )


def render_not_found(language: str, text: str) -> Markup:
    """Return a message that leads back to the map."""
    return Markup('<h1>{}</h1><p>{}</p><p><a href="/">{}</a></p>').format(
        t("accounts.page.no_page_title", language), text, t("accounts.page.back", language)
    )


def render_message(language: str, text: str) -> Markup:
    """Return a message that leads to the sign-in page."""
    return Markup('<p>{}</p><p><a href="{}">{}</a></p>').format(
        text, SIGN_IN, t("accounts.page.title", language)
    )


def _render_fault(text: str) -> Markup:
    return Markup('<p class="fault" role="alert">{}</p>').format(text) if text else Markup("")


def make_page_response(
    body: Markup, language: str, status: int = 200, *, refresh: str = ""
) -> HTMLResponse:
    """Return a page without a script, for the browser to keep nowhere."""
    onward = Markup('<meta http-equiv="refresh" content="0;url={}">').format(refresh)
    page = Markup(
        '<!doctype html><html lang="{language}"><head><meta charset="utf-8">{onward}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>{product}</title><link rel="icon" href="{icon}">'
        '<link rel="stylesheet" href="{style}"></head>'
        '<body><main><img src="{logo}" alt="{product}">{body}</main></body></html>'
    ).format(
        language=language,
        onward=onward if refresh else "",
        product=t("accounts.page.product", language),
        icon=build_asset_path("icon.svg"),
        style=build_asset_path("sign_in.css"),
        logo=build_asset_path("logo.svg"),
        body=body,
    )
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY}
    return HTMLResponse(str(page), status, headers)
