"""Who sends a request: the session of its cookie, the personal install's own browser, a visitor."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import cookie_parser

from geo.i18n import DEFAULT_LANGUAGE, LANGUAGES
from store.accounts.sessions import get_session_user, has_accounts
from store.users.access_settings import LOOPBACK_NAMES, AccessSettings, load_access_settings
from store.users.permissions import is_allowed
from store.users.users import PERSONAL, VISITOR, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection
    from starlette.types import Scope

COOKIE: Final = "hpmap_session"
SCOPE_KEY: Final = "hpmap.user"
_FORWARDED: Final = ("x-forwarded-for", "forwarded", "x-real-ip")


def get_request_user(request: HTTPConnection) -> User | None:
    """Return who sends a request, ``None`` for somebody who may not come in at all.

    The guard (``web.access_middleware``) has found it out already; a route only asks.
    """
    user: User | None = request.scope.get(SCOPE_KEY)
    return user


def may_open(user: User, page: str) -> bool:
    """Return True if somebody may read a page; nobody may before a password is their own."""
    return not user.must_change and is_allowed(user, page)


def find_user_by_token(token: str) -> User | None:
    """Return whose browser has a cookie of this value.

    Without any account it is the personal install's user: the guard lets nobody else in then.
    """
    if token:
        user = get_session_user(token)
        if user is not None:
            return user
    settings = load_access_settings()
    if not settings.accounts_required and not has_accounts():
        return PERSONAL
    return VISITOR if settings.public_reading else None


def authenticate_request(scope: Scope) -> User | None:
    """Return who sends a request or opens a socket, ``None`` for who may not come in."""
    headers = read_headers(scope)
    user = find_user_by_token(read_session_cookie(headers))
    if user is PERSONAL and not is_own_machine(scope, headers):
        return None
    return user


_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.%]+\]|[^\s:,/@\[\]]+)(?::\d*)?")


def read_headers(scope: Scope) -> dict[str, str]:
    """Return a request's headers, names in lower case; of one sent twice, both with a comma."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        joint = "; " if key == "cookie" else ","
        text = value.decode("latin-1")
        headers[key] = f"{headers[key]}{joint}{text}" if key in headers else text
    return headers


def find_asked_language(scope: Scope) -> str:
    """Return the language that a request's address asks for, or that of the page it is sent by."""
    referer = read_headers(scope).get("referer", "").partition("?")[2]
    for query in (scope.get("query_string", b"").decode("latin-1"), referer):
        language = parse_qs(query).get("lang", [""])[-1]
        if language in LANGUAGES:
            return str(language)
    return DEFAULT_LANGUAGE


def read_language(request: HTTPConnection) -> str:
    """Return the language that a request's address asks for."""
    language = request.query_params.get("lang", DEFAULT_LANGUAGE)
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


def carry_language(address: str, language: str) -> str:
    """Return an address of this server as one that opens in a language, where it asks for none."""
    parts = urlsplit(address)
    asked = any(name == "lang" for name, _ in parse_qsl(parts.query))
    if asked or language not in LANGUAGES or language == DEFAULT_LANGUAGE:
        return address
    query = "&".join(filter(None, (parts.query, urlencode({"lang": language}))))
    return urlunsplit(parts._replace(query=query))


def read_session_cookie(headers: Mapping[str, str]) -> str:
    """Return the session cookie's value, '' without one."""
    return cookie_parser(headers.get("cookie", "")).get(COOKIE, "")


def read_host(headers: Mapping[str, str]) -> str:
    """Return the name that a request calls the server by, without its port.

    '' for what is no name: several of them, with one after another's port, are none.
    """
    match = _HOST.fullmatch(headers.get("host", "").strip().lower())
    return match["name"] if match else ""


def is_host_allowed(headers: Mapping[str, str], settings: AccessSettings) -> bool:
    """Return True if the server answers to the name that a request calls it by."""
    return read_host(headers) in LOOPBACK_NAMES | settings.hosts


def find_client_address(scope: Scope) -> str:
    """Return the address of whoever asks; behind a proxy, the one that the proxy saw."""
    return str((scope.get("client") or ("",))[0])


def is_secure(scope: Scope) -> bool:
    """Return True if the browser speaks to us over TLS, directly or through the proxy."""
    return scope.get("scheme") in {"https", "wss"}


def is_own_machine(scope: Scope, headers: Mapping[str, str]) -> bool:
    """Return True if a request comes straight from a program on this machine."""
    forwarded = any(name in headers for name in _FORWARDED)
    return (
        _is_loopback(find_client_address(scope))
        and read_host(headers) in LOOPBACK_NAMES
        and not forwarded
    )


def is_from_own_page(headers: Mapping[str, str]) -> bool:
    """Return True if a browser came here from a page of this server; older ones do not tell."""
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Return True if a request that changes something was sent by a page of this server.

    Browsers name the page's origin with every such request; a program that names none has no
    cookie of a browser to misuse.
    """
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin", "")
    if not origin:
        return True
    return urlsplit(origin).netloc.lower() == headers.get("host", "").strip().lower()


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
