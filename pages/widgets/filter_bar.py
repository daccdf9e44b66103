"""The bar above the map: layer, period, filters. Map, figures and table all obey it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.choropleth.layer import LAYER_KEYS
from pages.shell import view_state
from pages.shell.context import choose_language
from pages.shell.html import Html, plain
from pages.shell.html import show as show_html
from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES
from store.facts.facts import default_period
from store.facts.filters import NOT_REPORTED, Filters

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import Context


def show(
    ctx: Context, *, measures: bool = True, beside: Callable[[Context], None] | None = None
) -> None:
    """Show the bar and take what is chosen in it into the session's view.

    ``measures=False`` leaves out what only a map has: the layer and its way of counting.
    ``beside`` shows what else the page has to choose, in the same line.
    """
    _drop_unknown(ctx)
    state = view_state.current()
    with st.container(key="bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        if measures:
            _layers(ctx)
        _period(ctx, state.filters)
        count = len(_narrowing(state.filters))
        label = ctx.t("pages.bar.filters_on", count=count) if count else ctx.t("pages.bar.filters")
        opened = st.popover(label, key="bar.popover", on_change="rerun")
        if opened.open:  # the choices are sent when somebody wants to see them
            with opened:
                _filters(ctx, state.filters)
        if measures:
            _measure(ctx)
        if beside is not None:
            beside(ctx)
    # Always there: a line that came and went would move what stands below, and Streamlit would
    # load the map's frame anew.
    with st.container(key="bar.notes"):
        if ctx.facts.periods.empty:
            st.info(ctx.t("pages.bar.empty"))
        if _narrowing(state.filters):
            _say_filters(ctx, state.filters)


def _drop_unknown(ctx: Context) -> None:
    """Drop an address's places that do not exist: they would choose nothing and say nothing."""
    filters = view_state.current().filters
    communes = tuple(code for code in filters.communes if code in set(ctx.facts.communes["code"]))
    units = ctx.facts.former_units
    districts = set(units.loc[units["relation"] == "set", "unit"])
    district = filters.district if filters.district in districts else ""
    if (communes, district) != (filters.communes, filters.district):
        changed = filters.with_changes(communes=communes, district=district)
        view_state.change(filters=changed)


def _layers(ctx: Context) -> None:
    st.segmented_control(
        ctx.t("pages.bar.layer"),
        LAYER_KEYS,
        default=view_state.current().layer,
        required=True,
        format_func=lambda key: ctx.t(f"pages.layer.{key}"),
        key="bar.layer",
        on_change=_layer_changed,
    )


def _layer_changed() -> None:
    view_state.change(layer=st.session_state["bar.layer"])


def _period(ctx: Context, filters: Filters) -> None:
    periods = ctx.facts.periods.sort_values("as_of", ascending=False)
    names = dict(zip(periods["period"], periods[f"label_{ctx.language}"], strict=True))
    if not names:
        return  # an empty store: ``show`` says what to do
    chosen = filters.period if filters.period in names else default_period(ctx.facts)
    st.selectbox(
        ctx.t("pages.bar.period"),
        list(names),
        index=list(names).index(chosen),
        format_func=lambda period: plain(names[period]),
        key="bar.period",
        on_change=_filter_changed,
        args=("period", "bar.period"),
        width=210,
    )


def _measure(ctx: Context) -> None:
    """Offer the ways of counting that the layer has."""
    state = view_state.current()
    filters = state.filters
    if state.layer == "investment":
        st.toggle(
            ctx.t("pages.bar.leave_out"),
            value=filters.leave_out_outlier,
            key="bar.leave_out_outlier",
            on_change=_filter_changed,
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
        on_change=_filter_changed,
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
            on_change=_filter_changed,
            args=("weight", "bar.weight"),
            width=190,
        )


def _filters(ctx: Context, filters: Filters) -> None:
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
            on_change=_filter_changed,
            args=(field, f"bar.{field}"),
        )
    _area(ctx, filters)
    st.text_input(
        ctx.t("pages.filter.text"),
        value=filters.text,
        max_chars=80,
        key="bar.text",
        on_change=_filter_changed,
        args=("text", "bar.text"),
    )
    st.toggle(
        ctx.t("pages.filter.carry"),
        value=filters.carry,
        help=ctx.t("pages.filter.carry_help"),
        key="bar.carry",
        on_change=_filter_changed,
        args=("carry", "bar.carry"),
    )
    st.button(ctx.t("pages.filter.clear"), key="bar.clear", on_click=_clear)
    choose_language(ctx)


def _area(ctx: Context, filters: Filters) -> None:
    communes = dict(zip(ctx.facts.communes["code"], ctx.facts.communes["name"], strict=True))
    st.multiselect(
        ctx.t("pages.filter.communes"),
        list(communes),
        default=[code for code in filters.communes if code in communes],
        format_func=lambda code: plain(communes[code]),
        placeholder=ctx.t("pages.filter.all"),
        key="bar.communes",
        on_change=_filter_changed,
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
        format_func=lambda unit: plain(names[unit]) if unit else ctx.t("pages.filter.all"),
        key="bar.district",
        on_change=_filter_changed,
        args=("district", "bar.district"),
    )


def _filter_changed(field: str, key: str) -> None:
    value = st.session_state[key]
    value = tuple(value) if isinstance(value, list) else value
    filters = view_state.current().filters.with_changes(**{field: value})
    view_state.change(filters=filters)


def _clear() -> None:
    """Drop every filter; period and way of counting stay."""
    now = view_state.current().filters
    view_state.change(
        filters=Filters(
            period=now.period, weight=now.weight, progress=now.progress, clearance=now.clearance
        )
    )
    for field in ("kinds", "forecasts", "phases", "fundings", "communes"):
        st.session_state[f"bar.{field}"] = []
    st.session_state.update({"bar.district": "", "bar.text": "", "bar.carry": True})


def _narrowing(filters: Filters) -> list[str]:
    """Return the fields that leave items out."""
    fields = ("kinds", "fundings", "phases", "forecasts", "statuses", "communes", "district")
    found = [field for field in fields if getattr(filters, field)]
    return [*found, *(["text"] if filters.text else []), *([] if filters.carry else ["carry"])]


def _say_filters(ctx: Context, filters: Filters) -> None:
    names = [ctx.t(f"pages.filter.{field}") for field in _narrowing(filters)]
    line = ctx.t("pages.bar.narrowed", names=", ".join(names).lower())
    show_html(Html('<div class="hp-narrowed" role="status">{}</div>').format(line))
