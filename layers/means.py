"""Progress of a set of items in one figure, with what it leaves out said.

The mean runs over items whose percentage is known and comparable (see ``store.headline``), weighted
by investment or by plain count. Items that are open already have no percentage any more, and items
whose construction has not begun have none yet: both are counted apart, not taken as 100 or 0, for
no report gives them a percentage. Everything else without one is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from layers.filters import ProgressMeasure, Weight

WAITING: Final = frozenset({"preparing", "not_started", "approved", "established"})
"""Statuses before construction."""

MEASURE_COLUMN: Final = {"actual": "construction", "planned": "planned_construction"}


@dataclass(frozen=True)
class Progress:
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


def progress_of(
    items: pd.DataFrame,
    amounts: pd.Series,
    *,
    measure: ProgressMeasure = "actual",
    weight: Weight = "investment",
) -> Progress:
    """Return the progress of the items.

    ``items`` has the columns of ``store.known.known_at``; ``amounts`` (Int64, same index, any money
    unit) is what each item weighs: its whole investment, or its share in a commune.
    """
    column = MEASURE_COLUMN.get(measure, "construction")
    opened = items["opened"].astype(bool) if column == "construction" else items["item"].isna()
    stated = items[column].notna() & ~opened
    comparable = stated & items[f"{column}_comparable"].astype(bool)
    waiting = items["status"].isin(WAITING) & ~comparable & ~opened
    weights = amounts.astype("Float64").astype("float64")
    if weight == "count":
        weights = pd.Series(1.0, index=items.index)
    counted = comparable & (weights > 0)
    forecast = items["forecast"] != ""
    misses = items["forecast"] == "misses"
    weighed = forecast & (weights > 0)
    return Progress(
        mean=_mean(items[column][counted], weights[counted]),
        items=len(items),
        known=int(counted.sum()),
        waiting=int(waiting.sum()),
        opened=int(opened.sum()),
        no_weight=int((comparable & ~counted).sum()),
        unknown=int((~opened & ~comparable & ~waiting).sum()),
        not_comparable=int((stated & ~comparable).sum()),
        forecast=int(forecast.sum()),
        misses=int(misses.sum()),
        misses_share=_mean(100.0 * misses[weighed], weights[weighed]),
    )


def _mean(values: pd.Series, weights: pd.Series) -> float:
    total = float(weights.sum())
    if not len(values) or total <= 0:
        return float("nan")
    return float((values.astype("float64") * (weights / total)).sum())
