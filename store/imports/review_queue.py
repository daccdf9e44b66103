"""The review queue: what is open, deciding, and taking a decision back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.i18n import get_reader_language, t
from store.audit.changes import Changeset
from store.audit.integrity import find_dangling_references
from store.audit.ledger import Ledger
from store.db.database import reading, writing
from store.db.errors import ChoiceError, NotAllowedError
from store.db.schema import DECISIONS, REVIEWS
from store.imports.apply import undo_in_transaction
from store.imports.plan.matching import record_alias
from store.imports.plan.resolutions import ResolutionContext, list_choices, resolve_review
from store.imports.plan.review_rows import ReviewRow, record_decision
from store.users.permissions import guard_action, is_allowed

if TYPE_CHECKING:
    from store.users.users import User


@dataclass(frozen=True)
class ReviewQuestion(ReviewRow):
    """A question of the queue: ``number`` is what it is decided by, ``choices`` what is offered."""

    number: int = 0
    import_id: int = 0
    state: str = "open"
    choices: tuple[str, ...] = ()


def list_reviews(*, doc: str = "", state: str = "open") -> list[ReviewQuestion]:
    """Return the questions that are open (or ``decided``), in the order of import and document."""
    query = sa.select(REVIEWS).where(REVIEWS.c.state == state)
    if doc:
        query = query.where(REVIEWS.c.doc == doc)
    with reading() as connection:
        rows = connection.execute(query.order_by(REVIEWS.c.id)).mappings().all()
    return sorted(
        map(_review_from_row, rows),
        key=lambda review: (review.import_id, _get_line(review), review.number),
    )


@guard_action("review.decide")
def decide_review(number: int, choice: str, actor: User, why: str = "") -> int:
    """Settle a question and remember the answer for the next report; return the change's number.

    Raises ``ChoiceError`` for a question that is not open or a choice that it does not offer, and
    ``LockedPeriodError`` for an approved period unless ``why`` says why it is corrected.
    """
    with writing() as connection:
        review = _get_review(connection, number)
        if review.state != "open":
            raise ChoiceError(t("store.fault.not_open", number=number))
        done = resolve_review(review, choice, ResolutionContext.of(connection))
        if actor.scope is not None and not done.changes:  # nothing tells where it would lie
            raise NotAllowedError(
                t("permissions.fault.outside", get_reader_language(), key=review.raw[:80])
            )
        change = Changeset("decision", actor, why, doc=review.doc, period=review.period)
        ledger = Ledger(connection, _allow_correction(change))
        ledger.apply(done.changes)
        for alias in done.aliases:
            record_alias(ledger, alias)
        record_decision(ledger, number, choice)
        if find_dangling_references(connection):
            raise ChoiceError(t("store.fault.choice", choice=choice, allowed=""))
        return ledger.number


@guard_action("review.decide")
def undo_decision(number: int, actor: User, why: str = "") -> int:
    """Take back what was decided of a question: it is open again; return the undoing's number.

    Raises ``ChoiceError`` when nothing is decided of it, or it was settled as part of an import,
    and ``ImportRefusedError`` when what it brought was changed since.
    """
    with writing() as connection:
        review = _get_review(connection, number)
        made = sa.select(DECISIONS.c.import_id).where(
            DECISIONS.c.review_id == number, DECISIONS.c.undone_by.is_(None)
        )
        decision = connection.scalar(made)
        if decision is None or decision == review.import_id:
            key = "not_decided" if decision is None else "settled_on_import"
            raise ChoiceError(t(f"store.fault.{key}", number=number))
        return undo_in_transaction(connection, int(decision), actor, why)


def _allow_correction(change: Changeset) -> Changeset:
    """Return the change as one that may touch approved periods, for who may change those."""
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    return Changeset(**values | {"correcting": is_allowed(change.actor, "edit.approved")})


def _get_review(connection: sa.Connection, number: int) -> ReviewQuestion:
    query = sa.select(REVIEWS).where(REVIEWS.c.id == number)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise ChoiceError(t("store.fault.not_open", number=number))
    return _review_from_row(row)


def _review_from_row(row: sa.RowMapping) -> ReviewQuestion:
    review = ReviewQuestion(
        reason=row["reason"],
        raw=row["raw"],
        table=row["table_name"],
        key=row["key"],
        doc=row["doc"],
        period=row["period"],
        detail=row["detail"],
        place=row["place"],
        candidates=tuple((str(code), float(score)) for code, score in row["candidates"]),
        payload=row["payload"],
        number=row["id"],
        import_id=row["import_id"],
        state=row["state"],
    )
    values = {field.name: getattr(review, field.name) for field in fields(review)}
    return ReviewQuestion(**values | {"choices": list_choices(review)})


def _get_line(review: ReviewQuestion) -> int:
    return int(review.place.get("line_from") or 0)
