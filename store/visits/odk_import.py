"""Importing visits of ODK or Kobo: whole or not at all, once however often, undone whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Change, RowChange
from store.audit.integrity import dangling
from store.audit.ledger import Ledger, last_token
from store.bootstrap import ensure_store
from store.db.database import writing
from store.db.errors import ImportRefusedError
from store.db.schema import IMPORTS
from store.imports.apply import imports, undo
from store.users.permissions import action
from store.visits.photos import keep_file, photo_row
from store.visits.submission import case_row, require_sound, visit_row

if TYPE_CHECKING:
    import pandas as pd

    from store.audit.rows import Row
    from store.users.users import User
    from store.visits.odk_import_plan import PlannedVisit, VisitPlan


@action("visit.import")
def apply_visits(plan: VisitPlan, *, actor: User, why: str = "", leave_out: bool = False) -> int:
    """Store the plan's new visits with photos and cases, in one transaction; return its number.

    0 when there is nothing new. Rows that are faulty stop everything, unless they are to be left
    out; how many were is kept with the import. Raises ``ImportRefusedError`` for that, and when the
    store has changed since the plan was made.
    """
    counts = plan.counts()
    if counts["faulty"] and not leave_out:
        raise ImportRefusedError(t("odk.import.faulty", count=counts["faulty"]))
    new = [one for one in plan.rows if one.state == "new"]
    if not new:
        return 0
    with writing(ensure_store()) as connection:
        if last_token(connection) != plan.version:
            raise ImportRefusedError(t("store.fault.stale"))
        change = Change("visit", actor, why, name=plan.name, sha256=plan.sha256, counts=counts)
        ledger = Ledger(connection, change)
        for one in new:
            for kept in one.pictures:
                keep_file(connection, kept.picture)
        ledger.apply([change for one in new for change in _changes(one)])
        return ledger.number


@action("visit.import")
def undo_visits(number: int, *, actor: User, why: str) -> int:
    """Take an import of visits back whole; return the undoing's number.

    Raises ``ImportRefusedError`` when it is none, is undone already, or when something of it was
    changed or is used since (the message names those changes).
    """
    with writing(ensure_store()) as connection:
        kind = sa.select(IMPORTS.c.id).where(
            IMPORTS.c.id == number, IMPORTS.c.kind == "visit", IMPORTS.c.sha256 != ""
        )
        if connection.scalar(kind) is None:
            raise ImportRefusedError(t("store.fault.unknown_import", number=number))
        undoing = undo(connection, number, actor, why)
        using = dangling(connection)
        if using:
            told = ", ".join(f"#{one}" for one in sorted({row.added_by for row in using}))
            raise ImportRefusedError(t("store.fault.changed_since", number=number, imports=told))
        return undoing


def visit_imports() -> pd.DataFrame:
    """Return the imports of visits, newest first, with the columns of ``imports()``."""
    every = imports()
    return every[(every["kind"] == "visit") & (every["sha256"] != "")].reset_index(drop=True)


def _changes(one: PlannedVisit) -> list[RowChange]:
    if one.sent is None:
        return []
    rows: list[tuple[str, Row]] = [("visits", visit_row(one.sent))]
    commune = one.sent.problem.commune if one.sent.problem else ""
    case = case_row(one.sent, commune)
    if case is not None:
        rows.append(("cases", case))
    rows.extend(
        ("photos", photo_row(one.visit, kept.picture) | {"note": kept.caption})
        for kept in one.pictures
    )
    for table, row in rows:
        require_sound(row, table)
    return [
        RowChange(table, None, row | {"origin": "person", "position": None}) for table, row in rows
    ]
