"""Tasks by hand: who is to do what until when, as a document gives it; added and taken out.

A task is one statement of who leads it, one of its deadline, or both, under one name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.document import SourcePlace
from reports.model.statement import Statement
from store.audit.changes import RowChange
from store.audit.edit_tokens import make_task_target, require_unchanged
from store.db.database import writing
from store.db.errors import EditError
from store.editing.figures import find_unknown_references
from store.editing.row_changes import find_row, get_row, require_known_fields, write_changes
from store.editing.validation import clean_text, clean_values, require_reason, validate_row
from store.imports.plan.statement_rows import make_pattern, make_statement_row
from store.imports.statement_corrections import correct_statement
from store.users.permissions import guard_action, require_permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from store.audit.rows import Row
    from store.users.users import User

TASK_FIELDS: Final = (
    "period", "doc", "line_from", "line_to", "name", "lead", "deadline", "sentence",
)  # fmt: skip
"""What is told of a new task: its document with the lines and their words, its name, who, when."""


@guard_action("edit.observation")
def add_task(values: Mapping[str, object], *, actor: User, why: str) -> int:
    """Add a task that a document gives somebody (``TASK_FIELDS``); return the change's number.

    Raises ``EditError`` for what cannot be kept, ``ChoiceError`` for what is no body or no time,
    ``LockedPeriodError`` when its period is approved and the actor may not change those.
    """
    require_permission(actor, "review.decide")
    why = require_reason(why)
    require_known_fields(values, TASK_FIELDS)
    texts = {name: clean_text(values.get(name) or "") for name in TASK_FIELDS}
    lines = clean_values(
        {name: values.get(name) for name in ("line_from", "line_to")}, "statements"
    )
    first = int(lines["line_from"] or 0)
    place = SourcePlace(first, max(first, int(lines["line_to"] or 0)))
    with writing() as connection:
        rows = make_task_rows(connection, texts, place)
        changes = [RowChange("statements", None, row) for row in rows]
        return write_changes(connection, changes, actor, why, str(rows[0]["statement"])).number


@guard_action("edit.observation")
def remove_task(statements: Sequence[str], *, seen: str, actor: User, why: str) -> int:
    """Take a task out, by the keys of its statements; return the change's number, 0 for none left.

    What the document says stays with it, as refused. Raises as ``add_task``, and
    ``EditConflictError`` when the task changed since ``seen``.
    """
    require_permission(actor, "review.decide")
    why = require_reason(why)
    with writing() as connection:
        require_unchanged(connection, make_task_target(statements), seen)
        rows = [get_row(connection, "statements", key) for key in statements]
        changes = [
            RowChange("statements", row, row | {"state": "refused", "origin": "person"})
            for row in rows
            if row["state"] != "refused"
        ]
        if not changes:
            return 0
        return write_changes(connection, changes, actor, why, str(statements[0])).number


def make_task_rows(
    connection: sa.Connection,
    texts: Mapping[str, str],
    place: SourcePlace,
    *,
    is_coming: bool = False,
) -> list[Row]:
    """Return the rows of a new task's statements, checked.

    ``texts`` are those of ``TASK_FIELDS`` but the lines; ``is_coming``: the document comes with the
    same change. Raises as ``add_task``.
    """
    if not texts["name"] or not (texts["lead"] or texts["deadline"]):
        raise EditError(t("edit.fault.task_needs"))
    return [
        _make_row(connection, texts, field, place, is_coming=is_coming)
        for field in ("lead", "deadline")
        if texts[field]
    ]


def _make_row(
    connection: sa.Connection,
    texts: Mapping[str, str],
    field: str,
    place: SourcePlace,
    *,
    is_coming: bool,
) -> Row:
    """Return the row of one of a task's statements, checked."""
    given = texts[field]
    said = Statement(
        subject=texts["name"], subject_kind="unknown", field=field, value=given,
        sentence=texts["sentence"], place=place, mood="required",
    )  # fmt: skip
    said = correct_statement(said, {"bodies": (given,)} if field == "lead" else {"when": given})
    source = {"doc": texts["doc"], "period": texts["period"], "parser_version": ""}
    row: Row = dict(make_statement_row(said, "", make_pattern(said), source))
    row |= {"state": "accepted", "origin": "person", "position": None}
    more = find_unknown_references(connection, row | ({"doc": ""} if is_coming else {}))
    document = find_row(connection, "documents", texts["doc"])
    if document is not None and document["period"] != texts["period"]:
        more.append(t("edit.fault.other_period"))
    validate_row(row, "statements", more)
    if find_row(connection, "statements", str(row["statement"])):
        raise EditError(t("edit.fault.double"))
    return row
