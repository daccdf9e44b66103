"""Addresses of other pages that open them at one thing, under the same filters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from layers.layer import LayerKey
    from pages.frame import Context
    from store.filters import Filters


def map_link(ctx: Context, filters: Filters, item: str, layer: LayerKey = "progress") -> str:
    """Return the address of the map, opened at an item, relative to any page."""
    return page_link(ctx, "", filters, layer=layer, open=f"item~{item}")


def page_link(ctx: Context, path: str, filters: Filters, **more: str) -> str:
    """Return the address of a page ('' for the map) under the filters, relative to any page."""
    query = filters.to_query() | {key: value for key, value in more.items() if value}
    if ctx.language != "vi":
        query["lang"] = ctx.language
    return f"./{path}?{urlencode(query)}" if query else f"./{path}"
