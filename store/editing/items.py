"""Editing by hand: items, their communes, points and figures, and taking a change back.

Every save says which token the form was filled from (``store.audit.edit_tokens``), why it is made,
and by
whom. Rows are added and removed, never written over; taking out is soft, and refused for an item
of which something is still said. What a document says of a row (its lines, its words) stays as it
is when the value is corrected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from store.audit.canonical import normalise_row
from store.audit.changes import Changeset, RowChange
from store.audit.edit_tokens import (
    make_communes_target,
    make_figure_target,
    make_item_target,
    make_point_target,
    require_unchanged,
)
from store.audit.ledger import Ledger, read_current_rows
from store.audit.rows import CHAPTER, NO_SOURCE, extract_content, make_row_key
from store.bootstrap import ensure_store
from store.db.database import writing
from store.db.errors import EditError, LockedPeriodError
from store.db.schema import FACTS, KNOWN
from store.db.staff_tables import ALL_TABLES
from store.editing.validation import clean_values, require_reason, validate_row
from store.imports.plan.aliases import retire_aliases
from store.imports.plan.fact_rows import get_chapter, make_item_code
from store.users.permissions import guard_action, is_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.audit.edit_tokens import EditTarget
    from store.audit.rows import Row
    from store.users.users import User

ITEM_FIELDS: Final = ("name", "kind", "funding", "phase", "group", "no", "zone", "note")
FIGURE_FIELDS: Final = (
    "field", "component", "value", "total", "unit", "basis", "qualifier", "note",
)  # fmt: skip
"""What may be corrected of a figure; its document, lines and words are the document's."""

NEW_FIGURE_FIELDS: Final = (
    "item", "period", "doc", "line_from", "line_to", "cell", *FIGURE_FIELDS, "raw",
)  # fmt: skip
POINT_FIELDS: Final = ("lon", "lat", "accuracy_m", "how", "note")
MOST_OF_VALUE: Final = 80
"""Letters of the value before that the note of a corrected figure quotes."""

USES: Final = ("observations", "clearance", "conflicts", "cases", "visits")
"""Tables in which something may be said of an item; its communes and point go with it."""


@guard_action("edit.item")
def edit_item(item: str, changes: Mapping[str, object], *, seen: str, actor: User, why: str) -> int:
    """Change fields of an item (``ITEM_FIELDS``); return the change's number, 0 if none differs.

    Raises ``EditError`` for what cannot be kept, ``EditConflictError`` when it changed since
    ``seen``, ``NotAllowedError`` outside the actor's communes.
    """
    _require_known_fields(changes, ITEM_FIELDS)
    return _change_row(
        "items", item, changes, make_item_target(item), seen=seen, actor=actor, why=why
    )


@guard_action("edit.item")
def add_item(
    values: Mapping[str, object], communes: Sequence[str], *, actor: User, why: str
) -> str:
    """Add an item with its communes as one change; return its code, which was never used before.

    ``values``: of ``ITEM_FIELDS``, ``name`` and ``kind`` at least. Raises as ``edit_item``.
    """
    why = require_reason(why)
    _require_known_fields(values, ITEM_FIELDS)
    given = clean_values({"funding": "unknown"} | dict(values), "items")
    row: Row = dict.fromkeys(ALL_TABLES["items"].header, "") | given
    row |= {"origin": "person", "position": None, "item": "NEW"}
    row[CHAPTER] = get_chapter(str(row["kind"]))
    validate_row(row, "items")
    wanted = _validate_communes(communes)
    with writing(ensure_store()) as connection:
        known = KNOWN["items"]
        taken = {str(code) for code in connection.scalars(sa.select(known.c.item))}
        number = int(row["no"]) if str(row["no"]).isdecimal() else 0
        row["item"] = make_item_code(str(row["kind"]), str(row["name"]), min(number, 9000), taken)
        places = [RowChange("places", None, _make_place_row(row, code, actor)) for code in wanted]
        _write_changes(
            connection, [RowChange("items", None, row), *places], actor, why, row["item"]
        )
        return str(row["item"])


