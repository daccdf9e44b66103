"""The choices that narrow map, table and figures (kinds, places, words …), and which are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.i18n import t
from pages.shell import view_state
from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES
from store.facts.filters import NOT_REPORTED, Filters
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.facts.facts import Facts


def choose_filters(ctx: PageContext, filters: Filters) -> None:
    """Offer everything that leaves items out, with what is chosen of it."""
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
            on_change=view_state.apply_filter_widget,
            args=(field, f"bar.{field}"),
        )
    _choose_area(ctx, filters)
    st.text_input(
        ctx.t("pages.filter.text"),
        value=filters.text,
        max_chars=80,
        key="bar.text",
        on_change=view_state.apply_filter_widget,
        args=("text", "bar.text"),
    )
    st.toggle(
        ctx.t("pages.filter.carry"),
        value=filters.carry,
        help=ctx.t("pages.filter.carry_help"),
        key="bar.carry",
        on_change=view_state.apply_filter_widget,
        args=("carry", "bar.carry"),
    )
    st.button(ctx.t("pages.filter.clear"), key="bar.clear", on_click=_clear_filters)


def _choose_area(ctx: PageContext, filters: Filters) -> None:
    communes = ctx.facts.commune_names
    st.multiselect(
        ctx.t("pages.filter.communes"),
        list(communes),
        default=[code for code in filters.communes if code in communes],
        format_func=communes.__getitem__,
        placeholder=ctx.t("pages.filter.all"),
        select_all=False,  # else Enter takes all that is found, not the first
        key="bar.communes",
        on_change=view_state.apply_filter_widget,
        args=("communes", "bar.communes"),
    )
    names = map_districts(ctx.facts, ctx.language)
    options = ["", *names]
    st.selectbox(
        ctx.t("pages.filter.district"),
        options,
        index=options.index(filters.district) if filters.district in options else 0,
        format_func=lambda unit: names[unit] if unit else ctx.t("pages.filter.all"),
        key="bar.district",
        on_change=view_state.apply_filter_widget,
        args=("district", "bar.district"),
    )


@cache_on_facts()
def map_districts(facts: Facts, language: str) -> dict[str, str]:
    """Return the names of the former districts by their ids."""
    units = facts.former_units
    sets = units.loc[units["relation"] == "set"].sort_values(["province", "name"])
    return {
        row.unit: t(f"map.former.{row.kind}", language, name=row.name)
        for row in sets.itertuples(index=False)
    }


def _clear_filters() -> None:
    """Drop every filter; period and way of counting stay."""
    now = view_state.get_view_state().filters
    view_state.change_view_state(
        filters=Filters(
            period=now.period,
            weight=now.weight,
            progress=now.progress,
            clearance=now.clearance,
            investment=now.investment,
        )
    )
    for field in ("kinds", "forecasts", "phases", "fundings", "communes"):
        st.session_state[f"bar.{field}"] = []
    st.session_state.update({"bar.district": "", "bar.text": "", "bar.carry": True})


def list_narrowing_fields(filters: Filters) -> list[str]:
    """Return the fields that leave items out."""
    fields = (
        "kinds",
        "fundings",
        "phases",
        "forecasts",
        "statuses",
        "communes",
        "district",
        "items",
    )
    narrowing = [field for field in fields if getattr(filters, field)]
    return [*narrowing, *(["text"] if filters.text else []), *([] if filters.carry else ["carry"])]
