"""Cells of the table that were edited and are not saved yet, by their item.

They outlive another order, filter or part of the table, and a new page session: the browser keeps
them with the form, and with them what its author had before them.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

import streamlit as st

from pages.shell.form_tokens import keep_in_browser
from store.templates.columns import FIXED
from store.templates.many_rows import MANY_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

_DRAFTS: Final = "recent.drafts"
"""In a session kept through links to other pages, as everything recent is."""
_FIELD: Final = "items.drafts"
_MOST_CHARS: Final = 60_000
_COLUMNS: Final = frozenset(one.key for one in MANY_ROWS.columns if one.kind not in FIXED)


@dataclass
class CellDrafts:
    """What one author edited of one period: texts of cells by item and column.

    ``seals`` are of when each item's first cell was opened. ``round`` changes whenever what stands
    in the table's fields is to be forgotten.
    """

    author: str
    period: str = ""
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    seals: dict[str, str] = field(default_factory=dict)
    round: int = 0

    @property
    def count(self) -> int:
        """How many cells are edited."""
        return sum(map(len, self.cells.values()))

    def keep_row(self, item: str, texts: Mapping[str, str], seal: str) -> None:
        """Keep what was edited of a row, nothing where ``texts`` is empty."""
        if texts:
            self.cells[item] = dict(texts)
            self.seals.setdefault(item, seal)
        else:
            self.cells.pop(item, None)
            self.seals.pop(item, None)

    def drop_all(self) -> None:
        """Forget everything that was edited."""
        self.cells, self.seals = {}, {}
        self.round += 1

    def drop_but(self, left: Mapping[str, Mapping[str, str]], seals: Mapping[str, str]) -> None:
        """Forget all cells but those ``left``; ``seals`` stand for rows that were saved besides."""
        self.cells = {item: dict(texts) for item, texts in left.items()}
        self.seals = {item: seals.get(item, self.seals[item]) for item in left}
        self.round += 1

    def write(self) -> str:
        """Return the drafts as a text, '' for none and for more than a browser is to keep."""
        if not self.cells:
            return ""
        known = [self.author, self.period, self.cells, self.seals]
        text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        return text if len(text) <= _MOST_CHARS else ""

    @classmethod
    def read(cls, text: str, author: str) -> Self:
        """Return the drafts in a text that a browser kept, none where they are another's."""
        with suppress(ValueError, TypeError, AttributeError):
            given: list[Any] = json.loads(text)
            who, period, cells, seals = given
            if who == author:
                return cls(
                    author,
                    str(period),
                    {str(item): {str(column): str(value) for column, value in texts.items()
                                 if column in _COLUMNS} for item, texts in cells.items()},
                    {str(item): str(seal) for item, seal in seals.items()},
                )  # fmt: skip
        return cls(author)


def open_drafts(author: str, slot: DeltaGenerator) -> CellDrafts:
    """Return the drafts of the session, or those that the browser kept of the one before.

    ``slot`` is where the browser's field is; ``carry_drafts`` fills it in a session that has some.
    """
    drafts: CellDrafts | None = st.session_state.get(_DRAFTS)
    if drafts is None:
        with slot:
            text = keep_in_browser(_FIELD, "", known=False, most=_MOST_CHARS)
        drafts = CellDrafts.read(text, author)
    elif drafts.author != author:
        drafts = CellDrafts(author)
    return drafts


def carry_drafts(drafts: CellDrafts, slot: DeltaGenerator) -> None:
    """Keep the drafts in the session and in the browser."""
    is_known = _DRAFTS in st.session_state
    st.session_state[_DRAFTS] = drafts
    if is_known:
        with slot:
            keep_in_browser(_FIELD, drafts.write(), known=True, most=_MOST_CHARS)
