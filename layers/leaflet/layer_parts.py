"""Layers as parts of the map's message, made once for all readers of the same facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.choropleth.difference import compute_layer_difference
from layers.choropleth.registry import build_layer
from layers.choropleth.side_by_side import compare_layers
from layers.leaflet.map_message import MessagePart, pack_layer
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from layers.choropleth.layer import LayerKey
    from store.facts.facts import Facts
    from store.facts.filters import Filters


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
