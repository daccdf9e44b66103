"""Whether the store is whole: references, hashes, balances, and the audit from end to end."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import DEFAULT_LANGUAGE, t
from reports.model.extraction import LineBalance
from store.audit.ledger import compute_seal
from store.audit.rows import (
    extract_content,
    hash_row,
    make_row_key,
    replace_negative_zeros,
    to_canonical_json,
)
from store.db.migrate import HEAD, read_revision
from store.db.schema import ANCHORS, AUDIT, FACTS, IMPORTS, find_anchor_table
from store.db.schema_accounts import PHOTO_FILES
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 50
"""Faults of one kind told at most."""


@dataclass(frozen=True)
class IntegrityFault:
    """Something in the store that is not as it should be."""

    key: str
    place: str
    added_by: int = 0

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return it in words."""
        return t(f"store.check.{self.key}", language, place=self.place)


def check_store(connection: sa.Connection) -> list[IntegrityFault]:
    """Return every fault found, an empty list for a store that is whole."""
    revision = read_revision(connection)
    if revision != HEAD:
        return [IntegrityFault("revision", revision or "–")]
    faults = [*_check_database(connection), *find_dangling_references(connection)]
    faults += [
        *_check_contents(connection),
        *_check_audit(connection),
        *_check_balances(connection),
    ]
    faults += _check_photo_files(connection)
    return faults


def find_dangling_references(connection: sa.Connection) -> list[IntegrityFault]:
    """Return the current rows that refer to a document, period or item that is none any more."""
    faults: list[IntegrityFault] = []
    for name, schema in ALL_TABLES.items():
        rows = FACTS[name]
        for column in schema.columns:
            target = find_anchor_table(column, schema)
            if not target or target == name:
                continue
            aim = FACTS[target]
            existing_codes = sa.select(aim.c[ANCHORS[target]]).where(aim.c.removed_by.is_(None))
            lost = sa.select(rows.c.key, rows.c[column.name], rows.c.added_by).where(
                rows.c.removed_by.is_(None),
                rows.c[column.name].is_not(None),
                rows.c[column.name].not_in(existing_codes),
            )
            faults += [
                IntegrityFault("dangling", f"{name} · {key} → {target} {code}", int(number))
                for key, code, number in connection.execute(lost.limit(_MOST))
            ]
    return faults


def _check_database(connection: sa.Connection) -> Iterator[IntegrityFault]:
    if connection.dialect.name != "sqlite":
        return  # a PostgreSQL server keeps to its foreign keys and pages itself
    for row in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield IntegrityFault("damaged", str(row[0]))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield IntegrityFault("foreign_key", f"{row[0]} · {row[1]} → {row[2]}")


def _check_contents(connection: sa.Connection) -> Iterator[IntegrityFault]:
    """Yield rows that are not as they were written, and codes that the gazetteer does not have."""
    communes = set(load_gazetteer().commune_by_code)
    for name, rows in FACTS.items():
        for mapping in connection.execute(sa.select(rows)).mappings():
            row = dict(mapping)
            place = f"{name} · {row['key']}"
            if hash_row(row, name) != row["hash"] or make_row_key(row, name) != row["key"]:
                yield IntegrityFault("content", place)
            if row["removed_by"] is None and row.get("commune", "") not in communes | {""}:
                yield IntegrityFault("commune", f"{place} → {row['commune']}")


def _check_audit(connection: sa.Connection) -> Iterator[IntegrityFault]:
    """Yield breaks of the chain, and rows of facts whose coming or going has no audit row."""
    chain = ""
    audited_counts: Counter[tuple[str, int, bool, str]] = Counter()
    for mapping in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id)).mappings():
        row = dict(mapping)
        if compute_seal(chain, row) != row["chain"]:
            yield IntegrityFault("chain", str(row["id"]))
        chain = row["chain"]
        if row["table_name"] in FACTS:
            sides = ((True, row["after"]), (False, row["before"]))
            slot = row["table_name"], int(row["import_id"])
            changes = ((came, replace_negative_zeros(text)) for came, text in sides if text)
            audited_counts.update((*slot, came, text) for came, text in changes)
    seen = Counter(_list_row_moves(connection))
    odd = {
        (name, number) for name, number, _, _ in (audited_counts - seen) + (seen - audited_counts)
    }
    for name, number in sorted(odd):
        yield IntegrityFault("unaudited", f"{name} · #{number}")


def _list_row_moves(connection: sa.Connection) -> Iterator[tuple[str, int, bool, str]]:
    """Yield every coming (``True``) and going of a row: table, import, which, content."""
    for name, rows in FACTS.items():
        for mapping in connection.execute(sa.select(rows)).mappings():
            row = dict(mapping)
            text = replace_negative_zeros(to_canonical_json(extract_content(row, name)))
            yield name, int(row["added_by"]), True, text
            if row["removed_by"] is not None:
                yield name, int(row["removed_by"]), False, text


def _check_photo_files(connection: sa.Connection) -> Iterator[IntegrityFault]:
    """Yield photos of visits whose picture is missing or is not the one that was kept."""
    photos, files = FACTS["photos"], PHOTO_FILES.c
    stored_photos = set(connection.scalars(sa.select(files.photo)))
    for photo in sorted(stored_photos):  # one by one: all of them need not fit into memory
        content = connection.scalar(sa.select(files.content).where(files.photo == photo)) or b""
        if hashlib.sha256(content).hexdigest() != photo:
            yield IntegrityFault("picture", photo)
    named = sa.select(photos.c.photo, photos.c.visit).order_by(photos.c.id)
    for photo, visit in connection.execute(named):
        if photo not in stored_photos:
            yield IntegrityFault("picture", f"{visit} · {photo}")


def _check_balances(connection: sa.Connection) -> Iterator[IntegrityFault]:
    """Yield reports whose reading lost a line, and imports that are not as large as they say."""
    for row in connection.execute(sa.select(IMPORTS)).mappings():
        if row["kind"] == "report" and not LineBalance(**row["balance"]).exact:
            yield IntegrityFault("balance", f"#{row['id']} {row['name']}")
        if row["kind"] != "report":
            continue
        for name in set(row["counts"]) & set(FACTS):
            rows = FACTS[name]
            count = sa.select(sa.func.count()).where(rows.c.added_by == row["id"])
            if connection.scalar(count) != row["counts"][name]:
                yield IntegrityFault("count", f"#{row['id']} · {name}")
