"""The tables that every format writes, and text made safe for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Sequence


class ColumnFactory:
    """Makes the columns of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def one(
        self, key: str, kind: Kind = "text", width: int = 16, place: Place = "main"
    ) -> ExportColumn:
        """Return a column that people and machines read."""
        return ExportColumn(key, self.title(key), kind, width, place=place)

    def word(
        self, key: str, width: int = 20, place: Place = "main"
    ) -> tuple[ExportColumn, ExportColumn]:
        """Return a column of program words and, beside it, the words as people read them."""
        title = self.title(key)
        code = ExportColumn(key, t("exports.column.code", self.language, title=title), coded=True)
        return code, ExportColumn(f"{key}_text", title, "long", width, place=place)

    def where(self, key: str) -> tuple[ExportColumn, ExportColumn]:
        """Return the columns that say from which period and which lines a value is."""
        title = self.title(key)
        period = t("exports.column.period_of", self.language, title=title)
        source = t("exports.column.source_of", self.language, title=title)
        return (
            ExportColumn(f"{key}_period", period, "code", 12, place="source"),
            ExportColumn(f"{key}_source", source, "text", 26, place="source"),
        )

    def title(self, key: str) -> str:
        """Return the title of a column."""
        return t(f"exports.column.{key}", self.language)


Cell = str | int | float | bool | date | None
Kind = Literal["text", "long", "code", "integer", "number", "date", "when", "flag"]
"""What a column holds. ``long`` is text that wraps; ``when`` an ISO day, month, quarter or year."""

Place = Literal["main", "more", "source"]


_NEVER: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]"
    "|[\ud800-\udfff]"
)
_BREAKS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_LAST_TWO: Final = 0xFFFE


@dataclass(frozen=True)
class ExportColumn:
    """One column: ``key`` in machine-readable formats, ``title`` where people read.

    ``coded``: a word of the program, or a part, that a column beside it gives as text; spreadsheets
    for people leave it out. ``place``: ``main`` columns go on paper, ``more`` stay on the screen,
    ``source`` ones say where another column's value stands and can be folded away. ``width`` is in
    letters.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int = 16
    coded: bool = False
    place: Place = "main"


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
        for at, column in enumerate(self.columns):
            cells = [row[at] for row in self.rows]
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


def make_table(
    key: str, title: str, columns: Sequence[ExportColumn], rows: Sequence[dict[str, object]]
) -> ExportTable:
    """Return a table from dicts by column key; what is NaN or '' in them is unknown."""
    return ExportTable(
        key,
        title,
        tuple(columns),
        tuple(tuple(_convert_cell(row.get(one.key), one.kind) for one in columns) for row in rows),
    )


def strip_unsafe_characters(text: str) -> str:
    """Return text without what no format can or should carry.

    Control characters (line breaks aside), halves of surrogate pairs, marks that turn the reading
    direction around and code points that are no characters are taken out.
    """
    if text.isprintable():
        return text
    kept = _NEVER.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    if kept.isascii():
        return kept
    return "".join(letter for letter in kept if ord(letter) & _LAST_TWO != _LAST_TWO)


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
