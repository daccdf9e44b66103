"""Clearance problems: each counted once, with its severity and its signs."""

from store.facts.clearance_problems import (
    PROBLEM_COLUMNS,
    list_clearance_problems,
    list_general_statements,
)
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


def test_statements_and_land_obstacles_are_problems_each_once() -> None:
    """The golf course's obstacle is in the clearance table too; the power plant's is not."""
    problems = list_clearance_problems(small_facts(), Filters())
    assert list(problems.columns) == list(PROBLEM_COLUMNS)
    assert list(zip(problems["code"], problems["item"], problems["category"], strict=True)) == [
        (THACH_KHOI, GOLF, "land_origin"),
        (NGO_QUYEN, "", "unspecified"),
        (KIEN_HUNG, LNG, "ground_not_ready"),
    ]
    plant = problems.iloc[2]
    assert plant["statement"] == "Chưa có đất để thực hiện dự án"
    assert plant["obs"]


def test_a_sentence_that_names_no_place_and_no_item_is_kept_apart() -> None:
    facts = small_facts()
    assert list(list_general_statements(facts, "2026-Q1")["clearance"]) == ["CL-3"]
    assert "CL-3" not in set(list_clearance_problems(facts, Filters())["problem"])


def test_an_obstacle_of_an_item_over_several_communes_is_in_none_of_them() -> None:
    """No report says in which of the tunnel's three wards the land is missing."""
    facts = small_facts(
        observations=[*OBSERVATIONS, seen(TUNNEL, "obstacle", "compensation")], clearance=[]
    )
    problems = list_clearance_problems(facts, Filters())
    assert list(problems.loc[problems["item"] == TUNNEL, "code"]) == [""]


def test_severity_counts_the_signs_that_reports_give() -> None:
    problems = list_clearance_problems(small_facts(), Filters()).set_index("problem")
    assert problems.loc["CL-1", "signs"] == ("stated", "misses")
    assert problems.loc["CL-2", "signs"] == ("stated",)
    plant = problems[problems["item"] == LNG].iloc[0]
    assert plant["signs"] == ("stated", "misses", "no_ground")
    assert plant["severity"] == 3


def test_clearance_below_plan_and_a_problem_stated_before_are_signs() -> None:
    facts = small_facts(
        observations=[*OBSERVATIONS, seen(GOLF, "actual_clearance_pct", 10)],
        clearance=[*CLEARANCE, problem("CL-0", THACH_KHOI, item=GOLF, **EARLIER)],
    )
    problems = list_clearance_problems(facts, Filters()).set_index("problem")
    assert problems.loc["CL-1", "signs"] == ("stated", "misses", "behind", "again")
    assert problems.loc["CL-1", "since"] == "2025-11"
    assert problems.loc["CL-1", "age_days"] == 121  # 30 November 2025 to 31 March 2026


def test_the_same_problem_said_again_counts_once_as_said_last() -> None:
    again = problem("CL-9", THACH_KHOI, item=GOLF, category="land_origin", **LATER)
    facts = small_facts(clearance=[*CLEARANCE, again])
    problems = list_clearance_problems(facts, Filters(period="2026-H1"))
    golf = problems[problems["item"] == GOLF]
    assert list(golf["problem"]) == ["CL-9"]
    assert not golf["carried"].any()


def test_what_a_later_period_does_not_repeat_is_carried_unless_told_otherwise() -> None:
    later = Filters(period="2026-H1")
    carried = list_clearance_problems(small_facts(), later)
    assert carried["carried"].all()
    assert carried["severity"].max() == 3  # by the forecast of the period that stated it
    assert list_clearance_problems(small_facts(), later.with_changes(carry=False)).empty


def test_what_held_an_item_up_before_its_opening_holds_it_no_more() -> None:
    opened = seen(GOLF, "status", "inaugurated", **LATER)
    facts = small_facts(observations=[*OBSERVATIONS, opened])
    assert GOLF not in set(list_clearance_problems(facts, Filters(period="2026-H1"))["item"])


def test_problems_are_chosen_with_their_items_and_communes() -> None:
    facts = small_facts()
    assert set(list_clearance_problems(facts, Filters(forecasts=("misses",)))["item"]) == {
        GOLF,
        LNG,
    }
    assert list(list_clearance_problems(facts, Filters(communes=(NGO_QUYEN,)))["problem"]) == [
        "CL-2"
    ]
    assert LNG not in set(list_clearance_problems(facts, Filters(leave_out_outlier=True))["item"])


def test_nothing_stated_gives_no_rows() -> None:
    problems = list_clearance_problems(no_facts(), Filters())
    assert problems.empty
    assert list(problems.columns) == list(PROBLEM_COLUMNS)
