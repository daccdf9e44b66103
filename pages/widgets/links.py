"""Addresses of other pages that open them at one thing, under the same filters."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from layers.print.locator_map import draw_locator
from pages.shell.html import Html, escape_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.choropleth.layer import LayerKey
    from pages.shell.context import PageContext
    from store.facts.filters import Filters


PATH = "sua"
MOST_NAMED: Final = 4
"""Communes that a small map is described by."""

MOST_PARTS: Final = 10
"""Parts that stand side by side; of more, a part is chosen by its number."""


def render_edit_link(ctx: PageContext, item: str, view: str = "") -> Markup:
    """Return a link to an item's editing, '' for a reader who may not; ``view`` is its part."""
    places = ctx.facts.places
    communes = list(places.loc[places["item"] == item, "commune"])
    if not (ctx.may("page.edit") and ctx.may("edit.item", communes)):
        return Html("")
    query = {"item": item, "lang": ctx.language} | ({"view": view} if view else {})
    return Html('<a class="hp-link" target="_self" href="{}?{}">{}</a>').format(
        PATH, urlencode(query), ctx.t("edit.page.link")
    )


def choose_part_start(label: str, count: int, at_once: int, *, key: str) -> int:
    """Return from which of ``count`` things on a list shows, asking where they are many."""
    if count <= at_once:
        return 0
    starts = list(range(0, count, at_once))
    if len(starts) > MOST_PARTS:
        number = st.number_input(
            f"{label} (1–{len(starts)})",
            min_value=1,
            max_value=len(starts),
            step=1,
            key=key,
            width=200,
        )
        return starts[int(number) - 1]
    chosen: int = st.segmented_control(
        label,
        starts,
        default=0,
        required=True,
        format_func=lambda start: escape_markdown(f"{start + 1}–{min(start + at_once, count)}"),
        key=key,
    )
    return chosen if chosen in starts else 0


def build_map_link(
    ctx: PageContext, filters: Filters, item: str, layer: LayerKey = "progress"
) -> str:
    """Return the address of the map, opened at an item, relative to any page."""
    return build_page_link(ctx, "", filters, layer=layer, open=f"item~{item}")


def build_page_link(ctx: PageContext, path: str, filters: Filters, **more: str) -> str:
    """Return the address of a page ('' for the map) under the filters, relative to any page."""
    query = filters.to_query() | {key: value for key, value in more.items() if value}
    if ctx.language != "vi":
        query["lang"] = ctx.language
    return f"./{path}?{urlencode(query)}" if query else f"./{path}"


def build_link_query(ctx: PageContext, **values: str) -> str:
    """Return values as the query of a link that keeps the language."""
    language = {} if ctx.language == "vi" else {"lang": ctx.language}
    return urlencode(values | language)


def render_locator(
    ctx: PageContext,
    communes: Sequence[str],
    address: str,
    point: tuple[float, float] | None = None,
) -> Markup:
    """Return the map of some communes with a dot at ``point`` (lon, lat); '' where none is known.

    Pressed it leads to ``address``, its place on the large map.
    """
    svg = draw_locator(tuple(communes), point)
    if not svg:
        return Html("")
    packed = b64encode(svg.encode()).decode()
    names = ctx.facts.commune_names
    return Html(
        '<a href="{}" target="_self" title="{}"><img class="hp-locator" alt="{}"'
        ' src="data:image/svg+xml;base64,{}"></a>'
    ).format(
        address,
        ctx.t("field.link.map"),
        ctx.t(
            "field.where.locator",
            names=ctx.list_names([names.get(code, code) for code in communes], MOST_NAMED),
        ),
        packed,
    )
