"""Documents made of grids, as readers of any format make them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.extract import extract_document
from reports.model.document import Document, Paragraph, SourcePlace, TableBlock, TableCell, TableRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Block
    from reports.model.extraction import ColumnChoice, Extraction

TITLE = "Tiến độ thực hiện một số công trình trọng điểm Quý II năm 2026"
BELOW = TableCell("", merged=True)
"""The place below a cell that covers several rows."""

HEADS = (
    "STT",
    "Tên dự án",
    "Tổng mức đầu tư (tỷ đồng)",
    "Địa điểm",
    "Kết quả thực hiện",
    "Ghi chú",
)
A = ("1", "Dự án cầu A", "1.200,5", "Phường Đồ Sơn", "Thi công xây dựng đạt 20%", "")
B = ("2", "Dự án đường B", "300,5", "Xã Kiến Hải", "GPMB đạt 30%", "")
"""The heads of a table and two of its rows."""

Row = "Sequence[str | TableCell]"


def over(text: str, columns: int = 1, rows: int = 1) -> TableCell:
    """Return a cell over several columns or rows."""
    return TableCell(text, spans=columns, row_spans=rows)


def make_document(*blocks: str | Sequence[Row], sheets: Sequence[str] = ()) -> Document:
    """Return a document with a title, then paragraphs (texts) and tables (rows of cells)."""
    made: list[Block] = []
    line = tables = 0
    for block in ("BÁO CÁO", TITLE, *blocks):
        if isinstance(block, str):
            line += 1
            made.append(Paragraph(block, SourcePlace(line, line)))
            continue
        tables += 1
        first = line + 1
        rows: list[TableRow] = []
        for number, row in enumerate(block, 1):
            line += 1
            rows.append(_make_row(row, SourcePlace(line, line, table=tables, row=number)))
        place = SourcePlace(first, line, table=tables)
        sheet = sheets[tables - 1] if sheets else ""
        made.append(TableBlock(tuple(rows), place, sheet))
    return Document("a", "0" * 64, "xlsx", 1, tuple(made))


def _make_row(row: Row, place: SourcePlace) -> TableRow:
    cells: list[TableCell] = []
    column = 1
    for content in row:
        cell = TableCell(content) if isinstance(content, str) else content
        at = SourcePlace(place.line_from, place.line_to, 0, place.table, place.row, column)
        cells.append(replace(cell, place=at))
        column += cell.spans
    return TableRow(tuple(cells), place)


def read_grid(
    *blocks: str | Sequence[Row],
    sheets: Sequence[str] = (),
    choices: Sequence[ColumnChoice] = (),
    period: str = "",
) -> Extraction:
    """Return what is read; the balance of lines and cells must be exact."""
    read = extract_document(make_document(*blocks, sheets=sheets), choices=choices, period=period)
    assert read.balance.exact
    return read


def list_values(read: Extraction, number: int) -> dict[str, list[str]]:
    """Return the values of the project with a number, by field; components after a tilde."""
    (project,) = [row for row in read.projects if row.no == number]
    values: dict[str, list[str]] = {}
    for value in project.values:
        component = f"~{value.component}" if value.component else ""
        values.setdefault(value.field, []).append(value.value + component)
    return values
