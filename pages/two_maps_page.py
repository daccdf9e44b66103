"""Two periods: one map of what is different, or both maps side by side in the same classes."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.side_by_side import compare_layers
from layers.details.places import find_place
from layers.history.investment_moves import describe_investment_moves
from layers.leaflet.map_view import show_map
from layers.leaflet.project_symbols import pack_item_symbols
from layers.leaflet.scene import build_map_scene, pack_pair_parts
from layers.summary.base_period import (
    choose_base_period,
    find_newest_comparable,
    list_earlier_periods,
)
from pages.periods import difference_view
from pages.shell import view_state
from pages.shell.context import renew_context, run_alone
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.filters import filter_bar
from pages.widgets.tables import render_table
from store.facts.labels import format_quantity, get_short_period_label
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
    _show_view(ctx)


@run_alone
def _show_view(ctx: PageContext) -> None:
    """Show all of the page; a change of what is shown runs this and not what stands round it."""
    ctx = renew_context(ctx)
    view_state.hold_period()
    _open_newest_pair(ctx)
    chosen: list[tuple[str, str]] = []

    def choose_base_and_view(ctx: PageContext) -> None:
        filters = view_state.get_view_state().filters
        earlier = list_earlier_periods(ctx.facts, resolve_period(ctx.facts, filters))
        if earlier:
            chosen.append((_choose_base(ctx, filters, earlier), difference_view.choose_view(ctx)))

    with st.container(key="maps-page"):
        filter_bar.show_filter_bar(ctx, slim=True, beside=choose_base_and_view, brief=True)
    if ctx.facts.periods.empty:
        return
    if not chosen:
        st.info(ctx.t("leader.maps.no_earlier"))
        view_state.write_address()
        return
    base, view = chosen[0]
    if view == "pair":
        _show_maps(ctx, base)
    else:
        difference_view.show_difference(ctx, base)


def _open_newest_pair(ctx: PageContext) -> None:
    """Choose the newest period that can be compared, where neither reader nor address chose one."""
    filters = view_state.get_view_state().filters
    if filters.period or ctx.facts.periods.empty:
        return
    newest = find_newest_comparable(ctx.facts)
    if newest:
        view_state.change_view_state(filters=filters.with_changes(period=newest))
        st.session_state["bar.period"] = newest


def _choose_base(ctx: PageContext, filters: Filters, earlier: Sequence[str]) -> str:
    period = resolve_period(ctx.facts, filters)
    requested = st.query_params.get("base", "")
    start = requested if requested in earlier else choose_base_period(ctx.facts, period)
    key = f"maps.base-{period}"
    names = {
        one: ctx.t(
            "leader.maps.against", period=get_short_period_label(ctx.facts, one, ctx.language)
        )
        for one in earlier
    }
    chosen: str = st.selectbox(
        ctx.t("leader.page.base"),
        earlier,
        index=list(earlier).index(start),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=filter_bar.measure_box(names.values()),
        key=key,
        on_change=_handle_base_change,
        args=(key,),
    )
    return chosen


def _handle_base_change(key: str) -> None:
    st.query_params["base"] = st.session_state[key]


@run_alone
def _show_maps(ctx: PageContext, base: str) -> None:
    """Show both maps and the difference; a click runs this part again and nothing else."""
    ctx = renew_context(ctx)
    state = view_state.get_view_state()
    pair = compare_layers(ctx.facts, state.filters, base, state.layer, language=ctx.language)
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    link = st.session_state.setdefault("maps.link", secrets.token_hex(8))
    # One element in every layer: with more or fewer above them the maps would be loaded anew.
    money = state.layer == "investment"
    show_markup(
        Html('<p class="hp-lead">{}</p>{}').format(
            _format_sentence(ctx, pair),
            _render_reasons(ctx, state.filters, base) if money else "",
        )
    )
    parts = pack_pair_parts(ctx.facts, state.layer, state.filters, base, ctx.language)
    sides = ((pair.before, base, "before"), (pair.after, pair.after.legend.period, "after"))
    columns = st.columns(2, gap="small")
    for column, part, (layer, period, side) in zip(columns, parts, sides, strict=True):
        with column:
            show_markup(
                Html('<h2 class="hp-title">{} <span class="hp-under">{}</span></h2>').format(
                    layer.legend.period_label, layer.legend.as_of_text
                )
            )
            filters = state.filters.with_changes(period=period)
            symbols = pack_item_symbols(ctx.facts, filters, ctx.language)
            show_map(
                build_map_scene(
                    ctx.facts, state, part, place, symbols, language=ctx.language, link=link
                ),
                key=f"maps.{side}",
                height=MAP_HEIGHT,
                on_click=view_state.apply_click,
            )
    _show_table(ctx, pair, place.communes if place else ())
    view_state.write_address()


def _render_reasons(ctx: PageContext, filters: Filters, base: str) -> Html:
    """Return why the investment differs: which items left, came, or have another amount."""
    reasons = describe_investment_moves(ctx.facts, filters, base, ctx.language)
    lines = [Html("<li>{}</li>").format(reason) for reason in reasons]
    return Html('<ul class="hp-under">{}</ul>').format(join_markup(lines)) if lines else Html("")


def _format_sentence(ctx: PageContext, pair: LayerPair) -> str:
    """Say in how many communes the two periods differ, and where most."""
    if not pair.changes:
        return ctx.t("leader.maps.same", layer=pair.after.legend.title)
    moved = [change for change in pair.changes if change.amount]
    most = moved[:MOST_NAMED]
    named = "; ".join(f"{change.name} {_format_signed(ctx, change.amount)}" for change in most)
    sentence = ctx.t(
        "leader.maps.differ" if most else "leader.maps.differ_unknown",
        layer=pair.after.legend.title,
        count=len(moved or pair.changes),
        names=named,
        unit=pair.after.legend.unit,
    )
    unknown = len(pair.changes) - len(moved)
    if not most or not unknown:
        return sentence
    return f"{sentence} {ctx.t('leader.maps.not_comparable', count=unknown)}"


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
