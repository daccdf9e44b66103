"""Importing visits of ODK or Kobo: whole or not at all, once however often, undone whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger, read_last_token
from store.db.database import writing
from store.db.errors import ImportRefusedError
from store.db.schema import IMPORTS
from store.imports.apply import list_imports, refuse_dangling, undo_in_transaction
from store.users.permissions import guard_action
from store.visits.photos import make_photo_row, store_photo_file
from store.visits.submission import make_case_row, make_visit_row, validate_visit_row

if TYPE_CHECKING:
    import pandas as pd

    from store.audit.rows import Row
    from store.users.users import User
    from store.visits.odk_import_plan import PlannedVisit, VisitPlan


@guard_action("visit.import")
def apply_visits(plan: VisitPlan, *, actor: User, why: str = "", leave_out: bool = False) -> int:
    """Store the plan's new visits with photos and cases, in one transaction; return its number.

    0 when there is nothing new. Rows that are faulty stop everything, unless they are to be left
    out; how many were is kept with the import. Raises ``ImportRefusedError`` for that, and when the
    store has changed since the plan was made.
    """
    counts = plan.counts()
    if counts["faulty"] and not leave_out:
        raise ImportRefusedError(t("odk.import.faulty", count=counts["faulty"]))
    new = [planned_visit for planned_visit in plan.rows if planned_visit.state == "new"]
    if not new:
        return 0
    with writing() as connection:
        if read_last_token(connection) != plan.version:
            raise ImportRefusedError(t("store.fault.stale"))
        change = Changeset("visit", actor, why, name=plan.name, sha256=plan.sha256, counts=counts)
        ledger = Ledger(connection, change)
        for planned_visit in new:
            for photo in planned_visit.pictures:
                store_photo_file(connection, photo.picture)
        ledger.apply(
            [change for planned_visit in new for change in _make_row_changes(planned_visit)]
        )
        return ledger.number


@guard_action("visit.import")
def undo_visits(number: int, *, actor: User, why: str) -> int:
    """Take an import of visits back whole; return the undoing's number.

    Raises ``ImportRefusedError`` when it is none, is undone already, or when something of it was
    changed or is used since (the message names those changes).
    """
    with writing() as connection:
        kind = sa.select(IMPORTS.c.id).where(
            IMPORTS.c.id == number, IMPORTS.c.kind == "visit", IMPORTS.c.sha256 != ""
        )
        if connection.scalar(kind) is None:
            raise ImportRefusedError(t("store.fault.unknown_import", number=number))
        undoing = undo_in_transaction(connection, number, actor, why)
        refuse_dangling(connection, number)
        return undoing


def list_visit_imports() -> pd.DataFrame:
    """Return the imports of visits, newest first, with the columns of ``imports()``."""
    every = list_imports()
    return every[(every["kind"] == "visit") & (every["sha256"] != "")].reset_index(drop=True)


def _make_row_changes(planned_visit: PlannedVisit) -> list[RowChange]:
    visit = planned_visit.visit
    if visit is None:
        return []
    rows: list[tuple[str, Row]] = [("visits", make_visit_row(visit))]
    case = make_case_row(visit, visit.problem_commune)
    if case is not None:
        rows.append(("cases", case))
    rows.extend(
        ("photos", make_photo_row(visit.visit, photo.picture) | {"note": photo.caption})
        for photo in planned_visit.pictures
    )
    for table, row in rows:
        validate_visit_row(row, table)
    return [
        RowChange(table, None, row | {"origin": "person", "position": None}) for table, row in rows
    ]