@guard_action("edit.item")
def remove_item(item: str, *, seen: str, actor: User, why: str) -> int:
    """Take an item out with its communes and point; return the change's number.

    Raises ``EditError`` that says what still speaks of it, and as ``edit_item``.
    """
    why = require_reason(why)
    with writing(ensure_store()) as connection:
        require_unchanged(connection, make_item_target(item), seen)
        row = _get_row(connection, "items", item)
        used = {table: len(_list_item_rows(connection, table, item)) for table in USES}
        if any(used.values()):
            told = ", ".join(
                f"{count} {t(f'edit.table.{table}')}" for table, count in used.items() if count
            )
            raise EditError(t("edit.fault.in_use", name=row["name"], uses=told))
        own = [
            RowChange(table, one)
            for table in ("places", "points")
            for one in _list_item_rows(connection, table, item)
        ]
        ledger = _write_changes(connection, [RowChange("items", row), *own], actor, why, item)
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
    with writing(ensure_store()) as connection:
        require_unchanged(connection, make_communes_target(item), seen)
        row = _get_row(connection, "items", item)
        now = {str(one["commune"]): one for one in _list_item_rows(connection, "places", item)}
        changes = [RowChange("places", one) for code, one in now.items() if code not in wanted]
        changes += [
            RowChange("places", None, _make_place_row(row, code, actor))
            for code in wanted
            if code not in now
        ]
        return _write_changes(connection, changes, actor, why, item).number if changes else 0


@guard_action("edit.point")
def set_point(
    item: str, values: Mapping[str, object] | None, *, seen: str, actor: User, why: str
) -> int:
    """Say where an item lies exactly (``POINT_FIELDS``, degrees), ``None``: it is not known.

    Returns the change's number, 0 when it is so already. Raises as ``edit_item``.
    """
    why = require_reason(why)
    _require_known_fields(values or {}, POINT_FIELDS)
    with writing(ensure_store()) as connection:
        require_unchanged(connection, make_point_target(item), seen)
        _get_row(connection, "items", item)
        before = _find_row(connection, "points", item)
        after: Row | None = None
        if values is not None:
            empty: Row = dict.fromkeys(ALL_TABLES["points"].header, "") | {"accuracy_m": None}
            after = empty | {"lon": None, "lat": None, "item": item}
            after |= clean_values(values, "points") | {"origin": "person"}
            after["position"] = before["position"] if before else None
            validate_row(after, "points")
        if _is_same_content(before, after, "points"):
            return 0
        return _write_changes(
            connection, [RowChange("points", before, after)], actor, why, item
        ).number


@guard_action("edit.observation")
def edit_figure(
    obs: str, changes: Mapping[str, object], *, seen: str, actor: User, why: str
) -> int:
    """Correct a figure (``FIGURE_FIELDS``) by its observation's id; the document's words stay.

    Returns the change's number, 0 if none differs. Raises as ``edit_item``, and
    ``LockedPeriodError`` when its period is approved and the actor may not change those.
    """
    _require_known_fields(changes, FIGURE_FIELDS)
    return _change_row(
        "observations", obs, changes, make_figure_target(obs), seen=seen, actor=actor, why=why
    )


@guard_action("edit.observation")
def add_figure(values: Mapping[str, object], *, actor: User, why: str) -> str:
    """Add a figure that a document states (``NEW_FIGURE_FIELDS``); return its observation's id.

    Raises as ``edit_figure``.
    """
    why = require_reason(why)
    _require_known_fields(values, NEW_FIGURE_FIELDS)
    row: Row = dict.fromkeys(ALL_TABLES["observations"].header, "") | dict(NO_SOURCE)
    row |= {"line_from": None, "line_to": None, "total": None}
    row |= clean_values(values, "observations")
    row |= {"origin": "person", "position": None}
    row["line_to"] = row["line_to"] or row["line_from"]
    row["unit"] = row["unit"] or get_field_unit(str(row["field"]))
    row = normalise_row(row, "observations")
    with writing(ensure_store()) as connection:
        more = _find_unknown_references(connection, row)
        owner = _find_row(connection, "items", str(row["item"]))
        row[CHAPTER] = owner[CHAPTER] if owner else ""
        validate_row(row, "observations", more)
        _refuse_duplicate(connection, row)
        _write_changes(
            connection, [RowChange("observations", None, row)], actor, why, str(row["item"])
        )
        return make_row_key(row, "observations")


