"""Approved periods, and the corrections that are made to facts in spite of it or otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from geo.i18n import t
from store.audit.integrity import dangling
from store.audit.ledger import Change, Ledger, RowChange, current
from store.audit.rows import content_columns
from store.bootstrap import ensure_store
from store.canonical import range_faults, tidy_row
from store.db.database import reading, writing
from store.db.errors import ChoiceError
from store.db.schema import APPROVALS, AUDIT, FACTS
from store.imports.plan.fact_rows import fault_of
from store.imports.plan.resolutions import Known
from store.users.permissions import action, may

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.users.users import User


@action("period.approve")
def approve_period(period: str, actor: User, why: str = "") -> int:
    """Approve a period, which locks its facts; return the change's number.

    Approving what is approved changes nothing and returns 0. Raises ``ChoiceError`` for a period
    that the store does not have.
    """
    with writing(ensure_store()) as connection:
        known = {row["period"] for row in current(connection, "periods")}
        if period not in known:
            raise ChoiceError(t("store.fault.no_such_period", period=period[:40]))
        if period in set(connection.scalars(sa.select(APPROVALS.c.period))):
            return 0
        ledger = Ledger(connection, Change("approval", actor, why, period=period))
        connection.execute(
            APPROVALS.insert().values(
                period=period, at=ledger.at, actor=actor.name, why=why, import_id=ledger.number
            )
        )
        ledger.note("approvals", period, after="approved")
        return ledger.number


def approvals() -> pd.DataFrame:
    """Return the approved periods: ``period``, ``at`` (UTC), ``actor``, ``why``, ``corrections``.

    ``corrections`` counts the rows that were changed after the approval.
    """
    later = sa.select(sa.func.count()).where(
        AUDIT.c.period == APPROVALS.c.period, AUDIT.c.after_approval
    )
    names = ["period", "at", "actor", "why"]
    found = sa.select(*(APPROVALS.c[name] for name in names), later.scalar_subquery())
    with reading(ensure_store()) as connection:
        rows = connection.execute(found.order_by(APPROVALS.c.id)).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=[*names, "corrections"])


@action("edit.observation")
def correct(
    table: str, key: str, changes: Mapping[str, object] | None, actor: User, why: str
) -> int:
    """Correct one row of facts, or take it out (``changes`` is ``None``); return the number.

    ``key`` is the row's: for an observation its ``obs``, else its key columns joined by `` · ``.
    ``why`` must be given. Raises ``ChoiceError`` for a row that is not there, a column that is
    none or a value that its column does not take.
    """
    if not why.strip():
        raise ChoiceError(t("store.fault.no_reason"))
    if table not in FACTS or (set(changes or ()) - set(content_columns(table))):
        raise ChoiceError(t("store.fault.no_such_row", table=table, key=key[:80]))
    with writing(ensure_store()) as connection:
        known = Known.of(connection)
        before = known.row(table, key)
        if before is None:
            raise ChoiceError(t("store.fault.no_such_row", table=table, key=key[:80]))
        after = None
        if changes is not None:
            after = before | dict(changes) | {"origin": "person"}
            after = tidy_row(after, table)
            outside = range_faults(after, table)
            if outside:
                raise ChoiceError("\n".join(outside.values()))
            wrong = fault_of(after, table)
            if wrong:
                raise ChoiceError(t("store.fault.bad_value", column=wrong))
        change = Change("correction", actor, why, correcting=may(actor, "edit.approved"))
        ledger = Ledger(connection, change)
        ledger.apply([RowChange(table, before, after)])
        if dangling(connection):
            raise ChoiceError(t("store.fault.still_used", key=key[:80]))
        return ledger.number


def corrections_of(period: str) -> pd.DataFrame:
    """Return what was changed in a period after its approval, oldest first.

    Columns: ``at`` (UTC), ``actor``, ``table_name``, ``key``, ``before``, ``after`` (the rows as
    JSON, '' where there was none), ``why``, ``import_id``.
    """
    return _told(AUDIT.c.period == period, AUDIT.c.after_approval)


def history(table: str, key: str) -> pd.DataFrame:
    """Return everything that happened to a row, oldest first; columns as ``corrections_of``."""
    return _told(AUDIT.c.table_name == table, AUDIT.c.key == key)


def _told(*where: sa.ColumnElement[bool]) -> pd.DataFrame:
    names = ["at", "actor", "table_name", "key", "before", "after", "why", "import_id"]
    found = sa.select(*(AUDIT.c[name] for name in names)).where(*where).order_by(AUDIT.c.id)
    with reading(ensure_store()) as connection:
        rows = connection.execute(found).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=names)
