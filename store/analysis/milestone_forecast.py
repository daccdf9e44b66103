"""Whether each project's next milestone holds: the program's estimate, never a report's word.

The next milestone is the earliest that the item's status has not passed, of the whole item before
one of a part. Without one, the goal of the year stands in where the report says that it is striven
for ("phấn đấu hoàn thành mục tiêu năm"), due on 31 December. Without that too, there is nothing to
estimate, and the outlook is ``unknown``. The rule and its numbers are in
``store.analysis.milestone_forecast_rule``.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from reports.model.dates import span_of
from store.analysis.milestone_delays import held_of, last_statuses, reached, slips, told
from store.analysis.milestone_forecast_rule import Assessment, Inputs, Reason, assess
from store.facts.facts import Facts, period_ranks
from store.facts.item_snapshot import known_at
from store.facts.main_percentage import headlines
from store.facts.sources import sources_of
from store.facts.statements import Row, by_money, rank_of, said_of
from store.facts.values import values_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.facts.sources import Source

NO_PROJECT: Final = frozenset({"economic_zone"})
YEAR_GOAL: Final = "year_goal"
_YEAR_GOAL: Final = re.compile(r"mục tiêu\W*năm", re.IGNORECASE)


@dataclass(frozen=True)
class Outlook:
    """The estimate for one project at one period.

    ``milestone`` is the field (``milestone_start`` …), ``year_goal`` or '' for none; ``component``
    is '' for the whole item; ``due`` is as the report gives it, ``due_day`` its last day (ISO).
    ``outlook``: ``likely``, ``at_risk``, ``unlikely`` or ``unknown``. ``known`` counts the inputs
    it rests on, ``score`` adds up the points of ``reasons``. ``sources`` are where the milestone
    stands; every reason has its own. ``estimate`` is always true.
    """

    item: str
    name: str
    milestone: str
    component: str
    due: str
    due_day: str
    days_left: int | None
    outlook: str
    score: int
    known: int
    reasons: tuple[Reason, ...]
    sources: tuple[Source, ...]
    investment_mvnd: int | None
    estimate: bool = True


def outlook(facts: Facts, period: str) -> tuple[Outlook, ...]:
    """Return the estimate for every listed project that is not opened, the largest first.

    Raises ``StoreError`` for a period that there is not.
    """
    rank_of(facts, period)
    return _outlook(facts, period)


def outlook_json(found: Sequence[Outlook]) -> list[dict[str, Any]]:
    """Return estimates as plain data: a list of objects with the fields of ``Outlook``."""
    return [asdict(one) for one in found]


@dataclass(frozen=True)
class _Next:
    field: str
    component: str
    due: str
    day: date
    row: Row


@lru_cache(maxsize=8)
def _outlook(facts: Facts, period: str) -> tuple[Outlook, ...]:
    known = known_at(facts, period)
    known = known[known["listed"] & ~known["opened"] & ~known["kind"].isin(NO_PROJECT)]
    statuses = last_statuses(facts, period)
    goals = _year_goals(facts, period)
    ahead = _milestones(facts, period, statuses)
    found = {}
    for row in known.to_dict("records"):
        item = row["item"]
        found[item] = _one(facts, period, row, ahead.get(item) or goals.get(item), statuses)
    return tuple(found[item] for item in by_money(facts, found))


def _one(
    facts: Facts, period: str, row: Row, ahead: _Next | None, statuses: dict[str, Row]
) -> Outlook:
    amount = None if pd.isna(row["investment_mvnd"]) else int(row["investment_mvnd"])
    given = {"item": row["item"], "name": row["name"], "investment_mvnd": amount}
    if ahead is None:
        reasons = (Reason("no_milestone", "time", 0, weight=0),)
        return Outlook(
            **given,
            milestone="",
            component="",
            due="",
            due_day="",
            days_left=None,
            outlook="unknown",
            score=0,
            known=0,
            reasons=reasons,
            sources=(),
        )
    inputs = _inputs(facts, period, row, ahead, statuses.get(row["item"]))
    estimate = _sourced(facts, assess(inputs), row, ahead)
    return Outlook(
        **given,
        milestone=ahead.field,
        component=ahead.component,
        due=ahead.due,
        due_day=ahead.day.isoformat(),
        days_left=inputs.days_left,
        outlook=estimate.outlook,
        score=estimate.score,
        known=estimate.known,
        reasons=estimate.reasons,
        sources=said_of(facts, ahead.row).sources,
    )


def _inputs(facts: Facts, period: str, row: Row, ahead: _Next, status: Row | None) -> Inputs:
    now = _day(facts, period)
    confirmed = (
        status is not None
        and _day(facts, status["period"]) > ahead.day
        and not reached(ahead.field, status["value"])
    )
    done = _share(row, "construction")
    told_on = _day(facts, row["construction_period"]) if done is not None else now
    before = _earlier(facts, row) if done is not None else None
    return Inputs(
        field=ahead.field,
        days_left=(ahead.day - now).days,
        confirmed=confirmed,
        stage=row["status"],
        done=done,
        days_to_build=(ahead.day - told_on).days,
        done_before=before[0] if before else None,
        days_since=(told_on - before[1]).days if before else 0,
        planned=_planned(row, "construction"),
        cleared=_share(row, "clearance"),
        cleared_planned=_planned(row, "clearance"),
        obstacles=row["obstacles"] or _problems(facts, period).get(row["item"], ()),
        forecast=row["forecast"],
        slip_days=_slipped(facts, period, row["item"], ahead),
    )


def _share(row: Row, name: str) -> float | None:
    """Return a share of the whole item, ``None`` where it is unknown or of one phase only."""
    known = row[f"{name}_comparable"] and not pd.isna(row[name])
    return float(row[name]) if known else None


def _planned(row: Row, name: str) -> float | None:
    """Return the planned share where it is of the same whole as the one that is reached."""
    share = _share(row, f"planned_{name}")
    bases = {row[f"{name}_basis"], row[f"planned_{name}_basis"]} - {"", "unstated"}
    return share if len(bases) <= 1 else None


def _earlier(facts: Facts, row: Row) -> tuple[float, date] | None:
    """Return the figure before the one that holds, of the same whole and part, and its day."""
    ranks = period_ranks(facts)
    for period in sorted(ranks, key=ranks.__getitem__, reverse=True):
        if ranks[period] >= ranks[row["construction_period"]]:
            continue
        found = headlines(facts, values_at(facts, period, carry=False), "actual_construction_pct")
        if row["item"] in found.index:
            one = found.loc[row["item"]]
            whole = one["basis"], one["component"]
            if whole == (row["construction_basis"], row["construction_component"]):
                return float(one["number"]), _day(facts, period)
    return None


@lru_cache(maxsize=8)
def _problems(facts: Facts, period: str) -> dict[str, tuple[str, ...]]:
    """Return the kinds of clearance problems stated of every item by the period."""
    found: dict[str, dict[str, None]] = {}
    for row in facts.clearance.to_dict("records"):
        if _said_by(facts, row, period):
            found.setdefault(row["item"], {})[row["category"]] = None
    return {item: tuple(kinds) for item, kinds in found.items()}


def _slipped(facts: Facts, period: str, item: str, ahead: _Next) -> int | None:
    if ahead.field == YEAR_GOAL:
        return None
    key = item, ahead.field, ahead.component
    moved = [
        one.days
        for one in slips(facts, until=period)
        if (one.item, one.field, one.component) == key and one.how != "overdue"
    ]
    spoken = [one for one in told(facts)[key] if _said_by(facts, one, period)]
    return sum(moved) if moved else 0 if len(spoken) > 1 else None


def _milestones(facts: Facts, period: str, statuses: dict[str, Row]) -> dict[str, _Next]:
    """Return the next milestone of every item that has one ahead, or one that is overdue."""
    found: dict[str, list[_Next]] = {}
    for (item, field, component), rows in told(facts).items():
        spoken = [row for row in rows if _said_by(facts, row, period)]
        status = statuses.get(item)
        if not spoken or (status is not None and _passes(status["value"], field)):
            continue
        row = held_of(spoken)
        span = span_of(row["value"])
        if span is not None:
            one = _Next(field, component, row["value"], span[1], row)
            found.setdefault(item, []).append(one)
    return {
        item: min(ahead, key=lambda one: (one.component != "", one.day, one.field))
        for item, ahead in found.items()
    }


def _passes(status: str, field: str) -> bool:
    """Return whether the status puts the milestone behind; "undetermined" does not."""
    return status != "undetermined" and reached(field, status)


def _year_goals(facts: Facts, period: str) -> dict[str, _Next]:
    """Return the goal of the period's year of every item of which a report names it."""
    year = _day(facts, period).year
    seen = facts.observations[facts.observations["field"] == "forecast"]
    return {
        row["item"]: _Next(YEAR_GOAL, "", str(year), date(year, 12, 31), row)
        for row in seen.to_dict("records")
        if _said_by(facts, row, period)
        and not row["component"]
        and _day(facts, row["period"]).year == year
        and _YEAR_GOAL.search(row["raw"])
    }


