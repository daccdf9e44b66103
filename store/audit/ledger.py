"""The one way in which facts change: each change is an import, each row that changes has an audit.

Within a writing transaction (``store.db.database.writing``) a ``Ledger`` is opened for one change.
Rows are added and removed, never written over; the audit rows stand in the same transaction and
each is sealed with a hash over the one before, so that a row taken out of the audit is noticed.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.locked_periods import name_period
from store.audit.row_scope import refuse_outside_scope
from store.audit.rows import (
    extract_content,
    get_locking_period,
    hash_row,
    make_canonical_row,
    make_row_key,
    repair_row,
    to_canonical_json,
)
from store.db.errors import LockedPeriodError
from store.db.schema import ANCHORS, APPROVALS, AUDIT, FACTS, IMPORTS, KNOWN
from store.users.current_account import require_current_account
from store.users.permissions import require_permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.audit.rows import Content, Row

_AUDITED: Final = ("at", "actor", "table_name", "key", "before", "after", "why", "import_id")


class Ledger:
    """One change under way: ``number`` is the import's."""

    def __init__(self, connection: sa.Connection, change: Changeset) -> None:
        self.connection = connection
        self.change = change
        self.at = datetime.now(UTC).isoformat(timespec="milliseconds")
        require_current_account(connection, change.actor)
        values = asdict(change) | {"actor": change.actor.name}
        del values["correcting"]
        added = connection.execute(
            IMPORTS.insert().values(**values, at=self.at, token=secrets.token_hex(8))
        )
        self.number = int((added.inserted_primary_key or (0,))[0])
        self._approved = set(connection.scalars(sa.select(APPROVALS.c.period)))
        self._by_hand = self._find_kind() == "edit"
        last = sa.select(AUDIT.c.chain).order_by(AUDIT.c.id.desc()).limit(1)
        self._chain = str(connection.scalar(last) or "")

    def _find_kind(self) -> str:
        """Return the kind of the change, of an undoing that of what it undoes."""
        if self.change.undoes is None:
            return self.change.kind
        undone = sa.select(IMPORTS.c.kind).where(IMPORTS.c.id == self.change.undoes)
        return str(self.connection.scalar(undone) or "")

    def apply(self, changes: Sequence[RowChange]) -> None:
        """Carry the changes out and write their audit rows; rows come in in their one form.

        Raises ``EditError`` for a number outside its range (an undoing leaves it unknown instead),
        ``LockedPeriodError`` when one touches an approved period and is no correction,
        ``NotAllowedError`` when one lies where its author may not change anything, or corrects an
        approved period and its author may not.
        """
        changes = [
            change
            for change in map(self._make_sound_change, changes)
            if change.before or change.after
        ]
        refuse_outside_scope(self.connection, self.change.actor, changes)
        audits = [self._make_change_audit(change) for change in changes]
        for table in FACTS:
            table_changes = [change for change in changes if change.table == table]
            self._remove_rows(
                table, [int(change.before["id"]) for change in table_changes if change.before]
            )
        self._add_anchors(changes)
        for table in FACTS:
            self._add_rows(
                table,
                [change.after for change in changes if change.table == table and change.after],
            )
        self._seal_audits(audits)

    def _make_sound_change(self, change: RowChange) -> RowChange:
        """Return a change whose coming row is as it may be kept."""
        if change.after is None:
            return change
        back = self.change.kind == "undo"
        sound = (repair_row if back else make_canonical_row)(change.after, change.table)
        return RowChange(change.table, change.before, sound)

    def note(self, table: str, key: str, *, before: str = "", after: str = "") -> None:
        """Write the audit row of something that is no fact: a decision, an approval, an alias."""
        self._seal_audits([self._make_audit_row(table, key, before, after)])

    def _remove_rows(self, table: str, ids: list[int]) -> None:
        rows = FACTS[table]
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            leaving = rows.update().where(rows.c.id.in_(part), rows.c.removed_by.is_(None))
            self.connection.execute(leaving.values(removed_by=self.number))

    def _add_anchors(self, changes: Iterable[RowChange]) -> None:
        for table, column in ANCHORS.items():
            named = {
                change.after[column] for change in changes if change.table == table and change.after
            }
            known = set(self.connection.scalars(sa.select(KNOWN[table].c[column])))
            new = [{column: code, "added_by": self.number} for code in sorted(named - known)]
            if new:
                self.connection.execute(KNOWN[table].insert(), new)

    def _add_rows(self, table: str, rows: Sequence[Content]) -> None:
        if not rows:
            return
        facts_table = FACTS[table]
        last = self.connection.scalar(sa.select(sa.func.max(facts_table.c.position)))
        end = 0 if last is None else int(last) + 1
        values = []
        for offset, row in enumerate(rows):
            value: Row = extract_content(row, table)
            place = row.get("position")
            value |= {
                "key": make_row_key(row, table),
                "hash": hash_row(row, table),
                "origin": row["origin"],
                "position": end + offset if place is None else place,
                "added_by": self.number,
            }
            values.append(value)
        self.connection.execute(facts_table.insert(), values)

    def _make_change_audit(self, change: RowChange) -> Row:
        content = change.before or change.after or {}
        sides = (change.before, change.after)
        texts = [
            "" if row is None else to_canonical_json(extract_content(row, change.table))
            for row in sides
        ]
        periods = {
            get_locking_period(row, change.table, by_hand=self._by_hand)
            for row in sides
            if row is not None
        }
        locked = sorted(periods & self._approved)
        if locked and not (self.change.correcting and self.change.why.strip()):
            raise LockedPeriodError(
                t("store.fault.locked", period=name_period(self.connection, locked[0]))
            )
        if locked:
            require_permission(self.change.actor, "edit.approved")
        return self._make_audit_row(change.table, make_row_key(content, change.table), *texts) | {
            "period": max(periods),
            "after_approval": bool(locked),
        }

    def _make_audit_row(self, table: str, key: str, before: str, after: str) -> Row:
        return {
            "at": self.at,
            "actor": self.change.actor.name,
            "table_name": table,
            "key": key,
            "before": before,
            "after": after,
            "why": self.change.why,
            "import_id": self.number,
            "period": "",
            "after_approval": False,
        }

    def _seal_audits(self, audits: Sequence[Row]) -> None:
        for row in audits:
            self._chain = row["chain"] = compute_seal(self._chain, row)
        if audits:
            self.connection.execute(AUDIT.insert(), audits)


def compute_seal(previous: str, row: Content) -> str:
    """Return the seal of an audit row, which depends on all rows before it."""
    sealed_values = {name: row[name] for name in (*_AUDITED, "period", "after_approval")}
    return hashlib.sha256(f"{previous}\n{to_canonical_json(sealed_values)}".encode()).hexdigest()


def read_last_token(connection: sa.Connection, *, reported: bool = False) -> str:
    """Return the word that every change of facts gives the store anew, '' without any.

    ``reported``: visits count as no change, for what they bring touches no report's facts; they
    come all day, and a report that is being read must not wait for a day without any.
    """
    silent = ("note", "visit") if reported else ("note",)
    last = sa.select(IMPORTS.c.token).where(IMPORTS.c.kind.not_in(silent))
    return str(connection.scalar(last.order_by(IMPORTS.c.id.desc()).limit(1)) or "")


def read_current_rows(
    connection: sa.Connection, table: str, *where: sa.ColumnElement[bool]
) -> list[Row]:
    """Return the current rows of a facts table with all columns, in order."""
    rows = FACTS[table]
    query = sa.select(rows).where(rows.c.removed_by.is_(None), *where).order_by(rows.c.position)
    return [dict(row) for row in connection.execute(query).mappings()]
