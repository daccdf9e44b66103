"""Changes made by hand: the latest of them, and taking one back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import RowChange
from store.audit.integrity import find_dangling_references
from store.db.database import reading, writing
from store.db.errors import ImportRefusedError, LockedPeriodError
from store.db.schema import AUDIT, FACTS, IMPORTS
from store.editing.validation import require_reason
from store.imports.apply import list_dependent_imports, undo_in_transaction
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from store.users.users import User

BY_HAND: Final = frozenset({"edit", "correction"})
"""Kinds of change that are taken back one by one."""

_LOOKED_THROUGH: Final = 400
"""Changes that are looked through for those of an item."""


@dataclass(frozen=True)
class ManualChange:
    """A change made by hand, or the undoing of one (``undoes`` is then its number, else 0).

    ``undone_by`` is 0 while it stands. ``name`` is what it is of: an item's code or a case.
    """

    number: int
    at: str
    actor: str
    why: str
    name: str
    undoes: int
    undone_by: int
    rows: tuple[RowChange, ...]


def list_changes(
    *, name: str = "", actor: str = "", names: Collection[str] | None = None, most: int = 20
) -> tuple[ManualChange, ...]:
    """Return the latest changes made by hand and their undoings, newest first.

    ``name``: of one item or case only; ``actor``: by one person only; ``names``: only what is of
    items and cases among these, for a reader who may not see others; of a change that is of others
    too, only those rows.
    """
    later = IMPORTS.alias()
    undone = sa.select(later.c.id).where(later.c.undoes == IMPORTS.c.id).scalar_subquery()
    first = IMPORTS.alias()
    of_hand = sa.select(first.c.id).where(first.c.kind.in_(BY_HAND))
    query = sa.select(IMPORTS, sa.func.coalesce(undone, 0).label("undone_by")).where(
        IMPORTS.c.kind.in_(BY_HAND) | IMPORTS.c.undoes.in_(of_hand)
    )
    if actor:
        query = query.where(IMPORTS.c.actor == actor)
    query = query.order_by(IMPORTS.c.id.desc()).limit(_LOOKED_THROUGH)
    with reading() as connection:
        imports = connection.execute(query).mappings().all()
        rows = _read_row_changes(connection, [int(change["id"]) for change in imports])
    made = [_make_change(change, rows.get(int(change["id"]), ())) for change in imports]
    if names is not None:
        made = [
            narrowed_change
            for change in made
            if (narrowed_change := _narrow_change(change, set(names))) is not None
        ]
    return tuple(change for change in made if _concerns_name(change, name))[:most]


@guard_action("edit.undo")
def undo_change(number: int, *, actor: User, why: str) -> int:
    """Take one change made by hand back; return the undoing's number.

    Raises ``ImportRefusedError`` when it is undone already, is no change by hand, or something was
    built on it since (the message names those changes: undo them first), ``LockedPeriodError`` when
    it touches an approved period and the actor may not change those, ``NotAllowedError`` outside
    the actor's communes.
    """
    why = require_reason(why)
    with writing() as connection:
        kind = connection.scalar(sa.select(IMPORTS.c.kind).where(IMPORTS.c.id == number))
        if kind not in BY_HAND:
            raise ImportRefusedError(t("edit.fault.no_change", number=number))
        later = list_dependent_imports(connection, number)
        if later:
            raise _make_undo_error(connection, number, later)
        try:
            undoing = undo_in_transaction(connection, number, actor, why)
        except LockedPeriodError as fault:
            raise LockedPeriodError(t("edit.fault.locked", reason=fault)) from fault
        using = {row.added_by for row in find_dangling_references(connection)}
        if using:
            raise _make_undo_error(connection, number, using)
        return undoing


def _make_undo_error(
    connection: sa.Connection, number: int, later: Iterable[int]
) -> ImportRefusedError:
    """Return the fault that names the later changes with who made them and when."""
    query = sa.select(IMPORTS.c.id, IMPORTS.c.actor, IMPORTS.c.at)
    rows = connection.execute(query.where(IMPORTS.c.id.in_(later)).order_by(IMPORTS.c.id))
    later_changes = "; ".join(
        t(
            "edit.fault.later",
            number=later_number,
            actor=actor,
            day=f"{moment[8:10]}/{moment[5:7]}/{moment[:4]}",
        )
        for later_number, actor, moment in rows
    )
    return ImportRefusedError(t("edit.fault.built_on", number=number, changes=later_changes))


def _read_row_changes(
    connection: sa.Connection, numbers: list[int]
) -> dict[int, tuple[RowChange, ...]]:
    query = sa.select(AUDIT).where(AUDIT.c.import_id.in_(numbers), AUDIT.c.table_name.in_(FACTS))
    rows: dict[int, tuple[RowChange, ...]] = {}
    for row in connection.execute(query.order_by(AUDIT.c.id)).mappings():
        change = RowChange(
            row["table_name"],
            json.loads(row["before"]) if row["before"] else None,
            json.loads(row["after"]) if row["after"] else None,
        )
        number = int(row["import_id"])
        rows[number] = (*rows.get(number, ()), change)
    return rows


def _make_change(import_row: sa.RowMapping, rows: tuple[RowChange, ...]) -> ManualChange:
    shown_name = str(import_row["name"]) or next(
        (str(name) for row in rows for name in _list_names(row) if name), ""
    )
    return ManualChange(
        number=int(import_row["id"]),
        at=str(import_row["at"]),
        actor=str(import_row["actor"]),
        why=str(import_row["why"]),
        name=shown_name,
        undoes=int(import_row["undoes"] or 0),
        undone_by=int(import_row["undone_by"]),
        rows=rows,
    )


def _concerns_name(change: ManualChange, name: str) -> bool:
    return not name or change.name == name or any(name in _list_names(row) for row in change.rows)


def _narrow_change(change: ManualChange, names: set[str]) -> ManualChange | None:
    """Return a change with the rows that are of some items and cases, ``None`` without any."""
    rows = tuple(row for row in change.rows if set(filter(None, _list_names(row))) <= names)
    if not rows:
        return None
    name = change.name if change.name in names else next(filter(None, _list_names(rows[0])), "")
    return replace(change, name=name, rows=rows)


def _list_names(row: RowChange) -> tuple[str, ...]:
    sides = [side for side in (row.before, row.after) if side]
    return tuple(str(side.get(key) or "") for side in sides for key in ("item", "case"))
