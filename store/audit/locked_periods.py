"""Approved periods that a change would touch: known before it is saved, and refused when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.i18n import t
from store.audit.rows import get_locking_period
from store.db.errors import LockedPeriodError
from store.db.schema import APPROVALS, FACTS
from store.users.permissions import is_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.audit.changes import RowChange
    from store.users.users import User


def list_locked_periods(connection: sa.Connection, changes: Iterable[RowChange]) -> tuple[str, ...]:
    """Return the approved periods of which changes by hand would touch a row, by their ids."""
    approved = set(connection.scalars(sa.select(APPROVALS.c.period)))
    touched = {
        get_locking_period(row, change.table, by_hand=True)
        for change in changes
        for row in (change.before, change.after)
        if row is not None
    }
    return tuple(sorted(touched & approved))


def refuse_locked(connection: sa.Connection, actor: User, changes: Iterable[RowChange]) -> None:
    """Raise ``LockedPeriodError`` for an approved period that the actor may not correct."""
    if is_allowed(actor, "edit.approved"):
        return
    locked = list_locked_periods(connection, changes)
    if locked:
        label = name_period(connection, locked[0])
        raise LockedPeriodError(t("edit.fault.approved", period=label))


def name_period(connection: sa.Connection, period: str) -> str:
    """Return what a period is called; its id where it is unknown."""
    rows = FACTS["periods"].c
    known = sa.select(rows.label_vi).where(rows.period == period, rows.removed_by.is_(None))
    return str(connection.scalar(known) or period)
