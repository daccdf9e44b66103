"""The same paragraphs and tables as Excel, Word, PDF, CSV, web page, OpenDocument and text."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.reports import appendix
from tests.reports.readers import old_files
from tests.reports.readers.packages import saved
from tests.reports.written.model import Cell, WrittenTable, leave_out_hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.reports.written.model import Block

_WIDTH = 800


def write_xlsx(blocks: Sequence[Block]) -> bytes:
    """Return a workbook of one sheet; a column is hidden for all its tables."""
    book = openpyxl.Workbook()
    fill_sheet(book.active, blocks)
    return saved(book)


def fill_sheet(sheet: Any, blocks: Sequence[Block]) -> None:
    """Write the blocks below one another, an empty line before each table."""
    line = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(line, 1, block)
            line += 1
            continue
        line += 1
        for row, column, cell in block.iterate_cells():
            _fill_place(sheet.cell(line + row, column + 1), cell)
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=line + row,
                    start_column=column + 1,
                    end_row=line + row + cell.rows - 1,
                    end_column=column + cell.columns,
                )
        for row in block.hidden_rows:
            sheet.row_dimensions[line + row].hidden = True
        for column in block.hidden_columns:
            letter = openpyxl.utils.get_column_letter(column + 1)
            sheet.column_dimensions[letter].hidden = True
        line += len(block.rows)


def _fill_place(place: Any, cell: Cell) -> None:
    if cell.number is not None:
        place.value, place.number_format = cell.number, cell.form
    elif cell.struck:
        struck = TextBlock(InlineFont(strike=True), cell.struck)
        place.value = CellRichText([struck, f" {cell.text}"]) if cell.text else cell.struck
        if not cell.text:
            place.font = openpyxl.styles.Font(strike=True)
    else:
        place.value = cell.text or None


def write_docx(blocks: Sequence[Block]) -> bytes:
    """Return a Word document; hidden columns are left out, for Word has none."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        shown = leave_out_hidden(block, columns_only=True)
        table = document.add_table(len(shown.rows), shown.width)
        table.style = "Table Grid"
        grid = [list(row.cells) for row in table.rows]
        for row, column, cell in shown.iterate_cells():
            place = grid[row][column]
            if cell.rows > 1 or cell.columns > 1:
                place = place.merge(grid[row + cell.rows - 1][column + cell.columns - 1])
            for words, struck in ((cell.struck, True), (cell.text, False)):
                if words:
                    place.paragraphs[0].add_run(f"{words} ").font.strike = struck or None
        for row in shown.hidden_rows:
            table.rows[row]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    return saved(document)


def write_pdf(
    blocks: Sequence[Block], draw: Callable[[Any, Any], None] | None = None, line: float = 0.5
) -> bytes:
    """Return a PDF with a text layer and ruled tables of what is seen.

    ``draw`` is called with each page's canvas before its text; a ``line`` of 0 is none.
    """
    pdfmetrics.registerFont(TTFont("report", appendix.font()[0]))
    style = ParagraphStyle("cell", fontName="report", fontSize=8, leading=10)
    flow: list[Any] = []
    for block in blocks:
        if isinstance(block, str):
            flow.append(Paragraph(escape(block), style))
        else:
            flow += [Spacer(1, 10), _lay_out(leave_out_hidden(block), style, line), Spacer(1, 10)]
    data = io.BytesIO()
    SimpleDocTemplate(
        data, pagesize=pagesizes.landscape(pagesizes.A4), leftMargin=20, rightMargin=20
    ).build(flow, onFirstPage=draw or _draw_nothing, onLaterPages=draw or _draw_nothing)
    return data.getvalue()


def _draw_nothing(canvas: Any, document: Any) -> None:
    """Leave a page as it is."""


