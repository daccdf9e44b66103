"""A long list of a document's lines, shown part by part: which part is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import SourcePlace


class _PlacedLine(Protocol):
    @property
    def place(self) -> SourcePlace: ...


Line = TypeVar("Line", bound=_PlacedLine)


def choose_line_part(label: str, lines: Sequence[Line], size: int, key: str) -> Sequence[Line]:
    """Return ``size`` of the lines, the first unless another part of them is chosen.

    The session keeps the part's number under ``key``; nothing is offered of a list that fits.
    """
    count = -(-len(lines) // size)
    if count <= 1:
        return lines
    if st.session_state.get(key, 0) >= count:
        st.session_state[key] = 0

    def name_part(number: int) -> str:
        own = lines[number * size : (number + 1) * size]
        return f"{own[0].place.line_from} – {own[-1].place.line_to}"

    chosen = st.selectbox(label, range(count), format_func=name_part, key=key, width=200)
    return lines[chosen * size : (chosen + 1) * size]
