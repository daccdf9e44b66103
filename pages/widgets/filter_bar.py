"""The bar above the map: layer, period, filters. Map, figures and table all obey it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.choropleth.layer import LAYER_KEYS
from pages.shell import view_state
from pages.shell.context import choose_language
from pages.shell.html import Html, escape_markdown
from pages.shell.html import show_markup as show_html
from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES
from store.facts.facts import find_default_period
from store.facts.filters import NOT_REPORTED, Filters

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext


def show_filter_bar(
    ctx: PageContext, *, measures: bool = True, beside: Callable[[PageContext], None] | None = None
) -> None:
    """Show the bar and take what is chosen in it into the session's view.

    ``measures=False`` leaves out what only a map has: the layer and its way of counting.
    ``beside`` shows what else the page has to choose, in the same line.
    """
    _drop_unknown_places(ctx)
    state = view_state.get_view_state()
    with st.container(key="bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        if measures:
            _choose_layer(ctx)
        _choose_period(ctx, state.filters)
        count = len(_list_narrowing_fields(state.filters))
        label = ctx.t("pages.bar.filters_on", count=count) if count else ctx.t("pages.bar.filters")
        opened = st.popover(label, key="bar.popover", on_change="rerun")
        if opened.open:  # the choices are sent when somebody wants to see them
            with opened:
                _choose_filters(ctx, state.filters)
        if measures:
            _choose_measure(ctx)
        if beside is not None:
            beside(ctx)
    # Always there: a line that came and went would move what stands below, and Streamlit would
    # load the map's frame anew.
    with st.container(key="bar.notes"):
        if ctx.facts.periods.empty:
            st.info(ctx.t("pages.bar.empty"))
        if _list_narrowing_fields(state.filters):
            _show_active_filters(ctx, state.filters)


def _drop_unknown_places(ctx: PageContext) -> None:
    """Drop an address's places that do not exist: they would choose nothing and say nothing."""
    filters = view_state.get_view_state().filters
    communes = tuple(code for code in filters.communes if code in set(ctx.facts.communes["code"]))
    units = ctx.facts.former_units
    districts = set(units.loc[units["relation"] == "set", "unit"])
    district = filters.district if filters.district in districts else ""
    if (communes, district) != (filters.communes, filters.district):
        changed = filters.with_changes(communes=communes, district=district)
        view_state.change_view_state(filters=changed)


def _choose_layer(ctx: PageContext) -> None:
    st.segmented_control(
        ctx.t("pages.bar.layer"),
        LAYER_KEYS,
        default=view_state.get_view_state().layer,
        required=True,
        format_func=lambda key: ctx.t(f"pages.layer.{key}"),
        key="bar.layer",
        on_change=_handle_layer_change,
    )


def _handle_layer_change() -> None:
    view_state.change_view_state(layer=st.session_state["bar.layer"])


def _choose_period(ctx: PageContext, filters: Filters) -> None:
    periods = ctx.facts.periods.sort_values("as_of", ascending=False)
    names = dict(zip(periods["period"], periods[f"label_{ctx.language}"], strict=True))
    if not names:
        return  # an empty store: ``show`` says what to do
    chosen = filters.period if filters.period in names else find_default_period(ctx.facts)
    st.selectbox(
        ctx.t("pages.bar.period"),
        list(names),
        index=list(names).index(chosen),
        format_func=lambda period: escape_markdown(names[period]),
        key="bar.period",
        on_change=_handle_filter_change,
        args=("period", "bar.period"),
        width=210,
    )


def _choose_measure(ctx: PageContext) -> None:
    """Offer the ways of counting that the layer has."""
    state = view_state.get_view_state()
    filters = state.filters
    if state.layer == "investment":
        st.toggle(
            ctx.t("pages.bar.leave_out"),
            value=filters.leave_out_outlier,
            key="bar.leave_out_outlier",
            on_change=_handle_filter_change,
            args=("leave_out_outlier", "bar.leave_out_outlier"),
        )
        return
    options = {
        "progress": ("progress", ("actual", "misses", "planned")),
        "clearance": ("clearance", ("number", "severity", "money")),
    }
    field, values = options[state.layer]
    st.selectbox(
        ctx.t("pages.bar.measure"),
        values,
        index=values.index(getattr(filters, field)),
        format_func=lambda value: ctx.t(f"pages.measure.{field}_{value}"),
        key=f"bar.{field}",
        on_change=_handle_filter_change,
        args=(field, f"bar.{field}"),
        width=220,
    )
    if state.layer == "progress":
        st.selectbox(
            ctx.t("pages.bar.weight"),
            ("investment", "count"),
            index=("investment", "count").index(filters.weight),
            format_func=lambda value: ctx.t(f"pages.measure.weight_{value}"),
            key="bar.weight",
            on_change=_handle_filter_change,
            args=("weight", "bar.weight"),
            width=190,
        )


