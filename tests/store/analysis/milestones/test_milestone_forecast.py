"""The estimate of whether a milestone holds: real projects, and what can never make it worse."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.schema import FORECASTS, OBSTACLE_CATEGORIES, STATUSES
from store.analysis.milestones.milestone_forecast import (
    MilestoneForecast,
    forecast_milestones,
)
from store.analysis.milestones.milestone_forecast_rule import ForecastInputs, assess_milestone
from store.db.errors import StoreError
from store.facts.facts import load_facts
from tests.small_facts import AEON, GOLF, LNG, OBSERVATIONS, seen, small_facts

CLASSES = ("unlikely", "at_risk", "likely")


def real(item: str, period: str = "2026-Q1") -> MilestoneForecast:
    return next(one for one in forecast_milestones(load_facts(), period) if one.item == item)


def codes(one: MilestoneForecast) -> dict[str, int]:
    return {f"{reason.code}:{reason.about}": reason.points for reason in one.reasons}


def test_aeon_is_ahead_of_its_plan_and_likely_opens_in_time() -> None:
    one = real("KP-02")
    assert (one.milestone, one.due, one.days_left) == ("milestone_inauguration", "2026-Q3", 183)
    assert one.outlook == "likely"
    assert codes(one)["work_little:work"] == 1
    assert codes(one)["plan_met:plan"] == 1
    assert one.estimate


def test_the_lng_plant_without_ground_is_unlikely_to_meet_the_year_s_goal() -> None:
    one = real("KP-25")
    assert (one.milestone, one.due_day) == ("year_goal", "2026-12-31")
    assert one.outlook == "unlikely"
    assert codes(one)["obstacle:obstacle"] == -3
    assert one.sources[0].line_from == 846


@pytest.mark.parametrize(("item", "milestone"), [("KP-15", "milestone_start"),
                                                 ("KP-30", "year_goal")])  # fmt: skip
def test_projects_with_clearance_problems_that_miss_their_quarter_are_at_risk(
    item: str, milestone: str
) -> None:
    one = real(item)
    assert (one.milestone, one.outlook) == (milestone, "at_risk")
    assert codes(one)["cleared_unknown:land"] == 0


def test_the_waste_plant_that_slipped_and_misses_its_quarter_is_unlikely_to_start_in_may() -> None:
    one = real("KP-16")
    assert (one.due, one.outlook) == ("2026-05", "unlikely")
    assert codes(one)["slipped:past"] == -2


def test_a_forecast_alone_is_not_enough_to_estimate_from() -> None:
    """The report gives no reason, no share done and no date for project 21."""
    assert real("KP-21").outlook == "unknown"
    assert real("KP-03").outlook == "unknown"


def test_without_a_milestone_ahead_nothing_is_estimated() -> None:
    one = real("KP-19")
    assert (one.outlook, one.milestone, one.days_left) == ("unknown", "", None)


def test_a_milestone_that_a_later_report_shows_not_reached_does_not_hold() -> None:
    one = real("TRA-CANG-NAM-DO-SON", "2026-H1")
    assert (one.days_left, one.outlook) == (-30, "unlikely")


def test_what_is_opened_or_off_the_list_has_no_outlook() -> None:
    assert {"KP-01", "KP-08"}.isdisjoint(
        one.item for one in forecast_milestones(load_facts(), "2026-H1")
    )
    assert {"KP-01", "KP-08"} <= {one.item for one in forecast_milestones(load_facts(), "2026-Q1")}


def test_every_reason_that_counts_has_its_sources() -> None:
    facts = load_facts()
    for period in facts.periods["period"]:
        for one in forecast_milestones(facts, period):
            assert all(reason.sources for reason in one.reasons if reason.points)
            assert one.score == sum(reason.points for reason in one.reasons)
            assert one.outlook == "unknown" or one.known >= 2


def test_the_pace_between_two_reports_is_used() -> None:
    earlier = {"period": "2025-11", "doc": "nov-2025", "basis": "unstated"}
    due = seen(AEON, "milestone_inauguration", "2026-Q3")
    facts = small_facts(
        observations=[*OBSERVATIONS, due, seen(AEON, "actual_construction_pct", 70, **earlier)]
    )
    one = next(one for one in forecast_milestones(facts, "2026-Q1") if one.item == AEON)
    pace = next(reason for reason in one.reasons if reason.about == "work")
    assert (pace.code, pace.points) == ("pace_far", -4)
    assert pace.other == pytest.approx(1.8)


def test_small_facts_have_estimates_only_where_enough_is_known() -> None:
    found = {one.item: one.outlook for one in forecast_milestones(small_facts(), "2026-Q1")}
    assert found[GOLF] == "at_risk"
    assert found[LNG] == "unknown"


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(StoreError):
        forecast_milestones(small_facts(), "2031-Q1")


shares = st.one_of(st.none(), st.floats(0, 100))


@st.composite
def inputs(draw: st.DrawFn) -> ForecastInputs:
    field = draw(st.sampled_from(
        ("milestone_start", "milestone_inauguration", "milestone_finish", "year_goal")
    ))  # fmt: skip
    left = draw(st.integers(-400, 1500))
    return ForecastInputs(
        field=field,
        days_left=left,
        confirmed=left < 0 and draw(st.booleans()),
        stage=draw(st.sampled_from(("", *STATUSES))),
        done=draw(shares),
        days_to_build=left + draw(st.integers(0, 200)),
        done_before=draw(shares),
        days_since=draw(st.integers(0, 400)),
        planned=draw(shares),
        cleared=draw(shares),
        cleared_planned=draw(shares),
        obstacles=tuple(draw(st.lists(st.sampled_from(OBSTACLE_CATEGORIES), max_size=3))),
        forecast=draw(st.sampled_from(("", *FORECASTS))),
        slip_days=draw(st.one_of(st.none(), st.integers(-500, 900))),
    )


def no_worse(before: ForecastInputs, after: ForecastInputs) -> bool:
    one, other = assess_milestone(before), assess_milestone(after)
    if "unknown" not in (one.outlook, other.outlook):
        assert CLASSES.index(other.outlook) >= CLASSES.index(one.outlook)
    return other.score >= one.score


@given(inputs(), st.floats(0, 100))
def test_more_progress_never_makes_it_worse(given_: ForecastInputs, more: float) -> None:
    if given_.done is not None:
        assert no_worse(given_, replace(given_, done=min(100.0, given_.done + more)))


@given(inputs(), st.floats(0, 100))
def test_more_cleared_land_never_makes_it_worse(given_: ForecastInputs, more: float) -> None:
    if given_.cleared is not None:
        assert no_worse(given_, replace(given_, cleared=min(100.0, given_.cleared + more)))


@given(inputs(), st.integers(0, 2000))
def test_more_time_never_makes_it_worse(given_: ForecastInputs, more: int) -> None:
    left = given_.days_left + more
    later = replace(
        given_,
        days_left=left,
        days_to_build=given_.days_to_build + more,
        confirmed=given_.confirmed and left < 0,
    )
    assert no_worse(given_, later)


@given(inputs(), st.sampled_from(OBSTACLE_CATEGORIES))
def test_another_obstacle_never_makes_it_better(given_: ForecastInputs, obstacle: str) -> None:
    assert no_worse(replace(given_, obstacles=(*given_.obstacles, obstacle)), given_)


@given(inputs())
def test_unknown_stays_unknown(given_: ForecastInputs) -> None:
    nothing = ForecastInputs(field=given_.field, days_left=abs(given_.days_left), stage="preparing")
    assert assess_milestone(nothing).outlook == "unknown"
    assert assess_milestone(given_) == assess_milestone(given_)
