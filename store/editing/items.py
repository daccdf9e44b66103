"""Editing by hand: items, their communes and points.

Every save says which token the form was filled from (``store.audit.edit_tokens``), why it is made,
and by whom. Rows are added and removed, never written over; taking out is soft, and refused for an
item of which something is still said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.audit.changes import RowChange
from store.audit.edit_tokens import (
    make_communes_target,
    make_item_target,
    make_point_target,
    require_unchanged,
)
from store.audit.rows import CHAPTER, NO_SOURCE
from store.db.database import writing
from store.db.errors import EditError
from store.db.schema import KNOWN
from store.db.staff_tables import ALL_TABLES
from store.editing.row_changes import (
    change_row,
    find_row,
    get_row,
    is_same_content,
    list_item_rows,
    require_known_fields,
    write_changes,
)
from store.editing.validation import clean_values, require_reason, validate_row
from store.imports.plan.fact_rows import get_chapter, make_item_code
from store.imports.plan.matching import retire_aliases
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.audit.rows import Row
    from store.users.users import User

ITEM_FIELDS: Final = ("name", "kind", "funding", "phase", "group", "no", "zone", "note")

POINT_FIELDS: Final = ("lon", "lat", "accuracy_m", "how", "note")

USES: Final = ("observations", "clearance", "conflicts", "cases", "visits")
"""Tables in which something may be said of an item; its communes and point go with it."""


@guard_action("edit.item")
def edit_item(item: str, changes: Mapping[str, object], *, seen: str, actor: User, why: str) -> int:
    """Change fields of an item (``ITEM_FIELDS``); return the change's number, 0 if none differs.

    Raises ``EditError`` for what cannot be kept, ``EditConflictError`` when it changed since
    ``seen``, ``NotAllowedError`` outside the actor's communes.
    """
    require_known_fields(changes, ITEM_FIELDS)
    with writing() as connection:
        return change_row(
            connection,
            "items",
            item,
            changes,
            make_item_target(item),
            seen=seen,
            actor=actor,
            why=why,
        )


@guard_action("edit.item")
def add_item(
    values: Mapping[str, object], communes: Sequence[str], *, actor: User, why: str
) -> str:
    """Add an item with its communes as one change; return its code, which was never used before.

    ``values``: of ``ITEM_FIELDS``, ``name`` and ``kind`` at least. Raises as ``edit_item``.
    """
    why = require_reason(why)
    require_known_fields(values, ITEM_FIELDS)
    given = clean_values({"funding": "unknown"} | dict(values), "items")
    row: Row = dict.fromkeys(ALL_TABLES["items"].header, "") | given
    row |= {"origin": "person", "position": None, "item": "NEW"}
    row[CHAPTER] = get_chapter(str(row["kind"]))
    validate_row(row, "items")
    wanted = _validate_communes(communes)
    with writing() as connection:
        known = KNOWN["items"]
        taken = {str(code) for code in connection.scalars(sa.select(known.c.item))}
        number = int(row["no"]) if str(row["no"]).isdecimal() else 0
        row["item"] = make_item_code(str(row["kind"]), str(row["name"]), min(number, 9000), taken)
        places = [RowChange("places", None, make_place_row(row, code)) for code in wanted]
        write_changes(connection, [RowChange("items", None, row), *places], actor, why, row["item"])
        return str(row["item"])


@guard_action("edit.item")
def remove_item(item: str, *, seen: str, actor: User, why: str) -> int:
    """Take an item out with its communes and point; return the change's number.

    Raises ``EditError`` that says what still speaks of it, and as ``edit_item``.
    """
    why = require_reason(why)
    with writing() as connection:
        require_unchanged(connection, make_item_target(item), seen)
        row = get_row(connection, "items", item)
        used = {table: len(list_item_rows(connection, table, item)) for table in USES}
        if any(used.values()):
            uses = ", ".join(
                f"{count} {t(f'edit.table.{table}')}" for table, count in used.items() if count
            )
            raise EditError(t("edit.fault.in_use", name=row["name"], uses=uses))
        own = [
            RowChange(table, own_row)
            for table in ("places", "points", "item_attributes")
            for own_row in list_item_rows(connection, table, item)
        ]
        ledger = write_changes(connection, [RowChange("items", row), *own], actor, why, item)
        retire_aliases(ledger, item)
        return ledger.number


@guard_action("edit.place")
def set_communes(item: str, codes: Sequence[str], *, seen: str, actor: User, why: str) -> int:
    """Say in which communes an item lies; return the change's number, 0 when it is so already.

    Communes that stay keep how they are known; new ones are known from a ``person``. None at all:
    nobody knows where it lies. Raises as ``edit_item``.
    """
    why = require_reason(why)
    wanted = _validate_communes(codes)
    with writing() as connection:
        require_unchanged(connection, make_communes_target(item), seen)
        row = get_row(connection, "items", item)
        now = {
            str(place_row["commune"]): place_row
            for place_row in list_item_rows(connection, "places", item)
        }
        changes = [
            RowChange("places", place_row) for code, place_row in now.items() if code not in wanted
        ]
        changes += [
            RowChange("places", None, make_place_row(row, code))
            for code in wanted
            if code not in now
        ]
        return write_changes(connection, changes, actor, why, item).number if changes else 0


@guard_action("edit.point")
def set_point(
    item: str, values: Mapping[str, object] | None, *, seen: str, actor: User, why: str
) -> int:
    """Say where an item lies exactly (``POINT_FIELDS``, degrees), ``None``: it is not known.

    Returns the change's number, 0 when it is so already. Raises as ``edit_item``.
    """
    why = require_reason(why)
    require_known_fields(values or {}, POINT_FIELDS)
    with writing() as connection:
        require_unchanged(connection, make_point_target(item), seen)
        get_row(connection, "items", item)
        before = find_row(connection, "points", item)
        after: Row | None = None
        if values is not None:
            empty: Row = dict.fromkeys(ALL_TABLES["points"].header, "") | {"accuracy_m": None}
            after = empty | {"lon": None, "lat": None, "item": item}
            after |= clean_values(values, "points") | {"origin": "person"}
            after["position"] = before["position"] if before else None
            validate_row(after, "points")
        if is_same_content(before, after, "points"):
            return 0
        return write_changes(
            connection, [RowChange("points", before, after)], actor, why, item
        ).number


def _validate_communes(codes: Sequence[str]) -> list[str]:
    known = load_gazetteer().commune_by_code
    for code in codes:
        if code not in known:
            fault = t("edit.fault.unknown", value=str(code)[:40])
            raise EditError(t("edit.fault.field", column=t("edit.column.commune"), fault=fault))
    return list(dict.fromkeys(codes))


def make_place_row(item: Row, code: str) -> Row:
    """Return the row of a commune that somebody says an item lies in; the audit says who."""
    return {
        "item": item["item"],
        "commune": code,
        "how": "person",
        "certainty": "certain",
        "raw": "",
        "doc": None,
        "line": None,
        "note": "",
        CHAPTER: item[CHAPTER],
        "origin": "person",
        "position": None,
    } | dict(NO_SOURCE)
