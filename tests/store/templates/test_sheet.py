"""A template is read back though rows and columns moved or are hidden; a report is none."""

from __future__ import annotations

import csv
import io

import openpyxl

from reports.open import open_document
from store.facts.facts import load_facts
from store.templates.files import to_template_csv
from store.templates.kinds import KINDS
from store.templates.rows import fill_template
from store.templates.sheet import read_sheet
from tests.people import PLANNER
from tests.store.templates.mended import PERIOD, planned, workbook


def test_rows_and_columns_may_be_moved_and_left_out() -> None:
    template = fill_template(load_facts(), KINDS["key_projects"], PERIOD, PLANNER)
    lines = list(csv.reader(io.StringIO(to_template_csv(template).decode("utf-8-sig"))))
    head, rows = lines[:3], [list(reversed(line)) for line in reversed(lines[4:])]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([*head, list(reversed(lines[3])), *rows[:-5]])
    plan = planned(out.getvalue().encode("utf-8-sig"), "a.csv")
    assert (plan.differences, plan.faults, plan.missing) == ([], [], 5)


def test_rows_that_a_filter_hides_are_read_too() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook("key_projects")))
    sheet = book.worksheets[0]
    for row in (5, 6, 8):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["C6"] = "Tên khác"
    made = io.BytesIO()
    book.save(made)
    plan = planned(made.getvalue(), "a.xlsx")
    assert [(one.heading, one.after) for one in plan.differences] == [
        ("Tên dự án, khu, cụm", "Tên khác")
    ]
    assert plan.missing == 0


def test_a_column_for_reading_of_an_older_template_is_no_fault() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook("clearance")))
    sheet = book.worksheets[0]
    head = {str(cell.value): cell for cell in sheet[4]}
    head["Nguồn (không sửa)"].value = "Văn bản (không sửa)"
    added = sheet.cell(4, sheet.max_column + 1, "Cột lạ")
    made = io.BytesIO()
    book.save(made)
    plan = planned(made.getvalue(), "a.xlsx")
    assert [fault.heading for fault in plan.faults] == [added.value]


def test_a_report_is_no_template() -> None:
    assert (
        read_sheet(open_document(b"B\xc3\xa1o c\xc3\xa1o qu\xc3\xbd I n\xc4\x83m 2026", "a.txt"))
        is None
    )
