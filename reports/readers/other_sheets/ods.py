"""Sheets of OpenDocument (.ods, .fods): the file holds the text that each cell shows.

Rows and cells that are the same stand there once, with how often they are repeated: empty ones are
passed over, whatever their number.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.readers.office.safe_xml import parse_tree
from reports.readers.other_sheets.odf_styles import OFFICE, TABLE, TEXT, OdfStyles
from reports.readers.other_sheets.sheet_pages import FoundSheet
from reports.readers.other_sheets.stated_values import settle_day, settle_number
from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.excel.cell_texts import Run, ShownText, show_text
from reports.readers.sheets.excel.worksheet import Area, name_column
from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from lxml import etree

    from reports.readers.sheets.excel.worksheet import Budget

_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN: Final = frozenset({"collapse", "filter"})
_ROW_GROUPS: Final = frozenset(
    f"{TABLE}{tag}" for tag in ("table-row-group", "table-header-rows", "table-rows")
)
_COLUMN_GROUPS: Final = frozenset(
    f"{TABLE}{tag}" for tag in ("table-column-group", "table-header-columns", "table-columns")
)
_CELLS: Final = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})
_PARAGRAPHS: Final = frozenset({f"{TEXT}p", f"{TEXT}h"})
_LISTS: Final = frozenset({f"{TEXT}list", f"{TEXT}list-item"})
_LAST_ROW: Final = 1 << 20
_LAST_COLUMN: Final = 1 << 14
_MAX_NESTED: Final = 50


def read_ods_sheets(data: bytes, budget: Budget) -> Iterator[FoundSheet]:
    """Yield the sheets of a package or of one XML file.

    Raises ``FileRefusedError`` for a damaged file and beyond the limits.
    """
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [
                parse_tree(package.read(part))
                for part in ("styles.xml", "content.xml")
                if part in package.namelist()
            ]
    else:
        parts = [parse_tree(data)]
    body = parts[-1].find(f"{OFFICE}body/{OFFICE}spreadsheet") if parts else None
    if body is None:
        raise FileRefusedError("damaged")
    styles = OdfStyles(*parts)
    for table in body.iterchildren(f"{TABLE}table"):
        found = FoundSheet(
            table.get(f"{TABLE}name") or "",
            hidden=styles.hides_table(table.get(f"{TABLE}style-name")),
        )
        _SheetReader(found, styles, budget).read(table)
        yield found


@dataclass(frozen=True)
class _Column:
    first: int
    last: int
    style: str | None


class _SheetReader:
    """Reads one sheet; rows and columns count from 1."""

    def __init__(self, found: FoundSheet, styles: OdfStyles, budget: Budget) -> None:
        self.content = found.content
        self.styles = styles
        self.budget = budget
        self._columns: list[_Column] = []
        self._row = 1
        self._column = 1

    def read(self, table: etree._Element) -> None:
        """Put what the sheet holds into its content."""
        self._read_columns(table, 0, hidden=False)
        self._read_rows(table, 0, hidden=False)

    def _read_columns(self, parent: etree._Element, depth: int, *, hidden: bool) -> None:
        _check_depth(depth)
        for element in parent:
            if element.tag == f"{TABLE}table-column":
                count = _read_count(element, "number-columns-repeated", _LAST_COLUMN)
                last = min(self._column + count - 1, _LAST_COLUMN)
                if hidden or element.get(f"{TABLE}visibility") in _HIDDEN:
                    self.content.hidden_ranges.append((self._column, last))
                style = element.get(f"{TABLE}default-cell-style-name")
                self._columns.append(_Column(self._column, last, style))
                self._column = last + 1
            elif element.tag in _COLUMN_GROUPS:
                folded = hidden or element.get(f"{TABLE}display") == "false"
                self._read_columns(element, depth + 1, hidden=folded)

    def _read_rows(self, parent: etree._Element, depth: int, *, hidden: bool) -> None:
        _check_depth(depth)
        for element in parent:
            if element.tag == f"{TABLE}table-row":
                self._read_row(element, hidden=hidden)
            elif element.tag in _ROW_GROUPS:
                folded = hidden or element.get(f"{TABLE}display") == "false"
                self._read_rows(element, depth + 1, hidden=folded)

    def _read_row(self, row: etree._Element, *, hidden: bool) -> None:
        count = _read_count(row, "number-rows-repeated", _LAST_ROW)
        cells = self._read_cells(row, row.get(f"{TABLE}default-cell-style-name"))
        self.budget.spend(len(cells) * (count if cells else 0))
        if cells:
            hidden = hidden or row.get(f"{TABLE}visibility") in _HIDDEN
            for place in range(self._row, min(self._row + count, _LAST_ROW + 1)):
                self.content.cells[place] = cells
                if hidden:
                    self.content.hidden_rows.add(place)
        self._row += count

    def _read_cells(self, row: etree._Element, row_style: str | None) -> dict[int, ShownText]:
        cells: dict[int, ShownText] = {}
        column = 1
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            count = _read_count(cell, "number-columns-repeated", _LAST_COLUMN)
            columns = _read_count(cell, "number-columns-spanned", _LAST_COLUMN)
            rows = _read_count(cell, "number-rows-spanned", _LAST_ROW)
            if columns > 1 or rows > 1:
                area = Area(self._row, column, self._row + rows - 1, column + columns - 1)
                self.content.areas.append(area)
            shown = self._show(cell, row_style, column)
            if cell.get(f"{_CALC}value-type") == "error" and shown.text:
                self.content.errors.append((f"{name_column(column)}{self._row}", shown.text))
            if shown.text.strip() or shown.unseen.strip():
                self.budget.spend(count)
                for place in range(column, min(column + count, _LAST_COLUMN + 1)):
                    cells[place] = shown
            column += count
        return cells

    def _show(self, cell: etree._Element, row_style: str | None, column: int) -> ShownText:
        if not len(cell) and not cell.attrib:
            return ShownText("")
        runs: list[Run] = []
        self._collect(cell, runs, None, 0)
        name = cell.get(f"{TABLE}style-name") or row_style or self._find_style(column)
        style = self.styles.get_cell_style(name)
        if runs:
            return _settle(show_text(tuple(runs), style), cell, self.styles.get_scale(name))
        shown = _show_stored(cell)
        if any(child.tag in _PARAGRAPHS for child in cell):
            return ShownText("", shown, "hidden_text" if shown else "")
        return show_text(shown, style)

    def _find_style(self, column: int) -> str | None:
        return next((c.style for c in self._columns if c.first <= column <= c.last), None)

    def _collect(
        self,
        element: etree._Element,
        runs: list[Run],
        font: tuple[bool, str | None] | None,
        depth: int,
    ) -> None:
        """Append the texts of the paragraphs below an element, each with its look."""
        _check_depth(depth)
        for child in element:
            if child.tag in _PARAGRAPHS:
                if runs:
                    runs.append(Run("\n"))
                self._collect_text(child, runs, font, depth + 1)
            elif child.tag in _LISTS:
                self._collect(child, runs, font, depth + 1)

    def _collect_text(
        self,
        element: etree._Element,
        runs: list[Run],
        font: tuple[bool, str | None] | None,
        depth: int,
    ) -> None:
        _check_depth(depth)
        if element.text:
            runs.append(Run(" ".join(element.text.split("\n")), font))
        for child in element:
            if child.tag == f"{TEXT}s":
                runs.append(Run(" " * min(_read_count(child, "c", 100, TEXT), 100)))
            elif child.tag == f"{TEXT}tab":
                runs.append(Run(" "))
            elif child.tag == f"{TEXT}line-break":
                runs.append(Run("\n"))
            elif child.tag != f"{OFFICE}annotation" and not str(child.tag).endswith("ruby-text"):
                self._collect_text(child, runs, self._find_font(child, font), depth + 1)
            if child.tail:
                runs.append(Run(" ".join(child.tail.split("\n")), font))

    def _find_font(
        self, element: etree._Element, font: tuple[bool, str | None] | None
    ) -> tuple[bool, str | None] | None:
        name = element.get(f"{TEXT}style-name")
        if element.tag != f"{TEXT}span" or not name:
            return font
        look = self.styles.get_look("text", name)
        if look.struck is None and look.ink is None:
            return font
        outer = font or (False, None)
        struck = outer[0] if look.struck is None else look.struck
        return struck, look.ink or outer[1]


def _settle(shown: ShownText, cell: etree._Element, divided_by: Decimal) -> ShownText:
    """Return the text with its number or day as the cell's own value says it is meant."""
    stated = cell.get(f"{OFFICE}value")
    if stated:
        return replace(shown, text=settle_number(shown.text, stated, divided_by))
    day = cell.get(f"{OFFICE}date-value")
    return replace(shown, text=settle_day(shown.text, day)) if day else shown


def _show_stored(cell: etree._Element) -> str:
    """Return a stored value as text, for files whose writer left out what the cell shows."""
    kind = cell.get(f"{OFFICE}value-type") or cell.get(f"{_CALC}value-type") or ""
    stored = cell.get(f"{OFFICE}value") or ""
    if kind in {"float", "currency", "percentage"}:
        try:
            return show_value(float(stored), "0.##%" if kind == "percentage" else "General")
        except ValueError:
            return stored
    if kind == "date":
        day, _, _ = (cell.get(f"{OFFICE}date-value") or "").partition("T")
        return "/".join(reversed(day.split("-")))
    if kind == "boolean":
        return "TRUE" if cell.get(f"{OFFICE}boolean-value") == "true" else "FALSE"
    return cell.get(f"{OFFICE}string-value") or ""


def _read_count(element: etree._Element, name: str, most: int, space: str = TABLE) -> int:
    text = element.get(f"{space}{name}") or ""
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() else 1


def _check_depth(depth: int) -> None:
    if depth > _MAX_NESTED:
        raise FileRefusedError("nested_too_deeply")
