"""Rows of a report's table of key projects that wait for the answer which project they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from store.db.database import reading
from store.db.schema import APPROVALS, DECISIONS, REVIEWS
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.facts.facts import Facts

_KEY_PROJECT: Final = "key_project"
_IGNORED: Final = "ignore"


@dataclass(frozen=True)
class WaitingProject:
    """One such row: the ``group`` and ``phase`` it stands under, its forecast ('' for none)."""

    group: str
    phase: str
    forecast: str


@cache_on_reports(most=4)
def map_waiting_projects(facts: Facts) -> Mapping[str, Sequence[WaitingProject]]:
    """Return the rows that wait, by their document; nothing for facts of no store.

    Of an approved period also those that were left out since: it stays as it was approved.
    """
    if not facts.url:
        return {}
    standing = sa.and_(DECISIONS.c.review_id == REVIEWS.c.id, DECISIONS.c.undone_by.is_(None))
    columns = REVIEWS.c.doc, REVIEWS.c.period, REVIEWS.c.payload, REVIEWS.c.state
    asked = (
        sa.select(*columns, DECISIONS.c.choice, DECISIONS.c.import_id)
        .outerjoin(DECISIONS, standing)
        .where(REVIEWS.c.reason.in_(("uncertain_item", "unmatched_item")))
        .order_by(REVIEWS.c.id)
    )
    with reading(facts.url) as connection:
        rows = connection.execute(asked).all()
        approvals = {
            str(period): int(number)
            for period, number in connection.execute(
                sa.select(APPROVALS.c.period, APPROVALS.c.import_id)
            )
        }
    waiting: dict[str, list[WaitingProject]] = {}
    for doc, period, payload, state, choice, decision in rows:
        approved = approvals.get(period, 0)
        left_out = approved and choice == _IGNORED and decision > approved
        if state != "open" and not left_out:
            continue
        new = payload.get("new_item") or {}
        if new.get("kind") != _KEY_PROJECT:
            continue
        said = [entry["content"] for entry in payload.get("add", ())]
        forecast = next((row["value"] for row in said if row.get("field") == "forecast"), "")
        project = WaitingProject(str(new["group"]), str(new["phase"]), str(forecast))
        waiting.setdefault(str(doc), []).append(project)
    return waiting
