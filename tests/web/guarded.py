"""A small server behind the guard, and browsers of it."""

from __future__ import annotations

from contextlib import suppress

from starlette.applications import Starlette
from starlette.requests import Request  # noqa: TC002 - the routes are called with it
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from store.bootstrap import StoreStart
from tests.accounts_here import PASSWORD
from web.request_user import get_request_user
from web.server import build_middleware, build_routes

HERE = "http://127.0.0.1"
PAGE = {"accept": "text/html"}
HEADERS = (
    "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy",
)  # fmt: skip


async def _secret(request: Request) -> PlainTextResponse:
    user = get_request_user(request)
    return PlainTextResponse(f"facts for {user.name if user else None}")


async def _broken(_request: Request) -> PlainTextResponse:
    raise RuntimeError("password=hunter2")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(await socket.receive_text())


def served(address: str = HERE, caller: str = "127.0.0.1") -> TestClient:
    """Return a browser of the guarded server, with a page, a socket and a failure behind it."""
    routes = [
        *build_routes(),
        Route("/facts", _secret, methods=["GET", "POST"]),
        Route("/broken", _broken),
        Route("/_stcore/agent/openapi.json", _secret),
        WebSocketRoute("/_stcore/stream", _echo),
    ]
    app = Starlette(routes=routes, middleware=list(build_middleware(StoreStart())))
    return TestClient(
        app, address, client=(caller, 50000), follow_redirects=False, raise_server_exceptions=False
    )


def signed_in(name: str = "an", **more: str) -> TestClient:
    browser = served(**more)
    answer = browser.post("/dang-nhap", data={"name": name, "password": PASSWORD})
    assert answer.status_code == 303
    return browser
