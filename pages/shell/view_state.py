"""What the reader is looking at, kept in the session and written to the address.

The address reproduces the view: layer, filters, what is open in the panel, and (written by the map
itself, as ``v``) where the map stands (``layers.leaflet.view_address``).
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from layers.leaflet.view_address import PanelChoice, ViewState, from_address, to_address
from store.facts.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.choropleth.layer import LayerKey
    from layers.leaflet.clicks import MapClick
    from layers.summary.figure_choice import FigureKey

_STATE: Final = "view.state"
_WRITTEN: Final = "view.written"
_RESTORED: Final = "view.restored"
_HELD: Final = "view.held_period"
_BEFORE: Final = "view.period_before"
_VIEW_KEYS: Final = frozenset(
    {"layer", "open", "figure", *(field.name for field in fields(Filters))}
)
"""What of an address says the view; the rest is a page's own."""
_OTHER_KEYS: Final = ("v", "lang", "base", "curve", "day", "present", "at", "view", "tab")


def get_view_state() -> ViewState:
    """Return the session's view; a new session takes it from the address.

    So does one whose reader went back or forward in the browser's history.
    """
    _give_period_back()
    before: ViewState | None = st.session_state.get(_STATE)
    if before is None or _is_address_restored():
        state = from_address(st.query_params.to_dict())
        if before is not None:
            state = replace(state, moves=before.moves, at=before.at)
            st.session_state[_RESTORED] = True
            st.session_state[_BEFORE] = (_get_page(), before.filters.period)
        st.session_state[_STATE] = state
        _remember_address()
    current: ViewState = st.session_state[_STATE]
    return current


def hold_period() -> None:
    """Let this page have a period of its own: other pages show what was chosen before it."""
    held, _ = st.session_state.get(_HELD, ("", ""))
    now = get_view_state().filters.period
    page, before = st.session_state.pop(_BEFORE, ("", ""))
    if held != _get_page():  # with ``before``, the browser's history led here
        st.session_state[_HELD] = (_get_page(), before if page == _get_page() else now)


def _give_period_back() -> None:
    """Put back the period that a page with one of its own was opened with, once it is left."""
    page, period = st.session_state.get(_HELD, ("", ""))
    before: ViewState | None = st.session_state.get(_STATE)
    if not page or page == _get_page():
        return
    del st.session_state[_HELD]
    if before is not None and before.filters.period != period:
        filters = before.filters.with_changes(period=period)
        st.session_state[_STATE] = replace(before, filters=filters)
        st.session_state[_RESTORED] = True


def take_restored() -> bool:
    """Return, once, whether the view came back from the browser's history."""
    return bool(st.session_state.pop(_RESTORED, False))


def _is_address_restored() -> bool:
    """Return whether the browser's address says another view than the one written to it last.

    The menu leads to a page without any view in its address: that one is kept.
    """
    page, written = st.session_state.get(_WRITTEN, ("", {}))
    now = _select_view_keys(st.query_params.to_dict())
    return now != written and (bool(now) or page == _get_page())


def _remember_address() -> None:
    st.session_state[_WRITTEN] = (_get_page(), _select_view_keys(st.query_params.to_dict()))


def _select_view_keys(query: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key in _VIEW_KEYS}


def _get_page() -> str:
    run = get_script_run_ctx()
    return run.page_script_hash if run else ""


def change_view_state(
    *,
    layer: LayerKey | None = None,
    filters: Filters | None = None,
    choice: PanelChoice | None = None,
    figure: FigureKey | None = None,
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
        figure=now.figure if figure is None else figure,
    )


def apply_filter_widget(field: str, key: str) -> None:
    """Take the value of the widget of a key as the filter of that field."""
    value = st.session_state[key]
    value = tuple(value) if isinstance(value, list) else value
    filters = get_view_state().filters.with_changes(**{field: value})
    change_view_state(filters=filters)


def apply_click(made: MapClick) -> None:
    """Take a click in the map."""
    kind = made.place_kind or made.kind
    change_view_state(choice=PanelChoice(kind, made.key), go=made.go or kind == "item")


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
    _remember_address()
