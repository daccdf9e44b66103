"""What holds at a period: carried, conflicting, chosen."""

import pandas as pd
import pytest

from store.facts.facts import Facts
from store.facts.values import compute_values_at
from tests.small_facts import AEON, seen, small_facts

EARLIER = {"period": "2025-11", "doc": "nov-2025"}
LATER = {"period": "2026-H1", "doc": "h1-2026"}


def facts_with(*observations: dict[str, object]) -> Facts:
    return small_facts(observations=list(observations))


def chosen(facts: Facts, period: str, field: str, *, carry: bool = True) -> list[str]:
    values = compute_values_at(facts, period, carry=carry)
    return list(values.loc[(values["field"] == field) & values["chosen"], "value"])


def test_the_value_reported_last_holds() -> None:
    facts = facts_with(
        seen(AEON, "status", "preparing", **EARLIER), seen(AEON, "status", "started")
    )
    assert chosen(facts, "2025-11", "status") == ["preparing"]
    assert chosen(facts, "2026-Q1", "status") == ["started"]


def test_a_value_that_a_later_period_does_not_repeat_is_carried_and_marked() -> None:
    facts = facts_with(seen(AEON, "status", "preparing", **EARLIER))
    values = compute_values_at(facts, "2026-H1")
    assert values["carried"].to_list() == [True]
    assert values["period"].to_list() == ["2025-11"]
    assert compute_values_at(facts, "2026-H1", carry=False).empty


def test_nothing_is_known_before_it_is_reported() -> None:
    assert compute_values_at(facts_with(seen(AEON, "status", "started")), "2025-11").empty


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("forecast", "misses"),
        ("planned_construction_pct", 45),
        ("planned_clearance_pct", 16),
        ("planned_work", "Khởi công"),
    ],
)
def test_what_speaks_of_one_quarter_s_goal_holds_for_it_alone(field: str, value: object) -> None:
    facts = facts_with(seen(AEON, field, value))
    assert chosen(facts, "2026-Q1", field) == [str(value)]
    assert chosen(facts, "2026-H1", field) == []


def test_two_documents_that_differ_are_both_kept_and_the_later_issued_is_chosen() -> None:
    facts = facts_with(
        seen(AEON, "forecast", "misses", doc="q1-annex"), seen(AEON, "forecast", "meets")
    )
    values = compute_values_at(facts, "2026-Q1")
    assert set(values["value"]) == {"meets", "misses"}
    assert values["conflicted"].all()
    assert chosen(facts, "2026-Q1", "forecast") == ["misses"]


def test_two_documents_that_agree_are_no_conflict() -> None:
    facts = facts_with(
        seen(AEON, "forecast", "meets", doc="q1-annex"), seen(AEON, "forecast", "meets")
    )
    values = compute_values_at(facts, "2026-Q1")
    assert len(values) == 2
    assert not values["conflicted"].any()
    assert values["chosen"].sum() == 1


def test_within_one_document_the_value_further_down_is_chosen() -> None:
    facts = facts_with(
        seen(AEON, "milestone_start", "2026-Q2", line_from=90, line_to=90),
        seen(AEON, "milestone_start", "2026-Q4", line_from=750, line_to=750),
    )
    assert chosen(facts, "2026-Q1", "milestone_start") == ["2026-Q4"]


@pytest.mark.parametrize(
    ("times", "chosen_time", "conflicted"),
    [
        (["2026-Q2", "2026-05"], "2026-05", False),
        (["2026-05", "2026-Q2"], "2026-05", False),
        (["2026-02-15", "2026-Q1", "2026"], "2026-02-15", False),
        (["2026-Q2", "2026-07"], "2026-07", True),
        (["2026-Q1", "2026-Q2"], "2026-Q2", True),
    ],
)
def test_a_time_within_another_is_more_precise_not_different(
    times: list[str], chosen_time: str, conflicted: bool
) -> None:
    """One place of the report says May, another the second quarter."""
    facts = facts_with(
        *(
            seen(AEON, "milestone_start", time, line_from=line, line_to=line)
            for line, time in enumerate(times, start=690)
        )
    )
    assert chosen(facts, "2026-Q1", "milestone_start") == [chosen_time]
    assert compute_values_at(facts, "2026-Q1")["conflicted"].any() == conflicted


def test_shares_of_different_wholes_do_not_contradict_each_other() -> None:
    facts = facts_with(
        seen(AEON, "actual_construction_pct", 45, basis="contract_value"),
        seen(AEON, "actual_construction_pct", 31, basis="total_investment"),
    )
    values = compute_values_at(facts, "2026-Q1")
    assert not values["conflicted"].any()
    assert values["chosen"].all()


def test_several_obstacles_stand_side_by_side_and_those_reported_last_hold() -> None:
    facts = facts_with(
        seen(AEON, "obstacle", "capital", **EARLIER),
        seen(AEON, "obstacle", "planning"),
        seen(AEON, "obstacle", "procedure"),
    )
    values = compute_values_at(facts, "2026-H1")
    assert set(values["value"]) == {"planning", "procedure"}
    assert not values["conflicted"].any()


def test_an_unknown_period_says_nothing() -> None:
    assert compute_values_at(small_facts(), "2031-Q1").empty


def test_who_changes_the_answer_changes_his_own_copy() -> None:
    facts = small_facts()
    values = compute_values_at(facts, "2026-Q1")
    values["value"] = "x"
    pd.testing.assert_frame_equal(
        compute_values_at(facts, "2026-Q1"), compute_values_at(facts, "2026-Q1")
    )
    assert "x" not in set(compute_values_at(facts, "2026-Q1")["value"])


@pytest.mark.parametrize("paper", ["established", "approved"])
@pytest.mark.parametrize("period", ["2026-Q1", "2026-H1"])
def test_a_word_on_its_papers_does_not_undo_a_start(paper: str, period: str) -> None:
    doc = {"2026-Q1": "q1-2026", "2026-H1": "h1-2026"}[period]
    facts = facts_with(
        seen(AEON, "status", "started"), seen(AEON, "status", paper, period=period, doc=doc)
    )
    assert chosen(facts, "2026-H1", "status") == ["started"]
    values = compute_values_at(facts, "2026-H1", fields=("status",))
    assert not values["conflicted"].any()


def test_a_pause_after_a_start_and_a_start_after_papers_hold() -> None:
    later = {"period": "2026-H1", "doc": "h1-2026"}
    paused = facts_with(seen(AEON, "status", "started"), seen(AEON, "status", "paused", **later))
    assert chosen(paused, "2026-H1", "status") == ["paused"]
    begun = facts_with(
        seen(AEON, "status", "established"), seen(AEON, "status", "started", **later)
    )
    assert chosen(begun, "2026-Q1", "status") == ["established"]
    assert chosen(begun, "2026-H1", "status") == ["started"]
