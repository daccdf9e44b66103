"""What persons decided of contradictions, read from the decisions of the review queue."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from store.contradictions import Settlement
from store.database import reading
from store.schema import DECISIONS, REVIEWS

REASON: Final = "contradiction"
"""The reason of a review that asks about a contradiction; its ``key`` is the contradiction's id."""


def settlements(url: str | None = None) -> dict[str, Settlement]:
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
    return {str(row.key): Settlement(str(row.choice), str(row.why)) for row in rows}
