"""The map: three layers over the communes, key figures above, what was chosen beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.boundaries import web_layer
from layers.clearance import clearance_layer
from layers.figures import key_figures
from layers.investment import investment_layer
from layers.items import item_symbols
from layers.map_view import show_map
from layers.payload import Addresses, Chosen, Scene, View
from layers.places import find_place, label_points
from layers.progress import progress_layer
from layers.settings import tile_settings
from layers.web_files import geometry_address, suggest_address
from pages import commune_table, filters_bar, map_notes, panel, view_state
from pages.safe import Html, join, show
from pages.views_bar import show_views

if TYPE_CHECKING:
    from layers.layer import Layer
    from layers.places import Place
    from pages.frame import Context
    from pages.view_state import ViewState

MAP_HEIGHT: Final = 500

_DRAW: Final = {
    "progress": progress_layer,
    "investment": investment_layer,
    "clearance": clearance_layer,
}


def render(ctx: Context) -> None:
    """Show the page."""
    filters_bar.show(ctx, beside=_views)
    _figures(ctx, view_state.current())
    _map_and_panel(ctx)
    state = view_state.current()
    layer = draw_layer(ctx, state)
    map_notes.show_notes(ctx, layer)
    commune_table.show_table(ctx, layer)
    view_state.write_address()


def _views(ctx: Context) -> None:
    at = st.query_params.get("v", "")
    query = view_state.to_address(view_state.current())
    show_views(ctx, "ban-do", query | ({"v": at} if at else {}))


def draw_layer(ctx: Context, state: ViewState) -> Layer:
    """Return the layer that the view shows."""
    return _DRAW[state.layer](ctx.facts, state.filters, language=ctx.language)


@st.fragment
def _map_and_panel(ctx: Context) -> None:
    """Show map and panel; a click in the map runs this part again and nothing else."""
    state = view_state.current()
    layer = draw_layer(ctx, state)
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    left, right = st.columns([2.3, 1], gap="small")
    with left:
        show_map(
            _scene(ctx, state, layer, place),
            key="map.frame",
            height=MAP_HEIGHT,
            on_click=view_state.click,
        )
    with right, st.container(key="panel", height=MAP_HEIGHT + 2, border=True):
        panel.show_panel(ctx, state, layer, place)
    view_state.write_address()


def _scene(ctx: Context, state: ViewState, layer: Layer, place: Place | None) -> Scene:
    communes = place.communes if place else ()
    return Scene(
        layer=layer,
        symbols=item_symbols(ctx.facts, state.filters, label_points()),
        addresses=Addresses(geometry_address(), suggest_address()),
        chosen=Chosen(communes, place.key if place and place.kind == "item" else ""),
        view=View(state.moves, communes if state.moves else (), state.at),
        tiles=tile_settings(),
        provider=web_layer().provider,
        language=ctx.language,
    )


def _figures(ctx: Context, state: ViewState) -> None:
    """Show the key figures; they obey the same filters as the map."""
    cards = [
        Html(
            '<div class="hp-figure" title="{help}"><div class="hp-figure-label">{label}</div>'
            '<div class="hp-figure-value">{text}</div>'
            '<div class="hp-figure-detail">{detail}</div></div>'
        ).format(help=one.help, label=one.label, text=one.text, detail=one.detail)
        for one in key_figures(ctx.facts, state.filters, language=ctx.language)
    ]
    show(Html('<div class="hp-figures">{}</div>').format(join(cards)))
