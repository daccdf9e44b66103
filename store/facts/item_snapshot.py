"""Every item as known at a period: one row per item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from reports.grammar.project_status import states_year_goal
from store.column_values import list_cells, look_up_numbers, mark_members
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.values import find_held_values, find_main_percentages
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.facts.facts import Facts
    from store.facts.values import HeldValues

SHARES: Final = {
    "construction": "actual_construction_pct",
    "planned_construction": "planned_construction_pct",
    "clearance": "actual_clearance_pct",
    "planned_clearance": "planned_clearance_pct",
}
SINGLES: Final = (
    "investment_mvnd",
    "land_payment_mvnd",
    "area_ha",
    "forecast",
    "status",
    "milestone_start",
    "milestone_inauguration",
    "milestone_finish",
)
MANY: Final = {"obstacles": "obstacle", "asked_to_act": "asked_to_act", "lead": "lead"}
NUMBERS: Final = frozenset({"investment_mvnd", "land_payment_mvnd", "area_ha"})
REMOVED: Final = "removed_from_list"
"""The status of an item that is off its list: chosen only where it is asked for."""

HALF: Final = 50.0
"""Percent of the land cleared, below which an item without a reported plan is behind."""


def build_item_snapshot(
    facts: Facts, period: str, *, carry: bool = True, as_approved: bool = True
) -> pd.DataFrame:
    """Return one row per item that the reports have named by ``period``, sorted by ``item``.

    Columns: those of ``facts.items``; ``investment_mvnd`` and ``land_payment_mvnd`` (Int64, million
    VND), ``area_ha``, ``forecast`` (of this period only), ``status``, ``milestone_start``,
    ``milestone_inauguration``, ``milestone_finish`` ('' or <NA> where unknown); ``construction``,
    ``planned_construction``, ``clearance``, ``planned_clearance`` (percent, see
    ``store.facts.values``; NaN where unknown), each with ``…_basis``, ``…_component`` and
    ``…_comparable``; ``obstacles``, ``asked_to_act`` and ``lead`` (tuples). Every one of these has
    ``…_obs`` (id of the observation, a tuple for the tuples), ``…_period`` (where the value is
    from) and ``…_conflicted``. ``communes`` is the tuple of the item's commune codes, ``reported``
    says that the period's own documents speak of the item, ``year_goal`` that its forecast goes on
    to say that the year's goal is striven for, ``listed`` that no report has taken it off its
    list, ``opened`` that it is inaugurated or in operation. A percentage from before the
    opening is not carried past it: the report of the opening says no percentage.

    ``carry=False`` keeps only what the period's own documents say, and the items they name. An
    approved period says what was known when it was approved; ``as_approved=False`` what is now.
    """
    known = get_facts_known_at(facts, period) if as_approved else facts
    return _compute_snapshot(known, period, carry).copy(deep=False)


def list_reported_items(facts: Facts, period: str) -> frozenset[str]:
    """Return the items of which a period's own documents speak."""
    return _list_reported_items(facts).get(period, frozenset())


@cache_on_reports()
def _list_reported_items(facts: Facts) -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    for table in (facts.observations, facts.clearance):
        for item, period in list_cells(table, "item", "period"):
            named.setdefault(period, set()).add(item)
    known = facts.item_names.keys()
    return {period: frozenset(items & known) for period, items in named.items()}


