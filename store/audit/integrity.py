"""Whether the store is whole: references, hashes, balances, and the audit from end to end."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import DEFAULT_LANGUAGE, t
from reports.model.extraction import Balance
from store.audit.ledger import sealed
from store.audit.rows import content_of, hash_of, key_of, text_of, without_negative_zeros
from store.db.migrate import HEAD, revision_of
from store.db.schema import ANCHORS, AUDIT, FACTS, IMPORTS, refers_to_anchor
from store.db.schema_accounts import PHOTO_FILES
from store.db.staff_tables import ALL_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 50
"""Faults of one kind told at most."""


@dataclass(frozen=True)
class StoreFault:
    """Something in the store that is not as it should be."""

    key: str
    place: str
    added_by: int = 0

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return it in words."""
        return t(f"store.check.{self.key}", language, place=self.place)


def check(connection: sa.Connection) -> list[StoreFault]:
    """Return every fault found, an empty list for a store that is whole."""
    revision = revision_of(connection)
    if revision != HEAD:
        return [StoreFault("revision", revision or "–")]
    found = [*_database(connection), *dangling(connection)]
    found += [*_contents(connection), *_audit(connection), *_balances(connection)]
    found += _pictures(connection)
    return found


def dangling(connection: sa.Connection) -> list[StoreFault]:
    """Return the current rows that refer to a document, period or item that is none any more."""
    found: list[StoreFault] = []
    for name, schema in ALL_TABLES.items():
        rows = FACTS[name]
        for column in schema.columns:
            target = refers_to_anchor(column, schema)
            if not target or target == name:
                continue
            aim = FACTS[target]
            there = sa.select(aim.c[ANCHORS[target]]).where(aim.c.removed_by.is_(None))
            lost = sa.select(rows.c.key, rows.c[column.name], rows.c.added_by).where(
                rows.c.removed_by.is_(None),
                rows.c[column.name].is_not(None),
                rows.c[column.name].not_in(there),
            )
            found += [
                StoreFault("dangling", f"{name} · {key} → {target} {code}", int(number))
                for key, code, number in connection.execute(lost.limit(_MOST))
            ]
    return found


def _database(connection: sa.Connection) -> Iterator[StoreFault]:
    if connection.dialect.name != "sqlite":
        return  # a PostgreSQL server keeps to its foreign keys and pages itself
    for row in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield StoreFault("damaged", str(row[0]))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield StoreFault("foreign_key", f"{row[0]} · {row[1]} → {row[2]}")


def _contents(connection: sa.Connection) -> Iterator[StoreFault]:
    """Yield rows that are not as they were written, and codes that the gazetteer does not have."""
    communes = set(load_gazetteer().commune_by_code)
    for name, rows in FACTS.items():
        for found in connection.execute(sa.select(rows)).mappings():
            row = dict(found)
            place = f"{name} · {row['key']}"
            if hash_of(row, name) != row["hash"] or key_of(row, name) != row["key"]:
                yield StoreFault("content", place)
            if row["removed_by"] is None and row.get("commune", "") not in communes | {""}:
                yield StoreFault("commune", f"{place} → {row['commune']}")


def _audit(connection: sa.Connection) -> Iterator[StoreFault]:
    """Yield breaks of the chain, and rows of facts whose coming or going has no audit row."""
    chain = ""
    said: Counter[tuple[str, int, bool, str]] = Counter()
    for found in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.id)).mappings():
        row = dict(found)
        if sealed(chain, row) != row["chain"]:
            yield StoreFault("chain", str(row["id"]))
        chain = row["chain"]
        if row["table_name"] in FACTS:
            sides = ((True, row["after"]), (False, row["before"]))
            slot = row["table_name"], int(row["import_id"])
            told = ((came, without_negative_zeros(text)) for came, text in sides if text)
            said.update((*slot, came, text) for came, text in told)
    seen = Counter(_moves(connection))
    odd = {(name, number) for name, number, _, _ in (said - seen) + (seen - said)}
    for name, number in sorted(odd):
        yield StoreFault("unaudited", f"{name} · #{number}")


def _moves(connection: sa.Connection) -> Iterator[tuple[str, int, bool, str]]:
    """Yield every coming (``True``) and going of a row: table, import, which, content."""
    for name, rows in FACTS.items():
        for found in connection.execute(sa.select(rows)).mappings():
            row = dict(found)
            text = without_negative_zeros(text_of(content_of(row, name)))
            yield name, int(row["added_by"]), True, text
            if row["removed_by"] is not None:
                yield name, int(row["removed_by"]), False, text


def _pictures(connection: sa.Connection) -> Iterator[StoreFault]:
    """Yield photos of visits whose picture is missing or is not the one that was kept."""
    photos, files = FACTS["photos"], PHOTO_FILES.c
    there = set(connection.scalars(sa.select(files.photo)))
    for photo in sorted(there):  # one by one: all of them need not fit into memory
        content = connection.scalar(sa.select(files.content).where(files.photo == photo)) or b""
        if hashlib.sha256(content).hexdigest() != photo:
            yield StoreFault("picture", photo)
    named = sa.select(photos.c.photo, photos.c.visit).order_by(photos.c.id)
    for photo, visit in connection.execute(named):
        if photo not in there:
            yield StoreFault("picture", f"{visit} · {photo}")


def _balances(connection: sa.Connection) -> Iterator[StoreFault]:
    """Yield reports whose reading lost a line, and imports that are not as large as they say."""
    for row in connection.execute(sa.select(IMPORTS)).mappings():
        if row["kind"] == "report" and not Balance(**row["balance"]).exact:
            yield StoreFault("balance", f"#{row['id']} {row['name']}")
        if row["kind"] != "report":
            continue
        for name in set(row["counts"]) & set(FACTS):
            rows = FACTS[name]
            count = sa.select(sa.func.count()).where(rows.c.added_by == row["id"])
            if connection.scalar(count) != row["counts"][name]:
                yield StoreFault("count", f"#{row['id']} · {name}")
