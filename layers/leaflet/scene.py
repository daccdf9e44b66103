"""The scene of a map: layer, symbols, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import get_web_layer
from layers.details.places import find_place
from layers.leaflet.asset_files import (
    build_geometry_url,
    build_suggest_url,
    build_surroundings_url,
)
from layers.leaflet.layer_parts import pack_layer_part
from layers.leaflet.map_message import MapAddresses, MapScene, MapSelection, Viewport
from layers.leaflet.project_symbols import pack_item_symbols
from layers.leaflet.tile_settings import read_tile_settings
from layers.summary.figure_choice import narrow_to_figure

if TYPE_CHECKING:
    from layers.details.places import ChosenPlace
    from layers.leaflet.map_message import MessagePart
    from layers.leaflet.view_address import ViewState
    from store.facts.facts import Facts


def build_view_scene(facts: Facts, state: ViewState, language: str) -> MapScene:
    """Return what stands on the map's own page in a view; the maps of other layers may be near."""
    filters = narrow_to_figure(facts, state.filters, state.figure)
    return build_map_scene(
        facts,
        state,
        pack_layer_part(facts, state.layer, filters, language),
        find_place(facts, state.choice.kind, state.choice.key, language=language),
        pack_item_symbols(facts, filters, language),
        language=language,
        ahead=True,
    )


def build_map_scene(
    facts: Facts,
    state: ViewState,
    layer: MessagePart,
    place: ChosenPlace | None,
    symbols: MessagePart,
    *,
    language: str,
    link: str = "",
    view: Viewport | None = None,
    keys: bool = False,
    ahead: bool = False,
) -> MapScene:
    """Return what stands on the map; maps with the same ``link`` move together.

    ``view`` is where the map should be, by default the choice once the map was asked to go there.
    ``keys`` hands the keys that turn pages to the page round the map; ``ahead`` lets the map fetch
    the other layers before they are asked for.
    """
    communes = place.communes if place else ()
    usual = Viewport(state.moves, communes if state.moves else (), state.at)
    return MapScene(
        layer=layer,
        symbols=symbols,
        codes=facts.commune_codes,
        addresses=MapAddresses(build_geometry_url(), build_suggest_url(), build_surroundings_url()),
        chosen=MapSelection(communes, place.key if place and place.kind == "item" else ""),
        view=view or usual,
        tiles=read_tile_settings(),
        provider=get_web_layer().provider,
        language=language,
        link=link,
        keys=keys,
        ahead=ahead,
        version=facts.reports.version,
    )
