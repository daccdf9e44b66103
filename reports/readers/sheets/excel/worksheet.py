"""One sheet of a workbook, read through once: its cells as shown, what is hidden, what is merged.

The cost is linear in what the part holds, whatever its ``dimension`` says; cells of formatting
alone are passed over. Formulas are never worked out: their stored results are what is shown.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.excel.cell_texts import (
    ShownText,
    decode_escapes,
    find_reason,
    read_text,
    show_text,
)
from reports.readers.sheets.excel.package import find_child, get_name, get_relation_id, is_on
from reports.readers.sheets.excel.styles import CellStyle
from reports.readers.sheets.number_formats.date_text import UNSHOWABLE, to_serial
from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.sheets.excel.cell_texts import CellText
    from reports.readers.sheets.excel.package import Package
    from reports.readers.sheets.excel.styles import Colours

_ADDRESS: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_TAGS: Final = ("sheetView", "col", "row", "mergeCell", "drawing")
_THIN_COLUMN: Final = 0.5
_THIN_ROW: Final = 2.0
"""A column of half a letter or a row of two points shows nothing of what it holds."""
_CHECK_EVERY: Final = 200


@dataclass(frozen=True)
class Workbook:
    """What all sheets of a workbook share."""

    package: Package
    strings: Sequence[CellText]
    styles: Sequence[CellStyle]
    colours: Colours
    from_1904: bool = False
    recalculated: bool = False
    """Whether the file says that its stored results are to be worked out anew."""


@dataclass(frozen=True)
class Area:
    """A merged area, from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Worksheet:
    """What a sheet holds; rows and columns count from 1."""

    cells: dict[int, dict[int, ShownText]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_ranges: list[tuple[int, int]] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    """Addresses of visible cells that show an error, and which."""
    drawings: list[str] = field(default_factory=list)
    unworked: str = ""
    """The first visible cell with a formula whose result is not stored."""
    zeros: list[str] = field(default_factory=list)
    worked: int = 0

    def hides_column(self, column: int) -> bool:
        """Return whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_ranges)


@dataclass
class Budget:
    """What reading may still cost, over all sheets."""

    cells: int
    deadline: float
    max_cells: int
    max_seconds: float

    def spend(self, cells: int) -> None:
        """Take cells off; raises ``FileRefusedError`` when cells or time are used up."""
        self.cells -= cells
        if self.cells < 0:
            raise FileRefusedError("too_many_cells", limit=self.max_cells)
        if time.monotonic() > self.deadline:
            raise FileRefusedError("too_slow", seconds=round(self.max_seconds))


def read_worksheet(book: Workbook, part: str, budget: Budget) -> Worksheet:
    """Return what the sheet holds.

    Raises ``FileRefusedError`` beyond the limits, ``ValueError``, ``IndexError`` or lxml's errors
    for a damaged part.
    """
    sheet = Worksheet()
    reader = _RowReader(book, sheet)
    for count, element in enumerate(book.package.iterate_elements(part, _TAGS)):
        name = get_name(element)
        if name == "row":
            held = reader.read_row(element)
            if held or not count % _CHECK_EVERY:
                budget.spend(held)
        elif name == "col":
            _read_columns(element, sheet)
        elif name == "mergeCell":
            area = read_area(element.get("ref") or "")
            if area:
                sheet.areas.append(area)
        elif name == "drawing":
            sheet.drawings.append(get_relation_id(element))
        elif element.get("showZeros") in {"0", "false"}:
            reader.shows_zeros = False
    if book.recalculated and sheet.zeros and len(sheet.zeros) == sheet.worked:
        sheet.unworked = sheet.unworked or sheet.zeros[0]
    return sheet


def read_area(reference: str) -> Area | None:
    """Return the area that ``B2:C5`` names, ``None`` for a single cell or anything else."""
    first, _, last = reference.partition(":")
    ends = [_ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last)]
    if ends[0] is None or ends[1] is None:
        return None
    (left, right) = sorted(_read_letters(end[1]) for end in ends if end)
    (top, bottom) = sorted(int(end[2]) for end in ends if end)
    return Area(top, left, bottom, right) if (top, left) != (bottom, right) else None


def name_column(column: int) -> str:
    """Return a column's letters."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _read_letters(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _read_columns(element: Any, sheet: Worksheet) -> None:
    width = element.get("width")
    thin = width is not None and float(width) < _THIN_COLUMN
    if thin or is_on(element.get("hidden")):
        sheet.hidden_ranges.append((int(element.get("min")), int(element.get("max"))))


class _RowReader:
    """Reads rows in order; rows and cells without an address follow the one before."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self.shows_zeros = True
        self._row = 0

    def read_row(self, element: Any) -> int:
        """Put the row's cells into the sheet; return how many hold anything."""
        self._row = int(element.get("r") or self._row + 1)
        height = element.get("ht")
        if is_on(element.get("hidden")) or (height is not None and float(height) < _THIN_ROW):
            self.sheet.hidden_rows.add(self._row)
        column = 0
        cells: dict[int, ShownText] = {}
        for cell in element:
            address = cell.get("r")
            match = _ADDRESS.fullmatch(address) if address else None
            column = _read_letters(match[1]) if match else column + 1
            if len(cell) and get_name(cell) == "c":
                shown = self._read_cell(cell, column)
                if shown.text.strip() or shown.unseen.strip():
                    cells[column] = shown
        if cells:
            self.sheet.cells[self._row] = cells
        return len(cells)

    def _read_cell(self, cell: Any, column: int) -> ShownText:
        kind = cell.get("t") or "n"
        number = int(cell.get("s") or 0)
        style = self.book.styles[number] if number < len(self.book.styles) else CellStyle()
        if kind == "inlineStr":
            inline = find_child(cell, "is")
            text = "" if inline is None else read_text(inline, self.book.colours)
            return show_text(text, style)
        stored = find_child(cell, "v")
        raw = "" if stored is None else stored.text or ""
        formula = find_child(cell, "f") is not None
        hidden = self._row in self.sheet.hidden_rows or self.sheet.hides_column(column)
        if formula and not hidden:
            self._note_formula(kind, raw, column, stored=stored is not None)
        if kind == "s":
            return show_text(self.book.strings[int(raw)], style) if raw else ShownText("")
        if kind == "str":
            return show_text(decode_escapes(raw), style)
        if not raw.strip():
            return ShownText("")
        shown = self._show_value(kind, raw.strip(), style)
        if not hidden and not shown.unseen and (kind == "e" or shown.text == UNSHOWABLE):
            self.sheet.errors.append((f"{name_column(column)}{self._row}", shown.text))
        return shown

    def _note_formula(self, kind: str, raw: str, column: int, *, stored: bool) -> None:
        address = f"{name_column(column)}{self._row}"
        if not raw.strip() and not (kind == "str" and stored):
            self.sheet.unworked = self.sheet.unworked or address
        elif kind == "n":
            self.sheet.worked += 1
            if not raw.strip("0. "):
                self.sheet.zeros.append(address)

    def _show_value(self, kind: str, raw: str, style: CellStyle) -> ShownText:
        """Return what is shown of a number, day, truth value or error."""
        value: str | float | bool = raw
        if kind == "b":
            value = is_on(raw)
        elif kind == "d":
            serial = to_serial(raw)
            value = raw if serial is None else serial
        elif kind == "n":
            value = float(raw)
        from_1904 = self.book.from_1904 and kind == "n"
        text = raw if kind == "e" else show_value(value, style.code, from_1904=from_1904)
        if value == 0 and kind == "n" and (not text or not self.shows_zeros):
            return ShownText("")
        if not text:
            return ShownText("", show_value(value), "hidden_text")
        reason = find_reason(style)
        return ShownText("", text, reason) if reason else ShownText(text)
