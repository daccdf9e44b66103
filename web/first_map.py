"""The map before the page round it: drawn while the browser still reads Streamlit's scripts.

Streamlit shows nothing before half a dozen round trips and a megabyte of scripts. So its page comes
with a frame that draws the scene of the page's address by itself, for whoever may read it; when the
page's own map has drawn the same, the frame gives way (``layers/leaflet/assets/first_map.js``).
The same scenes, one by one, are what the map fetches of layers that are not shown yet.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from layers.leaflet.asset_files import PREFIX, build_asset_path
from layers.leaflet.base_map import render_map_page
from layers.leaflet.map_message import build_map_message
from layers.leaflet.scene import build_view_scene
from layers.leaflet.view_address import from_address
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from web.page_templates import render_template
from web.request_user import get_request_user, may_open, read_language

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection, Request

    from store.users.users import User

_FRAME: Final = f"/{PREFIX}/frame"
"""As deep as the page of streamlit-folium's frame: the map's addresses are relative to it."""


def build_first_map_routes() -> list[Route]:
    """Return the routes of the frame's page and of a scene by itself."""
    return [
        Route(f"{_FRAME}/map", _serve_page, methods=["GET"]),
        Route(f"{_FRAME}/message", _serve_message, methods=["GET"]),
    ]


def render_first_map(request: HTTPConnection) -> str:
    """Return the elements that show the map of a page's address in Streamlit's page.

    '' for who may not read the map: the page itself says why.
    """
    user = get_request_user(request)
    if user is None or not may_open(user, "page.map"):
        return ""
    query = f"?{request.url.query}" if request.url.query else ""
    return render_template(
        "first_map.html",
        read_language(request),
        address=f".{_FRAME}/map{query}",
        script=f".{build_asset_path('first_map.js')}",
    )


async def _serve_page(request: Request) -> Response:
    message = await _find_message(request)
    return HTMLResponse(render_map_page(message)) if message else Response(status_code=404)


async def _serve_message(request: Request) -> Response:
    message = await _find_message(request)
    headers = {"Cache-Control": "no-store"}
    return PlainTextResponse(message, headers=headers) if message else Response(status_code=404)


async def _find_message(request: Request) -> str:
    """Return the scene of an address, '' for who may not read the map or where there is none."""
    user = get_request_user(request)
    if user is None or not may_open(user, "page.map"):
        return ""
    query = dict(request.query_params)
    # In a thread: the facts may have to be read again.
    return await asyncio.to_thread(_build_message, user, query, read_language(request))


def _build_message(user: User, query: dict[str, str], language: str) -> str:
    facts = narrow_facts_to_user(load_facts(), user)
    if facts.periods.empty:
        return ""
    return build_map_message(build_view_scene(facts, from_address(query), language))
