"""Workbooks (.xlsx) and CSV: the template that the app offers, and any table with its headings.

Values are read as they were stored; formulas are never worked out. What stands above the table's
heading row becomes paragraphs.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

from geo.i18n import t
from reports.model.document import Paragraph, TableCell
from reports.model.errors import ReportError
from reports.readers.legacy_fonts import measure_legacy_share
from reports.readers.raw_pages import RawPage, assemble_document, make_table
from reports.readers.refusal import make_refusal
from reports.readers.zip_safety import check_package
from reports.tables.headings import find_column_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Block, Document, ReadLimits


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


_Rows = list[tuple[TableCell, ...]]

_DELIMITERS: Final = (";", ",", "\t")
_HEADING_WITHIN: Final = 40
_HEADING_KEYS: Final = 3
_HEADING_LENGTH: Final = 120
_SAMPLE_LINES: Final = 200
_EVEN_SHARE: Final = 0.5
_CELL: Final = re.compile(rb"<(?:\w+:)?c[ />]")
_MERGE: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")


def read_xlsx(data: bytes, name: str, limits: ReadLimits) -> Document:
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
            pages.append(RawPage(number, _split_parts(_read_rows(sheet))))
    except ReportError:
        raise
    except Exception as fault:  # openpyxl raises anything on a damaged file
        raise make_refusal("damaged", name) from fault
    return assemble_document(
        pages, name=name, data=data, media="xlsx", page_count=len(pages), messages=messages
    )


def read_csv(data: bytes, name: str, limits: ReadLimits) -> Document:
    """Return the document of a CSV file: any of the encodings that Excel writes; ``;``, ``,``, tab.

    Raises ``ReportError`` for a file without a table heading or beyond the limits.
    """
    text = decode_text(data)
    delimiter = detect_delimiter(text)
    if delimiter is None:
        raise make_refusal("not_a_report", name)
    rows: _Rows = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells += len(row)
            if cells > limits.max_cells:
                raise make_refusal("too_many_cells", name, limit=limits.max_cells)
            if any(cell.strip() for cell in row):
                rows.append(tuple(TableCell(cell) for cell in row))
    except csv.Error as fault:
        raise make_refusal("damaged", name) from fault
    page = RawPage(0, _split_parts(rows))
    return assemble_document((page,), name=name, data=data, media="csv", page_count=1)


def decode_text(data: bytes) -> str:
    """Return bytes as text: UTF-8, UTF-16, or Vietnamese Windows (cp1258), composed (NFC).

    Text in a font encoding older than Unicode comes out as the Western letters it is stored as.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.start >= len(data) - 3:  # a sample may end within a letter
            return data.decode("utf-8", "ignore")
    western = data.decode("cp1252", "replace")
    if measure_legacy_share(western)[0]:
        return western
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def detect_delimiter(text: str) -> str | None:
    """Return what parts the cells of a text that is CSV, ``None`` for any other text.

    It is CSV when a heading row stands near its beginning and most lines have as many cells.
    """
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        rows = [row for row in rows if any(cell.strip() for cell in row)]
        heading_index = find_heading_row(rows)
        if heading_index is None:
            continue
        below = rows[heading_index:]
        even = sum(1 for row in below if len(row) == len(rows[heading_index]))
        if even == len(below) or (delimiter != "\t" and even > _EVEN_SHARE * len(below)):
            return delimiter
    return None


def find_heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row with a project table's headings, ``None`` for none."""
    for index, row in enumerate(rows[:_HEADING_WITHIN]):
        if len(row) <= _HEADING_KEYS or any(len(cell) > _HEADING_LENGTH for cell in row):
            continue
        keys = set(find_column_keys(row)) - {""}
        if len(keys) >= _HEADING_KEYS and "name" in keys:
            return index
    return None


def _split_parts(rows: _Rows) -> tuple[Block, ...]:
    """Return what stands above the heading row as paragraphs, the rest as a table."""
    heading_index = find_heading_row([[cell.text for cell in row] for row in rows]) or 0
    above = (
        " ".join(filter(None, (cell.text.strip() for cell in row))) for row in rows[:heading_index]
    )
    return (*(Paragraph(text) for text in above), make_table(rows[heading_index:]))


def _read_rows(sheet: Any) -> _Rows:
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
    rows: _Rows = []
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
