"""What is different between two periods: items, values, places and the counts reports state.

Each period is taken as what was known by then (``store.facts.values``), so that a report's silence
is no change. A planned share and a forecast speak of one quarter and are compared only where both
periods state them. A share is compared with a share of the same whole, a part of an item with
itself. That a later report does not repeat a clearance problem says nothing, so none is ever
"gone"; an obstacle is, once a later report names the item's obstacles and not this one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from reports.model.schema import FIELDS
from store.analysis.change_direction import classify_direction
from store.analysis.difference import Difference, PeriodDiff
from store.analysis.milestones.milestone_delays import MILESTONES, list_delays
from store.analysis.stated_counts import list_count_changes
from store.analysis.value_comparison import compute_amount, is_same_value
from store.column_values import list_cells, list_rows, look_up_numbers, mark_members
from store.db.errors import StoreError
from store.facts.item_snapshot import REMOVED, find_first_ranks
from store.facts.statements import (
    NOT_STATED,
    Row,
    get_period_rank,
    map_investments,
    sort_items_by_money,
    statement_from_row,
)
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.values import compute_values_at
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.facts.facts import Facts

ORDER: Final = (
    "investment_mvnd", "status", "forecast", "actual_construction_pct", "planned_construction_pct",
    "actual_clearance_pct", "planned_clearance_pct", "physical_done", *MILESTONES, "obstacle",
    "clearance", "places", "area_ha", "land_payment_mvnd",
)  # fmt: skip
"""The fields that are compared, in the order in which they are told."""

TELLING: Final = ("status", "investment_mvnd", "forecast", "milestone_start", "planned_work")
"""What a new item is introduced with, the first of these that the report says."""


def compare_periods(facts: Facts, before: str, after: str) -> PeriodDiff:
    """Return what is different at ``after`` from what was known at ``before``.

    Raises ``StoreError`` for a period that there is not, or when ``after`` is not the later one.
    """
    first, last = get_period_rank(facts, before), get_period_rank(facts, after)
    if first >= last:
        raise StoreError(t("changes.fault.order", before=before, after=after))
    return _compare_periods(facts, before, after)


@cache_on_reports(most=16)
def _compare_periods(facts: Facts, before: str, after: str) -> PeriodDiff:
    values = _index_values(facts, before, after, get_period_rank(facts, before))
    known = get_facts_known_at(facts, after)  # an approved period keeps its names and places
    facts = known if before in known.period_ranks else facts
    first, last = get_period_rank(facts, before), get_period_rank(facts, after)
    fresh = {item for item, rank in find_first_ranks(facts).items() if first < rank <= last}
    clearance = list(_diff_clearance(facts, first, last))
    places = list(_diff_places(facts, first, last))
    changes = [
        *_diff_values(facts, *values, first=first),
        *_diff_obstacles(facts, *values, first=first),
        *clearance,
        *places,
    ]
    gone = [
        replace(change, what="gone")
        for change in changes
        if change.field == "status" and change.after.value == REMOVED and not change.component
    ]
    left = {change.item for change in gone}
    stated = {(change.item, change.after.value) for change in clearance}
    changed = [
        change
        for change in changes
        if change.item not in fresh | left
        and not (change.field == "obstacle" and (change.item, change.after.value) in stated)
    ]
    new = _list_new_items(facts, fresh, first, last, (*places, *clearance))
    return PeriodDiff(
        before=before,
        after=after,
        new=tuple(_sort_changes(facts, new)),
        gone=tuple(_sort_changes(facts, gone)),
        changed=tuple(_sort_changes(facts, changed)),
        counts=list_count_changes(facts, before, after),
        slips=list_delays(facts, since=before, until=after),
    )


_Key = tuple[str, str, str, str]


def _index_values(
    facts: Facts, before: str, after: str, first: int
) -> tuple[dict[_Key, Row], dict[_Key, Row]]:
    """Return the values that hold at two periods, of what was said after the first of them.

    By item, field, component (of an obstacle its kind) and basis.
    """
    known, now = (compute_values_at(facts, period, fields=ORDER) for period in (before, after))
    is_said = look_up_numbers(now["period"], facts.period_ranks) > first
    is_obstacle = now["field"] == "obstacle"
    restated = mark_members(now["item"], set(now.loc[is_said & is_obstacle, "item"].tolist()))
    now = now[now["chosen"] & (is_said | (is_obstacle & restated))]
    known = known[known["chosen"] & mark_members(known["item"], set(now["item"].tolist()))]
    former, current = (
        {
            (
                row["item"],
                row["field"],
                row["component"] if row["field"] != "obstacle" else row["value"],
                row["basis"],
            ): row
            for row in list_rows(values)
        }
        for values in (known, now)
    )
    return former, current


def _diff_values(
    facts: Facts, before: dict[_Key, Row], after: dict[_Key, Row], *, first: int
) -> Iterator[Difference]:
    ranks = facts.period_ranks
    for key, row in after.items():
        former_row = before.get(key)
        if key[1] == "obstacle" or ranks[row["period"]] <= first:
            continue
        if former_row is not None and is_same_value(former_row, row):
            continue
        if former_row is None and not FIELDS[key[1]].carried:
            continue
        amount = compute_amount(former_row, row)
        yield _make_change(
            facts,
            "changed" if former_row else "said",
            row,
            before=statement_from_row(facts, former_row) if former_row else NOT_STATED,
            after=statement_from_row(facts, row),
            amount=amount,
            direction=classify_direction(key[1], former_row["value"], row["value"], amount)
            if former_row
            else "",
            refined=former_row is not None and key[1] in MILESTONES and amount is None,
        )


def _diff_obstacles(
    facts: Facts, before: dict[_Key, Row], after: dict[_Key, Row], *, first: int
) -> Iterator[Difference]:
    restated = {
        key[0]
        for key, row in after.items()
        if key[1] == "obstacle" and facts.period_ranks[row["period"]] > first
    }
    for what, rows, other in (("said", after, before), ("unsaid", before, after)):
        for key in rows:
            if key[1] == "obstacle" and key[0] in restated and key not in other:
                statement = statement_from_row(facts, rows[key])
                yield _make_change(
                    facts,
                    what,
                    rows[key],
                    direction="worse" if what == "said" else "",
                    **{"after" if what == "said" else "before": statement},
                )


def _diff_clearance(facts: Facts, first: int, last: int) -> Iterator[Difference]:
    rank = look_up_numbers(facts.clearance["period"], facts.period_ranks)
    same = ["item", "commune", "category"]
    known = set(list_cells(facts.clearance[rank <= first], *same))
    problems: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in list_rows(facts.clearance[(first < rank) & (rank <= last)]):
        if tuple(row[name] for name in same) not in known:
            problems[row["item"], row["category"]].append(row)
    for (_, category), rows in problems.items():
        yield _make_change(
            facts,
            "said",
            {**rows[0], "field": "clearance"},
            after=statement_from_row(facts, rows[0], value=category),
            direction="worse",
            places=tuple(sorted({row["commune"] for row in rows} - {""})),
        )


def _diff_places(facts: Facts, first: int, last: int) -> Iterator[Difference]:
    period = facts.places["doc"].map(dict(list_cells(facts.documents, "doc", "period")))
    rank = period.map(facts.period_ranks)
    is_said = (first < rank) & (rank <= last) & facts.places["line"].notna()
    placed_rows: dict[str, list[Row]] = defaultdict(list)
    for row in list_rows(facts.places.assign(period=period)[is_said]):
        placed_rows[row["item"]].append(row)
    for rows in placed_rows.values():
        yield _make_change(
            facts,
            "said",
            {**rows[0], "field": "places"},
            after=statement_from_row(facts, rows[0], value=""),
            places=tuple(sorted(row["commune"] for row in rows)),
        )


def _list_new_items(
    facts: Facts, fresh: set[str], first: int, last: int, others: Iterable[Difference]
) -> Iterator[Difference]:
    """Give every new item once; ``others`` are what else is said for the first time."""
    rows: dict[str, list[Row]] = defaultdict(list)
    rank = look_up_numbers(facts.observations["period"], facts.period_ranks)
    is_said = (first < rank) & (rank <= last) & mark_members(facts.observations["item"], fresh)
    for row in list_rows(facts.observations[is_said]):
        rows[row["item"]].append(row)
    order = {field: place for place, field in enumerate(TELLING)}
    for same in rows.values():
        row = min(
            same, key=lambda change: (order.get(change["field"], len(order)), change["component"])
        )
        yield _make_change(facts, "new", row, after=statement_from_row(facts, row))
    for change in others:
        if change.item in fresh and change.item not in rows:
            rows[change.item] = []
            yield replace(change, what="new", direction="")


def _make_change(facts: Facts, what: str, row: Row, **more: Any) -> Difference:
    return Difference(
        what=what,
        item=row["item"],
        name=facts.item_names.get(row["item"], ""),
        field=row["field"],
        component=row.get("component", ""),
        basis=row.get("basis", ""),
        investment_mvnd=map_investments(facts).get(row["item"]),
        **more,
    )


def _sort_changes(facts: Facts, changes: Iterable[Difference]) -> list[Difference]:
    changes = list(changes)
    place = {
        item: rank
        for rank, item in enumerate(sort_items_by_money(facts, (change.item for change in changes)))
    }
    order = {field: rank for rank, field in enumerate(ORDER)}
    return sorted(
        changes,
        key=lambda change: (
            place[change.item],
            order.get(change.field, len(order)),
            change.component,
            change.after.value,
            change.what,
        ),
    )
