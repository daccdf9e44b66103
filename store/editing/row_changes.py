"""Rows that are changed by hand: looked up, compared, checked and written as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.clock import today
from geo.i18n import format_date, t
from store.audit.changes import Changeset, RowChange
from store.audit.edit_tokens import (
    require_unchanged,
)
from store.audit.ledger import Ledger, read_current_rows
from store.audit.rows import extract_content, make_row_key, normalise_row
from store.db.errors import EditError, LockedPeriodError
from store.db.schema import FACTS
from store.editing.validation import clean_values, require_reason, validate_row
from store.users.permissions import is_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from store.audit.edit_tokens import EditTarget
    from store.audit.rows import Row
    from store.users.users import User

MOST_OF_VALUE: Final = 80
"""Letters of the value before that the note of a corrected figure quotes."""


def change_row(
    connection: sa.Connection,
    table: str,
    key: str,
    changes: Mapping[str, object],
    thing: EditTarget,
    *,
    seen: str,
    actor: User,
    why: str,
) -> int:
    """Change fields of one row and return the change's number, 0 if none differs.

    Called within a writing transaction. Raises ``EditError`` for what cannot be kept,
    ``EditConflictError`` when ``thing`` changed since ``seen``.
    """
    why = require_reason(why)
    given = clean_values(changes, table)
    require_unchanged(connection, thing, seen)
    before = get_row(connection, table, key)
    after = make_changed_row(before, given, table)
    if after is None:
        return 0
    if table == "observations" and make_row_key(after, table) != key:
        refuse_duplicate(connection, after)
    change = RowChange(table, before, after)
    name = str(before.get("item") or key)
    return write_changes(connection, [change], actor, why, name).number


def make_changed_row(before: Row, given: Row, table: str) -> Row | None:
    """Return a row with cleaned values in place of its own, ``None`` if it says the same.

    A figure that is corrected is marked so. Raises ``EditError`` for what cannot be kept.
    """
    after = normalise_row(before | given, table) | {"origin": "person"}
    if is_same_content(before, after, table):
        return None
    if table == "observations" and after["value"] != before["value"]:
        after["note"] = _mark_corrected(before, after)
    validate_row(after, table)
    return after


def write_changes(
    connection: sa.Connection, changes: Sequence[RowChange], actor: User, why: str, name: str
) -> Ledger:
    """Carry changes out as one; approved periods only for who may change those."""
    correcting = is_allowed(actor, "edit.approved")
    ledger = Ledger(connection, Changeset("edit", actor, why, name=name, correcting=correcting))
    try:
        ledger.apply(changes)
    except LockedPeriodError as fault:
        raise LockedPeriodError(t("edit.fault.locked", reason=fault)) from fault
    return ledger


def _mark_corrected(before: Row, after: Row) -> str:
    """Return the note of a figure with the mark that it no longer is what its document says."""
    remark = t(
        "edit.note.corrected",
        day=format_date(today()),
        before=str(before["value"])[:MOST_OF_VALUE],
    )
    return f"{after['note']} {remark}".strip()


def require_known_fields(values: Mapping[str, object], allowed: Sequence[str]) -> None:
    """Raise ``EditError`` for a field that is not among those allowed."""
    other = [name for name in values if name not in allowed]
    if other:
        raise EditError(t("edit.fault.no_column", column=other[0][:40]))


def get_row(connection: sa.Connection, table: str, key: str) -> Row:
    """Return the current row of a key. Raises ``EditError`` when there is none any more."""
    row = find_row(connection, table, key)
    if row is None:
        raise EditError(t("edit.fault.gone", key=key[:80]))
    return row


def find_row(connection: sa.Connection, table: str, key: str) -> Row | None:
    """Return the current row of a key, ``None`` when there is none."""
    rows = read_current_rows(connection, table, FACTS[table].c.key == key)
    return rows[0] if rows else None


def list_item_rows(connection: sa.Connection, table: str, item: str) -> list[Row]:
    """Return the current rows of a table that are about an item."""
    return read_current_rows(connection, table, FACTS[table].c.item == item)


def is_same_content(before: Row | None, after: Row | None, table: str) -> bool:
    """Return True if two rows say the same, or if both are missing."""
    if before is None or after is None:
        return before is after
    return extract_content(before, table) == extract_content(after, table)


def refuse_duplicate(connection: sa.Connection, row: Row) -> None:
    """Raise ``EditError`` when there is a figure with the same key already."""
    if find_row(connection, "observations", make_row_key(row, "observations")):
        raise EditError(t("edit.fault.double"))
