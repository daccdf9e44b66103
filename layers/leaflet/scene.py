"""The scene of a map: layer, symbols, and what is chosen.

A layer is a part of the map's message, made once for all readers of the same facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import get_web_layer
from layers.choropleth.difference import compute_layer_difference
from layers.choropleth.registry import build_layer
from layers.choropleth.side_by_side import compare_layers
from layers.details.places import find_place
from layers.leaflet.asset_files import build_map_addresses
from layers.leaflet.map_message import MapScene, MapSelection, MessagePart, Viewport, pack_layer
from layers.leaflet.project_symbols import pack_item_symbols
from layers.leaflet.tile_settings import read_tile_settings
from layers.summary.figure_choice import narrow_to_figure
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from layers.choropleth.layer import LayerKey
    from layers.details.places import ChosenPlace
    from layers.leaflet.view_address import ViewState
    from store.facts.facts import Facts
    from store.facts.filters import Filters


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
        addresses=build_map_addresses(),
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


@cache_on_reports(most=64)
def pack_layer_part(facts: Facts, key: LayerKey, filters: Filters, language: str) -> MessagePart:
    """Return the part that shows one layer."""
    return pack_layer(build_layer(facts, key, filters, language=language))


@cache_on_reports(most=32)
def pack_difference_part(
    facts: Facts, key: LayerKey, filters: Filters, base: str, language: str
) -> MessagePart:
    """Return the part that shows what is different from ``base``."""
    return pack_layer(compute_layer_difference(facts, filters, base, key, language=language).layer)


@cache_on_reports(most=32)
def pack_pair_parts(
    facts: Facts, key: LayerKey, filters: Filters, base: str, language: str
) -> tuple[MessagePart, MessagePart]:
    """Return the parts that show a layer at ``base`` and at the filters' period, side by side."""
    pair = compare_layers(facts, filters, base, key, language=language)
    return pack_layer(pair.before), pack_layer(pair.after)
