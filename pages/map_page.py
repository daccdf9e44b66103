"""The map: three layers over the communes, key figures above, what was chosen beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.registry import build_layer
from layers.details.places import find_place, load_label_points
from layers.leaflet.map_view import show_map
from layers.leaflet.project_symbols import build_item_symbols
from pages.map import commune_table, notes, panel
from pages.map.notes import show_key_figures
from pages.map.scene import build_map_scene
from pages.shell import view_state
from pages.widgets import filter_bar
from pages.widgets.saved_views import show_saved_views

if TYPE_CHECKING:
    from pages.shell.context import PageContext

MAP_HEIGHT: Final = 500


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.map")
    filter_bar.show_filter_bar(ctx, beside=_show_page_views)
    show_key_figures(ctx, view_state.get_view_state().filters)
    _show_map_and_panel(ctx)
    state = view_state.get_view_state()
    layer = build_layer(state.layer, ctx.facts, state.filters, language=ctx.language)
    notes.show_layer_notes(ctx, layer)
    commune_table.show_commune_table(ctx, layer)
    view_state.write_address()


def _show_page_views(ctx: PageContext) -> None:
    viewport = st.query_params.get("v", "")
    query = view_state.to_address(view_state.get_view_state())
    show_saved_views(ctx, "ban-do", query | ({"v": viewport} if viewport else {}))


@st.fragment
def _show_map_and_panel(ctx: PageContext) -> None:
    """Show map and panel; a click in the map runs this part again and nothing else."""
    state = view_state.get_view_state()
    layer = build_layer(state.layer, ctx.facts, state.filters, language=ctx.language)
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    symbols = build_item_symbols(ctx.facts, state.filters, load_label_points())
    left, right = st.columns([2.3, 1], gap="small")
    with left:
        show_map(
            build_map_scene(ctx, state, layer, place, symbols),
            key="map.frame",
            height=MAP_HEIGHT,
            on_click=view_state.apply_click,
        )
    with right, st.container(key="panel", height=MAP_HEIGHT + 2, border=True):
        panel.show_panel(ctx, state, layer, place)
    view_state.write_address()
