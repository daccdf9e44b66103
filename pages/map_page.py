"""The map: three layers over the communes, key figures above, a list beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.registry import build_layer
from layers.details.places import find_place
from layers.leaflet.map_view import show_map
from layers.leaflet.scene import build_view_scene
from layers.leaflet.view_address import to_address
from layers.summary.figure_choice import narrow_to_figure
from pages.map import side
from pages.map.figure_buttons import show_figure_buttons
from pages.map.newer_report import show_newer_report
from pages.shell import view_state
from pages.shell.context import renew_context, run_alone
from pages.widgets.filters import filter_bar
from pages.widgets.saved_views import show_saved_views

if TYPE_CHECKING:
    from pages.shell.context import PageContext

FRAME_HEIGHT: Final = 2400
"""Taller than any window: what the frame shows is as high as its place on the page (``_STYLE``)."""
_STYLE: Final = Path(__file__).resolve().parent / "shell" / "assets" / "map_page.css"


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.map")
    st.html(_STYLE)
    _show_view(ctx)


@run_alone
def _show_view(ctx: PageContext) -> None:
    """Show all of the page; a change of what is shown runs this and not what stands round it."""
    ctx = renew_context(ctx)
    with st.container(key="map-page"):
        filter_bar.show_filter_bar(ctx, slim=True, beside=_show_page_views)
        show_figure_buttons(ctx, view_state.get_view_state())
        # Always there, as all that stands above the map: its frame would be loaded anew.
        with st.container(key="map-newer"):
            show_newer_report(ctx, view_state.get_view_state().filters)
        _show_map_and_side(ctx)


def _show_page_views(ctx: PageContext) -> None:
    viewport = st.query_params.get("v", "")
    query = to_address(view_state.get_view_state())
    show_saved_views(ctx, "ban-do", query | ({"v": viewport} if viewport else {}))


@run_alone
def _show_map_and_side(ctx: PageContext) -> None:
    """Show the map and what stands beside it; a click in the map runs this and nothing else."""
    ctx = renew_context(ctx)
    state = view_state.get_view_state()
    filters = narrow_to_figure(ctx.facts, state.filters, state.figure)
    layer = build_layer(ctx.facts, state.layer, filters, language=ctx.language)
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    with st.container(key="map-body", horizontal=True):
        with st.container(key="map-frame"):
            show_map(
                build_view_scene(ctx.facts, state, ctx.language),
                key="map.frame",
                height=FRAME_HEIGHT,
                on_click=side.open_click,
            )
        with st.container(key="map-side"):
            side.show_side(ctx, replace(state, filters=filters), layer, place)
    view_state.write_address()
