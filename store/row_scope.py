"""Whether every row that a change touches lies where its author may change facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.errors import NotAllowedError
from geo.i18n import t
from store.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.ledger import RowChange
    from store.people import User
    from store.rows import Content


def refuse_outside(connection: sa.Connection, user: User, changes: Sequence[RowChange]) -> None:
    """Raise ``NotAllowedError`` for a row outside the user's scope; asked before rows change.

    A place lies in its commune; what is about an item lies in all communes that the item has,
    before or after the change; what is of no place (a document, a count of the city) lies outside
    every scope.
    """
    if user.scope is None:
        return
    added: dict[str, set[str]] = {}
    for one in changes:
        if one.table == "places" and one.after:
            added.setdefault(str(one.after["item"]), set()).add(str(one.after["commune"]))
    for one in changes:
        for row in (one.before, one.after):
            if row is not None and user.scope.isdisjoint(
                _communes(connection, one.table, row, added, changes)
            ):
                raise NotAllowedError(t("permissions.fault.outside", key=_told(one.table, row)))


def communes_of_item(connection: sa.Connection, item: str) -> set[str]:
    """Return the codes of the communes that an item is placed in now."""
    places = FACTS["places"]
    now = sa.select(places.c.commune).where(places.c.removed_by.is_(None), places.c.item == item)
    return {str(code) for code in connection.scalars(now)}


def _communes(
    connection: sa.Connection,
    table: str,
    row: Content,
    added: dict[str, set[str]],
    changes: Sequence[RowChange],
) -> set[str]:
    if row.get("commune"):
        return {str(row["commune"])}
    if table in {"case_steps", "photos"}:
        name, owners = ("case", "cases") if table == "case_steps" else ("visit", "visits")
        owner = _owner(connection, owners, name, str(row[name]), changes)
        return _communes(connection, owners, owner, added, changes) if owner else set()
    item = str(row.get("item") or "")
    return communes_of_item(connection, item) | added.get(item, set()) if item else set()


def _owner(
    connection: sa.Connection, table: str, column: str, key: str, changes: Sequence[RowChange]
) -> Content | None:
    for one in changes:
        if one.table == table and one.after and str(one.after[column]) == key:
            return one.after
    rows = FACTS[table]
    now = sa.select(rows).where(rows.c.removed_by.is_(None), rows.c[column] == key)
    found = connection.execute(now).mappings().first()
    return dict(found) if found else None


def _told(table: str, row: Content) -> str:
    return str(row.get("item") or row.get("commune") or row.get("case") or table)[:80]
