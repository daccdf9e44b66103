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

import pandas as pd

from geo.i18n import t
from reports.model.schema import FIELDS
from store.analysis.change_direction import classify_direction
from store.analysis.difference import Difference, PeriodDiff
from store.analysis.milestone_delays import MILESTONES, count_days_moved, list_delays
from store.analysis.stated_counts import list_count_changes
from store.db.errors import StoreError
from store.facts.item_snapshot import find_first_ranks
from store.facts.statements import (
    NOT_STATED,
    Row,
    get_period_rank,
    map_investments,
    sort_items_by_money,
    statement_from_row,
)
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.facts.facts import Facts

ORDER: Final = (
    "investment_mvnd", "status", "forecast", "actual_construction_pct", "planned_construction_pct",
    "actual_clearance_pct", "planned_clearance_pct", "physical_done", *MILESTONES, "obstacle",
    "clearance", "places", "area_ha", "land_payment_mvnd",
)  # fmt: skip
"""The fields that are compared, in the order in which they are told."""

TELLING: Final = ("status", "investment_mvnd", "forecast", "milestone_start", "planned_work")
"""What a new item is introduced with, the first of these that the report says."""

REMOVED: Final = "removed_from_list"


def compare_periods(facts: Facts, before: str, after: str) -> PeriodDiff:
    """Return what is different at ``after`` from what was known at ``before``.

    Raises ``StoreError`` for a period that there is not, or when ``after`` is not the later one.
    """
    first, last = get_period_rank(facts, before), get_period_rank(facts, after)
    if first >= last:
        raise StoreError(t("changes.fault.order", before=before, after=after))
    known = find_first_ranks(facts)
    ranks = facts.period_ranks
    values = (
        _index_values(compute_values_at(facts, before)),
        _index_values(compute_values_at(facts, after)),
    )
    fresh = {item for item, rank in known.items() if first < rank <= last}
    changes = [
        *_diff_values(facts, *values, first=first),
        *_diff_obstacles(facts, *values, first=first),
        *_diff_clearance(facts, first, last),
        *_diff_places(facts, first, last),
    ]
    gone = [
        replace(change, what="gone")
        for change in changes
        if change.field == "status" and change.after.value == REMOVED and not change.component
    ]
    left = {change.item for change in gone}
    stated = {
        (change.item, change.after.value) for change in changes if change.field == "clearance"
    }
    changed = [
        change
        for change in changes
        if change.item not in fresh | left
        and not (change.field == "obstacle" and (change.item, change.after.value) in stated)
    ]
    return PeriodDiff(
        before=before,
        after=after,
        new=tuple(_sort_changes(facts, _list_new_items(facts, fresh, first, ranks, last))),
        gone=tuple(_sort_changes(facts, gone)),
        changed=tuple(_sort_changes(facts, changed)),
        counts=list_count_changes(facts, before, after),
        slips=list_delays(facts, since=before, until=after),
    )


_Key = tuple[str, str, str, str]


def _index_values(values: pd.DataFrame) -> dict[_Key, Row]:
    """Return the value that holds of every item, field, component and basis."""
    rows = values[values["chosen"] & values["field"].isin(ORDER)].to_dict("records")
    return {
        (
            row["item"],
            row["field"],
            row["component"] if row["field"] != "obstacle" else row["value"],
            row["basis"],
        ): row
        for row in rows
    }


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
        for key in rows.keys() - other.keys():
            if key[1] == "obstacle" and key[0] in restated:
                statement = statement_from_row(facts, rows[key])
                yield _make_change(
                    facts,
                    what,
                    rows[key],
                    direction="worse" if what == "said" else "",
                    **{"after" if what == "said" else "before": statement},
                )


def _diff_clearance(facts: Facts, first: int, last: int) -> Iterator[Difference]:
    ranks = facts.period_ranks
    rows = facts.clearance.to_dict("records")
    known = {_get_problem_key(row) for row in rows if ranks[row["period"]] <= first}
    problems: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if first < ranks[row["period"]] <= last and _get_problem_key(row) not in known:
            problems[row["item"], row["category"]].append(row)
    for (_, category), same in problems.items():
        yield _make_change(
            facts,
            "said",
            {**same[0], "field": "clearance"},
            after=statement_from_row(facts, same[0], value=category),
            direction="worse",
            places=tuple(sorted({row["commune"] for row in same} - {""})),
        )


def _get_problem_key(row: Row) -> tuple[str, str, str]:
    return row["item"], row["commune"], row["category"]


def _diff_places(facts: Facts, first: int, last: int) -> Iterator[Difference]:
    ranks = facts.period_ranks
    period = dict(zip(facts.documents["doc"], facts.documents["period"], strict=True))
    placed_rows: dict[str, list[Row]] = defaultdict(list)
    for row in facts.places.to_dict("records"):
        row_period = period.get(row["doc"])
        if (
            row_period is not None
            and first < ranks[row_period] <= last
            and not pd.isna(row["line"])
        ):
            placed_rows[row["item"]].append({**row, "period": row_period})
    for rows in placed_rows.values():
        yield _make_change(
            facts,
            "said",
            {**rows[0], "field": "places"},
            after=statement_from_row(facts, rows[0], value=""),
            places=tuple(sorted(row["commune"] for row in rows)),
        )


def _list_new_items(
    facts: Facts, fresh: set[str], first: int, ranks: Mapping[str, int], last: int
) -> Iterator[Difference]:
    rows: dict[str, list[Row]] = defaultdict(list)
    seen = facts.observations[facts.observations["item"].isin(fresh)]
    for row in seen.to_dict("records"):
        if first < ranks[row["period"]] <= last:
            rows[row["item"]].append(row)
    rank = {field: place for place, field in enumerate(TELLING)}
    for same in rows.values():
        row = min(
            same, key=lambda change: (rank.get(change["field"], len(rank)), change["component"])
        )
        yield _make_change(facts, "new", row, after=statement_from_row(facts, row))
    for change in (*_diff_places(facts, first, last), *_diff_clearance(facts, first, last)):
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


def is_same_value(before: Row, after: Row) -> bool:
    """Return whether two observations say the same: the number, where both have one."""
    if not pd.isna(before["number"]) and not pd.isna(after["number"]):
        return bool(before["number"] == after["number"])
    return bool(before["value"] == after["value"])


def compute_amount(before: Row | None, after: Row) -> float | None:
    """Return by how much an observation grew, in its unit (days for a milestone).

    ``None`` where that is no number, or one time lies within the other.
    """
    if before is None:
        return None
    if after["field"] in MILESTONES:
        days = count_days_moved(before["value"], after["value"])
        return None if days is None else float(days)
    if pd.isna(before["number"]) or pd.isna(after["number"]):
        return None
    return round(float(after["number"] - before["number"]), 6)


def _sort_changes(
    facts: Facts, changes: list[Difference] | Iterator[Difference]
) -> list[Difference]:
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
