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
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from reports.model.dates import parse_span
from store.analysis.milestone_delays import (
    find_last_statuses,
    get_current_milestone,
    is_milestone_passed,
    list_delays,
    list_milestone_statements,
)
from store.analysis.milestone_forecast_rule import (
    ForecastAssessment,
    ForecastInputs,
    ForecastReason,
    assess_milestone,
)
from store.facts.item_snapshot import build_item_snapshot
from store.facts.sources import find_sources
from store.facts.statements import Row, get_period_rank, sort_items_by_money, statement_from_row
from store.facts.values import compute_values_at, select_main_percentages
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.facts.facts import Facts
    from store.facts.sources import Source

NO_PROJECT: Final = frozenset({"economic_zone"})
YEAR_GOAL: Final = "year_goal"
_YEAR_GOAL: Final = re.compile(r"mục tiêu\W*năm", re.IGNORECASE)


@dataclass(frozen=True)
class MilestoneForecast:
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
    reasons: tuple[ForecastReason, ...]
    sources: tuple[Source, ...]
    investment_mvnd: int | None
    estimate: bool = True


def forecast_milestones(facts: Facts, period: str) -> tuple[MilestoneForecast, ...]:
    """Return the estimate for every listed project that is not opened, the largest first.

    Raises ``StoreError`` for a period that there is not.
    """
    get_period_rank(facts, period)
    return _compute_forecasts(facts, period)


def forecasts_to_json(forecasts: Sequence[MilestoneForecast]) -> list[dict[str, Any]]:
    """Return estimates as plain data: objects with the fields of ``MilestoneForecast``."""
    return [asdict(forecast) for forecast in forecasts]


@dataclass(frozen=True)
class _NextMilestone:
    field: str
    component: str
    due: str
    day: date
    row: Row


@cache_on_facts(most=8)
def _compute_forecasts(facts: Facts, period: str) -> tuple[MilestoneForecast, ...]:
    known = build_item_snapshot(facts, period)
    known = known[known["listed"] & ~known["opened"] & ~known["kind"].isin(NO_PROJECT)]
    statuses = find_last_statuses(facts, period)
    goals = _find_year_goals(facts, period)
    ahead = _find_next_milestones(facts, period, statuses)
    forecasts = {}
    for row in known.to_dict("records"):
        item = row["item"]
        forecasts[item] = _forecast_item(
            facts, period, row, ahead.get(item) or goals.get(item), statuses
        )
    return tuple(forecasts[item] for item in sort_items_by_money(facts, forecasts))


