"""Milestones that moved: what a document says of a start or an end against what one said before.

A milestone that stands for a span (``2026-Q3``) counts from the span's last day. A time within
another (``2026-02`` after ``2026-Q1``, or the reverse) is more or less precise, not moved; the more
precise one stays what the next document is held against. Parts of an item (one berth, the whole
motorway) are each held against themselves only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reports.model.dates import span_of
from store.facts.facts import Facts, document_ranks, period_ranks
from store.facts.statements import Row, Said, investments, item_names, said_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MILESTONES: Final = ("milestone_start", "milestone_inauguration", "milestone_finish")
WAITING: Final = frozenset({"preparing", "not_started", "approved", "established", "paused"})
"""Statuses of what has not started."""

BUILDING: Final = frozenset({"started", "under_construction"})
_QUARTER: Final = r"[Qq]uý\s+(IV|I{1,3})(?:/|\s+năm\s+)?(\d{4})?"
_SAID_MOVED: Final = re.compile(rf"từ\s+{_QUARTER}\s+sang\s+{_QUARTER}")
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}


@dataclass(frozen=True)
class Slip:
    """A milestone that moved.

    ``how``: ``moved`` (a later document gives another time), ``stated`` (one sentence says from
    when to when) or ``overdue`` (its time was over when a report still gave a status from before
    it; ``after.value`` is that status). ``days`` are from the end of the former time to the end of
    the new one, negative for one brought forward; for an overdue one, to the day the report speaks
    as of: at least so many. ``component`` is '' for the whole item.
    """

    item: str
    name: str
    field: str
    component: str
    how: str
    days: int
    before: Said
    after: Said
    investment_mvnd: int | None


def slips(facts: Facts, *, since: str = "", until: str = "") -> tuple[Slip, ...]:
    """Return all moved milestones, the largest investment first, then by item and time.

    ``since`` and ``until`` are periods: only what was said after the one and not after the other.
    """
    ranks = period_ranks(facts)
    first, last = ranks.get(since, -1), ranks.get(until, len(ranks))
    return tuple(one for one in _slips(facts) if first < ranks[one.after.period] <= last)


def days_between(before: str, after: str) -> int | None:
    """Return how many days a time moved, end to end; ``None`` where one lies in the other."""
    earlier, later = span_of(before), span_of(after)
    if earlier is None or later is None or _nested(earlier, later):
        return None
    return (later[1] - earlier[1]).days


@lru_cache(maxsize=8)
def told(facts: Facts) -> dict[tuple[str, str, str], tuple[Row, ...]]:
    """Return what each document says of each milestone, in order of the documents.

    Keys are item, field and component. Of several times in one document the most precise stands,
    then the one further down.
    """
    ranks, docs = period_ranks(facts), document_ranks(facts)
    rows = facts.observations[facts.observations["field"].isin(MILESTONES)]
    order = sorted(
        rows.to_dict("records"),
        key=lambda row: (
            ranks[row["period"]],
            docs[row["doc"]],
            -_length(row["value"]),
            row["line_from"],
        ),
    )
    found: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in order:
        found[row["item"], row["field"], row["component"]][row["doc"]] = row
    return {key: tuple(rows.values()) for key, rows in found.items()}


@lru_cache(maxsize=8)
def _slips(facts: Facts) -> tuple[Slip, ...]:
    ranks = period_ranks(facts)
    found = [*_moved(facts), *_stated(facts), *_overdue(facts)]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -(one.investment_mvnd or -1),
                one.item,
                one.field,
                one.component,
                ranks[one.after.period],
            ),
        )
    )


def _moved(facts: Facts) -> Iterator[Slip]:
    for rows in told(facts).values():
        held = rows[0]
        for row in rows[1:]:
            days = days_between(held["value"], row["value"])
            if days is not None:
                yield _slip(facts, row, "moved", days, said_of(facts, held))
            if days is not None or _length(row["value"]) < _length(held["value"]):
                held = row


def _stated(facts: Facts) -> Iterator[Slip]:
    for rows in told(facts).values():
        for row in rows:
            found = _SAID_MOVED.search(row["raw"])
            if not found:
                continue
            former, former_year, new, new_year = found.groups()
            before = f"{former_year or new_year}-Q{_ROMAN[former]}"
            days = days_between(before, f"{new_year or former_year}-Q{_ROMAN[new]}")
            if days is not None:
                yield _slip(facts, row, "stated", days, said_of(facts, row, value=before))


def _overdue(facts: Facts) -> Iterator[Slip]:
    day = {
        row.period: date.fromisoformat(row.as_of) for row in facts.periods.itertuples(index=False)
    }
    status = last_statuses(facts)
    for (item, field, component), rows in told(facts).items():
        row, now = held_of(rows), status.get(item)
        span = span_of(row["value"])
        if component or now is None or span is None:
            continue
        late = (day[now["period"]] - span[1]).days
        if late > 0 and not reached(field, now["value"]):
            yield Slip(
                item=item,
                name=item_names(facts)[item],
                field=field,
                component="",
                how="overdue",
                days=late,
                before=said_of(facts, row),
                after=said_of(facts, now),
                investment_mvnd=investments(facts).get(item),
            )


def reached(field: str, status: str) -> bool:
    """Return whether a status says, or leaves open, that a milestone is behind the item."""
    before = WAITING if field == "milestone_start" else WAITING | BUILDING
    return status not in before


def last_statuses(facts: Facts, until: str = "") -> dict[str, Row]:
    """Return the status reported last (by ``until``) of every item as a whole."""
    ranks, docs = period_ranks(facts), document_ranks(facts)
    seen = facts.observations
    rows = seen[(seen["field"] == "status") & (seen["component"] == "")].to_dict("records")
    rows = [row for row in rows if ranks[row["period"]] <= ranks.get(until, len(ranks))]
    rows.sort(key=lambda row: (ranks[row["period"]], docs[row["doc"]], row["line_from"]))
    return {row["item"]: row for row in rows}


def _slip(facts: Facts, row: Row, how: str, days: int, before: Said) -> Slip:
    return Slip(
        item=row["item"],
        name=item_names(facts)[row["item"]],
        field=row["field"],
        component=row["component"],
        how=how,
        days=days,
        before=before,
        after=said_of(facts, row),
        investment_mvnd=investments(facts).get(row["item"]),
    )


def held_of(rows: Iterable[Row]) -> Row:
    """Return which of the times said of one milestone holds, in order of the documents."""
    held: Row = {}
    for row in rows:
        nested = held and days_between(held["value"], row["value"]) is None
        if not nested or _length(row["value"]) <= _length(held["value"]):
            held = row
    return held


def _length(when: str) -> int:
    span = span_of(when)
    return (span[1] - span[0]).days if span else 0


def _nested(one: tuple[date, date], other: tuple[date, date]) -> bool:
    inner, outer = sorted((one, other), key=lambda span: span[1] - span[0])
    return outer[0] <= inner[0] and inner[1] <= outer[1]
