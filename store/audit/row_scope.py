"""Whether every row that a change touches lies where its author may change facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import get_reader_language, t
from store.db.errors import NotAllowedError
from store.db.schema import FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.audit.changes import RowChange
    from store.audit.rows import Content
    from store.users.users import User


_OWNED: Final = {"case_steps": ("case", "cases"), "photos": ("visit", "visits")}
"""Tables whose rows lie where the row they belong to does: the column that names it, its table."""


def refuse_outside_scope(
    connection: sa.Connection, user: User, changes: Sequence[RowChange]
) -> None:
    """Raise ``NotAllowedError`` for a row outside the user's scope; asked before rows change.

    A place lies in its commune; what is about an item lies in all communes that the item has, or
    that the change gives to a new one; a statement of no item in the communes that it names, all of
    which must be in the scope; what is of no place (a document, a count of the city) lies
    outside every scope. So nobody gets hold of an item by giving it a place in their own area.
    """
    if user.scope is None:
        return
    added: dict[str, set[str]] = {}
    for change in changes:
        if change.table == "places" and change.after:
            added.setdefault(str(change.after["item"]), set()).add(str(change.after["commune"]))
    seen = _ScopeCheck(connection, added, changes)
    for change in changes:
        for row in (change.before, change.after):
            if row is not None and not seen.is_in_scope(user.scope, change.table, row):
                raise NotAllowedError(
                    t(
                        "permissions.fault.outside",
                        get_reader_language(),
                        key=_describe_row(change.table, row),
                    )
                )


def list_item_communes(connection: sa.Connection, item: str) -> set[str]:
    """Return the codes of the communes that an item is placed in now."""
    places = FACTS["places"]
    now = sa.select(places.c.commune).where(places.c.removed_by.is_(None), places.c.item == item)
    return {str(code) for code in connection.scalars(now)}


@dataclass(frozen=True)
class _ScopeCheck:
    """What a change is seen against: the rows as they are, and where it puts new items."""

    connection: sa.Connection
    added: dict[str, set[str]]
    changes: Sequence[RowChange]

    def is_in_scope(self, scope: frozenset[str], table: str, row: Content) -> bool:
        commune = str(row.get("commune") or "")
        if table == "statements" and not row["item"]:
            named = set(str(row["communes"]).split())
            return bool(named) and named <= scope
        if table == "places":
            return commune in scope and not scope.isdisjoint(
                self._find_item_communes(str(row["item"]))
            )
        if table in _OWNED:
            name, owners = _OWNED[table]
            owner = self._find_owner(owners, name, str(row[name]))
            return owner is not None and self.is_in_scope(scope, owners, owner)
        if commune:
            return commune in scope
        item = str(row.get("item") or "")
        return bool(item) and not scope.isdisjoint(self._find_item_communes(item))

    def _find_item_communes(self, item: str) -> set[str]:
        """Return where an item lies; one that is not there yet, where the change puts it."""
        now = list_item_communes(self.connection, item)
        items = FACTS["items"]
        query = sa.select(items.c.id).where(items.c.removed_by.is_(None), items.c.item == item)
        new = not now and self.connection.scalar(query) is None
        return self.added.get(item, set()) if new else now

    def _find_owner(self, table: str, column: str, key: str) -> Content | None:
        rows = FACTS[table]
        now = sa.select(rows).where(rows.c.removed_by.is_(None), rows.c[column] == key)
        owner = self.connection.execute(now).mappings().first()
        if owner:
            return dict(owner)
        coming = (change.after for change in self.changes if change.table == table and change.after)
        return next((row for row in coming if str(row[column]) == key), None)


def _describe_row(table: str, row: Content) -> str:
    return str(row.get("item") or row.get("commune") or row.get("case") or table)[:80]