@guard_action("edit.observation")
def remove_figure(obs: str, *, seen: str, actor: User, why: str) -> int:
    """Take a figure out; return the change's number. Raises as ``edit_figure``."""
    why = require_reason(why)
    with writing(ensure_store()) as connection:
        require_unchanged(connection, make_figure_target(obs), seen)
        row = _get_row(connection, "observations", obs)
        return _write_changes(
            connection, [RowChange("observations", row)], actor, why, str(row["item"])
        ).number


def get_field_unit(field: str) -> str:
    """Return the unit that the values of a field are in, '' for words and texts."""
    if field.endswith("_mvnd"):
        return "million_vnd"
    if field.endswith("_ha"):
        return "ha"
    return "percent" if field.endswith("_pct") else ""


def _change_row(
    table: str,
    key: str,
    changes: Mapping[str, object],
    thing: EditTarget,
    *,
    seen: str,
    actor: User,
    why: str,
) -> int:
    why = require_reason(why)
    given = clean_values(changes, table)
    with writing(ensure_store()) as connection:
        require_unchanged(connection, thing, seen)
        before = _get_row(connection, table, key)
        after = normalise_row(before | given, table) | {"origin": "person"}
        if _is_same_content(before, after, table):
            return 0
        if table == "observations" and after["value"] != before["value"]:
            after["note"] = _mark_corrected(before, after, actor)
        validate_row(after, table)
        if table == "observations" and make_row_key(after, table) != key:
            _refuse_duplicate(connection, after)
        change = RowChange(table, before, after)
        return _write_changes(connection, [change], actor, why, str(before["item"])).number


def _write_changes(
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


def _mark_corrected(before: Row, after: Row, actor: User) -> str:
    """Return the note of a figure with the mark that it no longer is what its document says."""
    told = t(
        "edit.note.corrected",
        who=actor.shown or actor.name,
        before=str(before["value"])[:MOST_OF_VALUE],
    )
    return f"{after['note']} {told}".strip()


def _require_known_fields(values: Mapping[str, object], allowed: Sequence[str]) -> None:
    other = [name for name in values if name not in allowed]
    if other:
        raise EditError(t("edit.fault.no_column", column=other[0][:40]))


def _validate_communes(codes: Sequence[str]) -> list[str]:
    known = load_gazetteer().commune_by_code
    for code in codes:
        if code not in known:
            fault = t("edit.fault.unknown", value=str(code)[:40])
            raise EditError(t("edit.fault.field", column=t("edit.column.commune"), fault=fault))
    return list(dict.fromkeys(codes))


def _make_place_row(item: Row, code: str, actor: User) -> Row:
    return {
        "item": item["item"],
        "commune": code,
        "how": "person",
        "certainty": "certain",
        "raw": "",
        "doc": None,
        "line": None,
        "note": t("edit.note.placed", who=actor.shown or actor.name),
        CHAPTER: item[CHAPTER],
        "origin": "person",
        "position": None,
    } | dict(NO_SOURCE)


def _get_row(connection: sa.Connection, table: str, key: str) -> Row:
    row = _find_row(connection, table, key)
    if row is None:
        raise EditError(t("edit.fault.gone", key=key[:80]))
    return row


def _find_row(connection: sa.Connection, table: str, key: str) -> Row | None:
    found = read_current_rows(connection, table, FACTS[table].c.key == key)
    return found[0] if found else None


def _list_item_rows(connection: sa.Connection, table: str, item: str) -> list[Row]:
    return read_current_rows(connection, table, FACTS[table].c.item == item)


def _is_same_content(before: Row | None, after: Row | None, table: str) -> bool:
    if before is None or after is None:
        return before is after
    return extract_content(before, table) == extract_content(after, table)


def _refuse_duplicate(connection: sa.Connection, row: Row) -> None:
    if _find_row(connection, "observations", make_row_key(row, "observations")):
        raise EditError(t("edit.fault.double"))


def _find_unknown_references(connection: sa.Connection, row: Row) -> list[str]:
    """Return the faults of a figure that names an item, a period or a document that is none."""
    faults = []
    for column, table in (("item", "items"), ("period", "periods"), ("doc", "documents")):
        if row[column] and _find_row(connection, table, str(row[column])) is None:
            fault = t("edit.fault.unknown", value=str(row[column])[:60])
            faults.append(t("edit.fault.field", column=t(f"edit.column.{column}"), fault=fault))
    return faults
