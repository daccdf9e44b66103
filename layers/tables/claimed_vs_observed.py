"""What was claimed against what was seen on the ground: the gap of every item.

A claim is the one written down in the visit; where a visit holds none, the reports' own last figure
as known at the period (for land in hectares: the clearance register's). What a visit did not
measure is unknown, never 0.

The gap is claimed less observed, in percentage points; that of land in hectares, in points of the
area to clear (where that is unknown, of the area claimed):

| gap | level | flagged |
|---|---|---|
| one of the two is not known | ``unknown`` | no |
| below 5: no better can be told by eye; or more observed than claimed | ``none`` | no |
| 5 to below 15 | ``some`` | yes |
| 15 and more | ``large`` | yes |
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo import clock
from store.column_values import list_rows
from store.facts.item_snapshot import build_item_snapshot
from store.facts.selection import find_default_period
from store.facts.visit_clock import select_visits_in_time
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.facts import Facts

SOME_POINTS: Final = 5.0
LARGE_POINTS: Final = 15.0
MEASURES: Final = ("construction", "clearance", "handed")
"""``construction`` and ``clearance`` in percent, ``handed`` (land handed over) in hectares."""

GAP_COLUMNS: Final = (
    "item",
    "measure",
    "visit",
    "at",
    "age_days",
    "claimed",
    "claimed_from",
    "observed",
    "gap",
    "points",
    "level",
    "flagged",
)
"""``visit`` id of the latest visit that observed the measure; ``at`` its moment (ISO, UTC);
``age_days`` days since then; ``claimed``, ``observed``, ``gap`` in the measure's unit, ``points``
the gap in percentage points (NaN where unknown); ``claimed_from`` ``visit``, ``reports``,
``register`` or ''; ``level`` ``unknown``, ``none``, ``some`` or ``large``."""

_CLAIMED: Final = {
    "construction": "claimed_construction_pct",
    "clearance": "claimed_clearance_pct",
}
_OBSERVED: Final = {
    "construction": "observed_construction_pct",
    "clearance": "observed_clearance_pct",
    "handed": "observed_handed_ha",
}


def list_visit_gaps(facts: Facts, period: str, *, today: date | None = None) -> pd.DataFrame:
    """Return the gaps of all items that were visited: ``GAP_COLUMNS``, by item and measure.

    Of every item and measure the latest visit counts that observed it (``list_visits_until``).
    ``today`` is what ages are counted to; the day it is in Vietnam unless told otherwise.
    """
    visits = list_visits_until(facts, period)
    now = today or clock.today()
    rows = [
        _build_row(visit, measure, _load_claims(facts, period), now)
        for measure, column in _OBSERVED.items()
        for visit in list_rows(_select_latest(visits, column))
    ]
    frame = pd.DataFrame(rows, columns=list(GAP_COLUMNS))
    order = {measure: position for position, measure in enumerate(MEASURES)}
    return frame.sort_values(
        ["item", "measure"],
        key=lambda column: column.map(order) if column.name == "measure" else column,
        ignore_index=True,
    )


def list_gaps_of_visit(
    facts: Facts, visit: Mapping[str, object], period: str, *, today: date | None = None
) -> tuple[dict[str, object], ...]:
    """Return the gaps of one visit (a row of ``facts.visits``), every measure that it observed."""
    now = today or clock.today()
    claims = _load_claims(facts, period)
    return tuple(
        _build_row(visit, measure, claims, now)
        for measure, column in _OBSERVED.items()
        if not pd.isna(visit[column])
    )


def list_visits_until(facts: Facts, period: str) -> pd.DataFrame:
    """Return the visits that count at a period: those before the next period's day.

    At the period that opens by itself and at later ones every visit counts, for what was seen
    yesterday is what a leader must know today. A visit dated ahead of its coming in counts at no
    period: its day is not known (``visit_clock``). Rows of ``facts.visits``, oldest first.
    """
    visits = select_visits_in_time(facts.visits).sort_values(["at", "visit"], ignore_index=True)
    ranks = facts.period_ranks
    rank = ranks.get(period, -1)
    if rank >= ranks.get(find_default_period(facts), 0) or rank + 1 >= len(facts.periods):
        return visits
    next_day = str(facts.periods["as_of"].iloc[rank + 1])
    return visits[visits["at"].map(to_vietnam_day) < next_day].reset_index(drop=True)


def to_vietnam_day(moment: str) -> str:
    """Return the day in Vietnam of a moment (ISO, UTC) as an ISO date; '' for no moment."""
    try:
        utc_moment = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    return clock.to_local_time(utc_moment).date().isoformat()


def classify_gap(points: float) -> str:
    """Return the level of a gap in percentage points; NaN is unknown."""
    if pd.isna(points):
        return "unknown"
    points = round(points, 6)
    if points < SOME_POINTS:
        return "none"
    return "large" if points >= LARGE_POINTS else "some"


def _select_latest(visits: pd.DataFrame, column: str) -> pd.DataFrame:
    return visits[visits[column].notna()].drop_duplicates("item", keep="last")


@cache_on_facts(most=32)
def _load_claims(facts: Facts, period: str) -> dict[str, dict[str, float]]:
    """Return what reports and register claim, by measure (and ``area``, to clear) and item."""
    known = build_item_snapshot(facts, period)
    claims = {
        measure: {
            str(item): float(share)
            for item, share in zip(known["item"], known[measure], strict=True)
            if not pd.isna(share)
        }
        for measure in _CLAIMED
    }
    cases = facts.cases[(facts.cases["item"] != "") & (facts.cases["state"] != "withdrawn")]
    for name, column in (("handed", "handed_ha"), ("area", "area_ha")):
        sums = cases.groupby("item")[column].sum(min_count=1).dropna()
        claims[name] = {str(item): float(area) for item, area in sums.items()}
    return claims


def _build_row(
    visit: Mapping[str, object], measure: str, claims: dict[str, dict[str, float]], now: date
) -> dict[str, object]:
    item = str(visit["item"])
    observed = float(str(visit[_OBSERVED[measure]]))
    claimed, source = _find_claim(visit, measure, item, claims)
    gap = claimed - observed
    points = gap
    if measure == "handed":
        whole = claims["area"].get(item, claimed)
        points = 100 * gap / whole if whole > 0 else float("nan")
    level = classify_gap(points)
    day = to_vietnam_day(str(visit["at"]))
    return {
        "item": item,
        "measure": measure,
        "visit": str(visit["visit"]),
        "at": str(visit["at"]),
        "age_days": max((now - date.fromisoformat(day)).days, 0) if day else None,
        "claimed": claimed,
        "claimed_from": source,
        "observed": observed,
        "gap": gap,
        "points": points,
        "level": level,
        "flagged": level in {"some", "large"},
    }


def _find_claim(
    visit: Mapping[str, object], measure: str, item: str, claims: dict[str, dict[str, float]]
) -> tuple[float, str]:
    if measure in _CLAIMED:
        own = visit[_CLAIMED[measure]]
        if not pd.isna(own):
            return float(str(own)), "visit"
    if item in claims[measure]:
        return claims[measure][item], "register" if measure == "handed" else "reports"
    return float("nan"), ""
