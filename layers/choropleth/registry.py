"""The three layers by their keys, each made once for all readers of the same facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.progress import build_progress_layer
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.choropleth.layer import Layer, LayerKey
    from store.facts.facts import Facts
    from store.facts.filters import Filters

_LAYERS: Final[dict[LayerKey, Callable[..., Layer]]] = {
    "progress": build_progress_layer,
    "investment": build_investment_layer,
    "clearance": build_clearance_layer,
}


@cache_on_reports(most=64)
def build_layer(
    facts: Facts, key: LayerKey, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> Layer:
    """Return the layer of that key under the filters; shared, not to be changed."""
    return _LAYERS[key](facts, filters, language=language)