def _forecast_item(
    facts: Facts, period: str, row: Row, ahead: _NextMilestone | None, statuses: dict[str, Row]
) -> MilestoneForecast:
    amount = None if pd.isna(row["investment_mvnd"]) else int(row["investment_mvnd"])
    given = {"item": row["item"], "name": row["name"], "investment_mvnd": amount}
    if ahead is None:
        reasons = (ForecastReason("no_milestone", "time", 0, weight=0),)
        return MilestoneForecast(
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
    inputs = _collect_inputs(facts, period, row, ahead, statuses.get(row["item"]))
    estimate = _add_sources(facts, assess_milestone(inputs), row, ahead)
    return MilestoneForecast(
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
        sources=statement_from_row(facts, ahead.row).sources,
    )


def _collect_inputs(
    facts: Facts, period: str, row: Row, ahead: _NextMilestone, status: Row | None
) -> ForecastInputs:
    now = _get_period_day(facts, period)
    confirmed = (
        status is not None
        and _get_period_day(facts, status["period"]) > ahead.day
        and not is_milestone_passed(ahead.field, status["value"])
    )
    done = _get_share(row, "construction")
    told_on = _get_period_day(facts, row["construction_period"]) if done is not None else now
    before = _find_earlier_share(facts, row) if done is not None else None
    return ForecastInputs(
        field=ahead.field,
        days_left=(ahead.day - now).days,
        confirmed=confirmed,
        stage=row["status"],
        done=done,
        days_to_build=(ahead.day - told_on).days,
        done_before=before[0] if before else None,
        days_since=(told_on - before[1]).days if before else 0,
        planned=_get_planned_share(row, "construction"),
        cleared=_get_share(row, "clearance"),
        cleared_planned=_get_planned_share(row, "clearance"),
        obstacles=row["obstacles"] or _list_problem_kinds(facts, period).get(row["item"], ()),
        forecast=row["forecast"],
        slip_days=_find_delay_days(facts, period, row["item"], ahead),
    )


def _get_share(row: Row, name: str) -> float | None:
    """Return a share of the whole item, ``None`` where it is unknown or of one phase only."""
    known = row[f"{name}_comparable"] and not pd.isna(row[name])
    return float(row[name]) if known else None


def _get_planned_share(row: Row, name: str) -> float | None:
    """Return the planned share where it is of the same whole as the one that is reached."""
    share = _get_share(row, f"planned_{name}")
    bases = {row[f"{name}_basis"], row[f"planned_{name}_basis"]} - {"", "unstated"}
    return share if len(bases) <= 1 else None


def _find_earlier_share(facts: Facts, row: Row) -> tuple[float, date] | None:
    """Return the figure before the one that holds, of the same whole and part, and its day."""
    ranks = facts.period_ranks
    for period in sorted(ranks, key=ranks.__getitem__, reverse=True):
        if ranks[period] >= ranks[row["construction_period"]]:
            continue
        shares = select_main_percentages(
            facts, compute_values_at(facts, period, carry=False), "actual_construction_pct"
        )
        if row["item"] in shares.index:
            share = shares.loc[row["item"]]
            whole = share["basis"], share["component"]
            if whole == (row["construction_basis"], row["construction_component"]):
                return float(share["number"]), _get_period_day(facts, period)
    return None


@cache_on_facts(most=8)
def _list_problem_kinds(facts: Facts, period: str) -> dict[str, tuple[str, ...]]:
    """Return the kinds of clearance problems stated of every item by the period."""
    problem_kinds: dict[str, dict[str, None]] = {}
    for row in facts.clearance.to_dict("records"):
        if _is_stated_by(facts, row, period):
            problem_kinds.setdefault(row["item"], {})[row["category"]] = None
    return {item: tuple(kinds) for item, kinds in problem_kinds.items()}


def _find_delay_days(facts: Facts, period: str, item: str, ahead: _NextMilestone) -> int | None:
    if ahead.field == YEAR_GOAL:
        return None
    key = item, ahead.field, ahead.component
    moved = [
        entry.days
        for entry in list_delays(facts, until=period)
        if (entry.item, entry.field, entry.component) == key and entry.what != "overdue"
    ]
    spoken = [
        entry
        for entry in list_milestone_statements(facts)[key]
        if _is_stated_by(facts, entry, period)
    ]
    return sum(moved) if moved else 0 if len(spoken) > 1 else None


def _find_next_milestones(
    facts: Facts, period: str, statuses: dict[str, Row]
) -> dict[str, _NextMilestone]:
    """Return the next milestone of every item that has one ahead, or one that is overdue."""
    milestones: dict[str, list[_NextMilestone]] = {}
    for (item, field, component), rows in list_milestone_statements(facts).items():
        spoken = [row for row in rows if _is_stated_by(facts, row, period)]
        status = statuses.get(item)
        if not spoken or (status is not None and _is_passed_by(status["value"], field)):
            continue
        row = get_current_milestone(spoken)
        span = parse_span(row["value"])
        if span is not None:
            milestone = _NextMilestone(field, component, row["value"], span[1], row)
            milestones.setdefault(item, []).append(milestone)
    return {
        item: min(
            ahead, key=lambda milestone: (milestone.component != "", milestone.day, milestone.field)
        )
        for item, ahead in milestones.items()
    }


def _is_passed_by(status: str, field: str) -> bool:
    """Return whether the status puts the milestone behind; "undetermined" does not."""
    return status != "undetermined" and is_milestone_passed(field, status)


def _find_year_goals(facts: Facts, period: str) -> dict[str, _NextMilestone]:
    """Return the goal of the period's year of every item of which a report names it."""
    year = _get_period_day(facts, period).year
    seen = facts.observations[facts.observations["field"] == "forecast"]
    return {
        row["item"]: _NextMilestone(YEAR_GOAL, "", str(year), date(year, 12, 31), row)
        for row in seen.to_dict("records")
        if _is_stated_by(facts, row, period)
        and not row["component"]
        and _get_period_day(facts, row["period"]).year == year
        and _YEAR_GOAL.search(row["raw"])
    }


def _add_sources(
    facts: Facts, estimate: ForecastAssessment, row: Row, ahead: _NextMilestone
) -> ForecastAssessment:
    """Return the estimate with the places that each reason rests on."""
    share = (row["construction_obs"],)
    rests = {
        "time": (ahead.row["obs"],),
        "past": tuple(
            entry["obs"]
            for entry in list_milestone_statements(facts).get(
                (row["item"], ahead.field, ahead.component), ()
            )
        ),
        "work": share,
        "plan": (*share, row["planned_construction_obs"]),
        "land": (row["clearance_obs"], row["planned_clearance_obs"]),
        "obstacle": row["obstacles_obs"],
        "forecast": (row["forecast_obs"],),
        "stage": (row["status_obs"], row["forecast_obs"]),
    }
    reasons = tuple(
        replace(entry, sources=find_sources(facts, rests[entry.about]))
        for entry in estimate.reasons
    )
    return replace(estimate, reasons=reasons)


def _is_stated_by(facts: Facts, row: Row, period: str) -> bool:
    return facts.period_ranks[row["period"]] <= get_period_rank(facts, period)


def _get_period_day(facts: Facts, period: str) -> date:
    return _map_period_days(facts)[period]


@cache_on_facts()
def _map_period_days(facts: Facts) -> dict[str, date]:
    periods = facts.periods
    return {
        str(period): date.fromisoformat(day)
        for period, day in zip(periods["period"], periods["as_of"], strict=True)
    }
