"""The column beside the map: the list or what is chosen, the layer as a table, what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.map.commune_table import show_commune_table
from pages.map.notes import show_layer_notes
from pages.map.panel import close_panel, show_panel
from pages.shell import view_state
from pages.shell.html import Html, show_markup
from pages.widgets.links import build_page_link

if TYPE_CHECKING:
    from layers.choropleth.layer import Layer
    from layers.details.places import ChosenPlace
    from layers.leaflet.clicks import MapClick
    from layers.leaflet.view_address import ViewState
    from pages.shell.context import PageContext

TABS: Final = ("list", "table", "notes")
_TAB: Final = "side.tab"


def show_side(ctx: PageContext, state: ViewState, layer: Layer, place: ChosenPlace | None) -> None:
    """Show the tabs and what the chosen one holds."""
    with st.container(key="map-tabs", horizontal=True, vertical_alignment="center", gap="small"):
        tab = st.segmented_control(
            ctx.t("pages.side.label"),
            TABS,
            default="list",
            required=True,
            format_func=lambda name: ctx.t(f"pages.side.{name}"),
            label_visibility="collapsed",
            key=_TAB,
        )
        if place is not None:
            close = ctx.t("pages.panel.close")
            st.button(close, key="panel.close", type="tertiary", on_click=close_panel)
        elif ctx.may("page.briefing"):
            address = build_page_link(ctx, "dieu-hanh", state.filters, tab="news")
            show_markup(
                Html('<a class="hp-link" target="_self" href="{}">{}</a>').format(
                    address, ctx.t("pages.side.news")
                )
            )
    opened = ctx.t("pages.side.opened", name=place.name) if place else ""
    show_markup(Html('<div class="hp-announced" role="status">{}</div>').format(opened))
    with st.container(key="panel"):
        if tab == "table":
            show_commune_table(ctx, layer)
        elif tab == "notes":
            show_layer_notes(ctx, layer)
        else:
            show_panel(ctx, state, layer, place)


def open_click(made: MapClick) -> None:
    """Take a click in the map: what it chose is shown, whatever stood beside the map."""
    show_list_again()
    view_state.apply_click(made)


def show_list_again() -> None:
    """Let the list, or what is chosen, stand beside the map from the next run on."""
    st.session_state[_TAB] = "list"
