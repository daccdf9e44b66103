"""What the reader is looking at, kept in the session and written to the address.

The address reproduces the view: layer, filters, what is open in the panel, and (written by the map
itself, as ``v``) where the map stands. What an address holds was written by anybody: it is parsed
by ``store.facts.filters.filters_from_query`` and the two functions here, which drop what makes no
sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.choropleth.layer import LAYER_KEYS, LayerKey
from layers.leaflet.clicks import PLACE_KINDS, MapClick
from store.facts.filters import Filters, filters_from_query

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LAYER: Final[LayerKey] = "investment"
_STATE: Final = "view.state"
_KEY = re.compile(r"[\w .:\-–]{1,80}")
_VIEW = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2}(?:\.\d{1,2})?)")
_OTHER_KEYS: Final = ("v", "lang", "base", "curve", "day", "present", "at")


@dataclass(frozen=True)
class PanelChoice:
    """What the panel shows: a place or an item, by kind (``PLACE_KINDS``) and key."""

    kind: str = ""
    key: str = ""


@dataclass(frozen=True)
class ViewState:
    """The view: layer, filters, the choice, and how often the map was asked to go to it."""

    layer: LayerKey
    filters: Filters
    choice: PanelChoice
    moves: int = 0
    at: tuple[float, float, float] | None = None


def get_view_state() -> ViewState:
    """Return the session's view; a new session takes it from the address."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = from_address(st.query_params.to_dict())
    state: ViewState = st.session_state[_STATE]
    return state


def change_view_state(
    *,
    layer: LayerKey | None = None,
    filters: Filters | None = None,
    choice: PanelChoice | None = None,
    go: bool = False,
) -> None:
    """Change the session's view; ``go`` sends the map to the choice."""
    now = get_view_state()
    st.session_state[_STATE] = ViewState(
        layer=layer or now.layer,
        filters=now.filters if filters is None else filters,
        choice=now.choice if choice is None else choice,
        moves=now.moves + int(go),
        at=now.at,
    )


def apply_click(made: MapClick) -> None:
    """Take a click in the map."""
    kind = made.place_kind or made.kind
    change_view_state(choice=PanelChoice(kind, made.key), go=made.go or kind == "item")


def from_address(query: Mapping[str, str]) -> ViewState:
    """Return the view that an address describes, whatever it holds."""
    layer = query.get("layer", "")
    match = _VIEW.fullmatch(query.get("v", ""))
    return ViewState(
        layer=next((key for key in LAYER_KEYS if key == layer), DEFAULT_LAYER),
        filters=filters_from_query(query),
        choice=_parse_choice(query.get("open", "")),
        at=(float(match[1]), float(match[2]), float(match[3])) if match else None,
    )


def to_address(state: ViewState) -> dict[str, str]:
    """Return the view as the strings of an address; the default view is empty."""
    query = state.filters.to_query()
    if state.layer != DEFAULT_LAYER:
        query["layer"] = state.layer
    if state.choice.key:
        query["open"] = f"{state.choice.kind}~{state.choice.key}"
    return query


def write_address(more: Mapping[str, str] | None = None) -> None:
    """Write the session's view to the page's address, if it says something else.

    ``more`` is what the page itself keeps there.
    """
    now = st.query_params.to_dict()
    wanted = (
        to_address(get_view_state())
        | (dict(more) if more else {})
        | {key: now[key] for key in _OTHER_KEYS if key in now}
    )
    if now != wanted:
        st.query_params.from_dict(wanted)


def _parse_choice(text: str) -> PanelChoice:
    kind, _, key = text.partition("~")
    return PanelChoice(kind, key) if kind in PLACE_KINDS and _KEY.fullmatch(key) else PanelChoice()
