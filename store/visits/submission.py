"""The rows that a visit becomes: its own, and that of the case which its problem opens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.audit.rows import find_range_faults
from store.db.errors import VisitError
from store.db.staff_tables import STAFF
from store.facts.visit_clock import get_visit_day
from store.imports.plan.fact_rows import find_bad_column

if TYPE_CHECKING:
    from reports.model.visit import Visit
    from store.audit.rows import Row

CONTENT: Final = STAFF["visits"].header
"""The columns of a visit's row."""


def make_visit_row(visit: Visit) -> Row:
    """Return the row of ``visits`` that a visit becomes."""
    return visit.model_dump(include=set(CONTENT))


def make_case_row(visit: Visit, commune: str, received: str = "") -> Row | None:
    """Return the row of the register that the problem raised becomes; ``None`` without one.

    ``commune``: where it is, as far as the inspector may say so; '' leaves it to the item, and what
    was said stands in the note. ``received``: when the visit came in (ISO, UTC), now for ''; a case
    of a visit whose clock was wrong is opened on that day.
    """
    if not visit.problem:
        return None
    stated_commune = visit.problem_commune
    note = (
        t("phone.case.elsewhere", commune=stated_commune)
        if stated_commune not in {"", commune}
        else ""
    )
    return {
        "case": f"visit-{visit.visit}",
        "item": visit.item,
        "commune": commune,
        "category": visit.problem_category,
        "statement": visit.problem,
        "body": "",
        "opened": get_visit_day(visit.at, received or datetime.now(UTC).isoformat()),
        "deadline": "",
        "area_ha": None,
        "handed_ha": None,
        "households": None,
        "households_left": None,
        "state": "open",
        "closed": "",
        "clearance": "",
        "visit": visit.visit,
        "note": note,
    }


def make_problem_content(visit: Visit) -> dict[str, str] | None:
    """Return the problem raised as plain data; ``None`` for none."""
    if not visit.problem:
        return None
    return {
        "category": visit.problem_category,
        "statement": visit.problem,
        "commune": visit.problem_commune,
    }


def validate_visit_row(row: Row, table: str) -> None:
    """Raise ``VisitError`` that names the column of a row that is not what its table asks for."""
    for fault in find_range_faults(row, table).values():
        raise VisitError(fault)
    column = find_bad_column(row, table)
    if column:
        raise VisitError(t("phone.fault.field", field=column, reason=t("phone.fault.value")))
