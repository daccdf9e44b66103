"""Milestones that moved between documents, and those that only became more precise."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.difference import Difference
from store.analysis.milestones.milestone_delays import count_days_moved, list_delays
from store.facts.facts import Facts, load_facts
from tests.small_facts import AEON, GOLF, seen, small_facts

EARLIER = {"period": "2025-11", "doc": "nov-2025"}
LATER = {"period": "2026-H1", "doc": "h1-2026"}


def facts_with(*observations: dict[str, object]) -> Facts:
    return small_facts(observations=list(observations))


def real(item: str) -> list[Difference]:
    return [one for one in list_delays(load_facts()) if one.item == item]


def test_the_start_of_kp_05_moved_by_a_quarter() -> None:
    whole, part = sorted(real("KP-05"), key=lambda one: one.component)
    assert (whole.days, whole.before.value, whole.after.value) == (92, "2026-Q3", "2026-Q4")
    assert whole.before.sources[0].doc == "programme-2026"
    assert whole.before.sources[0].line_from == 287
    assert whole.after.sources[0].line_from == 753
    assert (part.days, part.before.value) == (181, "2025")


def test_the_waste_plant_starts_later_and_is_to_end_sooner() -> None:
    days = {one.field: one.days for one in real("KP-16")}
    assert days == {"milestone_start": 61, "milestone_finish": -458}


def test_a_port_due_in_may_and_still_in_preparation_in_june_is_overdue() -> None:
    (port,) = real("TRA-CANG-NAM-DO-SON")
    assert (port.what, port.days, port.after.value) == ("overdue", 30, "preparing")


def test_a_sentence_that_says_from_when_to_when_is_a_slip_by_itself() -> None:
    found = [one for one in list_delays(load_facts()) if one.what == "stated"]
    assert {one.item for one in found} == {"INV-LO-I14-SU-KIEN", "INV-LO-I20"}
    assert {(one.days, one.before.value, one.after.value) for one in found} == {
        (92, "2026-Q3", "2026-Q4")
    }


@pytest.mark.parametrize("item", ["KP-14", "KP-18", "KP-10", "KP-28", "KP-11", "KP-12"])
def test_a_time_within_the_former_one_is_no_slip(item: str) -> None:
    assert real(item) == []


def test_the_real_reports_hold_nine_moved_milestones() -> None:
    found = list_delays(load_facts())
    assert len(found) == 9
    assert all(one.before.sources and one.after.sources for one in found)
    money = [one.investment_mvnd or -1 for one in found]
    assert money == sorted(money, reverse=True)


def test_the_more_precise_time_stays_what_is_held_against() -> None:
    facts = facts_with(
        seen(GOLF, "milestone_start", "2026-10", **EARLIER),
        seen(GOLF, "milestone_start", "2026-Q4"),
        seen(GOLF, "milestone_start", "2026-11", **LATER),
    )
    assert [(one.days, one.before.value) for one in list_delays(facts)] == [(30, "2026-10")]


def test_only_what_was_said_between_two_periods() -> None:
    facts = facts_with(
        seen(GOLF, "milestone_start", "2026-Q1", **EARLIER),
        seen(GOLF, "milestone_start", "2026-Q2"),
        seen(GOLF, "milestone_start", "2026-Q3", **LATER),
    )
    assert len(list_delays(facts)) == 2
    assert [one.days for one in list_delays(facts, since="2026-Q1")] == [92]
    assert [one.days for one in list_delays(facts, until="2026-Q1")] == [91]


def test_what_has_started_is_not_overdue() -> None:
    due = seen(AEON, "milestone_start", "2025-12", **EARLIER)
    assert list_delays(facts_with(due, seen(AEON, "status", "under_construction"))) == ()
    assert list_delays(facts_with(due, seen(AEON, "status", "preparing", **EARLIER))) == ()
    (late,) = list_delays(facts_with(due, seen(AEON, "status", "preparing")))
    assert (late.what, late.days) == ("overdue", 90)


@st.composite
def times(draw: st.DrawFn) -> str:
    day = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 1500)))
    forms = (
        f"{day.year}", f"{day.year}-Q{(day.month + 2) // 3}", f"{day:%Y-%m}", day.isoformat()
    )  # fmt: skip
    return draw(st.sampled_from(forms))


@given(times(), times())
def test_moving_back_is_as_far_as_moving_forth(one: str, other: str) -> None:
    there, back = count_days_moved(one, other), count_days_moved(other, one)
    assert (there is None) == (back is None)
    assert there is None or there == -(back or 0)
    assert count_days_moved(one, one) is None


def test_a_slip_of_a_line_said_again_of_its_parts_has_one_carrier() -> None:
    slips = [one for one in list_delays(load_facts()) if one.days == 181]
    assert {one.item: one.carrier for one in slips} == {
        "TRA-CT08-TOAN-TUYEN": "",
        "KP-04": "TRA-CT08-TOAN-TUYEN",
        "KP-05": "TRA-CT08-TOAN-TUYEN",
    }


def test_two_projects_put_off_by_one_sentence_are_two_slips() -> None:
    lots = [one for one in list_delays(load_facts()) if one.item.startswith("INV-LO")]
    assert len(lots) == 2
    assert not any(one.carrier for one in lots)


def test_a_park_that_is_started_is_not_overdue_for_a_later_word_on_its_founding() -> None:
    later = {"period": "2026-H1", "doc": "h1-2026"}
    facts = small_facts(observations=[
        seen(GOLF, "milestone_start", "2026-01-15"),
        seen(GOLF, "status", "started"),
        seen(GOLF, "status", "established", **later),
    ])  # fmt: skip
    assert list_delays(facts) == ()


def test_the_same_words_read_more_finely_are_no_slip() -> None:
    later = {"period": "2026-H1", "doc": "h1-2026"}
    said = "Khởi công quý sau"
    facts = small_facts(observations=[
        seen(GOLF, "milestone_start", "2026-Q2", raw=said),
        seen(GOLF, "milestone_start", "2026-Q3", raw=said, **later),
    ])  # fmt: skip
    assert list_delays(facts) == ()
