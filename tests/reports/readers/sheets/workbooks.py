"""Small workbooks for tests, and their reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

from reports.model.document import OPTIONS, Paragraph, ReadLimits, TableBlock
from reports.readers.sheets.xlsx import read_xlsx
from tests.reports.readers.packages import saved

if TYPE_CHECKING:
    from reports.model.document import Document, ReadOptions

HEADINGS = ["STT", "Tên dự án", "Tổng mức đầu tư (triệu đồng)", "Địa điểm", "Ghi chú"]
ROW = ["1", "Cầu mẫu", "1.198.916", "Phường Đồ Sơn", "Khởi công Quý IV/2026"]


def make_book(*rows: list[Any]) -> Any:
    """Return a workbook with one sheet of these rows below the headings."""
    book = openpyxl.Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    return book


def read_book(
    book: Any, options: ReadOptions = OPTIONS, limits: ReadLimits | None = None
) -> Document:
    """Return the document of an openpyxl workbook, or of a file's bytes."""
    data = book if isinstance(book, bytes) else saved(book)
    return read_xlsx(data, "a.xlsx", limits or ReadLimits(), options)


def list_texts(document: Document) -> list[list[str]]:
    """Return the texts of the first table's rows."""
    table = next(block for block in document.blocks if isinstance(block, TableBlock))
    return [[cell.text for cell in row.cells] for row in table.rows]


def list_unseen(document: Document) -> list[tuple[str, str]]:
    """Return what is not shown, and why, in order."""
    pieces: list[Any] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            pieces.append(block)
        else:
            pieces.extend(cell for row in block.rows for cell in row.cells)
    return [(piece.unseen, piece.unseen_reason) for piece in pieces if piece.unseen]
