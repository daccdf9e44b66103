"""How an exported table is declared and made, and text made safe for every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from geo.i18n import t

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.selection import Selection


Cell = str | int | float | bool | date | None
Kind = Literal[
    "text", "long", "code", "ordinal", "integer", "number", "date", "when", "moment", "flag"
]
"""What a column holds.

``long`` is text that wraps; ``when`` an ISO day, month, quarter or year; ``moment`` an ISO time in
UTC; ``ordinal`` a place in a list, mostly a whole number, which spreadsheets get as one.
"""

Place = Literal["main", "more", "source"]


_NEVER: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]"
    "|[\ud800-\udfff]"
)
_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_LAST_TWO: Final = 0xFFFE


@dataclass(frozen=True, eq=False)
class ExportInput:
    """What an export is made of: facts that its reader may see, and what the filters choose."""

    facts: Facts
    filters: Filters
    selection: Selection
    language: str


Row = Mapping[str, Any]
Reader = Callable[[ExportInput, Row], object]
"""Returns a column's value in a row of the facts; what is NaN or '' is unknown."""


@dataclass(frozen=True)
class ExportColumn:
    """One column: ``key`` in machine-readable formats, a title where people read.

    ``read`` is how its value is read from a row of the facts: a key of the row (the column's own
    where '') or a function. ``coded``: a word of the program, or a part, that a column beside it
    gives as text; spreadsheets for people leave it out. ``place``: ``main`` columns go on paper,
    ``more`` stay on the screen, ``source`` ones say where another column's value stands and can be
    folded away. ``width`` is in letters, ``blank`` the cell of an unknown value. ``title_key`` is
    the text of the title where that is not ``exports.column`` with the key; ``title_form`` the
    text of ``exports.column`` that the title is put in.
    """

    key: str
    kind: Kind = "text"
    width: int = 16
    place: Place = "main"
    read: str | Reader = ""
    coded: bool = False
    blank: Cell = None
    title_key: str = ""
    title_form: str = ""

    def get_title(self, language: str) -> str:
        """Return the title that people read."""
        title = t(self.title_key or f"exports.column.{self.key}", language)
        if not self.title_form:
            return title
        return t(f"exports.column.{self.title_form}", language, title=title)

    def read_cell(self, given: ExportInput, row: Row) -> Cell:
        """Return the column's cell of a row of the facts."""
        value = self.read(given, row) if callable(self.read) else row.get(self.read or self.key)
        cell = _convert_cell(value, self.kind)
        return self.blank if cell is None else cell


@dataclass(frozen=True)
class TableDeclaration:
    """One exported table: its key, its columns, and which rows of the facts it lists."""

    key: str
    columns: tuple[ExportColumn, ...]
    list_rows: Callable[[ExportInput], Iterable[Row]]

    def make_table(self, given: ExportInput) -> ExportTable:
        """Return the table of what an export is made of."""
        rows = (
            tuple(column.read_cell(given, row) for column in self.columns)
            for row in self.list_rows(given)
        )
        title = t(f"exports.sheet.{self.key}", given.language)
        return ExportTable(self.key, title, self.columns, tuple(rows))


@dataclass(frozen=True)
class ExportTable:
    """One table: rows of cells in the order of its columns. ``None`` is unknown."""

    key: str
    title: str
    columns: tuple[ExportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def frame(self) -> pd.DataFrame:
        """Return the table as a frame with columns by key: Int64, float64, boolean or text.

        Dates are ISO texts; unknown texts are ''.
        """
        made = {}
        for index, column in enumerate(self.columns):
            cells = [row[index] for row in self.rows]
            if column.kind == "integer":
                made[column.key] = pd.Series(pd.array(cells, dtype="Int64"))
            elif column.kind == "number":
                made[column.key] = pd.Series(cells, dtype="float64")
            elif column.kind == "flag":
                made[column.key] = pd.Series(pd.array(cells, dtype="boolean"))
            else:
                made[column.key] = pd.Series(
                    [format_iso_cell(cell) for cell in cells], dtype=object
                )
        return pd.DataFrame(made)


def frame_to_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as dicts by column."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def strip_unsafe_characters(text: str) -> str:
    """Return text without what no format can or should carry.

    Control characters (line breaks aside), halves of surrogate pairs, marks that turn the reading
    direction around and code points that are no characters are taken out.
    """
    if text.isprintable():
        return text
    cleaned_text = _NEVER.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    if cleaned_text.isascii():
        return cleaned_text
    return "".join(letter for letter in cleaned_text if ord(letter) & _LAST_TWO != _LAST_TWO)


def format_iso_cell(cell: Cell) -> str:
    """Return a cell as text: '' for unknown, ISO for a date, a decimal point in a number."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def _convert_cell(value: Any, kind: Kind) -> Cell:
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN
        return None
    if kind == "integer":
        return int(value)
    if kind == "number":
        return float(value)
    if kind == "flag":
        return bool(value)
    text = strip_unsafe_characters(str(value))
    if kind == "date" and text:
        return date.fromisoformat(text)
    return text or None
