"""Whether each project's next milestone holds: the program's estimate, never a report's word.

The milestone estimated is the next one (``next_milestone``). Without one, the goal of the year
stands in where the report says that it is striven for ("phấn đấu hoàn thành mục tiêu năm"), due on
31 December. Without that too, there is nothing to estimate, and the outlook is ``unknown``. The
rule and its numbers are in ``milestone_forecast_rule``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from store.analysis.milestones.milestone_delays import (
    find_last_statuses,
    is_milestone_passed,
    list_delays,
    list_milestone_statements,
)
from store.analysis.milestones.milestone_forecast_rule import (
    ForecastAssessment,
    ForecastInputs,
    ForecastReason,
    assess_milestone,
)
from store.analysis.milestones.next_milestone import (
    YEAR_GOAL,
    NextMilestone,
    find_next_milestones,
    find_year_goals,
    get_period_day,
    is_stated_by,
)
from store.column_values import list_cells, list_rows, look_up_numbers
from store.facts.item_snapshot import build_item_snapshot
from store.facts.sources import find_sources
from store.facts.statements import (
    Row,
    get_period_rank,
    sort_items_by_money,
    statement_from_row,
)
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.values import find_held_values, find_main_percentages, take_values
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from datetime import date

    from store.facts.facts import Facts
    from store.facts.sources import Source

NO_PROJECT: Final = frozenset({"economic_zone"})


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


def forecast_item(facts: Facts, period: str, item: str) -> MilestoneForecast | None:
    """Return the estimate for one project, ``None`` where ``forecast_milestones`` has none of it.

    Raises ``StoreError`` for a period that there is not.
    """
    get_period_rank(facts, period)
    known = build_item_snapshot(facts, period)
    rows = list_rows(_select_projects(known[known["item"] == item]))
    return _forecast_project(facts, period, rows[0]) if rows else None


@cache_on_reports(most=8)
def _compute_forecasts(facts: Facts, period: str) -> tuple[MilestoneForecast, ...]:
    rows = list_rows(_select_projects(build_item_snapshot(facts, period)))
    forecasts = {row["item"]: _forecast_project(facts, period, row) for row in rows}
    return tuple(forecasts[item] for item in sort_items_by_money(facts, forecasts))


def _select_projects(items: pd.DataFrame) -> pd.DataFrame:
    """Return the listed projects that are not opened, of the rows of a snapshot."""
    return items[items["listed"] & ~items["opened"] & ~items["kind"].isin(NO_PROJECT)]


@cache_on_reports(most=8)
def _find_milestones_ahead(facts: Facts, period: str) -> dict[str, NextMilestone]:
    """Return the next milestone of each item, the goal of the year where it has none."""
    statuses = find_last_statuses(facts, period)
    return find_year_goals(facts, period) | find_next_milestones(facts, period, statuses)


def _forecast_project(facts: Facts, period: str, row: Row) -> MilestoneForecast:
    ahead = _find_milestones_ahead(facts, period).get(row["item"])
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
    status = find_last_statuses(facts, period).get(row["item"])
    inputs = _collect_inputs(facts, period, row, ahead, status)
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
    facts: Facts, period: str, row: Row, ahead: NextMilestone, status: Row | None
) -> ForecastInputs:
    now = get_period_day(facts, period)
    confirmed = (
        status is not None
        and get_period_day(facts, status["period"]) > ahead.day
        and not is_milestone_passed(ahead.field, status["value"])
    )
    done = _get_share(row, "construction")
    told_on = get_period_day(facts, row["construction_period"]) if done is not None else now
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
    whole = row["construction_basis"], row["construction_component"]
    for period in sorted(ranks, key=ranks.__getitem__, reverse=True):
        if ranks[period] >= ranks[row["construction_period"]]:
            continue
        share = _list_construction_shares(facts, period).get(row["item"])
        if share is not None and share[1:] == whole:
            return share[0], get_period_day(facts, period)
    return None


@cache_on_reports(most=32)
def _list_construction_shares(facts: Facts, period: str) -> dict[str, tuple[float, str, str]]:
    """Return the share that a period itself states of every item, its basis and component."""
    field = "actual_construction_pct"
    facts = get_facts_known_at(facts, period)
    held = find_held_values(facts, period, carry=False)
    shares = take_values(facts, held, find_main_percentages(held, field)[0])
    cells = list_cells(shares, "item", "number", "basis", "component")
    return {item: (float(share), basis, component) for item, share, basis, component in cells}


@cache_on_reports(most=8)
def _list_problem_kinds(facts: Facts, period: str) -> dict[str, tuple[str, ...]]:
    """Return the kinds of clearance problems stated of every item by the period."""
    problem_kinds: dict[str, dict[str, None]] = {}
    rows = facts.clearance
    rows = rows[
        look_up_numbers(rows["period"], facts.period_ranks) <= get_period_rank(facts, period)
    ]
    for item, category in list_cells(rows, "item", "category"):
        problem_kinds.setdefault(item, {})[category] = None
    return {item: tuple(kinds) for item, kinds in problem_kinds.items()}


def _find_delay_days(facts: Facts, period: str, item: str, ahead: NextMilestone) -> int | None:
    if ahead.field == YEAR_GOAL:
        return None
    key = item, ahead.field, ahead.component
    moved = _list_days_moved(facts, period).get(key)
    spoken = [
        entry
        for entry in list_milestone_statements(facts)[key]
        if is_stated_by(facts, entry, period)
    ]
    return sum(moved) if moved else 0 if len(spoken) > 1 else None


@cache_on_reports(most=8)
def _list_days_moved(facts: Facts, period: str) -> dict[tuple[str, str, str], list[int]]:
    """Return by how many days each milestone moved in what was said by the period."""
    moved: dict[tuple[str, str, str], list[int]] = {}
    for entry in list_delays(facts, until=period):
        if entry.what != "overdue":
            moved.setdefault((entry.item, entry.field, entry.component), []).append(entry.days)
    return moved


def _add_sources(
    facts: Facts, estimate: ForecastAssessment, row: Row, ahead: NextMilestone
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
