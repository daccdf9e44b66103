"""The map's own addresses on the server, and the headers every answer carries."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from geo.errors import ProjectMapError
from geo.i18n import get_reader_language, t
from layers.details.place_search import search_places
from layers.leaflet.asset_files import PREFIX, find_asset_file
from layers.leaflet.tile_settings import read_tile_settings
from store.db.errors import StoreUnreachableError
from store.event_log import log_event, show_events
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from store.users.access_settings import load_access_settings
from web.access_middleware import AccessMiddleware
from web.browser_files.static_files import StaticFilesMiddleware, make_file_answer
from web.first_map import build_first_map_routes
from web.not_found import NotFoundMiddleware
from web.on_paper.items import build_paper_routes
from web.phone.routes import build_phone_routes
from web.request_user import (
    get_request_user,
    is_own_machine,
    is_secure,
    read_headers,
    read_language,
)
from web.sign_in import build_sign_in_routes
from web.tiles import build_tile_routes
from web.upkeep import GARBAGE_EVERY, Upkeep, freeze_heap
from web.usual_views import list_next_views, make_usual_views

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from store.bootstrap import StoreStart
    from store.users.users import User

_LOG = logging.getLogger(__name__)

Visit = Callable[[], Awaitable[None]]
"""A run of the app's script that the server makes by itself."""

_DEVICES: Final = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
_ONLY_TLS: Final = {"strict-transport-security": "max-age=31536000"}
_OF_DOCUMENTS: Final = ("x-frame-options", "cross-origin-opener-policy", "permissions-policy")
_NO_DOCUMENT: Final = ("text/javascript", "text/css", "font/")
_FILE_POLICY: Final = "default-src 'self' blob: data: 'unsafe-eval'; object-src 'none'"
"""The content policy of a script or style: a browser heeds it where it runs as a worker."""

MAX_QUERY_CHARS: Final = 100
SLOW_SECONDS: Final = 2.0


@asynccontextmanager
async def warm_up(
    store: StoreStart, open_first_page: Visit, load_all_pages: Visit, _app: object
) -> AsyncIterator[None]:
    """Start what goes on beside the readers, and open a page before any of them does."""
    show_events()
    upkeep = Upkeep(store.make_ready, make_usual_views, list_next_views)
    beginning = asyncio.create_task(_begin(store, open_first_page, load_all_pages, upkeep))
    yield
    beginning.cancel()
    upkeep.stop()


async def _begin(
    store: StoreStart, open_first_page: Visit, load_all_pages: Visit, upkeep: Upkeep
) -> None:
    """Make the store if there is none, open a page, then make the usual views, then load the rest.

    In the order in which readers ask for them: the pages that few open first come last.
    """
    gc.disable()  # what is loaded now stays: looking for garbage in it would find none
    try:
        await asyncio.to_thread(store.make_ready)  # no middleware does for a page opened within
        await open_first_page()
    except ProjectMapError:
        pass  # the upkeep tries again and says it
    except TimeoutError:
        _LOG.warning("the first page took too long")
    finally:
        gc.set_threshold(*GARBAGE_EVERY)
        gc.enable()
        upkeep.start()
    await asyncio.to_thread(upkeep.ready.wait)
    try:
        await load_all_pages()
    except TimeoutError:
        _LOG.warning("loading the pages took too long")
    freeze_heap()


def build_routes() -> list[Route]:
    """Return the routes: the sign-in page, the field page, the map's files, what is printed."""
    return [
        *build_sign_in_routes(),
        *build_phone_routes(),
        *build_tile_routes(),
        *build_first_map_routes(),
        *build_paper_routes(),
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
    ours = [headers, access, Middleware(StaticFilesMiddleware), Middleware(NotFoundMiddleware)]
    return [proxy, *ours] if settings.behind_proxy else ours


def build_content_policy() -> str:
    """Return the content security policy: this server only, and the operator's tiles if any.

    Streamlit compiles and evaluates code of its own, and streamlit-folium evaluates the map's
    script, hence ``unsafe-inline`` and ``unsafe-eval``: the policy bars other hosts, while what
    may stand in a script is settled by ``layers.leaflet.map_message``.
    """
    tiles = read_tile_settings()
    images = f"'self' data: blob: {tiles.origin}".rstrip() if tiles else "'self' data: blob:"
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

    Scripts, styles and fonts go without those that a browser heeds of documents only, with a
    shorter policy: a first visit asks for a hundred of them. No browser keeps a page: going back
    after signing out must show nothing.
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
                _add_headers(MutableHeaders(scope=message), ours)
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


def _add_headers(headers: MutableHeaders, ours: dict[str, str]) -> None:
    """Add our headers to those of an answer, which keep their own."""
    media_type = headers.get("content-type", "")
    if media_type.startswith(_NO_DOCUMENT):
        ours = {name: value for name, value in ours.items() if name not in _OF_DOCUMENTS}
        ours["content-security-policy"] = _FILE_POLICY
    for name, value in ours.items():
        headers.setdefault(name, value)
    if media_type.startswith("text/html"):
        headers["cache-control"] = "no-store"


def _log_request(scope: Scope, status: int, seconds: float) -> None:
    """Tell an operator of requests that were refused or took long; never of their query."""
    details = {"method": scope["method"], "path": scope["path"], "status": status}
    if 400 <= status < 500 and status != 404:  # noqa: PLR2004 - HTTP's own numbers
        log_event("refusal", **details)
    if seconds > SLOW_SECONDS:
        log_event("slow_request", **details, seconds=seconds)


async def _serve_file(request: Request) -> Response:
    asked = request.path_params["version"], request.path_params["name"]
    file = await asyncio.to_thread(find_asset_file, *asked)
    if file is None:
        return Response(status_code=404)
    accepted = request.headers.get("accept-encoding", "")
    return await asyncio.to_thread(
        make_file_answer, request.url.path, accepted, file.media_type, lambda: file.content
    )


async def _serve_suggestions(request: Request) -> Response:
    query = request.query_params.get("q", "")[:MAX_QUERY_CHARS]
    user = get_request_user(request)
    if user is None:
        return JSONResponse({"hits": [], "missing": ""}, 401)
    answer = await asyncio.to_thread(_answer_search, user, query, read_language(request))
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})


def _answer_search(user: User, query: str, language: str) -> dict[str, Any]:
    """Return what the search finds; in a thread, for the facts may have to be read again."""
    return asdict(search_places(narrow_facts_to_user(load_facts(), user), query, language))
