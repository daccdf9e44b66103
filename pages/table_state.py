"""How the reader arranged the table, kept in the session and written to the address."""

from __future__ import annotations

from typing import Final

import streamlit as st

from layers.table_view import TableView, table_from_query

_STATE: Final = "table.state"


def current() -> TableView:
    """Return the session's arrangement; a new session takes it from the address."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = table_from_query(st.query_params.to_dict())
    view: TableView = st.session_state[_STATE]
    return view


def change(**changes: object) -> None:
    """Change some fields of the session's arrangement."""
    st.session_state[_STATE] = current().with_changes(**changes)


def reset() -> None:
    """Return to the arrangement that the table begins with."""
    st.session_state[_STATE] = TableView()
