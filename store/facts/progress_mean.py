"""Progress of a set of items in one figure, with what it leaves out said.

The mean runs over items whose percentage is known and comparable (see
``store.facts.values``), weighted by investment or by plain count. Items that are open
already have no percentage any more, and items whose construction has not begun have none yet: both
are counted apart, not taken as 100 or 0, for no report gives them a percentage. Everything else
without one is unknown.

An item is late when the period's reports forecast that it misses the quarter's goal, or when less
is built than the plan to the end of the same period. Items with neither a forecast nor both
percentages cannot be judged: nothing says that they are on time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from store.column_values import list_cells

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from store.facts.filters import ProgressMeasure, Weight

WAITING: Final = frozenset({"preparing", "not_started", "approved", "established"})
"""Statuses before construction."""

MEASURE_COLUMN: Final = {"actual": "construction", "planned": "planned_construction"}


@dataclass(frozen=True)
class ProgressMean:
    """The progress of some items.

    ``mean`` and ``misses_share`` are percent, NaN where nothing is behind them. ``known`` items are
    behind the mean; ``waiting`` have none, for their construction has not begun; ``opened`` are
    inaugurated or in operation; ``no_weight`` have a percentage but no amount to weigh it by (none
    by count); ``unknown`` are all others. ``items`` is the sum of these five. ``not_comparable`` of
    the waiting and unknown have a percentage of a phase only. ``forecast`` items have a forecast
    for the period, of which ``misses`` are said to miss the quarter's goal.
    """

    mean: float
    items: int
    known: int
    waiting: int
    opened: int
    no_weight: int
    unknown: int
    not_comparable: int
    forecast: int
    misses: int
    misses_share: float


def compute_progress(
    items: pd.DataFrame,
    amounts: pd.Series,
    *,
    measure: ProgressMeasure = "actual",
    weight: Weight = "investment",
) -> ProgressMean:
    """Return the progress of the items.

    ``items`` has the columns of ``store.facts.item_snapshot.build_item_snapshot``; ``amounts``
    (Int64, same index, any money unit) is what each item weighs: its whole investment, or its share
    in a commune.
    """
    groups = pd.Series("all", index=items.index, dtype=str)
    progress = compute_progress_by(groups, items, amounts, measure=measure, weight=weight)
    return progress.get("all", NO_PROGRESS)


def list_progress_columns(measure: ProgressMeasure) -> tuple[str, ...]:
    """Return the columns of the items that their progress is worked out of, the measure first."""
    column = MEASURE_COLUMN.get(measure, "construction")
    return column, "status", "forecast", "opened", f"{column}_comparable"


def compute_progress_by(
    group: pd.Series,
    items: pd.DataFrame,
    amounts: pd.Series,
    *,
    measure: ProgressMeasure = "actual",
    weight: Weight = "investment",
) -> dict[str, ProgressMean]:
    """Return the progress of every group of items, as ``progress_of`` does of all.

    ``group`` (same index) names the group of every row; a group without a row has no entry.
    """
    column, *others = list_progress_columns(measure)
    weights = (
        amounts.astype("Float64").to_numpy("float64", na_value=0.0).tolist()
        if weight == "investment"
        else [1.0] * len(items)
    )
    cells = list_cells(items, column, *others)
    groups: dict[str, _Tally] = {}
    for key, own_weight, (value, status, forecast, is_opened, is_comparable) in zip(
        group.tolist(), weights, cells, strict=True
    ):
        tally = groups.get(key) or groups.setdefault(key, _Tally())
        opened = bool(is_opened) and column == "construction"
        comparable = bool(is_comparable) and not opened and not pd.isna(value)
        tally.add_item(opened, comparable, status, value, own_weight)
        if forecast:
            tally.add_forecast(forecast == "misses", own_weight)
    return {key: groups[key].summarise() for key in sorted(groups)}


class _Tally:
    """What is counted of the items of one group, one after the other."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(
            ("items", "known", "waiting", "opened", "no_weight", "unknown", "not_comparable"), 0
        )
        self.stated: list[tuple[float, float]] = []
        self.forecasts: list[tuple[float, float]] = []

    def add_item(
        self, opened: bool, comparable: bool, status: str, value: float, weight: float
    ) -> None:
        """Count an item; its percentage counts where it is comparable and weighs something."""
        self.counts["items"] += 1
        self.counts["not_comparable"] += not comparable and not opened and not pd.isna(value)
        if comparable and weight > 0:
            self.counts["known"] += 1
            self.stated.append((float(value), weight))
        elif comparable:
            self.counts["no_weight"] += 1
        elif opened:
            self.counts["opened"] += 1
        else:
            self.counts["waiting" if status in WAITING else "unknown"] += 1

    def add_forecast(self, misses: bool, weight: float) -> None:
        """Count an item that has a forecast."""
        self.forecasts.append((100.0 if misses else 0.0, weight))

    def summarise(self) -> ProgressMean:
        """Return what the items come to."""
        return ProgressMean(
            mean=_compute_mean(self.stated),
            forecast=len(self.forecasts),
            misses=sum(value > 0 for value, _ in self.forecasts),
            misses_share=_compute_mean(self.forecasts),
            **self.counts,
        )


def _compute_mean(weighed: Sequence[tuple[float, float]]) -> float:
    """Return the weighted mean, NaN where the weights are all zero."""
    total = math.fsum(weight for _, weight in weighed)
    if total <= 0:
        return float("nan")
    return math.fsum(value * (weight / total) for value, weight in weighed)


NO_PROGRESS: Final = ProgressMean(
    mean=float("nan"),
    items=0,
    known=0,
    waiting=0,
    opened=0,
    no_weight=0,
    unknown=0,
    not_comparable=0,
    forecast=0,
    misses=0,
    misses_share=float("nan"),
)
"""The progress of no items at all."""


def mark_late_items(items: pd.DataFrame) -> pd.DataFrame:
    """Return ``judged`` and ``late`` (both bool) of every item, on the same index.

    ``items`` has the columns of ``store.facts.item_snapshot.build_item_snapshot``. Percentages
    count where they speak of the whole item and of one period.
    """
    planned, actual = items["planned_construction"], items["construction"]
    comparable = (
        items["construction_comparable"].astype(bool)
        & items["planned_construction_comparable"].astype(bool)
        & (items["construction_period"] == items["planned_construction_period"])
        & planned.notna()
        & actual.notna()
        & ~items["opened"].astype(bool)
    )
    behind = comparable & (actual < planned).fillna(value=False).astype(bool)
    return pd.DataFrame(
        {
            "judged": (items["forecast"] != "") | comparable,
            "late": (items["forecast"] == "misses") | behind,
        },
        index=items.index,
    ).astype(bool)


def count_late_items(group: pd.Series, items: pd.DataFrame) -> dict[Hashable, tuple[int, int]]:
    """Return the number of judged and of late items of every group; ``group`` names each row's.

    ``items`` has ``judged`` and ``late`` (``mark_late_items``).
    """
    counts: dict[Hashable, tuple[int, int]] = {}
    for key, (judged, late) in zip(
        group.tolist(), list_cells(items, "judged", "late"), strict=True
    ):
        known = counts.get(key, (0, 0))
        counts[key] = known[0] + judged, known[1] + late
    return counts