def _lay_out(table: WrittenTable, style: ParagraphStyle, line: float) -> Table:
    places: list[list[Any]] = [[""] * table.width for _ in table.rows]
    look: list[Any] = [
        *([("GRID", (0, 0), (-1, -1), line, colors.black)] if line else []),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    for row, column, cell in table.iterate_cells():
        places[row][column] = Paragraph(escape(cell.text).replace("\n", "<br/>"), style)
        if cell.rows > 1 or cell.columns > 1:
            end = (column + cell.columns - 1, row + cell.rows - 1)
            look.append(("SPAN", (column, row), end))
    narrow = 30
    wide = (_WIDTH - narrow) / max(table.width - 1, 1)
    widths = [narrow, *[wide] * (table.width - 1)]
    laid = Table(places, colWidths=widths)
    laid.setStyle(TableStyle(look))
    return laid


def write_csv(
    blocks: Sequence[Block], separator: str = ",", encoding: str = "utf-8-sig", start: str = ""
) -> bytes:
    """Return a CSV of what is seen; of a merged area only the first place has the text."""
    data = io.StringIO()
    writer = csv.writer(data, delimiter=separator)
    for block in blocks:
        rows = [[block]] if isinstance(block, str) else list_texts(block)
        writer.writerows(rows)
    return (start + data.getvalue()).encode(encoding)


def write_text(blocks: Sequence[Block]) -> bytes:
    """Return text with tables by tabs."""
    parts = [
        block if isinstance(block, str) else "\n".join(map("\t".join, list_texts(block)))
        for block in blocks
    ]
    return "\n\n".join(parts).encode()


def list_texts(table: WrittenTable) -> list[list[str]]:
    """Return the texts of what is seen, '' at the places that a cell covers."""
    return [[cell.text if cell else "" for cell in row] for row in leave_out_hidden(table).rows]


def write_html(blocks: Sequence[Block], hide: str = "display:none") -> bytes:
    """Return a web page, hidden rows and struck-out words in it."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{escape(block)}</p>")
            continue
        table = leave_out_hidden(block, columns_only=True)
        lines: list[str] = []
        for number, row in enumerate(table.rows):
            style = f' style="{hide}"' if number in table.hidden_rows else ""
            cells = "".join(
                f'<td rowspan="{cell.rows}" colspan="{cell.columns}">'
                f"{f'<s>{escape(cell.struck)}</s> ' if cell.struck else ''}{escape(cell.text)}</td>"
                for cell in row
                if cell is not None
            )
            lines.append(f"<tr{style}>{cells}</tr>")
        parts.append(f"<table border='1'>{''.join(lines)}</table>")
    page = f"<html><head><meta charset='utf-8'></head><body>{''.join(parts)}</body></html>"
    return page.encode()


def write_ods(blocks: Sequence[Block]) -> bytes:
    """Return an OpenDocument sheet; hidden rows and columns are in it."""
    tables = [block for block in blocks if isinstance(block, WrittenTable)]
    width = max(table.width for table in tables)
    hidden = {column for table in tables for column in table.hidden_columns}
    columns = "".join(
        f"<table:table-column{_collapse(column in hidden)}/>" for column in range(width)
    )
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(old_files.ods_row(escape(block)))
            continue
        lines.append(old_files.ods_row(""))
        for number, row in enumerate(block.rows):
            cells = "".join(_write_ods_place(cell) for cell in row)
            collapse = _collapse(number in block.hidden_rows)
            lines.append(f"<table:table-row{collapse}>{cells}</table:table-row>")
    body = f'<table:table table:name="Quý II">{columns}{"".join(lines)}</table:table>'
    return old_files.make_ods(body)


def _collapse(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _write_ods_place(cell: Cell | None) -> str:
    if cell is None:
        return "<table:covered-table-cell/>"
    spans = (
        f'table:number-columns-spanned="{cell.columns}" table:number-rows-spanned="{cell.rows}"'
        if cell.rows > 1 or cell.columns > 1
        else ""
    )
    return old_files.ods_cell(escape(cell.text), spans)


def write_xls(blocks: Sequence[Block]) -> bytes:
    """Return an old workbook of what is seen."""
    rows: list[tuple[object, ...]] = []
    for block in blocks:
        rows += [(block,)] if isinstance(block, str) else map(tuple, list_texts(block))
    return old_files.make_xls(rows)


WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "pdf": write_pdf,
    "csv": write_csv,
    "html": write_html,
    "ods": write_ods,
    "xls": write_xls,
}
"""By format, what writes it."""
