"""The map's own addresses on the server, and the headers every answer carries."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from geo.boundaries.active import get_web_layer
from geo.errors import ProjectMapError
from geo.i18n import get_reader_language, t
from layers.details.places import search_places
from layers.leaflet.asset_files import PREFIX, find_asset_file
from layers.leaflet.tile_settings import read_tile_settings
from layers.watchlist.watchlist import build_watchlist
from store.db.errors import StoreUnreachableError
from store.event_log import log_event, show_events
from store.facts.facts import load_facts, narrow_facts_to_user
from store.facts.filters import Filters
from store.imports.contradiction_decisions import list_contradiction_decisions
from store.users.access_settings import load_access_settings
from web.access_middleware import AccessMiddleware
from web.not_found import NotFoundMiddleware
from web.phone.routes import build_phone_routes
from web.request_user import (
    get_request_user,
    is_own_machine,
    is_secure,
    read_headers,
    read_language,
)
from web.sign_in import build_sign_in_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from store.bootstrap import StoreStart

_LOG = logging.getLogger(__name__)

_DEVICES: Final = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
_ONLY_TLS: Final = {"strict-transport-security": "max-age=31536000"}
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
MAX_QUERY_CHARS: Final = 100
SLOW_SECONDS: Final = 2.0


@asynccontextmanager
async def warm_up(store: StoreStart, _app: object) -> AsyncIterator[None]:
    """Make the store, read the facts and build the communes while the server starts."""
    show_events()
    ready = asyncio.create_task(asyncio.to_thread(_warm_caches, store))
    yield
    ready.cancel()


def _warm_caches(store: StoreStart) -> None:
    try:
        store.make_ready()
        facts = load_facts()
        layer = get_web_layer()
        find_asset_file(layer.version, "communes.json")
        search_places(facts, "hai phong")
        build_watchlist(facts, Filters(), settled=frozenset(list_contradiction_decisions()))
    except ProjectMapError:
        # The page says it to whoever opens it; the log keeps it for the operator.
        _LOG.exception("the map is not ready")


def build_routes() -> list[Route]:
    """Return the routes: the sign-in page, the field page, the map's files and its search."""
    return [
        *build_sign_in_routes(),
        *build_phone_routes(),
        Route(f"/{PREFIX}/suggest", _serve_suggestions, methods=["GET"]),
        Route(f"/{PREFIX}/{{version}}/{{name}}", _serve_file, methods=["GET"]),
    ]


def build_middleware(store: StoreStart) -> list[Middleware]:
    """Return the middleware: headers that keep browsers to this host, and who may come in.

    A request waits for ``store``, and tries to make it while the server's start could not.
    """
    settings = load_access_settings()  # what cannot be meant stops the start, not a visit
    headers = Middleware(SecurityHeadersMiddleware, policy=build_content_policy())
    proxy = Middleware(ProxyHeadersMiddleware, trusted_hosts=["127.0.0.0/8", "::1"])
    access = Middleware(AccessMiddleware, store=store)
    ours = [headers, access, Middleware(NotFoundMiddleware)]
    return [proxy, *ours] if settings.behind_proxy else ours


def build_content_policy() -> str:
    """Return the content security policy: this server only, and the operator's tiles if any.

    Streamlit compiles and evaluates code of its own, and streamlit-folium evaluates the map's
    script, hence ``unsafe-inline`` and ``unsafe-eval``: the policy bars other hosts, while what
    may stand in a script is settled by ``layers.leaflet.map_message``.
    """
    tiles = read_tile_settings()
    images = f"'self' data: blob: {tiles.origin}" if tiles else "'self' data: blob:"
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            f"img-src {images}",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss: data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


class SecurityHeadersMiddleware:
    """ASGI middleware that adds the security headers to every HTTP answer, to a failure's too.

    No browser keeps a page: going back after signing out must show nothing.
    """

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._headers = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "x-frame-options": "SAMEORIGIN",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": _DEVICES,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        ours = self._headers | (_ONLY_TLS if is_secure(scope) else {})
        started = False
        status = 500
        begun = time.monotonic()

        async def with_headers(message: Message) -> None:
            nonlocal started, status
            if message["type"] == "http.response.start":
                started = True
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in ours.items():
                    headers.setdefault(name, value)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["cache-control"] = "no-store"
            await send(message)

        try:
            await self._app(scope, receive, with_headers)
        except StoreUnreachableError as fault:
            if started:
                raise
            _LOG.exception("no answer for %s %s", scope["method"], scope["path"])
            # Where the store lies is for whoever sits at this machine only.
            own = is_own_machine(scope, read_headers(scope))
            fault_text = str(fault) if own else t("accounts.page.no_store")
            await PlainTextResponse(fault_text, 503)(scope, receive, with_headers)
        except Exception:
            if started:
                raise
            # What went wrong is for the log; the browser gets an answer with the headers too.
            _LOG.exception("no answer for %s %s", scope["method"], scope["path"])
            message = t("accounts.page.failed", get_reader_language())
            await PlainTextResponse(message, 500)(scope, receive, with_headers)
        finally:
            _log_request(scope, status, time.monotonic() - begun)


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    """Tell an operator of requests that were refused or took long; never of their query."""
    details = {"method": scope["method"], "path": scope["path"], "status": status}
    if 400 <= status < 500 and status != 404:  # noqa: PLR2004 - HTTP's own numbers
        log_event("refusal", **details)
    if seconds > SLOW_SECONDS:
        log_event("slow_request", **details, seconds=seconds)


async def _serve_file(request: Request) -> Response:
    file = find_asset_file(request.path_params["version"], request.path_params["name"])
    if file is None:
        return Response(status_code=404)
    headers = {"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    return Response(file.body, media_type=file.media_type, headers=headers)


async def _serve_suggestions(request: Request) -> Response:
    query = request.query_params.get("q", "")[:MAX_QUERY_CHARS]
    user = get_request_user(request)
    if user is None:
        return JSONResponse({"hits": []}, 401)
    facts = narrow_facts_to_user(load_facts(), user)
    hits = search_places(facts, query, read_language(request))
    return JSONResponse({"hits": hits}, headers={"Cache-Control": "no-store"})
