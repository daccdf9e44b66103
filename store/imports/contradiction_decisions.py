"""Settling a contradiction: which side to believe, noted with who and why. No figure is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from store.analysis.contradictions import ContradictionDecision
from store.audit.changes import Changeset
from store.audit.ledger import Ledger
from store.db.database import reading, writing
from store.db.errors import ChoiceError
from store.db.schema import DECISIONS, REVIEWS
from store.imports.apply import undo_in_transaction
from store.imports.plan.review_rows import ReviewRow
from store.imports.plan.review_rows import add_answered_review as settle_question
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from store.users.users import User


REASON: Final = "contradiction"
"""The reason of a review that asks about a contradiction; its ``key`` is the contradiction's id."""


def list_contradiction_decisions(url: str | None = None) -> dict[str, ContradictionDecision]:
    """Return the decision that holds of every contradiction that was settled, by its id."""
    decided = (
        sa.select(REVIEWS.c.key, DECISIONS.c.choice, DECISIONS.c.why)
        .join(DECISIONS, DECISIONS.c.review_id == REVIEWS.c.id)
        .where(
            REVIEWS.c.reason == REASON,
            REVIEWS.c.state == "decided",
            DECISIONS.c.undone_by.is_(None),
        )
        .order_by(DECISIONS.c.id)
    )
    with reading(url) as connection:
        rows = connection.execute(decided).all()
    return {str(row.key): ContradictionDecision(str(row.choice), str(row.why)) for row in rows}


CHOICES: Final = ("a", "b", "neither")
"""Believe the first side, the second, or none of them."""


@guard_action("conflict.settle")
def settle_contradiction(
    contradiction: str, choice: str, actor: User, why: str = "", *, open_only: bool = False
) -> int:
    """Note which side of a contradiction to believe; return the change's number.

    ``contradiction`` is its id (``store.analysis.contradictions``). Settling it again replaces what
    was noted, but not with ``open_only``: whoever saw it open has not seen what another noted
    since. Raises ``ChoiceError`` for that, and for a choice that there is not.
    """
    if choice not in CHOICES:
        raise ChoiceError(t("store.fault.choice", choice=choice[:40], allowed=", ".join(CHOICES)))
    with writing() as connection:
        standing = _list_standing_decisions(connection, contradiction)
        if standing and open_only:
            raise ChoiceError(t("changes.fault.settled"))
        for number in standing:
            undo_in_transaction(connection, number, actor, why)
        ledger = Ledger(connection, Changeset("decision", actor, why))
        settle_question(ledger, ReviewRow(REASON, contradiction, key=contradiction), choice)
        return ledger.number


@guard_action("conflict.settle")
def reopen_contradiction(contradiction: str, actor: User, why: str = "") -> None:
    """Take back what was noted of a contradiction: it is open again."""
    with writing() as connection:
        for number in _list_standing_decisions(connection, contradiction):
            undo_in_transaction(connection, number, actor, why)


def _list_standing_decisions(connection: sa.Connection, contradiction: str) -> list[int]:
    """Return the numbers of the decisions that hold of a contradiction."""
    query = (
        sa.select(DECISIONS.c.import_id)
        .join(REVIEWS, REVIEWS.c.id == DECISIONS.c.review_id)
        .where(
            REVIEWS.c.reason == REASON,
            REVIEWS.c.key == contradiction,
            DECISIONS.c.undone_by.is_(None),
        )
    )
    return [int(number) for number in connection.scalars(query)]
