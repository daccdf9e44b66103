"""Entries of the review queue as an import puts them there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.text import fold_text
from store.audit.rows import to_canonical_json
from store.db.schema import DECISIONS, REVIEWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.facts_files.table_schemas import SourcedRow
    from store.audit.ledger import Ledger
    from store.audit.rows import Content, Row

ITEM: Final = frozenset({"uncertain_item", "unmatched_item"})
PLACE: Final = frozenset({"unplaced", "uncertain_place"})
"""Reasons of questions which item something is, and where items lie that share its words."""

COLUMN_UNIT: Final = "column_unit"
"""Reason of a question which unit a column is in."""

REOPENED: Final = "reopened"
"""In place of an answer: what is remembered of the question does not hold for this report."""


@dataclass(frozen=True)
class ReviewRow:
    """Something for a person to decide.

    ``place`` has the fields of ``reports.model.document.SourcePlace`` that are known.
    ``candidates`` are choices with a score from 0 to 1. ``payload`` is what a decision needs: the
    row as stored and as read, or the rows that wait for an item to be known.
    """

    reason: str
    raw: str
    table: str = ""
    key: str = ""
    doc: str = ""
    period: str = ""
    detail: str = ""
    place: dict[str, int] = field(default_factory=dict)
    candidates: tuple[tuple[str, float], ...] = ()
    payload: dict[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What makes it the same question when it comes up again, in another report too.

        Items share a question about a place; of a value each is asked about for itself.
        """
        parts = [self.reason, self.table, fold_text(self.raw), fold_text(self.detail)]
        if self.reason not in PLACE:
            parts += [str(self.payload.get(name) or "") for name in ("item", "name")]
        if self.table:
            parts += [self.doc, self.key, to_canonical_json(self.payload)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def strip_origin(row: Content) -> Row:
    """Return what a planned row says, as a question keeps it until it is answered."""
    return {name: value for name, value in row.items() if name not in {"origin", "position"}}


def get_provenance(place: Mapping[str, int]) -> SourcedRow:
    """Return where a question's words stand, as the tables keep it of what a person settled."""
    return {
        "page": place.get("page", 0),
        "table_no": place.get("table", 0),
        "row_no": place.get("row", 0),
        "column_no": place.get("column", 0),
        "confidence": 1.0,
        "parser_version": "",
    }


def add_reviews(ledger: Ledger, reviews: Sequence[ReviewRow]) -> None:
    """Put entries into the queue as part of a change."""
    if not reviews:
        return
    ledger.connection.execute(
        REVIEWS.insert(),
        [
            {
                "import_id": ledger.number,
                "reason": review.reason,
                "fingerprint": review.fingerprint,
                "doc": review.doc,
                "period": review.period,
                "table_name": review.table,
                "key": review.key,
                "raw": review.raw,
                "detail": review.detail,
                "place": review.place,
                "candidates": [list(pair) for pair in review.candidates],
                "payload": review.payload,
            }
            for review in reviews
        ],
    )


def add_answered_review(ledger: Ledger, review: ReviewRow, choice: str) -> None:
    """Put a question into the queue that is answered already, with its answer."""
    add_reviews(ledger, [review])
    last = sa.select(sa.func.max(REVIEWS.c.id)).where(REVIEWS.c.import_id == ledger.number)
    number = int(ledger.connection.scalar(last) or 0)
    record_decision(ledger, number, choice)


def record_decision(ledger: Ledger, review: int, choice: str) -> None:
    """Write down what was chosen of a question of the queue."""
    ledger.connection.execute(
        DECISIONS.insert().values(
            review_id=review,
            choice=choice,
            actor=ledger.change.actor.name,
            at=ledger.at,
            why=ledger.change.why,
            import_id=ledger.number,
        )
    )
    deciding = REVIEWS.update().where(REVIEWS.c.id == review)
    ledger.connection.execute(deciding.values(state="decided"))
    ledger.note("reviews", str(review), before="open", after=choice)
