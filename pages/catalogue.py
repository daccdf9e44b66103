"""All items of the reports in one table, with the item's panel under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.item_table import item_table
from layers.places import find_place
from pages import filters_bar, panel, view_state
from pages.safe import Html, show
from pages.tables import styled
from pages.view_state import Choice

if TYPE_CHECKING:
    from pages.frame import Context


def render(ctx: Context) -> None:
    """Show the page."""
    filters_bar.show(ctx, measures=False)
    state = view_state.current()
    table = item_table(ctx.facts, state.filters, language=ctx.language)
    count = ctx.t("pages.items.count", count=len(table))
    show(Html('<p class="hp-under">{}</p>').format(count))
    chosen = st.dataframe(
        styled(ctx, table, {"investment_bvnd": 1, "construction": 1, "clearance": 1}),
        hide_index=True,
        placeholder=ctx.t("pages.table.unknown"),
        height=430,
        key="items.table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "item": st.column_config.TextColumn(ctx.t("pages.items.item"), pinned=True, width=80),
            "kind": st.column_config.TextColumn(ctx.t("pages.items.kind"), width=150),
            "name": st.column_config.TextColumn(ctx.t("pages.items.name"), width=330),
            "communes": st.column_config.TextColumn(ctx.t("pages.items.communes"), width=200),
            "investment_bvnd": ctx.t("pages.items.investment"),
            "construction": ctx.t("pages.items.construction"),
            "clearance": ctx.t("pages.items.clearance"),
            "forecast": ctx.t("pages.items.forecast"),
            "status": ctx.t("pages.items.status"),
            "milestone": ctx.t("pages.items.milestone"),
            "asked_to_act": ctx.t("pages.items.asked_to_act"),
        },
    )
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(table):
        view_state.change(choice=Choice("item", str(table.iloc[rows[0]]["item"])))
    _open_item(ctx)
    view_state.write_address()


def _open_item(ctx: Context) -> None:
    state = view_state.current()
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    if place is None or place.kind != "item":
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("pages.items.choose")))
        return
    with st.container(key="panel", border=True):
        panel.show_item(ctx, state, place)
