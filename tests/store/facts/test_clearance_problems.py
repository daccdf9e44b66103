"""Clearance problems: each counted once, with its severity and its signs."""

from store.facts.clearance_problems import (
    ClearanceProblem,
    list_clearance_problems,
)
from store.facts.facts import Facts, load_facts
from store.facts.filters import Filters
from tests.small_facts import (
    CLEARANCE,
    GOLF,
    KIEN_HUNG,
    LNG,
    NGO_QUYEN,
    OBSERVATIONS,
    THACH_KHOI,
    TUNNEL,
    no_facts,
    problem,
    seen,
    small_facts,
)

EARLIER = {"period": "2025-11", "doc": "nov-2025"}
LATER = {"period": "2026-H1", "doc": "h1-2026"}


def by_id(facts: Facts) -> dict[str, ClearanceProblem]:
    return {one.problem: one for one in list_clearance_problems(facts, Filters())}


def items(facts: Facts, filters: Filters) -> set[str]:
    return {one.item for one in list_clearance_problems(facts, filters)}


def test_statements_and_land_obstacles_are_problems_each_once() -> None:
    """The golf course's obstacle is in the clearance table too; the power plant's is not."""
    problems = list_clearance_problems(small_facts(), Filters())
    assert [(one.code, one.item, one.category) for one in problems] == [
        (THACH_KHOI, GOLF, "land_origin"),
        (NGO_QUYEN, "", "unspecified"),
        (KIEN_HUNG, LNG, "ground_not_ready"),
    ]
    plant = problems[2]
    assert plant.statement == "Chưa có đất để thực hiện dự án"
    assert plant.obs
    assert (plant.area_ha, plant.households) == (None, None)


def test_a_sentence_that_names_no_place_and_no_item_is_kept_apart() -> None:
    facts = small_facts()
    assert "CL-3" not in by_id(facts)


def test_an_obstacle_of_an_item_over_several_communes_is_in_none_of_them() -> None:
    """No report says in which of the tunnel's three wards the land is missing."""
    facts = small_facts(
        observations=[*OBSERVATIONS, seen(TUNNEL, "obstacle", "compensation")], clearance=[]
    )
    problems = list_clearance_problems(facts, Filters())
    assert [one.code for one in problems if one.item == TUNNEL] == [""]


def test_severity_counts_the_signs_that_reports_give() -> None:
    problems = by_id(small_facts())
    assert problems["CL-1"].signs == ("stated", "misses")
    assert problems["CL-2"].signs == ("stated",)
    (plant,) = (one for one in problems.values() if one.item == LNG)
    assert plant.signs == ("stated", "misses", "no_ground")
    assert plant.severity == 3


def test_clearance_below_plan_and_a_problem_stated_before_are_signs() -> None:
    facts = small_facts(
        observations=[*OBSERVATIONS, seen(GOLF, "actual_clearance_pct", 10)],
        clearance=[*CLEARANCE, problem("CL-0", THACH_KHOI, item=GOLF, **EARLIER)],
    )
    found = by_id(facts)["CL-1"]
    assert found.signs == ("stated", "misses", "behind", "again")
    assert found.since == "2025-11"
    assert found.age_days == 121  # 30 November 2025 to 31 March 2026


def test_the_same_problem_said_again_counts_once_as_said_last() -> None:
    again = problem("CL-9", THACH_KHOI, item=GOLF, category="land_origin", **LATER)
    facts = small_facts(clearance=[*CLEARANCE, again])
    problems = list_clearance_problems(facts, Filters(period="2026-H1"))
    (golf,) = (one for one in problems if one.item == GOLF)
    assert golf.problem == "CL-9"
    assert not golf.carried


def test_what_a_later_period_does_not_repeat_is_carried_unless_told_otherwise() -> None:
    later = Filters(period="2026-H1")
    carried = list_clearance_problems(small_facts(), later)
    assert all(one.carried for one in carried)
    assert max(one.severity for one in carried) == 3  # by the forecast of the period stating it
    assert list_clearance_problems(small_facts(), later.with_changes(carry=False)) == ()


def test_what_held_an_item_up_before_its_opening_holds_it_no_more() -> None:
    opened = seen(GOLF, "status", "inaugurated", **LATER)
    facts = small_facts(observations=[*OBSERVATIONS, opened])
    assert GOLF not in items(facts, Filters(period="2026-H1"))


def test_problems_are_chosen_with_their_items_and_communes() -> None:
    facts = small_facts()
    assert items(facts, Filters(forecasts=("misses",))) == {GOLF, LNG}
    (here,) = list_clearance_problems(facts, Filters(communes=(NGO_QUYEN,)))
    assert here.problem == "CL-2"
    assert LNG not in items(facts, Filters(leave_out_outlier=True))


def test_nothing_stated_gives_no_rows() -> None:
    assert list_clearance_problems(no_facts(), Filters()) == ()


def test_one_problem_told_in_a_row_and_as_an_example_counts_once() -> None:
    """The terminal T2: a row of the annex, and 56 households as an example in a footnote."""
    problems = list_clearance_problems(load_facts(), Filters(period="2026-Q1"))
    (terminal,) = (one for one in problems if one.item == "KP-30")
    assert (terminal.category, terminal.line_from) == ("unspecified", 858)
    assert terminal.households == 56
    assert terminal.asked_to_act.startswith("UBND phường Hải An")
    assert [source.line_from for source in terminal.list_sources(load_facts())] == [858, 458]


def test_a_statement_without_a_cause_goes_with_the_one_that_has_one() -> None:
    rows = [
        problem("CL-1", THACH_KHOI, item=GOLF, category="land_origin"),
        problem("CL-2", THACH_KHOI, item=GOLF, category="unspecified"),
        problem("CL-4", THACH_KHOI, item=GOLF, category="compensation"),
        problem("CL-5", THACH_KHOI, category="unspecified"),
    ]
    found = list_clearance_problems(small_facts(clearance=rows), Filters(period="2026-Q1"))
    here = {one.problem: one for one in found if one.code == THACH_KHOI}
    assert set(here) == {"CL-1", "CL-4", "CL-5"}
    assert [one.problem for one in here["CL-1"].told_again] == ["CL-2"]