@cache_on_reports(most=64)
def find_items_behind(facts: Facts, period: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the items forecast to miss a period's goal, and those with too little land cleared.

    Too little is less than planned or, where no plan is reported, less than half. The same as
    ``build_item_snapshot`` says, without its other columns.
    """
    facts = get_facts_known_at(facts, period)
    items = pd.Index(facts.items["item"])
    values = _SnapshotValues(facts, find_held_values(facts, period, carry=True), items)
    forecast = values.take_single("forecast")
    cleared, planned = (
        pd.Series(values.make_share(name, SHARES[name])[name])
        for name in ("clearance", "planned_clearance")
    )
    late = (cleared < planned) | (planned.isna() & (cleared < HALF))
    return frozenset(items[forecast == "misses"]), frozenset(items[late])


@cache_on_reports()
def find_first_ranks(facts: Facts) -> dict[str, int]:
    """Return for every item the rank of the first period that names it.

    An item without an observation is named by the document that places it, and a zone of which
    reports only say what lies in it by the first item there. What no dated row names at all is
    known from the newest period on.
    """
    ranks = facts.period_ranks
    doc_period = dict(list_cells(facts.documents, "doc", "period"))
    seen = pd.concat(
        [
            facts.observations[["item", "period"]],
            facts.clearance[["item", "period"]],
            facts.places.assign(period=facts.places["doc"].map(doc_period))[["item", "period"]],
        ]
    ).dropna()
    firsts = seen.assign(rank=seen["period"].map(ranks)).groupby("item")["rank"].min()
    items = facts.items.assign(rank=facts.items["item"].map(firsts))
    in_zone = items[items["zone"] != ""].groupby("zone")["rank"].min()
    dated = items["rank"].fillna(items["zone"].map(in_zone)).fillna(len(ranks) - 1)
    return {
        str(item): int(rank)
        for item, rank in zip(items["item"].tolist(), dated.tolist(), strict=True)
    }


@cache_on_reports(most=32)
def list_standing_items(facts: Facts, period: str) -> frozenset[str]:
    """Return the items named by a period that no report has taken off its list.

    What ``build_item_snapshot`` calls ``listed``, without its other columns.
    """
    facts = get_facts_known_at(facts, period)
    firsts = find_first_ranks(facts)
    now = facts.period_ranks.get(period, -1)
    items = sorted(item for item, first in firsts.items() if first <= now)
    values = _SnapshotValues(facts, find_held_values(facts, period, carry=True), pd.Index(items))
    statuses = values.take_single("status").tolist()
    return frozenset(item for item, is_on in zip(items, statuses, strict=True) if is_on != REMOVED)


@cache_on_reports()
def list_item_communes(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return the codes of the communes of every item that has a place, each once, sorted."""
    return {item: tuple(sorted(set(codes))) for item, codes in facts.item_communes.items()}


@cache_on_reports()
def _list_year_goals(facts: Facts) -> frozenset[str]:
    """Return the forecasts, by observation, that name the goal of the year too."""
    seen = facts.observations[facts.observations["field"] == "forecast"]
    return frozenset(seen.loc[seen["raw"].map(states_year_goal).astype(bool), "obs"])


@cache_on_reports(most=32)
def _compute_snapshot(facts: Facts, period: str, carry: bool) -> pd.DataFrame:
    held = find_held_values(facts, period, carry)
    now = facts.period_ranks.get(period, -1)
    first = look_up_numbers(facts.items["item"], find_first_ranks(facts))
    frame = facts.items[first <= now] if carry else facts.items
    named = list_reported_items(facts, period)
    frame = frame.assign(reported=mark_members(frame["item"], named))
    if not carry:
        frame = frame[frame["reported"]]
    frame = frame.sort_values("item").set_index("item", drop=False).rename_axis(None)
    values = _SnapshotValues(facts, held, frame.index)
    columns: dict[str, object] = {}
    for name in SINGLES:
        columns |= values.make_single(name)
    for name, field in SHARES.items():
        columns |= values.make_share(name, field)
    for name, field in MANY.items():
        columns |= values.make_many(name, field)
    communes = list_item_communes(facts)
    frame = frame.assign(**columns)
    status = frame["status"]
    frame = frame.assign(
        communes=[communes.get(item, ()) for item in frame["item"].tolist()],
        listed=status != REMOVED,
        opened=status.isin(["inaugurated", "in_operation"]),
        year_goal=mark_members(frame["forecast_obs"], _list_year_goals(facts)),
    )
    return _drop_stale_shares(frame, facts).reset_index(drop=True)


class _SnapshotValues:
    """The columns that values make, one entry for every item of a snapshot."""

    def __init__(self, facts: Facts, held: HeldValues, items: pd.Index) -> None:
        self._facts, self._held, self._items = facts, held, items
        # Where in the snapshot each item of the observations is; -1 for those that are not in it.
        self._places_of_items = items.get_indexer(held.order.items)

    def make_single(self, name: str) -> dict[str, object]:
        """Return the column of a field that has one value, and its marks."""
        found = self._find_single(name)
        return {name: self._read_single(name, found), **self._make_marks(name, found)}

    def take_single(self, name: str) -> pd.Series:
        """Return the column of a field that has one value, without its marks."""
        return self._read_single(name, self._find_single(name))

    def _find_single(self, name: str) -> NDArray[np.int64]:
        held, order = self._held, self._held.order
        places = held.of_field(name)
        places = places[(held.chosen & order.whole[held.entries])[places]]
        at = held.entries[places]
        # The same field on several bases: the latest document comes last, and stays.
        places = places[np.lexsort((order.obs[at], order.issued[at], order.period[at]))]
        return self._spread(places)

    def _read_single(self, name: str, found: NDArray[np.int64]) -> pd.Series:
        if name not in NUMBERS:
            return self._take("value", found)
        number = self._take("number", found)
        return number if name == "area_ha" else number.round().astype("Int64")

    def make_share(self, name: str, field: str) -> dict[str, object]:
        """Return the column of a percentage, what it is a share of, and its marks."""
        places, is_comparable = find_main_percentages(self._held, field)
        found = self._spread(places)
        comparable = np.zeros(len(self._items), dtype=bool)
        comparable[np.isin(found, places[is_comparable])] = True
        return {
            name: self._take("number", found),
            f"{name}_basis": self._take("basis", found),
            f"{name}_component": self._take("component", found),
            f"{name}_comparable": comparable,
            **self._make_marks(name, found),
        }

    def make_many(self, name: str, field: str) -> dict[str, object]:
        """Return the columns of a field that may have many values: tuples."""
        held, facts = self._held, self._facts
        rows = held.entries[held.of_field(field)]
        at = held.order.rows[rows]
        told = facts.observations[["value", "obs", "period"]].take(at)
        entries = self._places_of_items[held.order.item[rows]].tolist()
        values: list[tuple[str, ...]] = [()] * len(self._items)
        ids: list[tuple[str, ...]] = [()] * len(self._items)
        periods = [""] * len(self._items)
        cells = list_cells(told, "value", "obs", "period")
        for entry, (value, obs, period) in zip(entries, cells, strict=True):
            if entry >= 0:
                if value not in values[entry]:
                    values[entry] += (value,)
                ids[entry] += (obs,)
                periods[entry] = periods[entry] or period
        marks = {"obs": ids, "period": periods, "conflicted": False}
        return {name: values} | {f"{name}_{mark}": column for mark, column in marks.items()}

    def _spread(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for every item which of the places in ``held.entries`` is its own, -1 for none.

        Of several the last one.
        """
        found = np.full(len(self._items), -1)
        entries = self._places_of_items[self._held.order.item[self._held.entries[places]]]
        found[entries[entries >= 0]] = places[entries >= 0]
        return found

    def _take(self, column: str, found: NDArray[np.int64]) -> pd.Series:
        """Return a column of the observations at places; '' or NaN where there is none."""
        known = found >= 0
        rows = np.full(len(found), -1)
        rows[known] = self._held.order.rows[self._held.entries[found[known]]]
        values = self._facts.observations[column]
        missing = np.nan if column == "number" else ""
        taken = pd.api.extensions.take(values.array, rows, allow_fill=True, fill_value=missing)
        return pd.Series(taken, index=self._items, dtype=values.dtype)

    def _make_marks(self, name: str, found: NDArray[np.int64]) -> dict[str, object]:
        known = found >= 0
        conflicted = np.zeros(len(found), dtype=bool)
        conflicted[known] = self._held.conflicted[found[known]]
        return {
            f"{name}_obs": self._take("obs", found),
            f"{name}_period": self._take("period", found),
            f"{name}_conflicted": conflicted,
        }


def _drop_stale_shares(frame: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the frame without construction shares older than the report of the opening."""
    ranks = facts.period_ranks
    share, status = (
        look_up_numbers(frame[column], ranks) for column in ("construction_period", "status_period")
    )
    stale = frame["opened"] & (share >= 0) & (share < status)
    return frame.assign(
        construction=frame["construction"].mask(stale),
        construction_comparable=frame["construction_comparable"] & ~stale,
    )
