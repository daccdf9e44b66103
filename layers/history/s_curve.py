"""Plan against actual over the periods: of a project, of the chosen area, of the city.

A point stands only where a period's own reports give a value; nothing is carried or guessed in
between. Plan and actual are compared over the same items: those of which the period gives both, as
shares of the same whole. Where it gives both of none, the plan (or the actual) of those it speaks
of stands alone and says so. Items are weighted by the investment reported last, the same in every
period (in an area by their equal share of it), or by plain count as the filters say; an item
without an amount has no weight and is counted apart. A line joins two points; it is broken
(``Segment.dashed``) where periods without a value lie between, or where the two points are not of
the same items.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE
from store.facts.commune_shares import make_share_table
from store.facts.item_snapshot import build_item_snapshot
from store.facts.labels import get_as_of_date, get_period_label
from store.facts.selection import resolve_area, select_items
from store.facts.sources import find_sources
from store.facts.statements import map_investments
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.sources import Source

Measure = Literal["construction", "clearance"]
Side = Literal["planned", "actual"]
MEASURES: Final[tuple[Measure, ...]] = ("construction", "clearance")
SIDES: Final[tuple[Side, ...]] = ("planned", "actual")
MOST_SOURCES: Final = 40
GOOD: Final = frozenset({"exceeds", "meets", "may_meet", "strives"})


@dataclass(frozen=True)
class CurvePoint:
    """One value, in percent. ``items`` are behind it; ``alone``: the other side is not given."""

    period: str
    label: str
    day: str
    measure: Measure
    side: Side
    value: float
    items: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class CurveSegment:
    """A line between two points of one measure and side; see the module for ``dashed``."""

    start: CurvePoint
    end: CurvePoint
    dashed: bool


@dataclass(frozen=True)
class CurveRow:
    """What one period gives of one measure: the points, and how many items are behind them.

    ``planned`` and ``actual`` are percent, ``None`` where there is none. ``both`` items have plan
    and actual; ``planned_only`` and ``actual_only`` one of them; ``no_weight`` a value but no
    amount to weigh it by; ``neither`` nothing. ``items`` is the sum of these five.
    """

    period: str
    label: str
    day: str
    measure: Measure
    planned: float | None
    actual: float | None
    alone: bool
    both: int
    planned_only: int
    actual_only: int
    no_weight: int
    neither: int
    items: int
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ForecastRow:
    """What a period's reports forecast of the quarter's goal: a forecast, not a result.

    Of ``items``, ``good`` are forecast to meet it or may, ``misses`` not to, ``undetermined`` are
    left open and ``silent`` have no forecast.
    """

    period: str
    label: str
    day: str
    good: int
    misses: int
    undetermined: int
    silent: int
    items: int


@dataclass(frozen=True, eq=False)
class SCurve:
    """All periods in order of time. ``rows`` only of periods that give a value."""

    points: tuple[CurvePoint, ...]
    segments: tuple[CurveSegment, ...]
    rows: tuple[CurveRow, ...]
    forecasts: tuple[ForecastRow, ...]


def build_s_curve(
    facts: Facts, filters: Filters, *, item: str = "", language: str = DEFAULT_LANGUAGE
) -> SCurve:
    """Return the curve of what the filters choose over all periods, or of one ``item``.

    The filters' period does not matter, the forecast filter neither: it would leave out items of
    one period only. An item is shown whatever the filters choose.
    """
    return _build_s_curve(facts, filters.with_changes(period="", forecasts=()), item, language)


@cache_on_reports(most=64)
def _build_s_curve(facts: Facts, filters: Filters, item: str, language: str) -> SCurve:
    rows: list[CurveRow] = []
    points: list[CurvePoint] = []
    forecasts: list[ForecastRow] = []
    for period in facts.periods["period"]:
        items = _select_items(facts, filters, str(period), item)
        named = (
            str(period),
            get_period_label(facts, str(period), language),
            get_as_of_date(facts, str(period)),
        )
        for measure in MEASURES:
            row, new_points = _build_curve_row(facts, items, named, measure)
            if new_points:
                rows.append(row)
                points.extend(new_points)
        forecast = _build_forecast_row(items, named)
        if forecast.silent < forecast.items:
            forecasts.append(forecast)
    return SCurve(
        tuple(points), tuple(_list_segments(facts, points)), tuple(rows), tuple(forecasts)
    )


def _select_items(facts: Facts, filters: Filters, period: str, item: str) -> pd.DataFrame:
    """Return the items of one period with ``weight``, and only the period's own percentages."""
    chosen = filters.with_changes(period=period, forecasts=(), statuses=(), carry=True)
    if item:
        items = build_item_snapshot(facts, period)
        items = items[items["item"] == item]
    else:
        items = select_items(facts, chosen).items
    amounts = items["item"].map(map_investments(facts)).astype("Int64")
    items = items.assign(investment_mvnd=amounts)
    weight = amounts.fillna(0).astype("float64")
    area = None if item else resolve_area(facts, filters)
    if area is not None:
        shares = make_share_table(items)
        within = shares[shares["code"].isin(area)].groupby("item")["share_vnd"].sum()
        weight = items["item"].map(within).astype("Float64").fillna(0).astype("float64")
    if item or filters.weight == "count":
        weight = pd.Series(1.0, index=items.index)
    own = {
        name: items[name].where(
            (items[f"{name}_period"] == period) & items[f"{name}_comparable"].astype(bool)
        )
        for measure in MEASURES
        for name in (measure, f"planned_{measure}")
    }
    return items.assign(weight=weight, **own)


