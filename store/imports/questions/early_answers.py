"""Answers to a report's open statements that are given before it is accepted, and belong to it.

They are carried out once the import is: undoing it takes them back with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.audit.rows import make_row_key
from store.db.errors import StoreError
from store.imports.statement_answers import accept_statement, refuse_statement
from store.imports.statement_queue import OPEN, list_open_statements, statement_from_row
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.statement import Statement
    from store.imports.plan.plan import ImportPlan
    from store.users.users import User

EARLY_ANSWERS: Final = ("accept", "refused", "not_for_us")
CITY: Final = "city"
"""What is chosen for a statement that is about the whole city."""
_CITY_NAME: Final = "thành phố Hải Phòng"


@dataclass(frozen=True)
class EarlyAnswer:
    """One of ``EARLY_ANSWERS``, and what the statement is about where that was chosen.

    ``item`` is an item's id or ``CITY``, ``name`` what the item is called.
    """

    answer: str
    item: str = ""
    name: str = ""


@dataclass(frozen=True)
class EarlyResult:
    """How many statements were answered, and how many of the given answers could not be."""

    answered: int = 0
    left: int = 0


def list_plan_questions(plan: ImportPlan) -> tuple[tuple[str, Statement], ...]:
    """Return the open statements that a plan would add, each after its key."""
    return tuple(
        (make_row_key(change.after, "statements"), statement_from_row(change.after))
        for change in plan.changes
        if change.table == "statements" and change.after and change.after["state"] == OPEN
    )


def is_acceptable(statement: Statement, item: str = "") -> bool:
    """Return True for a statement whose subject is known: as it was read, or by a choice."""
    return bool(item) or (bool(statement.subject) and statement.subject_kind != "unknown")


@guard_action("review.decide")
def answer_early(
    answers: Mapping[str, EarlyAnswer], *, doc: str, actor: User, why: str
) -> EarlyResult:
    """Give answers to the open statements of a document that was just accepted.

    ``answers`` are by key. What needs more than a word and an item (a correction) stays open, for
    the review. Raises ``NotAllowedError``.
    """
    answered = left = 0
    for stored in list_open_statements(doc=doc):
        given = answers.get(stored.key)
        if given is None or given.answer not in EARLY_ANSWERS:
            continue
        try:
            if given.answer != "accept":
                refuse_statement(
                    stored.key,
                    seen=stored.token,
                    actor=actor,
                    why=why,
                    not_for_us=given.answer == "not_for_us",
                )
            elif is_acceptable(stored.statement, given.item):
                accept_statement(
                    stored.key,
                    _name_subject(stored.statement, given),
                    seen=stored.token,
                    actor=actor,
                    why=why,
                    item="" if given.item == CITY else given.item,
                )
            else:
                left += 1
                continue
        except StoreError:
            left += 1
        else:
            answered += 1
    return EarlyResult(answered, left)


def _name_subject(statement: Statement, given: EarlyAnswer) -> dict[str, object]:
    """Return what a choice of the subject corrects: its name where the text has none."""
    if given.item == CITY:
        return {"subject": _CITY_NAME, "subject_kind": "city"}
    if not given.item or statement.subject:
        return {}
    return {"subject": given.name}
