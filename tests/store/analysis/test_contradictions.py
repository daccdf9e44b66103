"""Contradictions: those of the real reports, each rule on small facts, and what is none."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.analysis.contradiction import RULES, SETTLED, TOPICS, Contradiction
from store.analysis.contradictions import (
    ContradictionDecision,
    contradictions_to_json,
    list_contradictions,
)
from store.analysis.milestones.milestone_delays import list_delays
from store.analysis.milestones.milestone_forecast import forecast_milestones
from store.analysis.period_diff import compare_periods
from store.facts.facts import load_facts
from tests.examples import at_most
from tests.small_facts import (
    AEON,
    GOLF,
    INDICATORS,
    LNG,
    OBSERVATIONS,
    RING_ROAD,
    no_facts,
    seen,
    small_facts,
)

LATER = {"period": "2026-H1", "doc": "h1-2026"}
Row = dict[str, object]


def stated(code: str, subject: str, measure: str, value: object, **more: object) -> Row:
    return {"indicator": code, "period": "2026-Q1", "doc": "q1-2026", "line_from": 320,
            "line_to": 320, "subject": subject, "measure": measure, "value": value,
            "unit": "project", "raw": str(value), **more}  # fmt: skip


def found(rule: str, **tables: list[Row]) -> list[Contradiction]:
    """Return what one rule finds that nobody has noted."""
    facts = small_facts(**{"conflicts": [], **tables})
    return [one for one in list_contradictions(facts) if rule in one.rules]


def counted(rule: str, *rows: Row) -> list[Contradiction]:
    return found(rule, indicators=list(rows))


def of_real(code: str) -> Contradiction:
    return next(one for one in list_contradictions(load_facts()) if one.id == code)


def test_all_that_was_noted_is_there_once_with_both_sources() -> None:
    facts = load_facts()
    listed = list_contradictions(facts)
    noted = {one.id: one for one in listed if one.curated}
    assert set(noted) == set(facts.conflicts["conflict"])
    assert len({one.id for one in listed}) == len(listed)
    for one in listed:
        assert one.topic in TOPICS
        assert set(one.rules) <= set(RULES)
        assert one.curated or one.rules
        assert all(side.sources and side.value for side in (one.a, one.b))


def test_the_rules_find_most_of_the_noted_ones_and_one_more() -> None:
    listed = list_contradictions(load_facts())
    assert sum(one.curated and bool(one.rules) for one in listed) >= 19
    assert {one.item for one in listed if not one.curated} == {"KP-07"}
    assert len(listed) == 40


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("C-001", "list_size"),
        ("C-004", "reasons"),
        ("C-006", "group_but_not_started"),
        ("C-007", "group_but_not_started"),
        ("C-008", "on_schedule_but_obstacle"),
        ("C-009", "meets_but_goal_unsaid"),
        ("C-010", "on_schedule_but_obstacle"),
        ("C-011", "meets_but_goal_unsaid"),
        ("C-012", "misses_but_on_schedule"),
        ("C-016", "moved"),
        ("C-027", "list_size"),
        ("C-028", "not_all_told"),
        ("C-030", "flow"),
        ("C-031", "due_but_not_started"),
        ("C-033", "list_size"),
        ("C-102", "next_target"),
        ("C-104", "overdue"),
    ],
)
def test_a_noted_contradiction_is_found_by_its_rule(code: str, rule: str) -> None:
    assert rule in of_real(code).rules


def test_thirty_and_thirty_one_projects_stand_side_by_side() -> None:
    one = of_real("C-001")
    assert (one.a.value, one.b.value) == ("31 dự án", "30 dự án")
    assert [(s.doc, s.line_from) for s in (*one.a.sources, *one.b.sources)] == [
        ("q1-2026", 733), ("h1-2026", 534)
    ]  # fmt: skip
    assert one.a.sources[0].raw == "Tổng số (31 dự án)"
    assert one.topic == "count"


def test_one_noted_sentence_gathers_all_items_it_is_true_of() -> None:
    assert len(of_real("C-031").items) == 5
    assert of_real("C-004").b.rows == ("KP-13", "KP-16", "KP-31")


def test_a_decision_settles_one_and_leaves_the_rest_open() -> None:
    decided = {"C-001": ContradictionDecision("b", "Chú thích 24 giải thích")}
    listed = list_contradictions(load_facts(), decided)
    assert [one.id for one in listed if one.state == SETTLED] == ["C-001"]
    assert next(one for one in listed if one.id == "C-001").choice == "b"
    data = contradictions_to_json(listed)
    assert (data["count"], data["open"]) == (len(listed), len(listed) - 1)
    assert list(data) == ["count", "open", "contradictions"]


def test_the_same_facts_give_the_same_ids() -> None:
    def ids() -> list[str]:
        return [one.id for one in list_contradictions(small_facts(conflicts=[]))]

    assert ids() == ids()


def test_two_documents_of_one_period_that_differ() -> None:
    more = seen(AEON, "forecast", "misses", doc="q1-annex")
    (one,) = found("values", observations=[*OBSERVATIONS, more])
    assert (one.item, one.subject, one.topic) == (AEON, "forecast", "forecast")
    assert {one.a.value, one.b.value} == {"meets", "misses"}
    assert {one.a.sources[0].doc, one.b.sources[0].doc} == {"q1-2026", "q1-annex"}


def test_two_amounts_within_one_document() -> None:
    more = seen(AEON, "investment_mvnd", 1200000, line_from=900, line_to=900)
    (one,) = found("values", observations=[*OBSERVATIONS, more])
    assert {one.a.value, one.b.value} == {"1198916", "1200000"}


def test_a_more_precise_time_and_two_obstacles_do_not_contradict() -> None:
    more = [
        seen(GOLF, "milestone_start", "2026-11", line_from=900, line_to=900),
        seen(GOLF, "obstacle", "capital"),
    ]
    assert found("values", observations=[*OBSERVATIONS, *more]) == []


def test_on_schedule_in_one_column_and_an_obstacle_in_the_next() -> None:
    more = seen(AEON, "obstacle", "capital")
    (one,) = found("on_schedule_but_obstacle", observations=[*OBSERVATIONS, more])
    assert (one.item, one.a.value, one.b.value) == (AEON, "meets", "capital")


def test_on_schedule_in_the_result_and_a_forecast_to_miss() -> None:
    more = seen(LNG, "result_text", "Đang thi công, đảm bảo tiến độ")
    (one,) = found("misses_but_on_schedule", observations=[*OBSERVATIONS, more])
    assert one.item == LNG


@pytest.mark.parametrize(
    ("goal", "result", "count"),
    [
        ("Phê duyệt chủ trương đầu tư", "Đang khảo sát", 1),
        ("Phê duyệt chủ trương đầu tư", "Đã được phê duyệt", 0),
        ("Lập, trình phê duyệt dự án", "Đang khảo sát", 0),
        ("Thi công", "Đang thi công", 0),
    ],
)
def test_a_goal_met_that_the_result_does_not_speak_of(goal: str, result: str, count: int) -> None:
    more = [seen(AEON, "planned_work", goal), seen(AEON, "result_text", result)]
    rule = "meets_but_goal_unsaid"
    assert len(found(rule, observations=[*OBSERVATIONS, *more])) == count


def test_due_by_the_report_s_day_and_not_started() -> None:
    more = seen(LNG, "milestone_start", "2026-Q1")
    (one,) = found("due_but_not_started", observations=[*OBSERVATIONS, more])
    assert (one.item, one.a.value, one.b.value) == (LNG, "2026-Q1", "not_started")


def test_what_two_cells_say_alike_is_one_contradiction_with_both_sources() -> None:
    cells = [
        seen(LNG, "milestone_start", "2026-Q1", cell=cell, line_from=line, line_to=line)
        for cell, line in (("Ghi chú", 846), ("Kết quả", 847))
    ]
    (one,) = found("due_but_not_started", observations=[*OBSERVATIONS, *cells])
    assert [source.cell for source in one.a.sources] == ["Ghi chú", "Kết quả"]
    assert len(one.b.sources) == 1


def test_listed_as_under_way_and_not_started() -> None:
    heading = stated("IN-9", "key_projects", "ongoing", 4)
    (one,) = counted("group_but_not_started", heading)
    assert (one.item, one.b.value) == (LNG, "not_started")


def test_classes_that_make_more_than_their_total() -> None:
    rows = [
        stated("IN-1", "production", "meets_goal", 60, total=100),
        stated("IN-2", "production", "misses_goal", 41, total=100),
    ]
    (one,) = counted("classes", *rows)
    assert (one.a.value, one.b.value, one.b.rows) == ("100", "101", ("IN-1", "IN-2"))
    assert counted("classes", rows[0]) == []
    assert counted("classes", rows[0], {**rows[1], "value": 40}) == []
    assert len(counted("classes", rows[0], {**rows[1], "value": 30})) == 1


def test_parts_and_groups_that_do_not_make_the_whole() -> None:
    rows = [
        stated("IN-1", "backlog", "resolved", 38),
        stated("IN-2", "backlog", "resolved_city_level", 28),
        stated("IN-3", "backlog", "resolved_commune_level", 11),
    ]
    assert [(one.a.value, one.b.value) for one in counted("parts", *rows)] == [("38", "39")]
    groups = [
        stated("IN-4", "key_projects", "start_2026", 16),
        *(stated(f"IN-{at}", "key_projects", f"group_II.{at}", 5) for at in (1, 2, 3)),
    ]
    assert [one.b.value for one in counted("groups", *groups)] == ["15"]


def test_a_part_above_its_total() -> None:
    (one,) = counted("part_above_total", stated("IN-1", "production", "misses_goal", 9, total=8))
    assert (one.a.value, one.b.value) == ("9", "8")


def test_a_share_that_is_not_the_amount_over_its_plan() -> None:
    rows = [
        stated("IN-1", "public_investment", "disbursed", 50, unit="million_vnd"),
        stated("IN-2", "public_investment", "pm_plan", 200, unit="million_vnd"),
        stated("IN-3", "public_investment", "disbursed_pct_of_pm_plan", 26, unit="percent"),
    ]
    assert [(one.a.value, one.b.value) for one in counted("share", *rows)] == [("26", "25")]
    assert counted("share", *rows[:2], {**rows[2], "value": 25}) == []


def test_a_count_of_key_projects_against_the_rows() -> None:
    """Two of the five key projects are forecast to miss their goal; the report says nine."""
    (one,) = counted("rows", *INDICATORS)
    assert (one.a.value, one.b.value, one.b.rows) == ("9", "2", (GOLF, LNG))


def test_lists_targets_and_flows_from_one_report_to_the_next() -> None:
    first = [
        stated("IN-1", "park_infrastructure", "misses_goal", 7, total=24),
        stated("IN-2", "park_infrastructure", "started", 3, unit="park"),
        stated("IN-3", "park_infrastructure", "under_construction", 11, unit="park"),
        stated("IN-4", "social_housing", "target_next_quarter", 496, unit="dwelling"),
    ]
    then = [
        stated("IN-5", "park_infrastructure", "misses_goal", 12, total=26, **LATER),
        stated("IN-6", "park_infrastructure", "started", 7, unit="park", **LATER),
        stated("IN-7", "park_infrastructure", "under_construction", 16, unit="park", **LATER),
        stated("IN-8", "social_housing", "target_quarter", 469, unit="dwelling", **LATER),
    ]
    pairs = {
        rule: [(one.a.value, one.b.value) for one in counted(rule, *first, *then)]
        for rule in ("list_size", "flow", "next_target")
    }
    assert pairs == {
        "list_size": [("24", "26")],
        "flow": [("15", "16")],
        "next_target": [("496", "469")],
    }


def test_a_found_contradiction_of_another_item_is_not_taken_for_the_noted_one() -> None:
    noted = {"conflict": "C-1", "subject": "Dự báo", "item": RING_ROAD, "period_a": "2026-Q1",
             "doc_a": "q1-2026", "line_a": 742, "value_a": "đạt", "period_b": "2026-Q1",
             "doc_b": "q1-2026", "line_b": 742, "value_b": "vướng"}  # fmt: skip
    more = seen(AEON, "obstacle", "capital")
    facts = small_facts(conflicts=[noted], observations=[*OBSERVATIONS, more])
    ids = {one.item: one for one in list_contradictions(facts) if one.topic == "forecast"}
    assert not ids[RING_ROAD].rules
    assert ids[AEON].rules == ("on_schedule_but_obstacle",)


@given(st.lists(st.sampled_from(range(len(load_facts().observations))), max_size=30), st.booleans())
@settings(max_examples=at_most(25) // 2)
def test_whatever_part_of_the_reports_is_known_the_comparisons_work(
    kept: list[int], indicators: bool
) -> None:
    """A store may hold any of the reports' rows: nothing is taken to be there."""
    whole = load_facts()
    none = whole.indicators.iloc[:0]
    facts = replace(
        whole,
        observations=whole.observations.iloc[sorted(set(kept))],
        indicators=whole.indicators if indicators else none,
    )
    for one in list_contradictions(facts):
        assert one.a.sources
        assert one.b.sources
    assert compare_periods(facts, "2025-11", "2026-H1").after == "2026-H1"
    assert all(one.estimate for one in forecast_milestones(facts, "2026-Q1"))


def test_without_facts_there_is_nothing_to_compare() -> None:
    facts = no_facts()
    assert list_contradictions(facts) == ()
    assert list_delays(facts) == ()
    assert forecast_milestones(facts, "2026-Q1") == ()
    assert compare_periods(facts, "2026-Q1", "2026-H1").changed == ()


def test_a_row_whose_amount_waits_for_an_answer_is_counted_all_the_same() -> None:
    count = stated("IN-9", "key_projects", "listed", 5)
    waiting = [
        row for row in OBSERVATIONS if (row["item"], row["field"]) != (LNG, "investment_mvnd")
    ]
    assert found("rows", indicators=[count], observations=waiting) == []
    assert len(found("rows", indicators=[{**count, "value": 6}], observations=waiting)) == 1
