"""All items of a page's address as one table of markup, for the moment in which it is printed.

The table on the screen is a picture of the rows in sight. What is printed instead is made only then
(``pages/shell/assets/paper.js``), so that no run of the page pays for it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from layers.leaflet.asset_files import PREFIX
from layers.leaflet.view_address import from_address
from layers.tables.printed_items import build_printed_items
from layers.tables.table_settings import parse_table_settings
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_facts_to_user
from web.page_templates import stream_template
from web.request_user import get_request_user, may_open, read_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from store.users.users import User

ITEMS_ON_PAPER: Final = f"/{PREFIX}/paper/items"

ROWS_AT_ONCE: Final = 500
"""Rows of one table of the markup: Chromium gives up printing one of ten thousand."""


def build_paper_routes() -> list[Route]:
    """Return the routes of what is printed."""
    return [Route(ITEMS_ON_PAPER, _serve_items, methods=["GET"])]


async def _serve_items(request: Request) -> Response:
    user = get_request_user(request)
    if user is None or not may_open(user, "page.items"):
        return Response(status_code=404)
    query = dict(request.query_params)
    markup = await asyncio.to_thread(_render_items, user, query, read_language(request))
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(markup, headers=headers, media_type="text/html")


def _render_items(user: User, query: dict[str, str], language: str) -> Iterator[str]:
    facts = narrow_facts_to_user(load_facts(), user)
    if facts.periods.empty:
        return iter(())
    settings = parse_table_settings(query)
    listed = build_printed_items(facts, from_address(query).filters, settings, language=language)
    return stream_template(
        "printed_items.html",
        language,
        listed=listed,
        unsaved=query.get("unsaved") == "1",
        rows_at_once=ROWS_AT_ONCE,
    )
