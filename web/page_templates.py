"""Pages of our own beside Streamlit's, from ``templates/``; every value in them is escaped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.leaflet.asset_files import LOGOS, build_asset_path
from store.users.passwords import MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS
from web.access_middleware import OWN, SIGN_IN, SIGN_OUT
from web.request_user import carry_language

if TYPE_CHECKING:
    from collections.abc import Iterator

PROVIDER_OUT: Final = "/auth/logout"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_PIECES_AT_ONCE: Final = 5000
"""Texts and values of a template that go out together where it is sent piece by piece."""

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)
_TEMPLATES.globals |= {
    "asset_path": build_asset_path,
    "logos": LOGOS,
    "sign_in": SIGN_IN,
    "sign_out": SIGN_OUT,
    "own": OWN,
    "provider_out": PROVIDER_OUT,
    "min_password_chars": MIN_PASSWORD_CHARS,
    "max_password_chars": MAX_PASSWORD_CHARS,
}


def render_template(name: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """Return the markup of a template; its ``t`` gives the texts of the language."""
    return _TEMPLATES.get_template(name).render(values, **_speak(language))


def _speak(language: str) -> dict[str, object]:
    """Return what every template has of a language: its texts, and addresses that stay in it."""
    texts, address = partial(t, language=language), partial(carry_language, language=language)
    return {"t": texts, "at": address, "language": language}


def stream_template(name: str, language: str, **values: object) -> Iterator[str]:
    """Return the markup of a template piece by piece, however long it becomes."""
    stream = _TEMPLATES.get_template(name).stream(values, **_speak(language))
    stream.enable_buffering(_PIECES_AT_ONCE)
    return iter(stream)


def make_page_response(
    name: str, language: str, status: int = 200, **values: object
) -> HTMLResponse:
    """Return a page without a script, nothing from elsewhere, for the browser to keep nowhere."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": _POLICY}
    return HTMLResponse(render_template(name, language, **values), status, headers)
