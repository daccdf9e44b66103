"""What is different between two periods: items, values, places and the counts reports state.

Each period is taken as what was known by then (``store.facts.values``), so that a report's silence
is no
change. A planned share and a forecast speak of one quarter and are compared only where both
periods state them. A share is compared with a share of the same whole, a part of an item with
itself. That a later report does not repeat a clearance problem says nothing, so none is ever
"gone"; an obstacle is, once a later report names the item's obstacles and not this one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.i18n import t
from reports.model.schema import FIELDS
from store.analysis.change_direction import direction_of
from store.analysis.difference import ORDER, REMOVED, TELLING, Change, Diff
from store.analysis.milestone_delays import MILESTONES, days_between, slips
from store.analysis.stated_counts import count_changes
from store.db.errors import StoreError
from store.facts.facts import Facts, period_ranks
from store.facts.item_snapshot import first_ranks
from store.facts.statements import Row, by_money, investments, item_names, rank_of, said_of
from store.facts.values import values_at

if TYPE_CHECKING:
    from collections.abc import Iterator


def diff(facts: Facts, before: str, after: str) -> Diff:
    """Return what is different at ``after`` from what was known at ``before``.

    Raises ``StoreError`` for a period that there is not, or when ``after`` is not the later one.
    """
    first, last = rank_of(facts, before), rank_of(facts, after)
    if first >= last:
        raise StoreError(t("changes.fault.order", before=before, after=after))
    known = first_ranks(facts)
    ranks = period_ranks(facts)
    values = _by_key(values_at(facts, before)), _by_key(values_at(facts, after))
    fresh = {item for item, rank in known.items() if first < rank <= last}
    found = [
        *_values(facts, *values, first=first),
        *_obstacles(facts, *values, first=first),
        *_clearance(facts, first, last),
        *_places(facts, first, last),
    ]
    gone = [
        replace(one, what="gone")
        for one in found
        if one.field == "status" and _after(one) == REMOVED and not one.component
    ]
    left = {one.item for one in gone}
    stated = {(one.item, _after(one)) for one in found if one.field == "clearance"}
    changed = [
        one
        for one in found
        if one.item not in fresh | left
        and not (one.field == "obstacle" and (one.item, _after(one)) in stated)
    ]
    return Diff(
        before=before,
        after=after,
        new=tuple(_ordered(facts, _new(facts, fresh, first, ranks, last))),
        gone=tuple(_ordered(facts, gone)),
        changed=tuple(_ordered(facts, changed)),
        counts=count_changes(facts, before, after),
        slips=slips(facts, since=before, until=after),
    )


def _after(one: Change) -> str:
    return one.after.value if one.after else ""


_Key = tuple[str, str, str, str]


def _by_key(values: pd.DataFrame) -> dict[_Key, Row]:
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


def _values(
    facts: Facts, before: dict[_Key, Row], after: dict[_Key, Row], *, first: int
) -> Iterator[Change]:
    ranks = period_ranks(facts)
    for key, row in after.items():
        held = before.get(key)
        if key[1] == "obstacle" or ranks[row["period"]] <= first:
            continue
        if held is not None and _same(held, row):
            continue
        if held is None and not FIELDS[key[1]].carried:
            continue
        amount = _amount(held, row)
        yield _change(
            facts,
            "changed" if held else "said",
            row,
            before=said_of(facts, held) if held else None,
            after=said_of(facts, row),
            amount=amount,
            direction=direction_of(key[1], held["value"], row["value"], amount) if held else "",
            refined=held is not None and key[1] in MILESTONES and amount is None,
        )


def _obstacles(
    facts: Facts, before: dict[_Key, Row], after: dict[_Key, Row], *, first: int
) -> Iterator[Change]:
    restated = {
        key[0]
        for key, row in after.items()
        if key[1] == "obstacle" and period_ranks(facts)[row["period"]] > first
    }
    for what, one, other in (("said", after, before), ("unsaid", before, after)):
        for key in one.keys() - other.keys():
            if key[1] == "obstacle" and key[0] in restated:
                said = said_of(facts, one[key])
                yield _change(
                    facts,
                    what,
                    one[key],
                    before=None if what == "said" else said,
                    after=said if what == "said" else None,
                    direction="worse" if what == "said" else "",
                )


def _clearance(facts: Facts, first: int, last: int) -> Iterator[Change]:
    ranks = period_ranks(facts)
    rows = facts.clearance.to_dict("records")
    known = {_problem(row) for row in rows if ranks[row["period"]] <= first}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if first < ranks[row["period"]] <= last and _problem(row) not in known:
            found[row["item"], row["category"]].append(row)
    for (_, category), same in found.items():
        yield _change(
            facts,
            "said",
            {**same[0], "field": "clearance"},
            after=said_of(facts, same[0], value=category),
            direction="worse",
            places=tuple(sorted({row["commune"] for row in same} - {""})),
        )


def _problem(row: Row) -> tuple[str, str, str]:
    return row["item"], row["commune"], row["category"]


def _places(facts: Facts, first: int, last: int) -> Iterator[Change]:
    ranks = period_ranks(facts)
    period = dict(zip(facts.documents["doc"], facts.documents["period"], strict=True))
    found: dict[str, list[Row]] = defaultdict(list)
    for row in facts.places.to_dict("records"):
        said = period.get(row["doc"])
        if said is not None and first < ranks[said] <= last and not pd.isna(row["line"]):
            lines = {"line_from": row["line"], "line_to": row["line"]}
            found[row["item"]].append({**row, **lines, "period": said})
    for rows in found.values():
        yield _change(
            facts,
            "said",
            {**rows[0], "field": "places"},
            after=said_of(facts, rows[0], value=""),
            places=tuple(sorted(row["commune"] for row in rows)),
        )


def _new(
    facts: Facts, fresh: set[str], first: int, ranks: dict[str, int], last: int
) -> Iterator[Change]:
    rows: dict[str, list[Row]] = defaultdict(list)
    seen = facts.observations[facts.observations["item"].isin(fresh)]
    for row in seen.to_dict("records"):
        if first < ranks[row["period"]] <= last:
            rows[row["item"]].append(row)
    rank = {field: place for place, field in enumerate(TELLING)}
    for same in rows.values():
        row = min(same, key=lambda one: (rank.get(one["field"], len(rank)), one["component"]))
        yield _change(facts, "new", row, after=said_of(facts, row))
    for one in (*_places(facts, first, last), *_clearance(facts, first, last)):
        if one.item in fresh and one.item not in rows:
            rows[one.item] = []
            yield replace(one, what="new", direction="")


def _change(facts: Facts, what: str, row: Row, **more: Any) -> Change:
    given: dict[str, Any] = {
        "component": "",
        "basis": "",
        "before": None,
        "after": None,
        "amount": None,
        "direction": "",
        "refined": False,
        "places": (),
    }
    given |= {name: row[name] for name in ("component", "basis") if name in row} | more
    return Change(
        what=what,
        item=row["item"],
        name=item_names(facts).get(row["item"], ""),
        field=row["field"],
        investment_mvnd=investments(facts).get(row["item"]),
        **given,
    )


def _same(before: Row, after: Row) -> bool:
    if not pd.isna(before["number"]) and not pd.isna(after["number"]):
        return bool(before["number"] == after["number"])
    return bool(before["value"] == after["value"])


def _amount(before: Row | None, after: Row) -> float | None:
    if before is None:
        return None
    if after["field"] in MILESTONES:
        days = days_between(before["value"], after["value"])
        return None if days is None else float(days)
    if pd.isna(before["number"]) or pd.isna(after["number"]):
        return None
    return round(float(after["number"] - before["number"]), 6)


def _ordered(facts: Facts, changes: list[Change] | Iterator[Change]) -> list[Change]:
    changes = list(changes)
    place = {item: rank for rank, item in enumerate(by_money(facts, (one.item for one in changes)))}
    order = {field: rank for rank, field in enumerate(ORDER)}
    return sorted(
        changes,
        key=lambda one: (
            place[one.item],
            order.get(one.field, len(order)),
            one.component,
            _after(one),
            one.what,
        ),
    )
