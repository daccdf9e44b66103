"""Approved periods, and the corrections that are made to facts in spite of it or otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset
from store.audit.ledger import Ledger, read_current_rows
from store.db.database import reading, writing
from store.db.errors import ChoiceError
from store.db.schema import APPROVALS, AUDIT
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from store.users.users import User


@guard_action("period.approve")
def approve_period(period: str, actor: User, why: str = "") -> int:
    """Approve a period, which locks its facts; return the change's number.

    Approving what is approved changes nothing and returns 0. Raises ``ChoiceError`` for a period
    that the store does not have.
    """
    with writing() as connection:
        known = {row["period"] for row in read_current_rows(connection, "periods")}
        if period not in known:
            raise ChoiceError(t("store.fault.no_such_period", period=period[:40]))
        if period in set(connection.scalars(sa.select(APPROVALS.c.period))):
            return 0
        ledger = Ledger(connection, Changeset("approval", actor, why, period=period))
        connection.execute(
            APPROVALS.insert().values(
                period=period, at=ledger.at, actor=actor.name, why=why, import_id=ledger.number
            )
        )
        ledger.note("approvals", period, after="approved")
        return ledger.number


@guard_action("period.approve")
def withdraw_approval(period: str, actor: User, why: str) -> int:
    """Take a period's approval back, which unlocks its facts; return the change's number.

    What was corrected since stays as it is, and in the audit. Raises ``ChoiceError`` for a period
    that is not approved, and without a reason.
    """
    if not why.strip():
        raise ChoiceError(t("store.fault.no_reason"))
    with writing() as connection:
        if period not in set(connection.scalars(sa.select(APPROVALS.c.period))):
            raise ChoiceError(t("store.fault.not_approved", period=period[:40]))
        ledger = Ledger(connection, Changeset("approval", actor, why, period=period))
        connection.execute(APPROVALS.delete().where(APPROVALS.c.period == period))
        ledger.note("approvals", period, before="approved")
        return ledger.number


def list_approvals() -> pd.DataFrame:
    """Return the approved periods: ``period``, ``at`` (UTC), ``actor``, ``why``, ``corrections``.

    ``corrections`` counts the rows that were changed after the approval.
    """
    later = sa.select(sa.func.count()).where(
        AUDIT.c.period == APPROVALS.c.period,
        AUDIT.c.after_approval,
        AUDIT.c.import_id > APPROVALS.c.import_id,
    )
    names = ["period", "at", "actor", "why"]
    query = sa.select(*(APPROVALS.c[name] for name in names), later.scalar_subquery())
    with reading() as connection:
        rows = connection.execute(query.order_by(APPROVALS.c.id)).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=[*names, "corrections"])
