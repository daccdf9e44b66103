"""Figures corrected, added and taken out by hand; what a document says of them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.schema import get_field_unit
from store.audit.changes import RowChange
from store.audit.edit_tokens import (
    make_figure_target,
    require_unchanged,
)
from store.audit.rows import CHAPTER, NO_SOURCE, make_row_key, normalise_row
from store.db.database import writing
from store.db.staff_tables import ALL_TABLES
from store.editing.row_changes import (
    change_row,
    find_row,
    get_row,
    refuse_duplicate,
    require_known_fields,
    write_changes,
)
from store.editing.validation import clean_values, require_reason, validate_row
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from store.audit.rows import Row
    from store.users.users import User

FIGURE_FIELDS: Final = (
    "field", "component", "value", "total", "unit", "basis", "qualifier", "note",
)  # fmt: skip
"""What may be corrected of a figure; its document, lines and words are the document's."""

NEW_FIGURE_FIELDS: Final = (
    "item", "period", "doc", "line_from", "line_to", "cell", *FIGURE_FIELDS, "raw",
)  # fmt: skip


@guard_action("edit.observation")
def edit_figure(
    obs: str, changes: Mapping[str, object], *, seen: str, actor: User, why: str
) -> int:
    """Correct a figure (``FIGURE_FIELDS``) by its observation's id; the document's words stay.

    Returns the change's number, 0 if none differs. Raises as ``edit_item``, and
    ``LockedPeriodError`` when its period is approved and the actor may not change those.
    """
    require_known_fields(changes, FIGURE_FIELDS)
    with writing() as connection:
        return change_row(
            connection,
            "observations",
            obs,
            changes,
            make_figure_target(obs),
            seen=seen,
            actor=actor,
            why=why,
        )


@guard_action("edit.observation")
def add_figure(values: Mapping[str, object], *, actor: User, why: str) -> str:
    """Add a figure that a document states (``NEW_FIGURE_FIELDS``); return its observation's id.

    Raises as ``edit_figure``.
    """
    why = require_reason(why)
    require_known_fields(values, NEW_FIGURE_FIELDS)
    row: Row = dict.fromkeys(ALL_TABLES["observations"].header, "") | dict(NO_SOURCE)
    row |= {"line_from": None, "line_to": None, "total": None}
    row |= clean_values(values, "observations")
    row |= {"origin": "person", "position": None}
    row["line_to"] = row["line_to"] or row["line_from"]
    row["unit"] = row["unit"] or get_field_unit(str(row["field"]))
    row = normalise_row(row, "observations")
    with writing() as connection:
        more = find_unknown_references(connection, row)
        owner = find_row(connection, "items", str(row["item"]))
        row[CHAPTER] = owner[CHAPTER] if owner else ""
        validate_row(row, "observations", more)
        refuse_duplicate(connection, row)
        write_changes(
            connection, [RowChange("observations", None, row)], actor, why, str(row["item"])
        )
        return make_row_key(row, "observations")


@guard_action("edit.observation")
def remove_figure(obs: str, *, seen: str, actor: User, why: str) -> int:
    """Take a figure out; return the change's number. Raises as ``edit_figure``."""
    why = require_reason(why)
    with writing() as connection:
        require_unchanged(connection, make_figure_target(obs), seen)
        row = get_row(connection, "observations", obs)
        return write_changes(
            connection, [RowChange("observations", row)], actor, why, str(row["item"])
        ).number


def find_unknown_references(connection: sa.Connection, row: Row) -> list[str]:
    """Return the faults of a row that names an item, a period or a document that is none."""
    faults = []
    for column, table in (("item", "items"), ("period", "periods"), ("doc", "documents")):
        if row[column] and find_row(connection, table, str(row[column])) is None:
            fault = t("edit.fault.unknown", value=str(row[column])[:60])
            faults.append(t("edit.fault.field", column=t(f"edit.column.{column}"), fault=fault))
    return faults