def _build_curve_row(
    facts: Facts, items: pd.DataFrame, named: tuple[str, str, str], measure: Measure
) -> tuple[CurveRow, list[CurvePoint]]:
    weighed = items["weight"] > 0
    has = {
        "planned": items[f"planned_{measure}"].notna(),
        "actual": items[measure].notna(),
    }
    both = has["planned"] & has["actual"] & weighed & is_same_whole(items, measure)
    counted = {side: has[side] & weighed for side in SIDES}
    alone = not both.any()
    used = counted if alone else dict.fromkeys(SIDES, both)
    points = [
        CurvePoint(
            *named,
            measure=measure,
            side=side,
            value=_compute_mean(items, measure, side, used[side]),
            items=tuple(items.loc[used[side], "item"].tolist()),
            alone=alone,
        )
        for side in SIDES
        if used[side].any()
    ]
    values = {point.side: point.value for point in points}
    some = has["planned"] | has["actual"]
    seen = pd.concat(
        [
            items.loc[used["planned"], f"planned_{measure}_obs"],
            items.loc[used["actual"], f"{measure}_obs"],
        ]
    )
    row = CurveRow(
        *named,
        measure=measure,
        planned=values.get("planned"),
        actual=values.get("actual"),
        alone=alone,
        both=int(both.sum()),
        planned_only=int((counted["planned"] & ~both & ~counted["actual"]).sum()),
        actual_only=int((counted["actual"] & ~both).sum()),
        no_weight=int((some & ~weighed).sum()),
        neither=int((~some).sum()),
        items=len(items),
        sources=find_sources(facts, seen.iloc[:MOST_SOURCES].tolist()),
    )
    return row, points


def is_same_whole(items: pd.DataFrame, measure: Measure) -> pd.Series:
    """Return where plan and actual are shares of the same whole, as far as reports say."""
    unstated = ["", "unstated"]
    planned, actual = items[f"planned_{measure}_basis"], items[f"{measure}_basis"]
    return (planned == actual) | planned.isin(unstated) | actual.isin(unstated)


def _compute_mean(items: pd.DataFrame, measure: Measure, side: Side, used: pd.Series) -> float:
    column = measure if side == "actual" else f"planned_{measure}"
    weights = items.loc[used, "weight"]
    return float((items.loc[used, column].astype("float64") * (weights / weights.sum())).sum())


def _build_forecast_row(items: pd.DataFrame, named: tuple[str, str, str]) -> ForecastRow:
    forecast = items["forecast"]
    return ForecastRow(
        *named,
        good=int(forecast.isin(GOOD).sum()),
        misses=int((forecast == "misses").sum()),
        undetermined=int((forecast == "undetermined").sum()),
        silent=int((forecast == "").sum()),
        items=len(items),
    )


def _list_segments(facts: Facts, points: list[CurvePoint]) -> Iterator[CurveSegment]:
    ranks = facts.period_ranks
    for measure in MEASURES:
        for side in SIDES:
            line = [point for point in points if (point.measure, point.side) == (measure, side)]
            for start, end in pairwise(line):
                near = ranks[end.period] - ranks[start.period] == 1
                yield CurveSegment(start, end, not near or start.items != end.items)