def _choose_filters(ctx: PageContext, filters: Filters) -> None:
    for field, values, prefix in (
        ("kinds", ITEM_KINDS, "layers.kind"),
        ("forecasts", (*FORECASTS, NOT_REPORTED), "layers.forecast"),
        ("phases", PHASES, "layers.phase"),
        ("fundings", FUNDINGS, "layers.funding"),
    ):
        named = {value: ctx.t(f"{prefix}.{value}") for value in values if value}
        st.multiselect(
            ctx.t(f"pages.filter.{field}"),
            list(named),
            default=[value for value in getattr(filters, field) if value in named],
            format_func=named.__getitem__,
            placeholder=ctx.t("pages.filter.all"),
            key=f"bar.{field}",
            on_change=_handle_filter_change,
            args=(field, f"bar.{field}"),
        )
    _choose_area(ctx, filters)
    st.text_input(
        ctx.t("pages.filter.text"),
        value=filters.text,
        max_chars=80,
        key="bar.text",
        on_change=_handle_filter_change,
        args=("text", "bar.text"),
    )
    st.toggle(
        ctx.t("pages.filter.carry"),
        value=filters.carry,
        help=ctx.t("pages.filter.carry_help"),
        key="bar.carry",
        on_change=_handle_filter_change,
        args=("carry", "bar.carry"),
    )
    st.button(ctx.t("pages.filter.clear"), key="bar.clear", on_click=_clear_filters)
    choose_language(ctx)


def _choose_area(ctx: PageContext, filters: Filters) -> None:
    communes = ctx.facts.commune_names
    st.multiselect(
        ctx.t("pages.filter.communes"),
        list(communes),
        default=[code for code in filters.communes if code in communes],
        format_func=lambda code: escape_markdown(communes[code]),
        placeholder=ctx.t("pages.filter.all"),
        key="bar.communes",
        on_change=_handle_filter_change,
        args=("communes", "bar.communes"),
    )
    units = ctx.facts.former_units
    sets = units.loc[units["relation"] == "set"].sort_values(["province", "name"])
    names = {
        row.unit: ctx.t(f"map.former.{row.kind}", name=row.name)
        for row in sets.itertuples(index=False)
    }
    options = ["", *names]
    st.selectbox(
        ctx.t("pages.filter.district"),
        options,
        index=options.index(filters.district) if filters.district in options else 0,
        format_func=lambda unit: (
            escape_markdown(names[unit]) if unit else ctx.t("pages.filter.all")
        ),
        key="bar.district",
        on_change=_handle_filter_change,
        args=("district", "bar.district"),
    )


def _handle_filter_change(field: str, key: str) -> None:
    value = st.session_state[key]
    value = tuple(value) if isinstance(value, list) else value
    filters = view_state.get_view_state().filters.with_changes(**{field: value})
    view_state.change_view_state(filters=filters)


def _clear_filters() -> None:
    """Drop every filter; period and way of counting stay."""
    now = view_state.get_view_state().filters
    view_state.change_view_state(
        filters=Filters(
            period=now.period, weight=now.weight, progress=now.progress, clearance=now.clearance
        )
    )
    for field in ("kinds", "forecasts", "phases", "fundings", "communes"):
        st.session_state[f"bar.{field}"] = []
    st.session_state.update({"bar.district": "", "bar.text": "", "bar.carry": True})


def _list_narrowing_fields(filters: Filters) -> list[str]:
    """Return the fields that leave items out."""
    fields = ("kinds", "fundings", "phases", "forecasts", "statuses", "communes", "district")
    narrowing = [field for field in fields if getattr(filters, field)]
    return [*narrowing, *(["text"] if filters.text else []), *([] if filters.carry else ["carry"])]


def _show_active_filters(ctx: PageContext, filters: Filters) -> None:
    names = [ctx.t(f"pages.filter.{field}") for field in _list_narrowing_fields(filters)]
    line = ctx.t("pages.bar.narrowed", names=", ".join(names).lower())
    show_html(Html('<div class="hp-narrowed" role="status">{}</div>').format(line))
