"""The curated facts of ``data/facts`` as an import: the first one, and again when they change.

A later version is merged: what it changes since the version imported before replaces those rows as
long as the store still has them as that version said. Where a report, a correction or a decision
has changed a row meanwhile, or its period is approved, both stay to be seen: the row is left as it
is and the difference goes to the review queue.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import sqlalchemy as sa

from reports.facts_files.table_schemas import TABLES
from store.audit.changes import Change, RowChange
from store.audit.ledger import Ledger, current
from store.audit.rows import content_of, hash_of, key_of, period_of, rows_of
from store.db.schema import APPROVALS, FACTS, IMPORTS
from store.imports.plan.review_rows import ReviewRow, add_reviews
from store.users.users import operator

if TYPE_CHECKING:
    from pathlib import Path

    from reports.facts_files.curated import CuratedFacts
    from store.audit.rows import Row

ACTOR: Final = operator("data/facts")
Manifest: TypeAlias = dict[str, dict[str, str]]


def content_hash(folder: Path) -> str:
    """Return a hash over all files of a folder of facts."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.csv")):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def last_curated(connection: sa.Connection) -> tuple[str, Manifest]:
    """Return the content hash and the manifest of the version imported last ('' and {} if none)."""
    found = connection.execute(
        sa.select(IMPORTS.c.sha256, IMPORTS.c.manifest)
        .where(IMPORTS.c.kind == "curated")
        .order_by(IMPORTS.c.id.desc())
        .limit(1)
    ).first()
    return (str(found[0]), found[1]) if found else ("", {})


def import_curated(connection: sa.Connection, facts: CuratedFacts, sha256: str) -> int:
    """Write what the facts change since their last version; return the import's number.

    To be called within a writing transaction.
    """
    _, base = last_curated(connection)
    approved = set(connection.scalars(sa.select(APPROVALS.c.period)))
    manifest: Manifest = {}
    changes: list[RowChange] = []
    differing: list[ReviewRow] = []
    for table in TABLES:
        theirs = _keyed(rows_of(getattr(facts, table), table), table)
        ours = {row["key"]: row for row in current(connection, table)}
        manifest[table] = {key: row["hash"] for key, row in theirs.items()}
        known = base.get(table, {})
        for key in dict.fromkeys([*theirs, *known]):
            new, old, was = theirs.get(key), ours.get(key), known.get(key)
            if _hash(new) == was or _hash(new) == _hash(old):
                continue  # the facts did not change, or the store has it so already
            locked = {period_of(row, table) for row in (new, old) if row} & approved
            if _hash(old) == was and not locked:
                changes.append(RowChange(table, old, new))
            else:
                differing.append(_difference(table, key, old, new))
        _reorder(connection, table, theirs, ours)
    change = Change("curated", ACTOR, sha256=sha256, manifest=manifest, counts=_counts(changes))
    ledger = Ledger(connection, change)
    ledger.apply(changes)
    add_reviews(ledger, differing)
    return ledger.number


def _keyed(rows: list[Row], table: str) -> dict[str, Row]:
    return {
        key_of(row, table): row | {"origin": "curated", "position": at, "hash": hash_of(row, table)}
        for at, row in enumerate(rows)
    }


def _hash(row: Row | None) -> str | None:
    return None if row is None else str(row["hash"])


def _counts(changes: list[RowChange]) -> dict[str, Any]:
    tables = {one.table for one in changes}
    return {
        table: {
            "added": sum(one.table == table and one.after is not None for one in changes),
            "removed": sum(one.table == table and one.before is not None for one in changes),
        }
        for table in sorted(tables)
    }


def _difference(table: str, key: str, old: Row | None, new: Row | None) -> ReviewRow:
    told = new or old or {}
    return ReviewRow(
        reason="curated_differs",
        table=table,
        key=key,
        doc=str(told.get("doc") or ""),
        period=period_of(told, table),
        raw=str(told.get("raw") or ""),
        place={"line_from": told.get("line_from") or 0, "line_to": told.get("line_to") or 0},
        payload={
            "item": told.get("item"),
            "remove": [{"table": table, "key": key}] if old else [],
            "stored": [content_of(old, table)] if old else [],
            "add": [{"table": table, "content": content_of(new, table)}] if new else [],
        },
    )


def _reorder(
    connection: sa.Connection, table: str, theirs: dict[str, Row], ours: dict[str, Row]
) -> None:
    """Give rows that stay the place they have in the files: an order, not a fact."""
    rows = FACTS[table]
    moved = [
        {"row_id": old["id"], "place": new["position"]}
        for key, new in theirs.items()
        if (old := ours.get(key)) and old["position"] != new["position"]
    ]
    if moved:
        moving = rows.update().where(rows.c.id == sa.bindparam("row_id"))
        connection.execute(moving.values(position=sa.bindparam("place")), moved)
