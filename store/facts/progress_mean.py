"""Progress of a set of items in one figure, with what it leaves out said.

The mean runs over items whose percentage is known and comparable (see
``store.facts.values``), weighted by investment or by plain count. Items that are open
already have no percentage any more, and items whose construction has not begun have none yet: both
are counted apart, not taken as 100 or 0, for no report gives them a percentage. Everything else
without one is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
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
    column = MEASURE_COLUMN.get(measure, "construction")
    nowhere = pd.Series(False, index=items.index)
    opened = items["opened"].astype(bool) if column == "construction" else nowhere
    stated = items[column].notna() & ~opened
    comparable = stated & items[f"{column}_comparable"].astype(bool)
    waiting = items["status"].isin(WAITING) & ~comparable & ~opened
    weights = amounts.astype("Float64").fillna(0).astype("float64")
    if weight == "count":
        weights = pd.Series(1.0, index=items.index)
    counted = comparable & (weights > 0)
    forecast = items["forecast"] != ""
    misses = items["forecast"] == "misses"
    marks = pd.DataFrame(
        {
            "items": ~nowhere,
            "known": counted,
            "waiting": waiting,
            "opened": opened,
            "no_weight": comparable & ~counted,
            "unknown": ~opened & ~comparable & ~waiting,
            "not_comparable": stated & ~comparable,
            "forecast": forecast,
            "misses": misses,
        }
    ).astype("int64")
    counts = marks.groupby(group).sum()
    mean = _compute_means(group[counted], items[column][counted], weights[counted])
    missed = _compute_means(group[forecast], 100.0 * misses[forecast], weights[forecast])
    nan = float("nan")
    return {
        str(row.Index): ProgressMean(
            mean=mean.get(row.Index, nan),
            items=row.items,
            known=row.known,
            waiting=row.waiting,
            opened=row.opened,
            no_weight=row.no_weight,
            unknown=row.unknown,
            not_comparable=row.not_comparable,
            forecast=row.forecast,
            misses=row.misses,
            misses_share=missed.get(row.Index, nan),
        )
        for row in counts.itertuples()
    }


def _compute_means(group: pd.Series, values: pd.Series, weights: pd.Series) -> dict[str, float]:
    """Return the weighted mean of every group whose weights are not all zero."""
    totals = weights.groupby(group).transform("sum")
    weighed = totals > 0
    parts = values[weighed].astype("float64") * (weights[weighed] / totals[weighed])
    return {str(key): float(mean) for key, mean in parts.groupby(group[weighed]).sum().items()}


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
