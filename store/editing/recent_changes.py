"""Changes made by hand: the latest of them, and taking one back."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.integrity import find_dangling_references
from store.db.database import reading, writing
from store.db.errors import ImportRefusedError, LockedPeriodError
from store.db.schema import AUDIT, FACTS, IMPORTS
from store.editing.validation import require_reason
from store.imports.apply import list_dependent_imports, undo_in_transaction
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from store.users.users import User

BY_HAND: Final = frozenset({"edit", "correction"})
"""Kinds of change that are taken back one by one."""

_LOOKED_THROUGH: Final = 400
"""Changes that are looked through for those of an item."""


@dataclass(frozen=True)
class RowDiff:
    """One row of a change: what it said before and says after, ``None`` where there was none."""

    table: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


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
    rows: tuple[RowDiff, ...]


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
    found = sa.select(IMPORTS, sa.func.coalesce(undone, 0).label("undone_by")).where(
        IMPORTS.c.kind.in_(BY_HAND) | IMPORTS.c.undoes.in_(of_hand)
    )
    if actor:
        found = found.where(IMPORTS.c.actor == actor)
    found = found.order_by(IMPORTS.c.id.desc()).limit(_LOOKED_THROUGH)
    with reading() as connection:
        imports = connection.execute(found).mappings().all()
        rows = _read_row_diffs(connection, [int(one["id"]) for one in imports])
    made = [_make_change(one, rows.get(int(one["id"]), ())) for one in imports]
    if names is not None:
        made = [kept for one in made if (kept := _narrow_change(one, set(names))) is not None]
    return tuple(one for one in made if _concerns_name(one, name))[:most]


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
    found = sa.select(IMPORTS.c.id, IMPORTS.c.actor, IMPORTS.c.at)
    rows = connection.execute(found.where(IMPORTS.c.id.in_(later)).order_by(IMPORTS.c.id))
    told = "; ".join(
        t("edit.fault.later", number=one, actor=actor, day=f"{at[8:10]}/{at[5:7]}/{at[:4]}")
        for one, actor, at in rows
    )
    return ImportRefusedError(t("edit.fault.built_on", number=number, changes=told))


def _read_row_diffs(
    connection: sa.Connection, numbers: list[int]
) -> dict[int, tuple[RowDiff, ...]]:
    found = sa.select(AUDIT).where(AUDIT.c.import_id.in_(numbers), AUDIT.c.table_name.in_(FACTS))
    rows: dict[int, tuple[RowDiff, ...]] = {}
    for row in connection.execute(found.order_by(AUDIT.c.id)).mappings():
        one = RowDiff(
            row["table_name"],
            row["key"],
            json.loads(row["before"]) if row["before"] else None,
            json.loads(row["after"]) if row["after"] else None,
        )
        number = int(row["import_id"])
        rows[number] = (*rows.get(number, ()), one)
    return rows


def _make_change(one: sa.RowMapping, rows: tuple[RowDiff, ...]) -> ManualChange:
    told = str(one["name"]) or next(
        (str(name) for row in rows for name in _list_names(row) if name), ""
    )
    return ManualChange(
        number=int(one["id"]),
        at=str(one["at"]),
        actor=str(one["actor"]),
        why=str(one["why"]),
        name=told,
        undoes=int(one["undoes"] or 0),
        undone_by=int(one["undone_by"]),
        rows=rows,
    )


def _concerns_name(one: ManualChange, name: str) -> bool:
    return not name or one.name == name or any(name in _list_names(row) for row in one.rows)


def _narrow_change(one: ManualChange, names: set[str]) -> ManualChange | None:
    """Return a change with the rows that are of some items and cases, ``None`` without any."""
    rows = tuple(row for row in one.rows if set(filter(None, _list_names(row))) <= names)
    if not rows:
        return None
    name = one.name if one.name in names else next(filter(None, _list_names(rows[0])), "")
    return replace(one, name=name, rows=rows)


def _list_names(row: RowDiff) -> tuple[str, ...]:
    sides = [side for side in (row.before, row.after) if side]
    return tuple(str(side.get(key) or "") for side in sides for key in ("item", "case"))
