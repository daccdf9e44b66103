"""Workbooks (.xlsx): the template that the app offers, and any table with its headings.

Values are read as they were stored; formulas are never worked out. What stands above the table's
heading row becomes paragraphs.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from geo.i18n import t
from reports.model.document import OPTIONS, TableCell
from reports.model.errors import ReportError
from reports.readers.raw_pages import RawPage, assemble_document
from reports.readers.refusal import make_refusal
from reports.readers.sheets.layout import Rows, split_sheet
from reports.readers.zip_safety import check_package

if TYPE_CHECKING:
    from reports.model.document import Document, ReadLimits, ReadOptions


_DATE: Final = "%d/%m/%Y"
_DIGITS: Final = 6
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def format_cell(cell: Any) -> str:
    """Return an openpyxl cell's value as text; '' for an empty one.

    Whole numbers are written plainly, decimals with a comma, never with three decimals (which
    could be taken for thousands); percentages as shown; dates as day/month/year.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int | float):
        form = _QUOTED.sub("", str(cell.number_format or ""))
        if "%" in form:
            return f"{_format_number(value * 100)}%"
        return _format_number(value)
    if isinstance(value, dt.date):
        return value.strftime(_DATE)
    return str(value).strip()


def _format_number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
        return ""
    text = f"{round(value, _DIGITS):.{_DIGITS}f}".rstrip("0").rstrip(".")
    whole, _, decimals = text.partition(".")
    if not decimals:
        return whole
    return f"{whole},{decimals}" + ("0" if len(decimals) == 3 else "")  # noqa: PLR2004


_CELL: Final = re.compile(rb"<(?:\w+:)?c[ />]")
_MERGE: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")


def read_xlsx(
    data: bytes,
    name: str,
    limits: ReadLimits,
    options: ReadOptions = OPTIONS,  # noqa: ARG001
) -> Document:
    """Return the document of a workbook's visible sheets; a sheet counts as a page.

    Raises ``ReportError`` for a damaged or locked file, one beyond the limits, and one with a
    formula whose result was not stored.
    """
    parts = check_package(data, name, limits)
    formulas = _check_sheets(data, parts, name, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            unworked = openpyxl.load_workbook(io.BytesIO(data)) if formulas else None
        pages: list[RawPage] = []
        messages: list[str] = []
        for number, sheet in enumerate(book.worksheets, 1):
            if sheet.title == t("reports.template.guide"):
                continue
            if sheet.sheet_state != "visible":
                messages.append(t("reports.sheet.hidden", sheet=sheet.title))
                continue
            if unworked is not None:
                _check_results(sheet, unworked.worksheets[number - 1], name)
            pages.append(RawPage(number, split_sheet(_read_rows(sheet))))
    except ReportError:
        raise
    except Exception as fault:  # openpyxl raises anything on a damaged file
        raise make_refusal("damaged", name) from fault
    return assemble_document(
        pages, name=name, data=data, media="xlsx", page_count=len(pages), messages=messages
    )


def _read_rows(sheet: Any) -> Rows:
    """Return a sheet's rows that hold anything, from its first column on."""
    texts: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - iter_rows makes up the rest
        text = format_cell(cell)
        if text:
            texts.setdefault(row, {})[column] = text
    width = max((max(row) for row in texts.values()), default=0)
    spans: dict[tuple[int, int], int] = {}
    for merged in sheet.merged_cells.ranges:
        if merged.max_col > merged.min_col:
            for row in range(merged.min_row, merged.max_row + 1):
                spans[row, merged.min_col] = min(merged.max_col, width) - merged.min_col + 1
    rows: Rows = []
    for row in sorted(texts):
        cells: list[TableCell] = []
        column = 1
        while column <= width:
            span = max(1, spans.get((row, column), 1))
            cells.append(TableCell(texts[row].get(column, ""), spans=span))
            column += span
        rows.append(tuple(cells))
    return rows


def _check_sheets(data: bytes, parts: frozenset[str], name: str, limits: ReadLimits) -> bool:
    """Return whether there are formulas; raise for more cells than allowed, merged ones too."""
    cells = 0
    formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in sorted(parts):
            if not (part.startswith("xl/worksheets/") and part.endswith(".xml")):
                continue
            xml = package.read(part)
            cells += len(_CELL.findall(xml))
            for merged_range in _MERGE.findall(xml):
                left, top, right, bottom = range_boundaries(merged_range.decode())
                cells += (right - left + 1) * (bottom - top + 1)
            if cells > limits.max_cells:
                raise make_refusal("too_many_cells", name, limit=limits.max_cells)
            formulas = formulas or _FORMULA.search(xml) is not None
    return formulas


def _check_results(sheet: Any, unworked: Any, name: str) -> None:
    for (row, column), cell in sorted(unworked._cells.items()):  # noqa: SLF001
        if cell.data_type == "f" and sheet.cell(row, column).value is None:
            address = f"{get_column_letter(column)}{row}"
            raise make_refusal("formulas_without_values", name, sheet=sheet.title, cell=address)
