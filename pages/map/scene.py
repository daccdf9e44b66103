"""The scene of a map on a page: layer, symbols, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import get_web_layer
from layers.leaflet.asset_files import build_geometry_url, build_suggest_url
from layers.leaflet.map_message import MapAddresses, MapScene, MapSelection, Viewport
from layers.leaflet.tile_settings import read_tile_settings

if TYPE_CHECKING:
    import pandas as pd

    from layers.choropleth.layer import Layer
    from layers.details.places import ChosenPlace
    from pages.shell.context import PageContext
    from pages.shell.view_state import ViewState


def build_map_scene(
    ctx: PageContext,
    state: ViewState,
    layer: Layer,
    place: ChosenPlace | None,
    symbols: pd.DataFrame,
    *,
    link: str = "",
    view: Viewport | None = None,
    keys: bool = False,
) -> MapScene:
    """Return what stands on the map; maps with the same ``link`` move together.

    ``view`` is where the map should be, by default the choice once the map was asked to go there.
    ``keys`` hands the keys that turn pages to the page round the map.
    """
    communes = place.communes if place else ()
    usual = Viewport(state.moves, communes if state.moves else (), state.at)
    return MapScene(
        layer=layer,
        symbols=symbols,
        addresses=MapAddresses(build_geometry_url(), build_suggest_url()),
        chosen=MapSelection(communes, place.key if place and place.kind == "item" else ""),
        view=view or usual,
        tiles=read_tile_settings(),
        provider=get_web_layer().provider,
        language=ctx.language,
        link=link,
        keys=keys,
    )
