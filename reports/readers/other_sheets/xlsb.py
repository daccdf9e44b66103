"""Binary workbooks (.xlsb) where LibreOffice is not installed: values, without their formats."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from geo.i18n import t
from reports.readers.other_sheets.sheet_pages import FoundSheet
from reports.readers.refusal import FileRefusedError
from reports.readers.sheets.excel.cell_texts import ShownText
from reports.readers.sheets.excel.worksheet import Area
from reports.readers.sheets.number_formats.shown_values import show_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.sheets.excel.worksheet import Budget

_MAX_SHARE_EMPTY: Final = 20
"""A sheet's grid may be so many times as large as what it may hold."""


def read_xlsb_sheets(data: bytes, budget: Budget) -> Iterator[FoundSheet]:
    """Yield the sheets of a workbook, each with a message that formats are not known.

    Raises ``FileRefusedError`` for what is no such workbook, and beyond the limits.
    """
    try:
        yield from _read_sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)), budget)
    except FileRefusedError:
        raise
    except Exception as fault:  # the library's errors have no common class of their own
        raise FileRefusedError("binary_workbook") from fault


def _read_sheets(book: CalamineWorkbook, budget: Budget) -> Iterator[FoundSheet]:
    described = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
    if not described:
        raise FileRefusedError("binary_workbook")
    for about in described:
        found = FoundSheet(about.name, hidden=about.visible != SheetVisibleEnum.Visible)
        sheet = book.get_sheet_by_name(about.name)
        if sheet.height * sheet.width > _MAX_SHARE_EMPTY * budget.max_cells:
            raise FileRefusedError("too_many_cells", limit=budget.max_cells)
        top, left = sheet.start or (0, 0)
        for number, row in enumerate(sheet.to_python(), top + 1):
            cells = {
                column: ShownText(text)
                for column, value in enumerate(row, left + 1)
                if (text := _show(value).strip())
            }
            budget.spend(len(cells))
            if cells:
                found.content.cells[number] = cells
        for first, last in sheet.merged_cell_ranges or ():
            area = Area(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
            found.content.areas.append(area)
        if found.content.cells and not found.hidden:
            found.messages = (t("reports.sheet.formats_unknown", sheet=about.name),)
        yield found


def _show(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.strftime("%d/%m/%Y" if value.time() == dt.time() else "%d/%m/%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool | int | float | str):
        return show_value(value)
    return str(value)
