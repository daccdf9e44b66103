"""The next milestone of every item, or the goal of the year that stands in for one.

Of the milestones that the item's status has not passed, the earliest, of the whole item before one
of a part. The goal of the year is due on 31 December.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from reports.grammar.project_status import states_year_goal
from reports.model.dates import parse_span
from store.analysis.milestones.milestone_delays import (
    get_current_milestone,
    is_milestone_passed,
    list_milestone_statements,
)
from store.column_values import list_cells, list_rows, mark_members
from store.facts.statements import Row, get_period_rank
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts

YEAR_GOAL: Final = "year_goal"


@dataclass(frozen=True)
class NextMilestone:
    """A milestone (or ``YEAR_GOAL``): ``due`` as the ``row`` gives it, ``day`` its last day."""

    field: str
    component: str
    due: str
    day: date
    row: Row


def find_next_milestones(
    facts: Facts, period: str, statuses: dict[str, Row]
) -> dict[str, NextMilestone]:
    """Return the next milestone of every item that has one ahead, or one that is overdue."""
    milestones: dict[str, list[NextMilestone]] = {}
    for (item, field, component), rows in list_milestone_statements(facts).items():
        spoken = [row for row in rows if is_stated_by(facts, row, period)]
        status = statuses.get(item)
        if not spoken or (status is not None and _is_passed_by(status["value"], field)):
            continue
        row = get_current_milestone(spoken)
        span = parse_span(row["value"])
        if span is not None:
            milestone = NextMilestone(field, component, row["value"], span[1], row)
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


def find_year_goals(facts: Facts, period: str) -> dict[str, NextMilestone]:
    """Return the goal of the period's year of every item of which a report names it."""
    year = get_period_day(facts, period).year
    last, ranks = get_period_rank(facts, period), facts.period_ranks
    stated = {
        one
        for one, day in _map_period_days(facts).items()
        if ranks[one] <= last and day.year == year
    }
    seen = facts.observations
    seen = seen[(seen["field"] == "forecast") & (seen["component"] == "")]
    return {
        row["item"]: NextMilestone(YEAR_GOAL, "", str(year), date(year, 12, 31), row)
        for row in list_rows(seen[mark_members(seen["period"], stated)])
        if states_year_goal(row["raw"])
    }


def is_stated_by(facts: Facts, row: Row, period: str) -> bool:
    """Return whether a row was stated by the period."""
    return facts.period_ranks[row["period"]] <= get_period_rank(facts, period)


def get_period_day(facts: Facts, period: str) -> date:
    """Return the day as of which a period is told."""
    return _map_period_days(facts)[period]


@cache_on_reports()
def _map_period_days(facts: Facts) -> dict[str, date]:
    periods = facts.periods
    return {
        str(period): date.fromisoformat(day)
        for period, day in list_cells(periods, "period", "as_of")
    }
