"""The review queue: what is open, deciding, and taking a decision back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import get_reader_language, t
from store.audit.changes import Changeset
from store.audit.integrity import find_dangling_references
from store.audit.ledger import Ledger, read_current_rows
from store.db.database import reading, writing
from store.db.errors import ChoiceError, NotAllowedError
from store.db.schema import DECISIONS, REVIEWS
from store.imports.apply import undo_with_decisions
from store.imports.plan.matching import (
    collect_known_names,
    match_item,
    read_aliases,
    record_alias,
)
from store.imports.plan.resolutions import ResolutionContext, list_choices, resolve_review
from store.imports.plan.review_rows import ITEM, ReviewRow, add_reviews, record_decision
from store.imports.questions.shared import part_items
from store.users.permissions import guard_action, is_allowed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from store.users.users import User


_LIKE: Final = 0.6
"""The likeness from which an item that was added since is offered."""


@dataclass(frozen=True)
class ReviewQuestion(ReviewRow):
    """A question of the queue: ``number`` is what it is decided by, ``choices`` what is offered.

    ``answer`` is what was chosen of a decided one, ``answered_by`` by whom, in the
    change ``decision``.
    """

    number: int = 0
    import_id: int = 0
    state: str = "open"
    choices: tuple[str, ...] = ()
    answer: str = ""
    answered_by: str = ""
    decision: int = 0


def list_reviews(*, state: str = "open") -> list[ReviewQuestion]:
    """Return the questions that are open (or ``decided``), in the order of import and document."""
    query = sa.select(REVIEWS).where(REVIEWS.c.state == state)
    standing = sa.select(DECISIONS).where(DECISIONS.c.undone_by.is_(None))
    with reading() as connection:
        rows = connection.execute(query.order_by(REVIEWS.c.id)).mappings().all()
        made = connection.execute(standing).mappings().all() if state == "decided" else ()
    answers = {
        row["review_id"]: {
            "answer": row["choice"],
            "answered_by": row["actor"],
            "decision": row["import_id"],
        }
        for row in made
    }
    return sorted(
        (replace(_review_from_row(row), **answers.get(row["id"], {})) for row in rows),
        key=lambda review: (review.import_id, _get_line(review), review.number),
    )


@guard_action("review.decide")
def decide_review(
    number: int,
    choice: str,
    actor: User,
    why: str = "",
    *,
    items: Collection[str] | None = None,
    alike: Sequence[int] = (),
) -> int:
    """Settle a question and remember the answer for the next report; return the change's number.

    ``items``: those alone that the answer is for, of a question about the place of several; it
    stays open for the others, and nothing is remembered. ``alike``: other questions that are given
    the same answer in the same change. Raises ``ChoiceError`` for a question that is not open or a
    choice that it does not offer, and ``LockedPeriodError`` for an approved period unless ``why``
    says why it is corrected.
    """
    with writing() as connection:
        reviews = [_get_open_review(connection, one) for one in dict.fromkeys((number, *alike))]
        first, known = reviews[0], ResolutionContext.of(connection)
        change = Changeset("decision", actor, why, doc=first.doc, period=first.period)
        ledger = Ledger(connection, _allow_correction(change))
        for review in reviews:
            given, left = part_items(review, items)
            done = resolve_review(given, choice, known)
            if actor.scope is not None and not done.changes:  # nothing tells where it would lie
                raise NotAllowedError(
                    t("permissions.fault.outside", get_reader_language(), key=review.raw[:80])
                )
            ledger.apply(done.changes)
            add_reviews(ledger, done.reviews)
            known = known.after(done.changes, done.aliases)
            if left is None:
                for alias in done.aliases:
                    record_alias(ledger, alias)
            else:
                add_reviews(ledger, [left])
            record_decision(ledger, review.number, choice)
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
        return undo_with_decisions(connection, int(decision), actor, why)


def add_newer_items(review: ReviewQuestion) -> ReviewQuestion:
    """Return a question which item something is with those like it that are known since.

    They come first: what was added for one name may be what the next name means.
    """
    new = review.payload.get("new_item")
    if review.reason not in ITEM or not new:
        return review
    with reading() as connection:
        items = read_current_rows(connection, "items")
        aliases = read_aliases(connection, "item")
    known = collect_known_names(items, load_gazetteer().zones, aliases)
    name = str(review.payload.get("name") or review.raw)
    match = match_item((name, review.raw), str(new["kind"]), known)
    found = dict(match.candidates) | ({match.item: match.score} if match.item else {})
    offered = {code for code, _ in review.candidates}
    newer = [(c, score) for c, score in found.items() if score >= _LIKE and c not in offered]
    newer.sort(key=lambda pair: -pair[1])
    return replace(review, candidates=(*newer, *review.candidates))


def make_planned_question(review: ReviewRow) -> ReviewQuestion:
    """Return a question of an import that is not accepted yet, with what is offered for it."""
    values = {name.name: getattr(review, name.name) for name in fields(ReviewRow)}
    number = int(review.fingerprint[:8], 16)
    return ReviewQuestion(**values, number=number, choices=list_choices(review))


def _allow_correction(change: Changeset) -> Changeset:
    """Return the change as one that may touch approved periods, for who may change those."""
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    return Changeset(**values | {"correcting": is_allowed(change.actor, "edit.approved")})


def _get_open_review(connection: sa.Connection, number: int) -> ReviewQuestion:
    review = _get_review(connection, number)
    if review.state != "open":
        raise ChoiceError(t("store.fault.not_open", number=number))
    return review


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
