"""What a thing is at, as somebody saw it, and who has changed it since.

A *thing* is what is edited as one: an item's row, the communes of an item together, a figure, a
point, a case of the register with its steps. Its *token* is a hash over its rows: whoever saves
says which token the form was filled from, and a save from an older one is refused with what the
others changed meanwhile. A change that was taken back leaves the token as it was.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.i18n import t
from store.audit.rows import extract_content, make_row_key, to_canonical_json
from store.db.errors import EditConflictError
from store.db.schema import AUDIT, FACTS, IMPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.audit.rows import Row

_FIGURE: Final = "observations"


@dataclass(frozen=True)
class EditTarget:
    """The rows that are edited as one: of each table those whose column holds one of the values."""

    parts: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ConcurrentChange:
    """A change that somebody made to a thing: what it was before and after, by column.

    ``before`` and ``after`` hold only what differs; a column that was not there is ''.
    """

    number: int
    at: str
    actor: str
    why: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def make_item_target(item: str) -> EditTarget:
    """Return an item's own row."""
    return EditTarget((("items", "item", (item,)),))


def make_communes_target(item: str) -> EditTarget:
    """Return the communes of an item together."""
    return EditTarget((("places", "item", (item,)),))


def make_point_target(item: str) -> EditTarget:
    """Return the point of an item."""
    return EditTarget((("points", "item", (item,)),))


def make_case_target(case: str) -> EditTarget:
    """Return a case of the clearance register with its steps."""
    return EditTarget((("cases", "case", (case,)), ("case_steps", "case", (case,))))


def make_whole_item_target(item: str) -> EditTarget:
    """Return an item with all that its editing shows: row, communes, point and figures."""
    tables = ("items", "places", "points", _FIGURE)
    return EditTarget(tuple((table, "item", (item,)) for table in tables))


def make_figure_target(obs: str) -> EditTarget:
    """Return one figure (observation)."""
    return make_row_target(_FIGURE, obs)


def make_row_target(table: str, key: str) -> EditTarget:
    """Return one row of a table by its key."""
    return EditTarget(((table, "key", (key,)),))


def make_task_target(statements: Sequence[str]) -> EditTarget:
    """Return a task: the statements, by their keys, that say who leads it and until when."""
    return EditTarget((("statements", "key", tuple(statements)),))


def read_edit_token(connection: sa.Connection, thing: EditTarget) -> str:
    """Return what the thing is at now, '' when there is nothing of it."""
    return _hash_rows(
        [row for row in _read_versions(connection, thing) if row["removed_by"] is None]
    )


def read_rows_at(connection: sa.Connection, thing: EditTarget, seen: str = "") -> list[Row] | None:
    """Return the rows of a thing as they were when its token was ``seen``, each with its table.

    Without a token, as they are now; ``None`` when the thing never was what the token says. Of
    several such moments the last one is meant.
    """
    rows = _read_versions(connection, thing)
    now = [row for row in rows if row["removed_by"] is None]
    if not seen or _hash_rows(now) == seen:
        return now
    numbers = {int(n) for row in rows for n in (row["added_by"], row["removed_by"]) if n}
    for number in sorted(numbers, reverse=True):
        then = _select_rows_as_of(rows, number)
        if _hash_rows(then) == seen:
            return then
    return None


def compute_rows_token(rows: Sequence[Row]) -> str:
    """Return the token of a thing from its rows, each with its table (``read_rows_at``)."""
    return _hash_rows(rows)


def compute_row_token(table: str, row: Row) -> str:
    """Return the token of a thing of one row, from the row as it was read."""
    return _hash_rows([row | {"table": table}])


def require_unchanged(connection: sa.Connection, thing: EditTarget, seen: str) -> None:
    """Raise ``EditConflictError`` when the thing is no longer what was seen."""
    now = read_edit_token(connection, thing)
    if now == seen:
        return
    thing = _follow_figure_ids(connection, thing)
    others = _list_changes_since(connection, thing, seen)
    rows = [row for row in _read_versions(connection, thing) if row["removed_by"] is None]
    who = others[-1].actor if others else "?"
    raise EditConflictError(
        t("edit.fault.conflict" if rows else "edit.fault.conflict_gone", who=who),
        key=str(rows[0]["key"]) if rows else "",
        token=_hash_rows(rows),
        others=others,
    )


