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
from store.audit.changes import Changeset, RowChange
from store.audit.ledger import Ledger, read_current_rows
from store.audit.rows import (
    extract_content,
    get_locking_period,
    hash_row,
    make_row_key,
    rows_from_frame,
)
from store.db.schema import APPROVALS, FACTS, IMPORTS
from store.imports.plan.review_rows import ReviewRow, add_reviews
from store.users.users import make_operator

if TYPE_CHECKING:
    from pathlib import Path

    from reports.facts_files.curated import CuratedFacts
    from store.audit.rows import Row

ACTOR: Final = make_operator("data/facts")
Manifest: TypeAlias = dict[str, dict[str, str]]


def hash_facts_folder(folder: Path) -> str:
    """Return a hash over all files of a folder of facts."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.csv")):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_last_curated(connection: sa.Connection) -> tuple[str, Manifest]:
    """Return the content hash and the manifest of the version imported last ('' and {} if none)."""
    row = connection.execute(
        sa.select(IMPORTS.c.sha256, IMPORTS.c.manifest)
        .where(IMPORTS.c.kind == "curated")
        .order_by(IMPORTS.c.id.desc())
        .limit(1)
    ).first()
    return (str(row[0]), row[1]) if row else ("", {})


def import_curated(connection: sa.Connection, facts: CuratedFacts, sha256: str) -> int:
    """Write what the facts change since their last version; return the import's number.

    To be called within a writing transaction.
    """
    _, base = read_last_curated(connection)
    approved = set(connection.scalars(sa.select(APPROVALS.c.period)))
    manifest: Manifest = {}
    changes: list[RowChange] = []
    differing: list[ReviewRow] = []
    for table in TABLES:
        theirs = _index_rows(rows_from_frame(getattr(facts, table), table), table)
        ours = {row["key"]: row for row in read_current_rows(connection, table)}
        manifest[table] = {key: row["hash"] for key, row in theirs.items()}
        known = base.get(table, {})
        for key in dict.fromkeys([*theirs, *known]):
            new, old, was = theirs.get(key), ours.get(key), known.get(key)
            if _get_hash(new) == was or _get_hash(new) == _get_hash(old):
                continue  # the facts did not change, or the store has it so already
            locked = {get_locking_period(row, table) for row in (new, old) if row} & approved
            if _get_hash(old) == was and not locked:
                changes.append(RowChange(table, old, new))
            else:
                differing.append(_make_review(table, key, old, new))
        _reorder_rows(connection, table, theirs, ours)
    change = Changeset(
        "curated", ACTOR, sha256=sha256, manifest=manifest, counts=_count_changes(changes)
    )
    ledger = Ledger(connection, change)
    ledger.apply(changes)
    add_reviews(ledger, differing)
    return ledger.number


def _index_rows(rows: list[Row], table: str) -> dict[str, Row]:
    return {
        make_row_key(row, table): row
        | {"origin": "curated", "position": position, "hash": hash_row(row, table)}
        for position, row in enumerate(rows)
    }


def _get_hash(row: Row | None) -> str | None:
    return None if row is None else str(row["hash"])


def _count_changes(changes: list[RowChange]) -> dict[str, Any]:
    tables = {change.table for change in changes}
    return {
        table: {
            "added": sum(change.table == table and change.after is not None for change in changes),
            "removed": sum(
                change.table == table and change.before is not None for change in changes
            ),
        }
        for table in sorted(tables)
    }


def _make_review(table: str, key: str, old: Row | None, new: Row | None) -> ReviewRow:
    content = new or old or {}
    return ReviewRow(
        reason="curated_differs",
        table=table,
        key=key,
        doc=str(content.get("doc") or ""),
        period=get_locking_period(content, table),
        raw=str(content.get("raw") or ""),
        place={"line_from": content.get("line_from") or 0, "line_to": content.get("line_to") or 0},
        payload={
            "item": content.get("item"),
            "remove": [{"table": table, "key": key}] if old else [],
            "stored": [extract_content(old, table)] if old else [],
            "add": [{"table": table, "content": extract_content(new, table)}] if new else [],
        },
    )


def _reorder_rows(
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
