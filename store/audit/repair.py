"""Stores made before numbers had ranges, put right when they are opened: audited, never in silence.

What is outside its range becomes unknown (its old value stands in the audit), ``-0.0`` becomes 0.
SQLite keeps 0.0 for ``-0.0``, so that a row's hash was made over what is not there: such a row's
hash is made anew, where the audit proves that nothing else of it differs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger
from store.audit.rows import (
    extract_content,
    find_range_faults,
    hash_row,
    make_row_key,
    repair_row,
    replace_negative_zeros,
    to_canonical_json,
)
from store.db.schema import AUDIT, FACTS, SETTINGS
from store.users.users import make_operator

if TYPE_CHECKING:
    from store.audit.rows import Row

RANGES: Final = "ranges"
VERSION: Final = "1"
"""To be raised with every change of a range: the stores are looked through once more."""

NAME: Final = "repair"
"""The name of the change, by which an undoing knows it."""

_MOST_TOLD: Final = 20


def is_repaired(connection: sa.Connection) -> bool:
    """Return True if the store was looked through for the ranges of this program."""
    query = sa.select(SETTINGS.c.value).where(SETTINGS.c.name == RANGES)
    return bool(connection.scalar(query) == VERSION)


def repair_values(connection: sa.Connection) -> int:
    """Put numbers right within a writing transaction; return how many rows were.

    The tables are to be of the newest form. A second call does nothing.
    """
    if is_repaired(connection):
        return 0
    rehashed: list[tuple[str, Row]] = []
    changes: list[RowChange] = []
    descriptions: list[str] = []
    for table, rows in FACTS.items():
        for mapping in connection.execute(sa.select(rows)).mappings():
            row = dict(mapping)
            if hash_row(row, table) != row["hash"] and _differs_by_zeros_only(
                connection, row, table
            ):
                rehashed.append((table, row))
            if row["removed_by"] is None:
                right, words = _make_repair(row, table)
                changes += [right] if right else []
                descriptions += words
    changes = _drop_repeated_rows(changes)
    if changes or rehashed:
        shown = [*descriptions[:_MOST_TOLD], *(["…"] if len(descriptions) > _MOST_TOLD else [])]
        why = " ".join([t("store.repair.why"), *shown])
        change = Changeset("correction", make_operator(NAME), why, name=NAME, correcting=True)
        ledger = Ledger(connection, change)
        for table, row in rehashed:
            _update_hash(connection, table, row)
            ledger.note("hashes", f"{table} · {row['key']}", before="-0.0", after="0.0")
        ledger.apply(changes)
    connection.execute(SETTINGS.delete().where(SETTINGS.c.name == RANGES))
    connection.execute(SETTINGS.insert().values(name=RANGES, value=VERSION))
    return len(changes) + len(rehashed)


def _make_repair(row: Row, table: str) -> tuple[RowChange | None, list[str]]:
    after = repair_row(row, table)
    if after is not None and to_canonical_json(extract_content(after, table)) == to_canonical_json(
        extract_content(row, table)
    ):
        return None, []
    faults = find_range_faults(row, table)
    words = [
        t("store.repair.told", table=table, key=make_row_key(row, table), fault=fault)
        for fault in faults.values()
    ]
    return RowChange(table, row, after), words


def _drop_repeated_rows(changes: list[RowChange]) -> list[RowChange]:
    """Return the changes such that no two rows of one key come: ``-0`` beside ``0`` goes."""
    seen: set[tuple[str, str]] = set()
    distinct_changes = []
    for change in changes:
        key = (change.table, make_row_key(change.after, change.table)) if change.after else None
        distinct_changes.append(RowChange(change.table, change.before) if key in seen else change)
        seen |= {key} if key else set()
    return distinct_changes


def _differs_by_zeros_only(connection: sa.Connection, row: Row, table: str) -> bool:
    """Return True if the row is as the audit says it came, negative zeros aside."""
    came = sa.select(AUDIT.c.after).where(
        AUDIT.c.table_name == table, AUDIT.c.import_id == row["added_by"], AUDIT.c.after != ""
    )
    now = to_canonical_json(extract_content(row, table))
    return any(
        hashlib.sha256(text.encode()).hexdigest()[:32] == row["hash"]
        and replace_negative_zeros(text) == now
        for text in connection.scalars(came)
    )


def _update_hash(connection: sa.Connection, table: str, row: Row) -> None:
    rows = FACTS[table]
    connection.execute(
        rows.update().where(rows.c.id == row["id"]).values(hash=hash_row(row, table))
    )
