"""Workbooks of Excel 97 and before (.xls), read by xlrd; formulas are never worked out."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any, Final

import xlrd

from reports.readers.other_sheets.sheet_pages import FoundSheet
from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.excel.cell_texts import Run, ShownText, find_reason, show_text
from reports.readers.sheets.excel.styles import CellStyle
from reports.readers.sheets.excel.worksheet import Area, name_column
from reports.readers.sheets.number_formats.sections import GENERAL
from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.sheets.excel.cell_texts import CellText
    from reports.readers.sheets.excel.worksheet import Budget, Worksheet

_BLACK: Final = "000000"
_WHITE: Final = "FFFFFF"
_SOLID: Final = 1
_THIN_COLUMN: Final = 128
"""Widths are counted in 256ths of a letter."""
_THIN_ROW: Final = 40
"""Heights are counted in 20ths of a point."""
_EMPTY: Final = frozenset({xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK})


def read_xls_sheets(data: bytes, budget: Budget) -> Iterator[FoundSheet]:
    """Yield the sheets of a workbook.

    Raises ``FileRefusedError`` for one with a password or beyond the limits, and anything for a
    damaged one.
    """
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
            )
    except xlrd.XLRDError as fault:
        if "encrypted" in str(fault).lower():
            raise FileRefusedError("encrypted_office") from fault
        raise
    reader = _BookReader(book, budget)
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        found = FoundSheet(sheet.name, hidden=bool(sheet.visibility))
        reader.fill(found.content, sheet)
        book.unload_sheet(index)
        yield found


class _BookReader:
    """Reads the sheets of one workbook, whose styles they share."""

    def __init__(self, book: Any, budget: Budget) -> None:
        self.book = book
        self.budget = budget
        self._styles: dict[int, CellStyle] = {}
        self._from_1904 = bool(book.datemode)

    def fill(self, content: Worksheet, sheet: Any) -> None:
        """Put what the sheet holds into ``content``; rows and columns count from 1 there."""
        _find_hidden(content, sheet)
        for row in range(sheet.nrows):
            cells = {
                column + 1: self._show(content, sheet, row, column, kind)
                for column, kind in enumerate(sheet.row_types(row))
                if kind not in _EMPTY
            }
            self.budget.spend(len(cells))
            held = {c: shown for c, shown in cells.items() if (shown.text + shown.unseen).strip()}
            if held:
                content.cells[row + 1] = held
        for top, bottom, left, right in sheet.merged_cells:
            content.areas.append(Area(top + 1, left + 1, bottom, right))

    def _show(self, content: Worksheet, sheet: Any, row: int, column: int, kind: int) -> ShownText:
        value = sheet.cell_value(row, column)
        number = sheet.cell_xf_index(row, column)
        style = self._get_style(number)
        if kind == xlrd.XL_CELL_TEXT:
            runs = sheet.rich_text_runlist_map.get((row, column))
            words = self._split_runs(value, runs, number) if runs else value
            return show_text(words, style)
        if kind == xlrd.XL_CELL_ERROR:
            text = xlrd.error_text_from_code.get(value, "#N/A")
            if row + 1 not in content.hidden_rows and not content.hides_column(column + 1):
                content.errors.append((f"{name_column(column + 1)}{row + 1}", text))
        else:
            shown: float | bool = bool(value) if kind == xlrd.XL_CELL_BOOLEAN else float(value)
            text = show_value(shown, style.code, from_1904=self._from_1904)
            if not text:
                if not value:
                    return ShownText("")
                return ShownText("", show_value(shown), "hidden_text")
        reason = find_reason(style)
        return ShownText("", text, reason) if reason else ShownText(text)

    def _split_runs(self, text: str, runs: list[tuple[int, int]], number: int) -> CellText:
        """Return a text in pieces of one font each."""
        first = self.book.xf_list[number].font_index
        starts = [(0, first), *runs]
        ends = [start for start, _ in runs] + [len(text)]
        return tuple(
            Run(text[start:end], self._read_font(font))
            for (start, font), end in zip(starts, ends, strict=True)
            if start < end
        )

    def _get_style(self, number: int) -> CellStyle:
        known = self._styles.get(number)
        if known is None:
            known = self._styles[number] = self._read_style(self.book.xf_list[number])
        return known

    def _read_style(self, form: Any) -> CellStyle:
        stated = self.book.format_map.get(form.format_key)
        struck, ink = self._read_font(form.font_index)
        background = form.background
        ground: str | None = _WHITE
        if background is not None and background.fill_pattern == _SOLID:
            ground = self._read_colour(background.pattern_colour_index, _WHITE)
        elif background is not None and background.fill_pattern:
            ground = None
        code = stated.format_str if stated is not None else GENERAL
        return CellStyle(code, struck, ink or _BLACK, ground)

    def _read_font(self, index: int) -> tuple[bool, str | None]:
        if not 0 <= index < len(self.book.font_list):
            return False, _BLACK
        font = self.book.font_list[index]
        return bool(font.struck_out), self._read_colour(font.colour_index, _BLACK)

    def _read_colour(self, index: int, default: str) -> str:
        shade = self.book.colour_map.get(index)
        return "".join(f"{part:02X}" for part in shade) if shade else default


def _find_hidden(content: Worksheet, sheet: Any) -> None:
    for column, info in sheet.colinfo_map.items():
        if info.hidden or info.width < _THIN_COLUMN:
            content.hidden_ranges.append((column + 1, column + 1))
    for row, info in sheet.rowinfo_map.items():
        if info.hidden or (not info.has_default_height and info.height < _THIN_ROW):
            content.hidden_rows.add(row + 1)
