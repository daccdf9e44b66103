"""What documents state of the whole city, corrected by hand: figures, and who does what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.audit.changes import RowChange
from store.audit.edit_tokens import make_row_target, require_unchanged
from store.db.database import writing
from store.editing.row_changes import (
    change_row,
    get_row,
    is_same_content,
    require_known_fields,
    write_changes,
)
from store.editing.validation import clean_text, require_reason
from store.imports.statement_facts import correct_statement_row
from store.users.permissions import guard_action, require_permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.users.users import User

INDICATOR_FIELDS: Final = ("value", "total", "note")
"""What may be corrected of a figure of the city; its document, lines and words stay."""


@guard_action("edit.observation")
def edit_indicator(
    indicator: str, changes: Mapping[str, object], *, seen: str, actor: User, why: str
) -> int:
    """Correct a figure of the city (``INDICATOR_FIELDS``); return the change's number.

    0 if none differs. Raises as ``store.editing.figures.edit_figure``.
    """
    require_known_fields(changes, INDICATOR_FIELDS)
    with writing() as connection:
        return change_row(
            connection,
            "indicators",
            indicator,
            changes,
            make_row_target("indicators", indicator),
            seen=seen,
            actor=actor,
            why=why,
        )


@guard_action("edit.observation")
def edit_task(statement: str, value: str, *, seen: str, actor: User, why: str) -> int:
    """Correct who leads a task, or until when it is to be done; return the change's number.

    ``statement`` is that which says so; 0 if it says the same. What the document says stays with
    it. Raises as ``edit_indicator``, and ``ChoiceError`` for what is no body or no time.
    """
    require_permission(actor, "review.decide")
    why = require_reason(why)
    value = clean_text(value)
    with writing() as connection:
        require_unchanged(connection, make_row_target("statements", statement), seen)
        before = get_row(connection, "statements", statement)
        of_lead = before["field"] == "lead"
        corrections: dict[str, object] = {"value": value}
        corrections |= {"bodies": (value,)} if of_lead else {"when": value}
        after = correct_statement_row(before, corrections)
        if before["value"] == after["value"] or is_same_content(before, after, "statements"):
            return 0
        change = RowChange("statements", before, after)
        return write_changes(connection, [change], actor, why, statement).number
