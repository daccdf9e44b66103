"""The choices that only a map has: its layer, and how the layer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.choropleth.layer import LAYER_KEYS
from pages.shell import view_state

if TYPE_CHECKING:
    from streamlit.elements.lib.utils import LabelVisibility

    from pages.shell.context import PageContext


def choose_layer(ctx: PageContext, labels: LabelVisibility) -> None:
    """Offer the layers of the map."""
    st.segmented_control(
        ctx.t("pages.bar.layer"),
        LAYER_KEYS,
        default=view_state.get_view_state().layer,
        required=True,
        format_func=lambda key: ctx.t(f"pages.layer.{key}"),
        label_visibility=labels,
        key="bar.layer",
        on_change=_handle_layer_change,
    )


def _handle_layer_change() -> None:
    view_state.change_view_state(layer=st.session_state["bar.layer"])


def choose_measure(ctx: PageContext, labels: LabelVisibility) -> None:
    """Offer the ways of counting that the layer has."""
    state = view_state.get_view_state()
    filters = state.filters
    if state.layer == "investment":
        drawings = ("circles", "classes")
        st.selectbox(
            ctx.t("pages.bar.drawing"),
            drawings,
            label_visibility=labels,
            index=drawings.index(filters.investment),
            format_func=lambda value: ctx.t(f"pages.measure.investment_{value}"),
            key="bar.investment",
            on_change=view_state.apply_filter_widget,
            args=("investment", "bar.investment"),
            width=190,
        )
        st.toggle(
            ctx.t("pages.bar.leave_out"),
            value=filters.leave_out_outlier,
            key="bar.leave_out_outlier",
            on_change=view_state.apply_filter_widget,
            args=("leave_out_outlier", "bar.leave_out_outlier"),
        )
        return
    options = {
        "progress": ("progress", ("late", "actual", "misses", "planned")),
        "clearance": ("clearance", ("severity", "money", "number")),
    }
    field, values = options[state.layer]
    st.selectbox(
        ctx.t("pages.bar.measure"),
        values,
        index=values.index(getattr(filters, field)),
        format_func=lambda value: ctx.t(f"pages.measure.{field}_{value}"),
        label_visibility=labels,
        key=f"bar.{field}",
        on_change=view_state.apply_filter_widget,
        args=(field, f"bar.{field}"),
        width=220,
    )
    if state.layer == "progress" and filters.progress != "late":
        st.selectbox(
            ctx.t("pages.bar.weight"),
            ("investment", "count"),
            index=("investment", "count").index(filters.weight),
            format_func=lambda value: ctx.t(f"pages.measure.weight_{value}"),
            label_visibility=labels,
            key="bar.weight",
            on_change=view_state.apply_filter_widget,
            args=("weight", "bar.weight"),
            width=190,
        )