def _hash_rows(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    lines = sorted(f"{row['table']} {row['key']} {row['hash']}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _read_versions(connection: sa.Connection, thing: EditTarget) -> list[Row]:
    """Return all rows that the thing ever had, each with its ``table``."""
    versions: list[Row] = []
    for name, column, values in thing.parts:
        table = FACTS[name]
        rows = connection.execute(sa.select(table).where(table.c[column].in_(values)))
        versions += [dict(row) | {"table": name} for row in rows.mappings()]
    return versions


def _list_changes_since(
    connection: sa.Connection, thing: EditTarget, seen: str
) -> tuple[ConcurrentChange, ...]:
    """Return the changes made after the last moment at which the thing was what was seen."""
    rows = _read_versions(connection, thing)
    numbers = sorted({n for row in rows for n in (row["added_by"], row["removed_by"]) if n})
    states = {0: [], **{number: _select_rows_as_of(rows, number) for number in numbers}}
    known = [number for number in states if _hash_rows(states[number]) == seen]
    start = max(known) if known else max([0, *numbers[:-1]])
    imports = sa.select(IMPORTS).where(IMPORTS.c.id.in_([n for n in numbers if n > start]))
    changes: list[ConcurrentChange] = []
    before = _flatten_rows(states[start])
    for import_row in connection.execute(imports.order_by(IMPORTS.c.id)).mappings():
        after = _flatten_rows(states[int(import_row["id"])])
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        changes.append(
            ConcurrentChange(
                int(import_row["id"]),
                str(import_row["at"]),
                str(import_row["actor"]),
                str(import_row["why"]),
                {name: before.get(name, "") for name in names},
                {name: after.get(name, "") for name in names},
            )
        )
        before = after
    return tuple(changes)


def _select_rows_as_of(rows: Sequence[Row], number: int) -> list[Row]:
    return [
        row
        for row in rows
        if row["added_by"] <= number and (row["removed_by"] is None or row["removed_by"] > number)
    ]


def _flatten_rows(rows: Sequence[Row]) -> dict[str, Any]:
    """Return what the rows say by column; communes as one sorted list, steps by their name."""
    values: dict[str, Any] = {}
    communes = sorted(str(row["commune"]) for row in rows if row["table"] == "places")
    if communes:
        values["communes"] = " ".join(communes)
    for row in rows:
        if row["table"] == "case_steps":
            values[f"step.{row['step']}"] = " ".join(
                filter(None, (row["state"], row["day"], row["reason"]))
            )
        elif row["table"] != "places":
            values |= extract_content(row, row["table"])
    return values


def _follow_figure_ids(connection: sa.Connection, thing: EditTarget) -> EditTarget:
    """Return a figure with all the ids it took: its id is made of what it says."""
    if thing.parts[0][0] != _FIGURE:
        return thing
    keys = list(thing.parts[0][2])
    for key in keys:  # grows while it is gone through
        for after in _list_later_ids(connection, key):
            if after not in keys:
                keys.append(after)
    return EditTarget(((_FIGURE, "key", tuple(keys)),))


def _list_later_ids(connection: sa.Connection, key: str) -> list[str]:
    """Return the ids that a figure took when it was changed, or got back when that was undone."""
    table = FACTS[_FIGURE]
    left = sa.select(table).where(table.c.key == key, table.c.removed_by.is_not(None))
    later_ids: list[str] = []
    for row in connection.execute(left.order_by(table.c.id)).mappings():
        text = to_canonical_json(extract_content(dict(row), _FIGURE))
        made = sa.select(AUDIT.c.after).where(
            AUDIT.c.import_id == row["removed_by"], AUDIT.c.table_name == _FIGURE
        )
        undone = sa.select(IMPORTS.c.undoes).where(IMPORTS.c.id == row["removed_by"])
        gave = sa.select(AUDIT.c.before).where(
            AUDIT.c.import_id == undone.scalar_subquery(), AUDIT.c.after == text
        )
        others = [*connection.scalars(made.where(AUDIT.c.before == text))]
        others += connection.scalars(gave)
        later_ids += [make_row_key(json.loads(other), _FIGURE) for other in others if other]
    return later_ids
