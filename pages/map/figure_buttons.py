"""The key figures above the map as buttons: each narrows map and list to what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from layers.leaflet.view_address import PanelChoice
from layers.summary.figure_choice import FIGURE_KEYS, FIGURE_LAYERS, narrow_to_figure
from layers.summary.key_figure import describe_carried
from layers.summary.key_figures import list_key_figures
from pages.map.side import show_list_again
from pages.shell import view_state
from pages.shell.actions import show_actions
from pages.shell.html import Html, join_markup

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.leaflet.view_address import ViewState
    from layers.summary.figure_choice import FigureKey
    from layers.summary.key_figure import KeyFigure
    from pages.shell.context import PageContext

_NAMES: Final = {"items": "", "planned": "progress"}
"""Key figures whose choice has another name; '' is everything."""
_MEASURES: Final = {
    "misses": ("progress", "misses"),
    "held_up": ("clearance", "money"),
    "progress": ("progress", "actual"),
}
"""The way of counting, of a layer, that shows what a key figure counts."""


def show_figure_buttons(ctx: PageContext, state: ViewState) -> None:
    """Show the key figures of what the filters choose; they stay when one of them is pressed."""
    figures = list_key_figures(ctx.facts, state.filters, language=ctx.language)
    buttons = join_markup(_render_figure(ctx, state, figure) for figure in figures)
    label = ctx.t("pages.figure.row")
    show_actions(
        Html('<div class="hp-figures" role="group" aria-label="{}">{}</div>').format(
            label, buttons
        ),
        _press_figure,
        key="figures",
    )


def _render_figure(ctx: PageContext, state: ViewState, figure: KeyFigure) -> Markup:
    name = _NAMES.get(figure.key, figure.key)
    narrowed = narrow_to_figure(
        ctx.facts, state.filters, next(key for key in FIGURE_KEYS if key == name)
    )
    off = bool(name) and (pd.isna(figure.value) or narrowed == state.filters)
    carried = figure.carried.is_whole
    return Html(
        '<button type="button" class="hp-figure{look}" data-act="{key}"{pressed}{off}'
        ' title="{help}"><span class="hp-figure-label">{label}</span>'
        '<span class="hp-figure-value">{text}</span>'
        '<span class="hp-figure-detail">{detail}</span></button>'
    ).format(
        look=" hp-figure-carried" if carried else "",
        key=figure.key,
        pressed=Html(' aria-pressed="{}"').format("true" if name == state.figure else "false")
        if name
        else "",
        off=Html(' aria-disabled="true"') if off else "",
        help=f"{figure.detail}\n{figure.help}",
        label=figure.label,
        text=figure.text,
        detail=describe_carried(ctx.facts, figure.carried, ctx.language)
        if carried
        else figure.detail,
    )


def _press_figure(pressed: str) -> None:
    """Narrow map and list to a key figure; the one pressed already gives everything back."""
    name = _NAMES.get(pressed, pressed)
    key: FigureKey = next((key for key in FIGURE_KEYS if key == name), "")
    state = view_state.get_view_state()
    show_list_again()
    if not key or key == state.figure:
        view_state.change_view_state(figure="", choice=PanelChoice())
        return
    filters = state.filters
    if key in _MEASURES:
        field, measure = _MEASURES[key]
        if not (key == "progress" and filters.progress == "planned"):
            filters = filters.with_changes(**{field: measure})
            st.session_state[f"bar.{field}"] = measure
    layer = FIGURE_LAYERS[key]
    st.session_state["bar.layer"] = layer
    view_state.change_view_state(layer=layer, filters=filters, figure=key, choice=PanelChoice())
