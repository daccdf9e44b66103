"""The bar above the map: layer, period, filters. Map, figures and table all obey it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import streamlit as st

from layers.summary.period_coverage import list_period_coverage
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown
from pages.shell.html import show_markup as show_html
from pages.widgets.filters.filter_choices import (
    choose_filters,
    list_narrowing_fields,
    map_districts,
)
from pages.widgets.filters.layer_choices import choose_layer, choose_measure
from store.exports.tables.filters_text import describe_filters
from store.facts.labels import get_short_period_label
from store.facts.selection import find_default_period
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streamlit.elements.lib.utils import LabelVisibility

    from layers.leaflet.view_address import ViewState
    from pages.shell.context import PageContext
    from store.facts.facts import Facts
    from store.facts.filters import Filters


def show_filter_bar(
    ctx: PageContext,
    *,
    measures: bool = True,
    slim: bool = False,
    beside: Callable[[PageContext], None] | None = None,
    brief: bool = False,
) -> None:
    """Show the bar and take what is chosen in it into the session's view.

    ``measures=False`` leaves out what only a map has: the layer and its way of counting.
    ``beside`` shows what else the page has to choose, in the same line. ``slim`` leaves the names
    of the choices to assistive technology and puts what is said of the filters in the line too.
    ``brief`` names periods in a few letters, for a line that holds two of them.
    """
    _drop_unknown_places(ctx)
    state = view_state.get_view_state()
    if view_state.take_restored():
        _refill_widgets(ctx, state)
    labels: LabelVisibility = "collapsed" if slim else "visible"
    with st.container(key="bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        if measures:
            choose_layer(ctx, labels)
        _choose_period(ctx, state.filters, labels, brief=brief)
        count = len(list_narrowing_fields(state.filters))
        label = ctx.t("pages.bar.filters_on", count=count) if count else ctx.t("pages.bar.filters")
        opened = st.popover(label, key="bar.popover", on_change="rerun")
        if opened.open:  # the choices are sent when somebody wants to see them
            with opened:
                choose_filters(ctx, state.filters)
        if measures:
            choose_measure(ctx, labels)
        if beside is not None:
            beside(ctx)
        if slim:
            _show_notes(ctx, state.filters, state.figure)
    if not slim:
        _show_notes(ctx, state.filters)


def _refill_widgets(ctx: PageContext, state: ViewState) -> None:
    """Give the widgets the values of a view that came from the browser's history."""
    values = {
        field.name: getattr(state.filters, field.name)
        for field in fields(state.filters)
        if field.name != "items"
    }
    names = _map_periods(ctx.facts, ctx.language)
    if state.filters.period not in names:
        values["period"] = find_default_period(ctx.facts)
    for name, value in values.items():
        st.session_state[f"bar.{name}"] = list(value) if isinstance(value, tuple) else value
    st.session_state["bar.layer"] = state.layer


def _show_notes(ctx: PageContext, filters: Filters, figure: str = "") -> None:
    """Say what the view leaves out: by the filters, and by a key figure that was pressed.

    The container is always there: a line that came and went would move what stands below, and
    Streamlit would load the map's frame anew.
    """
    with st.container(key="bar.notes", horizontal=True, vertical_alignment="center"):
        if figure:
            name = escape_markdown(ctx.t(f"layers.figure.{figure}"))
            st.button(
                ctx.t("pages.bar.narrowed_to", name=name),
                key="bar.figure",
                on_click=view_state.change_view_state,
                kwargs={"figure": ""},
            )
        if ctx.facts.periods.empty:
            st.info(ctx.t("pages.bar.empty"))
        if list_narrowing_fields(filters):
            _show_active_filters(ctx, filters)
        _show_heading_on_paper(ctx, filters, figure)


def _show_heading_on_paper(ctx: PageContext, filters: Filters, figure: str) -> None:
    """Say on paper, where the bar is left out, what was chosen in it."""
    if ctx.facts.periods.empty:
        return
    names = _map_periods(ctx.facts, ctx.language)
    chosen = [names.get(filters.period) or names[find_default_period(ctx.facts)]]
    if figure:
        chosen.append(ctx.t(f"layers.figure.{figure}"))
    narrowing = list_narrowing_fields(filters)
    chosen.extend(
        f"{label}: {value}"
        for name, label, value in describe_filters(ctx.facts, filters, language=ctx.language)
        if name in narrowing
    )
    show_html(
        Html('<p class="hp-on-paper">{}</p>').format(
            " · ".join((ctx.t("pages.nav.product"), *chosen))
        )
    )


def _drop_unknown_places(ctx: PageContext) -> None:
    """Drop an address's places that do not exist: they would choose nothing and say nothing."""
    filters = view_state.get_view_state().filters
    if not filters.communes and not filters.district:
        return
    known = ctx.facts.commune_names
    communes = tuple(code for code in filters.communes if code in known)
    district = (
        filters.district if filters.district in map_districts(ctx.facts, ctx.language) else ""
    )
    if (communes, district) != (filters.communes, filters.district):
        changed = filters.with_changes(communes=communes, district=district)
        view_state.change_view_state(filters=changed)


def _choose_period(
    ctx: PageContext, filters: Filters, labels: LabelVisibility, *, brief: bool
) -> None:
    names = _map_periods(ctx.facts, ctx.language)
    if brief:
        names = {one: get_short_period_label(ctx.facts, one, ctx.language) for one in names}
    if not names:
        return  # an empty store: ``show`` says what to do
    chosen = filters.period if filters.period in names else find_default_period(ctx.facts)
    st.selectbox(
        ctx.t("pages.bar.period"),
        list(names),
        index=list(names).index(chosen),
        format_func=names.__getitem__,
        label_visibility=labels,
        key="bar.period",
        on_change=view_state.apply_filter_widget,
        args=("period", "bar.period"),
        width=measure_box(names.values()) if brief else 210,
    )


def measure_box(texts: Iterable[str]) -> int:
    """Return the width of a box in which the longest of the texts is read whole."""
    return 56 + 7 * max(map(len, texts), default=0)


@cache_on_facts()
def _map_periods(facts: Facts, language: str) -> dict[str, str]:
    """Return the periods by their ids, the latest first: name, day, how much they cover."""
    return {
        one.period: f"{one.label} · {one.day} · {one.text}"
        for one in list_period_coverage(facts, language)
    }


def _show_active_filters(ctx: PageContext, filters: Filters) -> None:
    names = [ctx.t(f"pages.filter.{field}") for field in list_narrowing_fields(filters)]
    line = ctx.t("pages.bar.narrowed", names=", ".join(names).lower())
    show_html(Html('<div class="hp-narrowed" role="status">{}</div>').format(line))
