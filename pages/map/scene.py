"""The scene of a map on a page: layer, symbols, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import web_layer
from layers.leaflet.asset_files import geometry_address, suggest_address
from layers.leaflet.map_message import Addresses, Chosen, Scene, View
from layers.leaflet.tile_settings import tile_settings

if TYPE_CHECKING:
    import pandas as pd

    from layers.choropleth.layer import Layer
    from layers.details.places import Place
    from pages.shell.context import Context
    from pages.shell.view_state import ViewState


def map_scene(
    ctx: Context,
    state: ViewState,
    layer: Layer,
    place: Place | None,
    symbols: pd.DataFrame,
    *,
    link: str = "",
    view: View | None = None,
    keys: bool = False,
) -> Scene:
    """Return what stands on the map; maps with the same ``link`` move together.

    ``view`` is where the map should be, by default the choice once the map was asked to go there.
    ``keys`` hands the keys that turn pages to the page round the map.
    """
    communes = place.communes if place else ()
    usual = View(state.moves, communes if state.moves else (), state.at)
    return Scene(
        layer=layer,
        symbols=symbols,
        addresses=Addresses(geometry_address(), suggest_address()),
        chosen=Chosen(communes, place.key if place and place.kind == "item" else ""),
        view=view or usual,
        tiles=tile_settings(),
        provider=web_layer().provider,
        language=ctx.language,
        link=link,
        keys=keys,
    )
