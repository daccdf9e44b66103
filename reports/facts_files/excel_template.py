"""The table that the app offers for download, to be filled in and read back without guessing.

Its headings are those of the official appendix of key projects. The workbook has a second sheet
that says what to write in each column; the reader leaves that sheet out.
"""

from __future__ import annotations

import csv
import io
from typing import Final

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from geo.i18n import t

COLUMNS: Final = (
    "no",
    "name",
    "investment",
    "location",
    "planned",
    "actual",
    "forecast",
    "request",
    "note",
)
"""The columns in order; headings and explanations are ``reports.template.<column>…``."""

_WIDTHS: Final = (7, 44, 20, 28, 34, 44, 24, 34, 24)
_EMPTY_ROWS: Final = 60
_HEADING_HEIGHT: Final = 48


def list_headings() -> list[str]:
    """Return the template's headings in Vietnamese."""
    return [t(f"reports.template.{column}") for column in COLUMNS]


def build_template_xlsx() -> bytes:
    """Return the template as a workbook: the empty table, and a sheet that explains it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = t("reports.template.sheet")
    sheet["A1"] = t("reports.template.kind")
    sheet["A2"] = t("reports.template.title")
    for address in ("A1", "A2"):
        sheet[address].font = Font(bold=True, size=13)
    line = Side(style="thin")
    for column, heading in enumerate(list_headings(), 1):
        cell = sheet.cell(4, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE7F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS[column - 1]
        for row in range(4, 5 + _EMPTY_ROWS):
            body = sheet.cell(row, column)
            body.border = Border(left=line, right=line, top=line, bottom=line)
            if row > 4:  # noqa: PLR2004 - below the headings
                body.alignment = Alignment(wrap_text=True, vertical="top")
    for row in range(5, 5 + _EMPTY_ROWS):
        sheet.cell(row, COLUMNS.index("investment") + 1).number_format = "#,##0"
    sheet.row_dimensions[4].height = _HEADING_HEIGHT
    sheet.freeze_panes = "C5"
    _add_guide_sheet(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def build_template_csv() -> bytes:
    """Return the template as CSV that Excel opens with its accents (UTF-8 with BOM, commas)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([t("reports.template.title")])
    writer.writerow(list_headings())
    return text.getvalue().encode("utf-8-sig")


def _add_guide_sheet(book: openpyxl.Workbook) -> None:
    guide = book.create_sheet(t("reports.template.guide"))
    guide.append([t("reports.template.guide_title")])
    guide["A1"].font = Font(bold=True, size=13)
    guide.append([])
    guide.append(
        [
            t("reports.template.guide_column"),
            t("reports.template.guide_what"),
            t("reports.template.guide_example"),
        ]
    )
    for cell in guide[3]:
        cell.font = Font(bold=True)
    for column in COLUMNS:
        guide.append(
            [
                t(f"reports.template.{column}"),
                t(f"reports.template.{column}_what"),
                t(f"reports.template.{column}_example"),
            ]
        )
    for key in ("groups", "title_row", "formulas"):
        guide.append(["", t(f"reports.template.{key}")])
    for letter, width in (("A", 38), ("B", 80), ("C", 44)):
        guide.column_dimensions[letter].width = width
    for row in guide.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
