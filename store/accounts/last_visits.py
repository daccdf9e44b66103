"""When somebody last looked: what was in the store then, so that what is new since can be said.

A row a person, under the name that the audit knows them by. It is no fact: it has no audit, and
only its owner's page reads it. What is new is found in the audit, and read by ``read_news``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo import clock
from store.db.database import reading, writing
from store.db.schema import AUDIT
from store.db.schema_accounts import LAST_VISITS
from store.users.current_account import require_current_account

if TYPE_CHECKING:
    from store.users.users import User

BREAK: Final = timedelta(minutes=30)
"""Whoever comes back sooner is still on the same visit."""

MOST_ROWS: Final = 20_000
_TABLES: Final = ("periods", "documents", "items", "observations", "cases")


@dataclass(frozen=True)
class VisitMark:
    """The visit before this one: its moment (ISO, UTC), and the last audit row there was then."""

    at: str
    seen: int


@dataclass(frozen=True)
class AuditedChange:
    """A row that changed: its table and key, and what it held before and after ('' keys: none)."""

    table: str
    key: str
    before: dict[str, Any]
    after: dict[str, Any]


def record_visit(user: User, *, now: datetime | None = None) -> VisitMark | None:
    """Note that ``user`` looks now; return the visit before, ``None`` for the first one.

    Nobody known, a visitor, is not noted. Raises ``NotAllowedError`` for an account that was closed
    or changed since.
    """
    if not user.name:
        return None
    moment = now or clock.now()
    at = moment.isoformat(timespec="seconds")
    rows = LAST_VISITS.c
    with writing() as connection:
        require_current_account(connection, user)
        newest = int(connection.scalar(sa.select(sa.func.max(AUDIT.c.id))) or 0)
        row = (
            connection.execute(sa.select(LAST_VISITS).where(rows.owner == user.name))
            .mappings()
            .one_or_none()
        )
        if row is None:
            values = {"at": at, "seen": newest, "before_at": "", "before_seen": 0}
            connection.execute(LAST_VISITS.insert().values(owner=user.name, **values))
            return None
        values = {"at": at, "seen": newest}
        mark = VisitMark(str(row["before_at"]), int(row["before_seen"]))
        if moment - datetime.fromisoformat(row["at"]) > BREAK:
            mark = VisitMark(str(row["at"]), int(row["seen"]))
            values |= {"before_at": mark.at, "before_seen": mark.seen}
        connection.execute(LAST_VISITS.update().where(rows.owner == user.name).values(**values))
    return mark if mark.at else None


def read_news(seen: int) -> tuple[AuditedChange, ...]:
    """Return what changed in the facts after an audit row, oldest first, at most ``MOST_ROWS``.

    Rows of every area: what of it somebody may see is for the caller to choose, by facts that are
    narrowed to them.
    """
    query = (
        sa.select(AUDIT.c.table_name, AUDIT.c.key, AUDIT.c.before, AUDIT.c.after)
        .where(AUDIT.c.id > seen, AUDIT.c.table_name.in_(_TABLES))
        .order_by(AUDIT.c.id.desc())
        .limit(MOST_ROWS)
    )
    with reading() as connection:
        rows = connection.execute(query).all()
    return tuple(
        AuditedChange(str(table), str(key), _parse_row(before), _parse_row(after))
        for table, key, before, after in reversed(rows)
    )


def _parse_row(text: str) -> dict[str, Any]:
    """Return a row of the audit; notes in words hold none."""
    if not text.startswith("{"):
        return {}
    row: dict[str, Any] = json.loads(text)
    return row
