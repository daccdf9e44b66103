"""Reading the audit: who changed what, when, why; found by filters, page by page, as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd
import sqlalchemy as sa

from geo import clock
from store.audit.csv_guard import safe
from store.audit.ledger import sealed
from store.bootstrap import ensure_store
from store.db.database import reading
from store.db.schema import AUDIT, IMPORTS
from store.users.current_account import still_stands
from store.users.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.users.users import User

PAGE_ROWS: Final = 50
MAX_CSV_ROWS: Final = 200_000
COLUMNS: Final = (
    "id", "at", "actor", "kind", "table_name", "key", "before", "after", "why", "import_id",
    "period", "after_approval",
)  # fmt: skip
_TEXTS: Final = frozenset({"actor", "key", "before", "after", "why"})


@dataclass(frozen=True)
class AuditFilter:
    """What is looked for; everything left empty means all.

    ``since`` and ``until``: days of this machine's time, both included. ``kind``: of the change.
    ``key``: the beginning of a row's key. ``corrections``: only what touched an approved period.
    """

    actor: str = ""
    since: date | None = None
    until: date | None = None
    table: str = ""
    key: str = ""
    kind: str = ""
    corrections: bool = False


@dataclass(frozen=True)
class AuditChoices:
    """What can be chosen from: people, tables and kinds that the audit speaks of."""

    actors: tuple[str, ...]
    tables: tuple[str, ...]
    kinds: tuple[str, ...]


def audit_page(wanted: AuditFilter, page: int, actor: User) -> tuple[pd.DataFrame, int]:
    """Return one page of the rows found, newest first, and how many there are in all.

    Columns: ``COLUMNS``; ``at`` in UTC; ``before`` and ``after`` rows as JSON, or words.
    """
    require(actor, "audit.read")
    where = _where(wanted)
    count = sa.select(sa.func.count()).select_from(_joined()).where(*where)
    found = _found(where).limit(PAGE_ROWS).offset(max(0, page) * PAGE_ROWS)
    with reading(ensure_store()) as connection:
        rows = [tuple(row) for row in connection.execute(found)]
        total = int(connection.scalar(count) or 0)
    return pd.DataFrame(rows, columns=list(COLUMNS)), total


def audit_choices(actor: User) -> AuditChoices:
    """Return what the filters can be set to."""
    require(actor, "audit.read")
    with reading(ensure_store()) as connection:

        def seen(column: sa.Column[str]) -> tuple[str, ...]:
            return tuple(sorted(connection.scalars(sa.select(column).distinct())))

        return AuditChoices(seen(AUDIT.c.actor), seen(AUDIT.c.table_name), seen(IMPORTS.c.kind))


def audit_csv(wanted: AuditFilter, actor: User) -> bytes:
    """Return the rows found as CSV (UTF-8 with a mark), safe in spreadsheets, newest first.

    At most ``MAX_CSV_ROWS``.
    """
    require(actor, "audit.read")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    with reading(ensure_store()) as connection:
        still_stands(connection, actor)  # the page's button may be pressed long after it was shown
        for row in connection.execute(_found(_where(wanted)).limit(MAX_CSV_ROWS)):
            writer.writerow(_cells(row))
    return out.getvalue().encode("utf-8-sig")


def broken_seal(actor: User) -> int:
    """Return the number of the first audit row that does not fit the one before it, 0 for none."""
    require(actor, "audit.read")
    chain = ""
    with reading(ensure_store()) as connection:
        rows = connection.execution_options(yield_per=2000).execute(
            sa.select(AUDIT).order_by(AUDIT.c.id)
        )
        for row in rows.mappings():
            if sealed(chain, dict(row)) != row["chain"]:
                return int(row["id"])
            chain = row["chain"]
    return 0


def _joined() -> sa.Join:
    return AUDIT.join(IMPORTS, IMPORTS.c.id == AUDIT.c.import_id)


def _found(where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[tuple[object, ...]]:
    columns = [IMPORTS.c.kind if name == "kind" else AUDIT.c[name] for name in COLUMNS]
    return sa.select(*columns).select_from(_joined()).where(*where).order_by(AUDIT.c.id.desc())


def _where(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    for column, value in (
        (AUDIT.c.actor, wanted.actor),
        (AUDIT.c.table_name, wanted.table),
        (IMPORTS.c.kind, wanted.kind),
    ):
        if value:
            where.append(column == value)
    if wanted.key.strip():
        where.append(AUDIT.c.key.istartswith(wanted.key.strip(), autoescape=True))
    if wanted.corrections:
        where.append(AUDIT.c.after_approval)
    if wanted.since:
        where.append(AUDIT.c.at >= _moment(wanted.since))
    if wanted.until:
        where.append(AUDIT.c.at < _moment(wanted.until + timedelta(days=1)))
    return where


def _moment(day: date) -> str:
    """Return the beginning of a day here, as the audit writes moments (UTC)."""
    return clock.beginning(day).isoformat(timespec="milliseconds")


def _cells(row: Sequence[object]) -> list[object]:
    named = zip(COLUMNS, row, strict=True)
    return [safe(str(cell)) if name in _TEXTS else cell for name, cell in named]
