"""Links from what was read to the cell of the file that says it, and back.

A link names an element of the page (``hp-cell-1-2-3``, ``hp-line-7``, ``hp-read-4``). Where it is
on the page the browser goes there by itself; where the file's part is not shown, it is opened.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.document import SourcePlace

_KEY: Final = "import.links"
_TURN: Final = "import.links.turn"
_AIM: Final = re.compile(r"hp-(cell|line)-(\d{1,7})(?:-(\d{1,7})-(\d{1,5}))?")
_SCRIPT: Final = (Path(__file__).with_name("assets") / "file_links.js").read_text("utf-8")
_LINKS: Final = st.components.v2.component("hpmap_file_links", js=_SCRIPT)


def name_place(place: SourcePlace) -> str:
    """Return the element of a place: its cell, or its line."""
    if place.table and place.row and place.column:
        return f"hp-cell-{place.table}-{place.row}-{place.column}"
    return f"hp-line-{place.line_from}"


def name_reading(number: int) -> str:
    """Return the element of what was read."""
    return f"hp-read-{number}"


def follow_links(on_open: Callable[[str], None]) -> None:
    """Let the links of the page be followed; ``on_open`` gets an element that is not on it."""

    def opened() -> None:
        state = st.session_state.get(_KEY)
        aim = str(getattr(state, "go", None) or "")
        if _AIM.fullmatch(aim):
            st.session_state[_TURN] = (st.session_state.get(_TURN, (0, ""))[0] + 1, aim)
            on_open(aim)

    turn, aim = st.session_state.get(_TURN, (0, ""))
    _LINKS(key=_KEY, data={"turn": turn, "id": aim}, on_go_change=opened, height=1)


def parse_aim(aim: str) -> tuple[int, int, int] | int | None:
    """Return the cell (table, row, column) or the line that an element's name stands for."""
    match = _AIM.fullmatch(aim)
    if match is None:
        return None
    kind, first, row, column = match.groups()
    if kind == "line":
        return int(first) if row is None else None
    return (int(first), int(row), int(column)) if row is not None else None
