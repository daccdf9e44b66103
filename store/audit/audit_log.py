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
from store.audit.csv_guard import escape_formula
from store.audit.ledger import compute_seal
from store.db.database import reading
from store.db.schema import AUDIT, IMPORTS
from store.users.current_account import require_current_account
from store.users.permissions import require_permission

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


def read_audit_page(wanted: AuditFilter, page: int, actor: User) -> tuple[pd.DataFrame, int]:
    """Return one page of the rows found, newest first, and how many there are in all.

    Columns: ``COLUMNS``; ``at`` in UTC; ``before`` and ``after`` rows as JSON, or words.
    """
    require_permission(actor, "audit.read")
    where = _build_conditions(wanted)
    count = sa.select(sa.func.count()).select_from(_join_imports()).where(*where)
    query = _select_audit_rows(where).limit(PAGE_ROWS).offset(max(0, page) * PAGE_ROWS)
    with reading() as connection:
        rows = [tuple(row) for row in connection.execute(query)]
        total = int(connection.scalar(count) or 0)
    return pd.DataFrame(rows, columns=list(COLUMNS)), total


def list_audit_choices(actor: User) -> AuditChoices:
    """Return what the filters can be set to."""
    require_permission(actor, "audit.read")
    with reading() as connection:

        def seen(column: sa.Column[str]) -> tuple[str, ...]:
            return tuple(sorted(connection.scalars(sa.select(column).distinct())))

        return AuditChoices(seen(AUDIT.c.actor), seen(AUDIT.c.table_name), seen(IMPORTS.c.kind))


def export_audit_csv(wanted: AuditFilter, actor: User) -> bytes:
    """Return the rows found as CSV (UTF-8 with a mark), safe in spreadsheets, newest first.

    At most ``MAX_CSV_ROWS``.
    """
    require_permission(actor, "audit.read")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    with reading() as connection:
        require_current_account(
            connection, actor
        )  # the page's button may be pressed long after it was shown
        for row in connection.execute(
            _select_audit_rows(_build_conditions(wanted)).limit(MAX_CSV_ROWS)
        ):
            writer.writerow(_escape_cells(row))
    return out.getvalue().encode("utf-8-sig")


def find_broken_seal(actor: User) -> int:
    """Return the number of the first audit row that does not fit the one before it, 0 for none."""
    require_permission(actor, "audit.read")
    chain = ""
    with reading() as connection:
        rows = connection.execution_options(yield_per=2000).execute(
            sa.select(AUDIT).order_by(AUDIT.c.id)
        )
        for row in rows.mappings():
            if compute_seal(chain, dict(row)) != row["chain"]:
                return int(row["id"])
            chain = row["chain"]
    return 0


def _join_imports() -> sa.Join:
    return AUDIT.join(IMPORTS, IMPORTS.c.id == AUDIT.c.import_id)


def _select_audit_rows(where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[tuple[object, ...]]:
    columns = [IMPORTS.c.kind if name == "kind" else AUDIT.c[name] for name in COLUMNS]
    return (
        sa.select(*columns).select_from(_join_imports()).where(*where).order_by(AUDIT.c.id.desc())
    )


def _build_conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
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
        where.append(AUDIT.c.at >= _format_day_start(wanted.since))
    if wanted.until:
        where.append(AUDIT.c.at < _format_day_start(wanted.until + timedelta(days=1)))
    return where


def _format_day_start(day: date) -> str:
    """Return the beginning of a day here, as the audit writes moments (UTC)."""
    return clock.start_of_day(day).isoformat(timespec="milliseconds")


def _escape_cells(row: Sequence[object]) -> list[object]:
    named = zip(COLUMNS, row, strict=True)
    return [escape_formula(str(cell)) if name in _TEXTS else cell for name, cell in named]