def _sourced(facts: Facts, estimate: Assessment, row: Row, ahead: _Next) -> Assessment:
    """Return the estimate with the places that each reason rests on."""
    share = (row["construction_obs"],)
    rests = {
        "time": (ahead.row["obs"],),
        "past": tuple(
            one["obs"] for one in told(facts).get((row["item"], ahead.field, ahead.component), ())
        ),
        "work": share,
        "plan": (*share, row["planned_construction_obs"]),
        "land": (row["clearance_obs"], row["planned_clearance_obs"]),
        "obstacle": row["obstacles_obs"],
        "forecast": (row["forecast_obs"],),
        "stage": (row["status_obs"], row["forecast_obs"]),
    }
    reasons = tuple(
        replace(one, sources=sources_of(facts, rests[one.about])) for one in estimate.reasons
    )
    return replace(estimate, reasons=reasons)


def _said_by(facts: Facts, row: Row, period: str) -> bool:
    return period_ranks(facts)[row["period"]] <= rank_of(facts, period)


def _day(facts: Facts, period: str) -> date:
    return _days(facts)[period]


@lru_cache(maxsize=8)
def _days(facts: Facts) -> dict[str, date]:
    periods = facts.periods
    return {
        str(period): date.fromisoformat(day)
        for period, day in zip(periods["period"], periods["as_of"], strict=True)
    }
