"""The layer as a table: one row per commune, for whoever cannot or will not read the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.widgets.tables import style_table

if TYPE_CHECKING:
    from layers.choropleth.layer import Layer
    from pages.shell.context import PageContext


def show_commune_table(ctx: PageContext, layer: Layer) -> None:
    """Offer the layer's table; its rows are only made and sent when it is opened."""
    if not st.toggle(ctx.t("pages.table.open"), key="table.open"):
        return
    frame = layer.frame.loc[layer.frame["in_area"], ["code", "name", "value", "label", "items"]]
    st.dataframe(
        style_table(
            ctx, frame.sort_values("value", ascending=False, na_position="last"), {"value": 1}
        ),
        hide_index=True,
        placeholder=ctx.t("pages.table.unknown"),
        height=420,
        column_config={
            "code": ctx.t("pages.table.code"),
            "name": ctx.t("pages.table.name"),
            "value": f"{layer.legend.title} ({layer.legend.unit})",
            "label": ctx.t("pages.table.label"),
            "items": ctx.t("pages.table.items"),
        },
    )
