"""The sample report as a file: text, Word, Excel, CSV and PDF."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import docx
import openpyxl
import typst
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH

from reports.sample.content import make_sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.sample.content import SampleReport

FILE_STEM: Final = "bao-cao-mau"
_TEMPLATE: Final = Path(__file__).with_name("report.typ")


def to_text(report: SampleReport) -> bytes:
    """Return the report as UTF-8 text; cells of the table are parted by tabs."""
    lines = ["\t".join(row) for row in (report.headings, *report.rows)]
    blocks = (*report.paragraphs(), report.annex, "\n".join(lines))
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def to_docx(report: SampleReport) -> bytes:
    """Return the report as a Word file; the annex stands on pages laid across."""
    book = docx.Document()
    for text in report.paragraphs():
        paragraph = book.add_paragraph(text)
        if text in {report.kind, report.title}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    section = book.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    book.add_paragraph(report.annex).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = book.add_table(rows=0, cols=len(report.headings), style="Table Grid")
    for row in (report.headings, *report.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return _save_to_bytes(book.save)


def to_xlsx(report: SampleReport) -> bytes:
    """Return the annex as a workbook; amounts are numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([report.kind])
    sheet.append([report.annex])
    sheet.append([report.notice])
    sheet.append(list(report.headings))
    amount = 2
    for row in report.rows:
        cells: list[str | int] = list(row)
        if row[amount]:
            cells[amount] = int(row[amount].replace(".", ""))
        sheet.append(cells)
        sheet.cell(sheet.max_row, amount + 1).number_format = "#,##0"
    return _save_to_bytes(book.save)


def to_csv(report: SampleReport) -> bytes:
    """Return the annex as CSV that Excel opens with its accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[report.kind], [report.annex], [report.notice]])
    writer.writerows([report.headings, *report.rows])
    return text.getvalue().encode("utf-8-sig")


def to_pdf(report: SampleReport) -> bytes:
    """Return the report as PDF, the same bytes for the same report."""
    content = {
        "paragraphs": report.paragraphs(),
        "annex": report.annex,
        "headings": report.headings,
        "rows": report.rows,
    }
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
    return bytes(made)


WRITERS: Final[dict[str, Callable[[SampleReport], bytes]]] = {
    "txt": to_text,
    "docx": to_docx,
    "xlsx": to_xlsx,
    "csv": to_csv,
    "pdf": to_pdf,
}
"""The formats by the ending of their files."""


def write_samples(folder: Path) -> list[Path]:
    """Write the sample in every format into a folder, made if need be; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    report = make_sample()
    files = []
    for ending, write in WRITERS.items():
        file = folder / f"{FILE_STEM}.{ending}"
        file.write_bytes(write(report))
        files.append(file)
    return files


def _save_to_bytes(save: Callable[[io.BytesIO], object]) -> bytes:
    data = io.BytesIO()
    save(data)
    return data.getvalue()
