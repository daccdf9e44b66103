"""PDF pages that tests draw, and what is read of them."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports.model.document import Paragraph, TableBlock
from reports.readers.pdf.pages import read_pdf_pages
from reports.readers.raw_pages import RawPage
from tests.reports import appendix

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.model.document import TableCell

    Draw = Callable[[Canvas], None]

HEADS = ("STT", "Tên dự án", "Tổng mức đầu tư", "Địa điểm")
ROWS = (
    ("1", "Dự án cầu Mẫu", "234.539", "Phường Đồ Sơn"),
    ("2", "Dự án đường Mẫu", "790.000", "Xã An Lão"),
    ("3", "Dự án trường Mẫu", "12.500", "Phường Kiến An"),
)
XS = (50, 80, 250, 370, 540)
TOP, STEP = 700, 30


def draw_pages(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    """Return a PDF of the pages as drawn; the font is one with Vietnamese letters."""
    pdfmetrics.registerFont(TTFont("report", appendix.font()[0]))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size)
    for draw in pages:
        canvas.setFont("report", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def write_rows(canvas: Canvas, rows: Sequence[Sequence[str]] = (HEADS, *ROWS)) -> None:
    """Write the rows of a table without its lines."""
    for number, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 4, TOP - number * STEP - 20, text)


def list_ys(rows: int = 4) -> list[int]:
    """Return the heights of the lines between so many rows, from above."""
    return [TOP - STEP * number for number in range(rows + 1)]


def draw_table(canvas: Canvas) -> None:
    """Draw the table with all its lines."""
    canvas.grid(list(XS), list_ys())
    write_rows(canvas)


def read_drawn(data: bytes) -> list[RawPage]:
    """Return the pages that are read of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.pdf"
        path.write_bytes(data)
        return [page for page in read_pdf_pages(path, max_pages=9) if isinstance(page, RawPage)]


def list_tables(data: bytes) -> list[list[list[str]]]:
    """Return the texts of the cells of all tables."""
    return [
        [[cell.text for cell in row.cells] for row in part.rows]
        for page in read_drawn(data)
        for part in page.parts
        if isinstance(part, TableBlock)
    ]


def list_cells(data: bytes) -> list[TableCell]:
    """Return the cells of all tables, one after another."""
    return [
        cell
        for page in read_drawn(data)
        for part in page.parts
        if isinstance(part, TableBlock)
        for row in part.rows
        for cell in row.cells
    ]


def list_paragraphs(data: bytes) -> list[Paragraph]:
    """Return the paragraphs of all pages."""
    return [part for page in read_drawn(data) for part in page.parts if isinstance(part, Paragraph)]


def list_unseen(data: bytes) -> list[tuple[str, str]]:
    """Return why and what is not seen, outside of tables and in them."""
    pieces = [*list_paragraphs(data), *list_cells(data)]
    return [(piece.unseen_reason, piece.unseen) for piece in pieces if piece.unseen]


def write_objects(objects: tuple[bytes, ...]) -> bytes:
    """Return a PDF of the objects, numbered from 1; the first is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return data + head + table + trailer + b"startxref\n%d\n%%%%EOF" % len(data)
