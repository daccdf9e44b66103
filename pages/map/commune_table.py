"""The layer as a table: one row per commune, for whoever cannot or will not read the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.widgets.tables import style_table

if TYPE_CHECKING:
    from layers.choropleth.layer import Layer
    from pages.shell.context import PageContext


def show_commune_table(ctx: PageContext, layer: Layer) -> None:
    """Show the layer's table."""
    frame = layer.frame.loc[layer.frame["in_area"], ["name", "value", "items", "label", "code"]]
    st.dataframe(
        style_table(
            ctx, frame.sort_values("value", ascending=False, na_position="last"), {"value": 1}
        ),
        hide_index=True,
        placeholder=ctx.t("pages.table.unknown"),
        height="stretch",
        column_config={
            "name": ctx.t("pages.table.name"),
            "value": f"{layer.legend.title} ({layer.legend.unit})",
            "items": ctx.t("pages.table.items"),
            "label": ctx.t("pages.table.label"),
            "code": ctx.t("pages.table.code"),
        },
    )
