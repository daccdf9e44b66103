"""The layer as a table: one row per commune, for whoever cannot or will not read the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from layers.layer import Layer
    from pages.frame import Context


def show_table(ctx: Context, layer: Layer) -> None:
    """Offer the layer's table; its rows are only made and sent when it is opened."""
    if not st.toggle(ctx.t("pages.table.open"), key="table.open"):
        return
    frame = layer.frame.loc[layer.frame["in_area"], ["code", "name", "value", "label", "items"]]
    st.dataframe(
        frame.sort_values("value", ascending=False, na_position="last"),
        hide_index=True,
        height=420,
        column_config={
            "code": ctx.t("pages.table.code"),
            "name": ctx.t("pages.table.name"),
            "value": st.column_config.NumberColumn(
                f"{layer.legend.title} ({layer.legend.unit})", format="localized"
            ),
            "label": ctx.t("pages.table.label"),
            "items": ctx.t("pages.table.items"),
        },
    )
