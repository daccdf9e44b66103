"""A filled template as a workbook, mended in some cells, and planned as it is read back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from reports.open import open_document
from store.facts.facts import load_facts
from store.templates.files import to_template_xlsx
from store.templates.kinds import KINDS
from store.templates.plan import TemplatePlan, plan_template
from store.templates.rows import fill_template
from store.templates.sheet import read_sheet
from tests.people import PLANNER

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.users.users import User

PERIOD = "2026-Q1"


def planned(
    data: bytes, name: str, facts: Facts | None = None, actor: User = PLANNER
) -> TemplatePlan:
    sheet = read_sheet(open_document(data, name))
    assert sheet is not None
    return plan_template(sheet, facts or load_facts(), actor)


def workbook(kind: str, period: str = PERIOD, facts: Facts | None = None) -> bytes:
    return to_template_xlsx(fill_template(facts or load_facts(), KINDS[kind], period, PLANNER))


def mend(data: bytes, *cells: tuple[str, str, object]) -> bytes:
    """Return a workbook with other values: the row's code ('' for the first empty row), heading."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[4]}
    codes = {row[0].value or "": row[0].row for row in reversed(list(sheet.iter_rows(min_row=5)))}
    codes.setdefault("", sheet.max_row + 1)
    for code, heading, value in cells:
        sheet.cell(codes[code], headings[heading]).value = value  # type: ignore[assignment]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
