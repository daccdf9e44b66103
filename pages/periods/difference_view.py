"""One map of what is different between two periods, stepped through, with what moved it beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from layers.choropleth.difference import compute_layer_difference
from layers.details.places import find_place
from layers.history.period_changes import describe_period_changes
from layers.labels.short_names import shorten_name
from layers.leaflet.map_view import show_map
from layers.leaflet.project_symbols import pack_item_symbols
from layers.leaflet.scene import build_map_scene, pack_difference_part
from pages.shell import view_state
from pages.shell.context import renew_context, run_alone
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.links import build_map_link
from pages.widgets.source_list import render_source_list
from store.facts.labels import format_quantity, format_vnd
from store.facts.selection import resolve_period, select_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from layers.choropleth.difference import ItemMove, LayerDifference
    from layers.choropleth.layer import LayerKey
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MAP_HEIGHT: Final = 470
MOST_MOVES: Final = 12
VIEWS: Final = ("difference", "pair")
VND_PER_BILLION: Final = 10**9
_FIELDS: Final[dict[LayerKey, frozenset[str]]] = {
    "progress": frozenset({"actual_construction_pct", "status"}),
    "clearance": frozenset({"clearance", "obstacle", "actual_clearance_pct"}),
}


def choose_view(ctx: PageContext) -> Literal["difference", "pair"]:
    """Ask which of the two views is shown; the address keeps it, the difference is the first."""
    asked = st.query_params.get("view", "")
    chosen = st.segmented_control(
        ctx.t("leader.difference.view"),
        VIEWS,
        default="pair" if asked == "pair" else "difference",
        required=True,
        format_func=lambda name: ctx.t(f"leader.difference.view_{name}"),
        key="maps.view",
        label_visibility="collapsed",
        on_change=_keep_view,
    )
    return "pair" if chosen == "pair" else "difference"


def _keep_view() -> None:
    if st.session_state["maps.view"] == "pair":
        st.query_params["view"] = "pair"
    elif "view" in st.query_params:
        del st.query_params["view"]


def show_difference(ctx: PageContext, base: str) -> None:
    """Show what is different, and the steps to other periods, which choose another base too."""
    _show_steps(ctx, view_state.get_view_state().filters, _compute_difference(ctx, base))
    _show_map_and_moves(ctx, base)


def _compute_difference(ctx: PageContext, base: str) -> LayerDifference:
    state = view_state.get_view_state()
    return compute_layer_difference(
        ctx.facts, state.filters, base, state.layer, language=ctx.language
    )


@run_alone
def _show_map_and_moves(ctx: PageContext, base: str) -> None:
    """Show the map and the list; a click runs this part again and nothing else."""
    ctx = renew_context(ctx)
    state = view_state.get_view_state()
    found = _compute_difference(ctx, base)
    left, right = st.columns([2, 1], gap="small")
    with left, st.container(key="maps-difference"):
        place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
        part = pack_difference_part(ctx.facts, state.layer, state.filters, base, ctx.language)
        symbols = pack_item_symbols(ctx.facts, state.filters, ctx.language)
        show_map(
            build_map_scene(
                ctx.facts, state, part, place, symbols, language=ctx.language, keys=True
            ),
            key="maps.difference",
            height=MAP_HEIGHT,
            on_click=view_state.apply_click,
        )
    with right, st.container(key="maps-moves", height=MAP_HEIGHT, border=True):
        show_markup(
            Html('<h2 class="hp-title">{}</h2>{}<p class="hp-under">{}</p>').format(
                ctx.t("leader.difference.why"),
                _render_moves(ctx, state.layer, state.filters, base, found),
                " ".join((found.layer.legend.definition, *found.layer.legend.notes)),
            )
        )
    view_state.write_address()


def _show_steps(ctx: PageContext, filters: Filters, found: LayerDifference) -> None:
    """Show which periods and how many places; the arrows of the keyboard go to others."""
    order = [str(period) for period in ctx.facts.periods["period"]]
    now = order.index(resolve_period(ctx.facts, filters))
    with st.container(horizontal=True, vertical_alignment="center", key="maps-steps"):
        for name, sign, keys, to in (
            ("back", "◀", "Left", now - 1),
            ("next", "▶", "Right", now + 1),
        ):
            st.button(
                f"{sign} {ctx.t(f'leader.difference.step_{name}')}",
                key=f"maps.step_{name}",
                shortcut=keys,
                disabled=not 1 <= to < len(order),
                on_click=_go_to_period,
                args=(order[to] if 0 <= to < len(order) else "",),
            )
        key = "lead" if found.less or found.more else "lead_none"
        show_markup(
            Html('<p class="hp-lead" aria-live="polite">{}. {}</p>').format(
                found.layer.legend.title,
                ctx.t(
                    f"leader.difference.{key}",
                    less=found.less,
                    more=found.more,
                    unknown=found.incomparable,
                ),
            )
        )


def _go_to_period(period: str) -> None:
    """Show another period against the one that it is compared with by itself."""
    filters = view_state.get_view_state().filters.with_changes(period=period)
    view_state.change_view_state(filters=filters)
    st.session_state["bar.period"] = period
    if "base" in st.query_params:
        del st.query_params["base"]


def _render_moves(
    ctx: PageContext, layer: LayerKey, filters: Filters, base: str, found: LayerDifference
) -> Markup:
    if layer == "investment":
        lines = [*_list_money_moves(ctx, filters, found.moves)]
    else:
        lines = [*_list_stated_changes(ctx, layer, filters, base)]
    if not lines:
        return Html("<p>{}</p>").format(ctx.t("leader.difference.nothing_moved"))
    return Html('<ul class="hp-news">{}</ul>').format(join_markup(lines))


def _list_money_moves(
    ctx: PageContext, filters: Filters, moves: Sequence[ItemMove]
) -> Iterable[Markup]:
    """Yield each kind of move summed up, under it its items."""
    for what in ("gone", "changed", "fresh"):
        same = [move for move in moves if move.what == what]
        if not same:
            continue
        total = sum(move.amount or 0.0 for move in same)
        places = len({code for move in same for code in move.communes})
        head = ctx.t(
            f"leader.difference.{what}",
            count=len(same),
            amount=_format_amount(ctx, total),
            places=places,
        )
        items = join_markup(
            Html('<li><a class="hp-link" target="_self" href="{}">{}</a> {}</li>').format(
                build_map_link(ctx, filters, move.item, "investment"),
                shorten_name(move.name),
                _format_amount(ctx, move.amount) if move.amount is not None else "",
            )
            for move in same[:MOST_MOVES]
        )
        yield Html("<li><b>{}</b><ul>{}</ul></li>").format(head, items)


def _format_amount(ctx: PageContext, billions: float) -> str:
    sign = "+" if billions > 0 else "−"
    if abs(billions) < 1:
        return f"{sign}{format_quantity(abs(round(billions, 2)), ctx.language)}"
    return f"{sign}{format_vnd(round(abs(billions) * VND_PER_BILLION), ctx.language)}"


def _list_stated_changes(
    ctx: PageContext, layer: LayerKey, filters: Filters, base: str
) -> Iterable[Markup]:
    """Yield what reports say differently of what the layer is about, item by item."""
    period = resolve_period(ctx.facts, filters)
    chosen = set(select_items(ctx.facts, filters).items["item"])
    changes = describe_period_changes(ctx.facts, base, period, language=ctx.language)
    shown = 0
    for group in (*changes.changed, *changes.new):
        lines = [line for line in group.lines if line.key in _FIELDS[layer]]
        if not lines or (group.item and group.item not in chosen) or shown >= MOST_MOVES:
            continue
        shown += 1
        yield Html('<li><a class="hp-link" target="_self" href="{}">{}</a>: {} {}</li>').format(
            build_map_link(ctx, filters, group.item, layer),
            shorten_name(group.title),
            " ".join(line.sentence for line in lines),
            render_source_list(ctx, [source for line in lines for source in line.after]),
        )
