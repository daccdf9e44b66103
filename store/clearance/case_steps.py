"""The steps of a clearance case: what changes when they are given, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from geo.clock import today
from geo.i18n import t
from store.audit.changes import RowChange
from store.audit.ledger import read_current_rows
from store.audit.rows import extract_content
from store.db.errors import EditError
from store.db.schema import FACTS
from store.db.staff_tables import CASE_STEPS
from store.editing.validation import clean_values, validate_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from store.audit.rows import Row

STEP_FIELDS: Final = ("state", "day", "reason")
Steps: TypeAlias = "Mapping[str, Mapping[str, object]]"


def make_step_changes(
    connection: sa.Connection, case: Row, steps: Steps, *, closing: bool = False
) -> list[RowChange]:
    """Return the changes of a case's steps. A step of which nothing is known has no row."""
    table = FACTS["case_steps"]
    now = {
        str(row["step"]): row
        for row in read_current_rows(connection, "case_steps", table.c.case == case["case"])
    }
    faults: list[str] = []
    changes: list[RowChange] = []
    for step, given in steps.items():
        if step not in CASE_STEPS or set(given) - set(STEP_FIELDS):
            raise EditError(t("edit.fault.no_column", column=step[:40]))
        row: Row = {"case": case["case"], "step": step, "state": "unknown", "day": "", "reason": ""}
        row |= clean_values(given, "case_steps")
        faults += _list_step_faults(row, closing=closing)
        before = now.get(step)
        known = any(row[name] not in {"", "unknown"} for name in STEP_FIELDS)
        after = row | {"origin": "person", "position": None} if known else None
        if not _is_same_step(before, after):
            changes.append(RowChange("case_steps", before, after))
    if faults:
        raise EditError("\n".join(faults))
    return changes


def _list_step_faults(row: Row, *, closing: bool) -> list[str]:
    name = t(f"register.step.{row['step']}")
    validate_row(row, "case_steps")
    faults = []
    if row["state"] == "not_applicable" and not row["reason"]:
        faults.append(t("register.fault.no_reason", step=name))
    if row["day"] and row["state"] == "done" and row["day"] > today().isoformat():
        faults.append(t("register.fault.future", column=name))
    if row["step"] == "handed_over" and row["state"] in {"done", "not_applicable"} and not closing:
        faults.append(t("register.fault.close_instead"))
    return faults


def _is_same_step(before: Row | None, after: Row | None) -> bool:
    if before is None or after is None:
        return before is after
    return extract_content(before, "case_steps") == extract_content(after, "case_steps")
