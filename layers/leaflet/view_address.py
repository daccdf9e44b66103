"""What a reader looks at on the map, and the address that says it.

What an address holds was written by anybody: it is parsed here and by
``store.facts.filters.filters_from_query``, which drop what makes no sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.choropleth.layer import LAYER_KEYS, LayerKey
from layers.leaflet.clicks import PLACE_KINDS
from layers.summary.figure_choice import FIGURE_KEYS, FigureKey
from store.facts.filters import Filters, filters_from_query

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LAYER: Final[LayerKey] = "investment"
_KEY = re.compile(r"[\w .:\-–]{1,80}")
_VIEW = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2}(?:\.\d{1,2})?)")


@dataclass(frozen=True)
class PanelChoice:
    """What the panel shows: a place or an item, by kind (``PLACE_KINDS``) and key."""

    kind: str = ""
    key: str = ""


@dataclass(frozen=True)
class ViewState:
    """The view: layer, filters, the choice, and how often the map was asked to go to it.

    ``figure`` is the key figure whose items map and list are narrowed to, '' for none.
    """

    layer: LayerKey
    filters: Filters
    choice: PanelChoice
    moves: int = 0
    at: tuple[float, float, float] | None = None
    figure: FigureKey = ""


def from_address(query: Mapping[str, str]) -> ViewState:
    """Return the view that an address describes, whatever it holds."""
    layer = query.get("layer", "")
    match = _VIEW.fullmatch(query.get("v", ""))
    choice = _parse_choice(query.get("open", ""))
    return ViewState(
        layer=next((key for key in LAYER_KEYS if key == layer), DEFAULT_LAYER),
        filters=filters_from_query(query),
        choice=choice,
        moves=int(bool(choice.key) and not match),  # a link to a place goes to it
        at=(float(match[1]), float(match[2]), float(match[3])) if match else None,
        figure=next((key for key in FIGURE_KEYS if key == query.get("figure", "")), ""),
    )


def to_address(state: ViewState) -> dict[str, str]:
    """Return the view as the strings of an address; the default view is empty."""
    query = state.filters.to_query()
    if state.layer != DEFAULT_LAYER:
        query["layer"] = state.layer
    if state.figure:
        query["figure"] = state.figure
    if state.choice.key:
        query["open"] = f"{state.choice.kind}~{state.choice.key}"
    return query


def _parse_choice(text: str) -> PanelChoice:
    kind, _, key = text.partition("~")
    return PanelChoice(kind, key) if kind in PLACE_KINDS and _KEY.fullmatch(key) else PanelChoice()
