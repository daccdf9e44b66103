"""The watch list names what needs a decision, by the money it holds up, and since when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from layers.watchlist.reason import list_shown_reasons
from layers.watchlist.watchlist import build_watchlist
from reports.model.dates import parse_span
from store.analysis.contradictions import list_contradictions
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import (
    AEON,
    CONFLICTS,
    GOLF,
    LNG,
    OBSERVATIONS,
    RING_ROAD,
    TUNNEL,
    item,
    no_facts,
    seen,
    small_facts,
)
from tests.visits import case, visit, with_staff

if TYPE_CHECKING:
    from layers.watchlist.reason import WatchReason
    from layers.watchlist.watchlist import WatchlistRow
    from store.facts.facts import Facts

FACTS = load_facts()
Q1 = Filters(period="2026-Q1")
H1 = Filters(period="2026-H1")


def by_item(facts: Facts, filters: Filters, **more: object) -> dict[str, WatchlistRow]:
    return {row.item: row for row in build_watchlist(facts, filters, **more)}


def reason(facts: Facts, filters: Filters, code: str, key: str) -> WatchReason:
    """Return the one reason of that kind that an item is on the list for."""
    (found,) = [one for one in by_item(facts, filters)[code].reasons if one.key == key]
    return found


def keys(row: WatchlistRow) -> set[str]:
    return {one.key for one in row.reasons}


def test_the_nine_projects_said_to_miss_the_quarter_s_goal_are_on_it() -> None:
    rows = build_watchlist(FACTS, Filters(period="2026-Q1", kinds=("key_project",)))
    missing = {"KP-13", "KP-15", "KP-16", "KP-18", "KP-21", "KP-25", "KP-29", "KP-30", "KP-31"}
    assert {row.item for row in rows if "misses" in keys(row)} == missing


@pytest.mark.parametrize("filters", [Q1, H1])
def test_what_is_held_up_comes_first_by_investment_and_unknown_amounts_after(
    filters: Filters,
) -> None:
    rows = build_watchlist(FACTS, filters)
    assert rows[0].item == "KP-25"
    assert [row.holding for row in rows] == sorted((row.holding for row in rows), reverse=True)
    for holding in (True, False):
        amounts = [row.investment_mvnd for row in rows if row.holding is holding]
        known = [amount for amount in amounts if amount is not None]
        assert amounts == sorted(known, reverse=True) + [None] * (len(amounts) - len(known))


def test_of_unknown_investment_the_oldest_comes_first() -> None:
    rows = [
        one for one in build_watchlist(FACTS, H1) if one.holding and one.investment_mvnd is None
    ]
    ages = [row.age_days for row in rows]
    assert ages == sorted(ages, reverse=True)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("period", ["2025-11", "2026-01", "2026-Q1", "2026-05", "2026-H1"])
def test_every_row_says_why_and_who_and_every_reason_where(period: str, language: str) -> None:
    for row in build_watchlist(FACTS, Filters(period=period), language=language):
        assert row.reason
        assert row.body
        assert row.age
        for one in row.reasons:
            assert one.sentence
            assert one.sources or one.key == "not_reported"  # of one never reported, say


def test_what_is_inaugurated_is_not_on_it() -> None:
    assert "KP-01" not in by_item(FACTS, H1)


def test_a_project_forecast_to_miss_says_so_with_the_obstacle_and_the_line() -> None:
    found = reason(small_facts(), Q1, LNG, "misses")
    assert "không đạt mục tiêu quý" in found.sentence
    assert "chưa có mặt bằng" in found.sentence
    assert found.since == "2026-03-31"
    assert found.sources[0].doc == "q1-2026"


def test_a_forecast_is_not_carried_into_the_next_period() -> None:
    assert "misses" not in keys(by_item(small_facts(), H1)[LNG])


def test_a_milestone_put_off_says_by_how_much_and_both_sides() -> None:
    later = seen(GOLF, "milestone_start", "2027-Q2", period="2026-H1", doc="h1-2026")
    found = reason(small_facts(observations=[*OBSERVATIONS, later]), H1, GOLF, "slipped")
    assert found.days == 181
    assert "181 ngày (khoảng 6 tháng)" in found.label
    assert {one.doc for one in found.sources} == {"q1-2026", "h1-2026"}
    assert found.since == "2026-06-30"


def test_a_milestone_brought_forward_or_passed_is_no_reason() -> None:
    sooner = seen(GOLF, "milestone_start", "2026-Q3", period="2026-H1", doc="h1-2026")
    later = seen(GOLF, "milestone_start", "2027-Q2", period="2026-H1", doc="h1-2026")
    begun = seen(GOLF, "status", "started", period="2026-H1", doc="h1-2026")
    for rows in ([sooner], [later, begun]):
        facts = small_facts(observations=[*OBSERVATIONS, *rows])
        assert "slipped" not in keys(by_item(facts, H1)[GOLF])


def test_slips_there_and_back_again_are_added_up() -> None:
    rows = [
        seen(GOLF, "milestone_start", "2026-Q2", period="2025-11", doc="nov-2025"),
        seen(GOLF, "milestone_start", "2026-Q2", period="2026-H1", doc="h1-2026"),
    ]
    facts = small_facts(observations=[*OBSERVATIONS, *rows])
    assert "slipped" not in keys(by_item(facts, H1)[GOLF])
    assert reason(facts, Q1, GOLF, "slipped").days == 184


def test_a_due_date_over_and_a_later_report_that_still_waits_is_overdue() -> None:
    rows = [
        seen(AEON, "milestone_inauguration", "2026-05"),
        seen(AEON, "status", "under_construction", period="2026-H1", doc="h1-2026"),
    ]
    facts = small_facts(observations=[*OBSERVATIONS, *rows])
    found = reason(facts, H1, AEON, "overdue")
    assert found.since == "2026-05-31"
    assert "30 ngày" in found.sentence
    assert by_item(facts, H1)[AEON].age_days == 30
    assert AEON not in by_item(facts, Q1)


def test_a_due_date_over_without_a_later_report_is_said_to_be_just_that() -> None:
    due = seen(AEON, "milestone_inauguration", "2026-05")
    facts = small_facts(observations=[*OBSERVATIONS, due])
    row = by_item(facts, H1)[AEON]
    assert "overdue_unsaid" in keys(row)
    assert "overdue" not in keys(row)


def test_the_last_day_of_a_milestone_is_not_over_yet() -> None:
    rows = [seen("KCN-SMALL", "milestone_start", "2026-Q2", period="2026-H1", doc="h1-2026")]
    assert parse_span("2026-Q2")[1] == date(2026, 6, 30)
    facts = small_facts(observations=[*OBSERVATIONS, *rows])
    assert "KCN-SMALL" not in by_item(facts, H1)
    assert "overdue_unsaid" in keys(by_item(facts, H1, day=date(2026, 7, 1))["KCN-SMALL"])


def test_a_clearance_problem_ages_from_the_report_that_first_states_it() -> None:
    row = by_item(small_facts(), H1)[GOLF]
    assert reason(small_facts(), H1, GOLF, "clearance").since == "2026-03-31"
    assert row.age_days == 91
    assert row.age == "91 ngày (khoảng 3 tháng)"
    assert row.body == "Được đề nghị xử lý (Quý I/2026): UBND phường Thạch Khôi"


def test_ages_are_counted_to_the_day_asked_for() -> None:
    row = by_item(small_facts(), H1, day=date(2026, 7, 10))[GOLF]
    assert row.age_days == 101


def test_clearance_behind_the_plan_of_the_same_period_is_a_reason() -> None:
    rows = [
        seen(AEON, "actual_clearance_pct", 40),
        seen(AEON, "planned_clearance_pct", 60.5),
    ]
    facts = small_facts(observations=[*OBSERVATIONS, *rows])
    assert "40 %" in reason(facts, Q1, AEON, "clearance_behind").label
    assert "60,5 %" in reason(facts, Q1, AEON, "clearance_behind").label
    assert AEON not in by_item(facts, H1)


@pytest.mark.parametrize("status", ["undetermined", "paused"])
def test_what_is_undetermined_or_paused_is_on_it(status: str) -> None:
    row = seen(AEON, "status", status, period="2026-H1", doc="h1-2026")
    facts = small_facts(observations=[*OBSERVATIONS, row])
    assert keys(by_item(facts, H1)[AEON]) == {status}


def test_a_contradiction_holds_up_no_money_and_goes_once_settled() -> None:
    noted = [{**CONFLICTS[0], "item": TUNNEL}]
    facts = small_facts(conflicts=noted)
    row = by_item(facts, Q1)[TUNNEL]
    assert keys(row) == {"contradicted"}
    assert not row.holding
    assert build_watchlist(facts, Q1)[-1].item == TUNNEL
    settled = {one.id for one in list_contradictions(facts) if TUNNEL in one.items}
    assert TUNNEL not in by_item(facts, Q1, settled=settled)


def test_a_contradiction_is_not_known_before_the_later_side_is() -> None:
    noted = [{**CONFLICTS[0], "item": TUNNEL, "period_b": "2026-H1", "doc_b": "h1-2026"}]
    facts = small_facts(conflicts=noted)
    assert TUNNEL not in by_item(facts, Q1)
    assert TUNNEL in by_item(facts, H1)


def test_silence_counts_only_where_the_period_speaks_of_most_of_the_kind() -> None:
    facts = small_facts()
    assert all("not_reported" not in keys(row) for row in build_watchlist(facts, H1))
    told = [
        seen(code, "result_text", "Đang làm", period="2026-H1", doc="h1-2026")
        for code in (AEON, LNG, GOLF)
    ]
    spoken = small_facts(observations=[*OBSERVATIONS, *told])
    found = reason(spoken, H1, TUNNEL, "not_reported")
    assert found.since == "2026-03-31"
    assert "Quý I/2026" in found.sentence
    assert not by_item(spoken, H1)[TUNNEL].holding
    narrowed = by_item(spoken, H1.with_changes(text="nguyen trai"))
    assert set(narrowed) == {TUNNEL}


def test_a_register_case_counts_from_its_deadline_once_that_is_over() -> None:
    row = case("GP-1", GOLF, deadline="2026-05-01", opened="2026-02-01", body="Sở Tài chính")
    facts = with_staff(cases=[row])
    found = reason(facts, H1, GOLF, "case_overdue")
    assert found.since == "2026-05-01"
    assert "60 ngày" in found.label
    assert "Sở Tài chính" in by_item(facts, H1)[GOLF].body
    assert reason(facts, Q1, GOLF, "case_open").since == "2026-02-01"


def test_a_case_that_is_closed_or_was_not_open_yet_is_no_reason() -> None:
    rows = [
        case("GP-1", RING_ROAD, state="handed_over", deadline="2026-05-01", closed="2026-06-01"),
        case("GP-2", RING_ROAD, opened="2026-08-01", deadline="2026-09-01"),
        case("GP-3", "", opened="2026-01-01", deadline="2026-02-01"),
    ]
    assert RING_ROAD not in by_item(with_staff(cases=rows), H1)


def test_less_seen_on_a_visit_than_is_claimed_is_a_reason() -> None:
    seen_less = visit("v-1", AEON, observed_construction_pct=50.0)
    facts = with_staff(visits=[seen_less])
    found = reason(facts, H1, AEON, "gap")
    assert "50 %" in found.label
    assert "77 %" in found.label
    assert "27 điểm" in found.sentence
    assert by_item(facts, H1)[AEON].age_days == 0
    as_claimed = visit("v-1", AEON, observed_construction_pct=76.0)
    assert AEON not in by_item(with_staff(visits=[as_claimed]), H1)


def test_who_must_act_is_unknown_where_no_report_says_it() -> None:
    assert by_item(small_facts(), Q1)[LNG].asked_to_act == ""
    assert by_item(small_facts(), Q1)[LNG].body == "báo cáo chưa nêu cơ quan được đề nghị xử lý"


def test_unknown_money_is_said_to_be_unknown_and_comes_last_of_what_is_held_up() -> None:
    rows = [
        seen("KP-99", "forecast", "misses"),
        seen("KP-98", "forecast", "misses"),
        seen("KP-98", "investment_mvnd", 1),
    ]
    items = [item(code) for code in ("KP-98", "KP-99")]
    facts = small_facts(items=items, observations=rows, places=[], clearance=[], conflicts=[])
    listed = build_watchlist(facts, Q1)
    assert [row.item for row in listed] == ["KP-98", "KP-99"]
    assert listed[1].investment_mvnd is None
    assert listed[1].money == "chưa rõ vốn"


def test_an_empty_store_has_an_empty_list() -> None:
    assert build_watchlist(no_facts(), Filters()) == ()
    empty = small_facts(
        periods=[], documents=[], items=[], places=[], observations=[], clearance=[],
        indicators=[], conflicts=[],
    )  # fmt: skip
    assert build_watchlist(empty, Filters()) == ()


def test_who_is_asked_and_who_leads_are_two_facts_with_a_source_each() -> None:
    row = by_item(FACTS, Q1)["KP-18"]
    assert row.asked_to_act == ""
    assert row.lead == "Ban Quản lý dự án liên quan (không nêu tên); Sở Xây dựng"
    (lead,) = row.acting
    assert lead.label == "Cơ quan chủ trì (Chương trình năm 2026)"
    assert {(one.doc, one.line_from) for one in lead.sources} == {("programme-2026", 284)}
    assert row.body.startswith("báo cáo chưa nêu cơ quan được đề nghị xử lý. Cơ quan chủ trì")
    assert not {"programme-2026"} & {one.doc for one in row.sources}


def test_what_an_earlier_period_asked_names_that_period() -> None:
    asked, lead = by_item(FACTS, H1)["KP-18"].acting
    assert asked.label == "Được đề nghị xử lý (Thông báo tháng 5/2026)"
    assert (asked.carried, asked.bodies) == (True, ("Đảng ủy UBND thành phố",))
    assert (lead.role, lead.carried) == ("lead", True)


@pytest.mark.parametrize("period", ["2025-11", "2026-01", "2026-Q1", "2026-05", "2026-H1"])
def test_every_body_named_stands_where_its_own_source_says_it(period: str) -> None:
    for row in build_watchlist(FACTS, Filters(period=period)):
        for named in row.acting:
            assert named.sources
            assert {one.period for one in named.sources} == {named.period}
            if named.role == "lead":
                assert all(one.cell.startswith("Phụ lục") for one in named.sources)


def test_a_part_on_time_is_not_on_it_for_a_slip_of_its_line() -> None:
    rows = by_item(FACTS, Q1)
    assert "KP-04" not in rows
    assert keys(rows["TRA-CT08-TOAN-TUYEN"]) >= {"slipped"}
    line = reason(FACTS, Q1, "KP-05", "inherited")
    assert line.label.startswith("thuộc Tuyến cao tốc Ninh Bình – Hải Phòng")


def test_the_reason_of_a_missed_goal_is_the_report_s_own_not_the_goal_again() -> None:
    said = {code: reason(FACTS, Q1, code, "misses").label for code in ("KP-13", "KP-21", "KP-30")}
    assert said["KP-13"].endswith("(lý do: nhà đầu tư chậm, thủ tục)")
    assert said["KP-21"].endswith("(báo cáo không nêu lý do)")
    assert said["KP-30"].endswith("(lý do: vướng mặt bằng)")
    assert all("phấn đấu đạt mục tiêu năm" in label for label in said.values())
    waiting = reason(FACTS, H1, "KP-28", "undetermined").label
    assert waiting.endswith("(lý do: Đang đợi ý kiến về tính khả thi của dự án)")


def test_a_list_of_reasons_says_none_of_them_twice() -> None:
    rows = build_watchlist(load_facts(), Filters(period="2026-Q1"))
    told = {row.item: [reason for reason in row.reasons if reason.told] for row in rows}
    assert {item for item, reasons in told.items() if reasons} == {
        "KP-15", "KP-18", "KP-25", "KP-29", "KP-30"
    }  # fmt: skip
    for row in rows:
        shown = list_shown_reasons(row.reasons)
        assert row.reason == "; ".join(reason.label for reason in shown)
        for reason in told[row.item]:
            assert set(reason.sources) <= {source for one in shown for source in one.sources}
    later = build_watchlist(load_facts(), Filters(period="2026-H1"))
    assert not any(reason.told for row in later for reason in row.reasons)
