"""Milestones that moved: what a document says of a start or an end against what one said before.

A milestone that stands for a span (``2026-Q3``) counts from the span's last day. A time within
another (``2026-02`` after ``2026-Q1``, or the reverse) is more or less precise, not moved; the more
precise one stays what the next document is held against. Parts of an item (one berth, the whole
motorway) are each held against themselves only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from reports.model.dates import parse_span
from store.analysis.change_direction import classify_direction
from store.analysis.difference import Difference
from store.column_values import iterate_rows, list_rows, look_up_numbers, mark_members
from store.facts.statements import Row, map_investments, statement_from_row
from store.facts.stored.observation_order import find_outdated_statuses
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.facts.facts import Facts
    from store.facts.statements import Statement

MILESTONES: Final = ("milestone_start", "milestone_inauguration", "milestone_finish")
WAITING: Final = frozenset({"preparing", "not_started", "approved", "established", "paused"})
"""Statuses of what has not started."""

BUILDING: Final = frozenset({"started", "under_construction"})
_QUARTER: Final = r"[Qq]uý\s+(IV|I{1,3})(?:/|\s+năm\s+)?(\d{4})?"
_SAID_MOVED: Final = re.compile(rf"từ\s+{_QUARTER}\s+sang\s+{_QUARTER}")
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}


def list_delays(facts: Facts, *, since: str = "", until: str = "") -> tuple[Difference, ...]:
    """Return all moved milestones, the largest investment first, then by item and time.

    ``since`` and ``until`` are periods: only what was said after the one and not after the other.
    """
    ranks = facts.period_ranks
    first, last = ranks.get(since, -1), ranks.get(until, len(ranks))
    return tuple(
        delay for delay in _collect_delays(facts) if first < ranks[delay.after.period] <= last
    )


def count_days_moved(before: str, after: str) -> int | None:
    """Return how many days a time moved, end to end; ``None`` where one lies in the other."""
    earlier, later = parse_span(before), parse_span(after)
    if earlier is None or later is None or _is_nested(earlier, later):
        return None
    return (later[1] - earlier[1]).days


@cache_on_reports()
def list_milestone_statements(facts: Facts) -> dict[tuple[str, str, str], tuple[Row, ...]]:
    """Return what each document says of each milestone, in order of the documents.

    Keys are item, field and component. Of several times in one document the most precise stands,
    then the one further down.
    """
    ranks, docs = facts.period_ranks, facts.document_ranks
    rows = facts.observations[facts.observations["field"].isin(MILESTONES)]
    order = sorted(
        list_rows(rows),
        key=lambda row: (
            ranks[row["period"]],
            docs[row["doc"]],
            -_count_span_days(row["value"]),
            row["line_from"],
        ),
    )
    statements: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in order:
        statements[row["item"], row["field"], row["component"]][row["doc"]] = row
    return {key: tuple(rows.values()) for key, rows in statements.items()}


@cache_on_reports()
def _collect_delays(facts: Facts) -> tuple[Difference, ...]:
    ranks = facts.period_ranks
    delays = [
        *_find_moved_milestones(facts),
        *_find_stated_delays(facts),
        *_find_overdue_milestones(facts),
    ]
    return tuple(
        sorted(
            _name_carriers(delays),
            key=lambda delay: (
                -(delay.investment_mvnd or -1),
                delay.item,
                delay.field,
                delay.component,
                ranks[delay.after.period],
            ),
        )
    )


def _name_carriers(delays: Iterable[Difference]) -> Iterator[Difference]:
    """Yield the delays; one said in the same places of another item as a whole has its carrier."""
    by_places: dict[tuple[object, ...], list[Difference]] = defaultdict(list)
    for delay in delays:
        places = tuple((one.doc, one.line_from) for one in delay.sources)
        by_places[delay.what, delay.field, delay.before.value, delay.after.value, places].append(
            delay
        )
    for same in by_places.values():
        whole = next((delay.item for delay in same if not delay.component), "")
        for delay in same:
            yield replace(delay, carrier=whole) if delay.component else delay


def _find_moved_milestones(facts: Facts) -> Iterator[Difference]:
    for rows in list_milestone_statements(facts).values():
        current_row = rows[0]
        for row in rows[1:]:
            same_words = current_row["raw"] and current_row["raw"] == row["raw"]
            days = None if same_words else count_days_moved(current_row["value"], row["value"])
            if days is not None:
                sides = statement_from_row(facts, current_row), statement_from_row(facts, row)
                yield _make_delay(facts, row, "moved", days, sides)
            if days is not None or _count_span_days(row["value"]) < _count_span_days(
                current_row["value"]
            ):
                current_row = row


def _find_stated_delays(facts: Facts) -> Iterator[Difference]:
    for rows in list_milestone_statements(facts).values():
        for row in rows:
            match = _SAID_MOVED.search(row["raw"])
            if not match:
                continue
            former, former_year, new, new_year = match.groups()
            before = f"{former_year or new_year}-Q{_ROMAN[former]}"
            days = count_days_moved(before, f"{new_year or former_year}-Q{_ROMAN[new]}")
            if days is not None:
                statement = statement_from_row(facts, row)
                yield _make_delay(
                    facts, row, "stated", days, (replace(statement, value=before), statement)
                )


def _find_overdue_milestones(facts: Facts) -> Iterator[Difference]:
    day = {row.period: date.fromisoformat(row.as_of) for row in iterate_rows(facts.periods)}
    status = find_last_statuses(facts)
    for (item, field, component), rows in list_milestone_statements(facts).items():
        row, now = get_current_milestone(rows), status.get(item)
        span = parse_span(row["value"])
        if component or now is None or span is None:
            continue
        late = (day[now["period"]] - span[1]).days
        if late > 0 and not is_milestone_passed(field, now["value"]):
            sides = statement_from_row(facts, row), statement_from_row(facts, now)
            yield _make_delay(facts, row, "overdue", late, sides)


def is_milestone_passed(field: str, status: str) -> bool:
    """Return whether a status says, or leaves open, that a milestone is behind the item."""
    before = WAITING if field == "milestone_start" else WAITING | BUILDING
    return status not in before


@cache_on_reports(most=32)
def find_last_statuses(facts: Facts, until: str = "") -> dict[str, Row]:
    """Return the status reported last (by ``until``) of every item as a whole."""
    ranks = facts.period_ranks
    seen = facts.observations
    rows = seen[(seen["field"] == "status") & (seen["component"] == "")]
    rows = rows[~mark_members(rows["obs"], find_outdated_statuses(facts))]
    rows = rows.assign(
        _period=look_up_numbers(rows["period"], facts.period_ranks),
        _issued=look_up_numbers(rows["doc"], facts.document_ranks),
    )
    rows = rows[rows["_period"] <= ranks.get(until, len(ranks))]
    rows = rows.sort_values(["_period", "_issued", "line_from"], kind="stable")
    last = rows.drop_duplicates("item", keep="last").drop(columns=["_period", "_issued"])
    return {row["item"]: row for row in list_rows(last)}


def _make_delay(
    facts: Facts, row: Row, what: str, days: int, sides: tuple[Statement, Statement]
) -> Difference:
    before, after = sides
    return Difference(
        what=what,
        field=row["field"],
        before=before,
        after=after,
        amount=days,
        direction=classify_direction(row["field"], before.value, after.value, days),
        item=row["item"],
        name=facts.item_names[row["item"]],
        component=row["component"],
        investment_mvnd=map_investments(facts).get(row["item"]),
    )


def get_current_milestone(rows: Iterable[Row]) -> Row:
    """Return which of the times said of one milestone holds, in order of the documents."""
    current_row: Row = {}
    for row in rows:
        nested = current_row and count_days_moved(current_row["value"], row["value"]) is None
        if not nested or _count_span_days(row["value"]) <= _count_span_days(current_row["value"]):
            current_row = row
    return current_row


def _count_span_days(when: str) -> int:
    span = parse_span(when)
    return (span[1] - span[0]).days if span else 0


def _is_nested(first_span: tuple[date, date], other: tuple[date, date]) -> bool:
    inner, outer = sorted((first_span, other), key=lambda span: span[1] - span[0])
    return outer[0] <= inner[0] and inner[1] <= outer[1]
