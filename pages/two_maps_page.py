"""Two periods side by side: the same layer and classes, maps that move together, the difference."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.side_by_side import compare_layers
from layers.details.places import find_place, load_label_points
from layers.leaflet.map_view import show_map
from layers.leaflet.project_symbols import build_item_symbols
from layers.summary.base_period import choose_base_period, list_earlier_periods
from pages.map.scene import build_map_scene
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown, show_markup
from pages.widgets import filter_bar
from pages.widgets.tables import render_table
from store.facts.labels import format_quantity, get_period_label
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.choropleth.side_by_side import CommuneChange, LayerPair
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MAP_HEIGHT: Final = 455
MOST_NAMED: Final = 3
_STYLE: Final = Path(__file__).resolve().parent / "shell" / "assets" / "leader.css"


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.two_maps")
    st.html(_STYLE)
    left, right = st.columns([3.2, 1], gap="small", vertical_alignment="bottom")
    with left:
        filter_bar.show_filter_bar(ctx)
    filters = view_state.get_view_state().filters
    earlier = list_earlier_periods(ctx.facts, resolve_period(ctx.facts, filters))
    if ctx.facts.periods.empty:
        return
    if not earlier:
        st.info(ctx.t("leader.maps.no_earlier"))
        view_state.write_address()
        return
    with right:
        base = _choose_base(ctx, filters, earlier)
    _show_maps(ctx, base)
    view_state.write_address()


def _choose_base(ctx: PageContext, filters: Filters, earlier: Sequence[str]) -> str:
    period = resolve_period(ctx.facts, filters)
    requested = st.query_params.get("base", "")
    start = requested if requested in earlier else choose_base_period(ctx.facts, period)
    key = f"maps.base-{period}"
    chosen: str = st.selectbox(
        ctx.t("leader.page.base"),
        earlier,
        index=list(earlier).index(start),
        format_func=lambda period_code: escape_markdown(
            get_period_label(ctx.facts, period_code, ctx.language)
        ),
        key=key,
        on_change=_handle_base_change,
        args=(key,),
    )
    return chosen


def _handle_base_change(key: str) -> None:
    st.query_params["base"] = st.session_state[key]


@st.fragment
def _show_maps(ctx: PageContext, base: str) -> None:
    """Show both maps and the difference; a click runs this part again and nothing else."""
    state = view_state.get_view_state()
    pair = compare_layers(ctx.facts, state.filters, base, state.layer, language=ctx.language)
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    link = st.session_state.setdefault("maps.link", secrets.token_hex(8))
    show_markup(Html('<p class="hp-lead">{}</p>').format(_format_sentence(ctx, pair)))
    sides = ((pair.before, base, "before"), (pair.after, pair.after.legend.period, "after"))
    for column, (layer, period, side) in zip(st.columns(2, gap="small"), sides, strict=True):
        with column:
            show_markup(
                Html('<h2 class="hp-title">{} <span class="hp-under">{}</span></h2>').format(
                    layer.legend.period_label, layer.legend.as_of_text
                )
            )
            filters = state.filters.with_changes(period=period)
            symbols = build_item_symbols(ctx.facts, filters, load_label_points())
            show_map(
                build_map_scene(ctx, state, layer, place, symbols, link=link),
                key=f"maps.{side}",
                height=MAP_HEIGHT,
                on_click=view_state.apply_click,
            )
    _show_table(ctx, pair, place.communes if place else ())
    view_state.write_address()


def _format_sentence(ctx: PageContext, pair: LayerPair) -> str:
    """Say in how many communes the two periods differ, and where most."""
    if not pair.changes:
        return ctx.t("leader.maps.same", layer=pair.after.legend.title)
    most = [change for change in pair.changes if change.amount][:MOST_NAMED]
    named = "; ".join(f"{change.name} {_format_signed(ctx, change.amount)}" for change in most)
    return ctx.t(
        "leader.maps.differ" if most else "leader.maps.differ_unknown",
        layer=pair.after.legend.title,
        count=len(pair.changes),
        names=named,
        unit=pair.after.legend.unit,
    )


def _format_signed(ctx: PageContext, amount: float | None) -> str:
    if amount is None:
        return ctx.t("layers.value.unknown")
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{format_quantity(abs(amount), ctx.language)}"


def _show_table(ctx: PageContext, pair: LayerPair, chosen: Sequence[str]) -> None:
    """Show every commune that differs; what is chosen on a map comes first."""
    rows: list[CommuneChange] = sorted(pair.changes, key=lambda change: change.code not in chosen)
    if not rows:
        return
    head = (
        ctx.t("leader.maps.commune"),
        pair.before.legend.period_label,
        pair.after.legend.period_label,
        ctx.t("leader.maps.difference", unit=pair.after.legend.unit),
    )
    cells = [
        (change.name, change.before, change.after, _format_signed(ctx, change.amount))
        for change in rows
    ]
    show_markup(
        Html('<h2 class="hp-title">{}</h2>{}<p class="hp-under">{}</p>').format(
            ctx.t("leader.maps.table", count=len(rows)),
            render_table(head, cells),
            " ".join((pair.after.legend.definition, ctx.t("leader.maps.same_scale"))),
        )
    )
