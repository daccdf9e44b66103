"""What does not fit an item's own history, or its column, is asked about and not taken over."""

from __future__ import annotations

import pytest

from store.analysis.period_diff import compare_periods
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.imports.questions.shared import is_urgent
from store.imports.review_queue import decide_review, list_reviews
from tests import templates
from tests.people import AN, BINH
from tests.store.small_reports import BRIDGE, CAT_HAI, DO_SON, project, report, value


@pytest.fixture(autouse=True)
def stored(bare_store: str) -> str:
    """Have 1,200,000 million VND and 40 % of the bridge stored."""
    templates.fill_bare(bare_store, "bridge", _bring_first)
    return bare_store


def _bring_first() -> None:
    first = report(
        "Báo cáo quý I",
        "2031-Q1",
        project(
            1,
            BRIDGE,
            value("investment_mvnd", "1200000", 11),
            value("actual_construction_pct", "40", 12, basis="contract_value"),
            value("milestone_inauguration", "2031-Q4", 13),
            communes=(DO_SON,),
        ),
    )
    apply_import(plan_import(first), AN)


def plan_second(*values: object, communes: tuple[str, ...] = (DO_SON,)) -> object:
    row = project(1, BRIDGE, *values, communes=communes)
    return plan_import(report("Báo cáo quý II", "2031-Q2", row))


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("investment_mvnd", "12000000", "gấp 10,0 lần"),
        ("investment_mvnd", "120000", "chỉ bằng 1/10,0"),
        ("investment_mvnd", "120000000", "gấp 100,0 lần"),
        ("actual_construction_pct", "35", "giảm từ 40 % xuống 35 %"),
        ("actual_construction_pct", "4", "giảm từ 40 % xuống 4 %"),
        ("milestone_inauguration", "2031-Q2", "lùi về trước"),
    ],
)
def test_it_is_asked_and_not_taken_over(field: str, text: str, said: str) -> None:
    parts = {"basis": "contract_value"} if field.endswith("_pct") else {}
    plan = plan_second(value(field, text, 11, **parts))
    (question,) = plan.reviews
    assert said in question.detail
    assert is_urgent(question)
    assert plan.rows("observations").empty
    apply_import(plan, AN)
    assert text not in set(load_facts().observations["value"])
    decide_review(list_reviews()[0].number, "read", BINH)
    assert text in set(load_facts().observations["value"])


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("investment_mvnd", "1300000"),
        ("investment_mvnd", "6000000"),
        ("actual_construction_pct", "55"),
        ("milestone_inauguration", "2032-Q1"),
        ("milestone_inauguration", "2031-11"),
        ("milestone_inauguration", "2031"),
    ],
)
def test_what_is_likely_is_not_asked(field: str, text: str) -> None:
    parts = {"basis": "contract_value"} if field.endswith("_pct") else {}
    assert plan_second(value(field, text, 11, **parts)).reviews == ()


def test_another_share_is_no_fall() -> None:
    plan = plan_second(value("actual_construction_pct", "35", 11, basis="total_investment"))
    assert plan.reviews == ()


@pytest.mark.parametrize(
    ("before", "now", "asked"),
    [
        ("inaugurated", "under_construction", True),
        ("started", "preparing", True),
        ("under_construction", "started", False),
        ("started", "established", False),
        ("preparing", "started", False),
        ("under_construction", "paused", False),
    ],
)
def test_a_status_before_a_start_or_an_end_that_is_past_is_asked(
    before: str, now: str, asked: bool
) -> None:
    apply_import(plan_second(value("status", before, 11)), AN)
    row = project(1, BRIDGE, value("status", now, 11), communes=(DO_SON,))
    plan = plan_import(report("Báo cáo quý III", "2031-Q3", row))
    assert ["trước đó đã" in one.detail for one in plan.reviews] == [True] * asked


def test_a_figure_a_thousand_times_its_column_is_asked() -> None:
    rows = [
        project(no, f"Dự án thử số {no} đường {no * 7}", value("investment_mvnd", text, no * 10))
        for no, text in enumerate((*["500000"] * 9, "900000000"), start=2)
    ]
    plan = plan_import(report("Báo cáo quý II", "2031-Q2", *rows))
    assert ["khác hẳn các số khác trong cột" in one.detail for one in plan.reviews] == [True]


def test_an_item_that_moves_is_asked_and_stays_until_it_is_answered() -> None:
    apply_import(plan_second(communes=(CAT_HAI,)), AN)
    assert list(load_facts().places["commune"]) == [DO_SON]
    (question,) = list_reviews()
    assert "báo cáo ghi Cát Hải" in question.detail or "Cát Hải" in question.detail
    decide_review(question.number, "read", BINH)
    assert list(load_facts().places["commune"]) == [CAT_HAI]


def test_an_item_that_stays_keeps_its_place_and_the_answer_is_remembered() -> None:
    apply_import(plan_second(communes=(CAT_HAI,)), AN)
    decide_review(list_reviews()[0].number, "stored", BINH)
    row = project(1, BRIDGE, communes=(CAT_HAI,))
    plan = plan_import(report("Báo cáo quý III", "2031-Q3", row))
    assert plan.reviews == ()
    assert plan.rows("places").empty


def names(*numbers: int) -> list[object]:
    texts = {1: BRIDGE, 2: "Trường học phía đông", 3: "Bệnh viện trung tâm mới"}
    return [project(no, texts[no], value("forecast", "meets", no * 10 + 1)) for no in numbers]


def test_what_a_list_no_longer_names_is_asked_and_leaves_the_sums_when_a_person_says_so() -> None:
    apply_import(plan_import(report("Danh mục quý II", "2031-Q2", *names(1, 2, 3))), AN)
    plan = plan_import(report("Danh mục quý III", "2031-Q3", *names(1, 3)))
    (question,) = plan.reviews
    assert (question.reason, question.payload["item"]) == ("not_named", "KP-02")
    apply_import(plan, AN)
    facts = load_facts()
    assert set(build_item_snapshot(facts, "2031-Q3").query("listed")["item"]) >= {"KP-02"}
    decide_review(list_reviews()[0].number, "read", BINH)
    facts = load_facts()
    assert "KP-02" not in set(build_item_snapshot(facts, "2031-Q3").query("listed")["item"])
    assert [one.item for one in compare_periods(facts, "2031-Q2", "2031-Q3").gone] == ["KP-02"]

    again = plan_import(report("Danh mục quý IV", "2031-Q4", *names(1, 2, 3)))
    (question,) = again.reviews
    assert (question.reason, question.payload["item"]) == ("named_again", "KP-02")
    apply_import(again, AN)
    decide_review(list_reviews()[0].number, "read", BINH)
    assert "KP-02" in set(build_item_snapshot(load_facts(), "2031-Q4").query("listed")["item"])


def test_a_table_of_few_projects_is_no_list() -> None:
    apply_import(plan_import(report("Danh mục quý II", "2031-Q2", *names(1, 2, 3))), AN)
    assert plan_import(report("Các dự án chậm", "2031-Q3", *names(3))).reviews == ()


LISTED = (
    (1, BRIDGE, "1200000"),
    (2, "Trường học phía đông", "95000"),
    (3, "Nhà máy xử lý rác thải Seraphin", "2205000"),
)


def listed(*rows: tuple[int, str, str]) -> list[object]:
    return [project(no, name, value("investment_mvnd", text, no * 10)) for no, name, text in rows]


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("Nhà máy điện rác Seraphin (đốt rác phát điện)", "2300000"),
        ("Tổ hợp đốt rác phát điện Lai Khê", "2205000"),
    ],
)
def test_a_new_project_in_the_place_of_one_that_is_gone_may_be_the_same(
    name: str, amount: str
) -> None:
    apply_import(plan_import(report("Danh mục quý II", "2031-Q2", *listed(*LISTED))), AN)
    renamed = listed(*LISTED[:2], (3, name, amount))
    plan = plan_import(report("Danh mục quý III", "2031-Q3", *renamed))
    (question,) = plan.reviews
    assert (question.reason, question.candidates[0][0]) == ("uncertain_item", "KP-03")
    assert "không còn nêu KP-03" in question.detail
    assert is_urgent(question)
    apply_import(plan, AN)
    decide_review(list_reviews()[0].number, "KP-03", BINH)
    facts = load_facts()
    assert set(facts.items["item"]) == {"KP-01", "KP-02", "KP-03"}
    assert facts.observations.query("period == '2031-Q3' and item == 'KP-03'")["value"].item() == (
        amount
    )


def test_a_new_project_beside_all_the_known_ones_is_not_asked() -> None:
    apply_import(plan_import(report("Danh mục quý II", "2031-Q2", *listed(*LISTED))), AN)
    more = listed(*LISTED, (4, "Nhà máy điện rác Seraphin số hai", "2205000"))
    assert plan_import(report("Danh mục quý III", "2031-Q3", *more)).reviews == ()


def test_an_earlier_period_that_comes_later_is_not_held_to_what_came_of_it() -> None:
    row = project(1, BRIDGE, value("actual_construction_pct", "22", 12, basis="contract_value"))
    plan = plan_import(report("Báo cáo năm trước", "2030-Q3", row))
    assert not [one for one in plan.reviews if "giảm" in one.detail]
    assert list(plan.rows("observations")["value"]) == ["22"]


def test_a_share_that_lost_its_comma_is_asked_and_offered_with_it() -> None:
    share = {"component": "gói thầu 2"}
    first = report(
        "Sau", "2031-04", project(1, BRIDGE, value("actual_construction_pct", "6.5", 12, **share))
    )
    apply_import(plan_import(first), AN)
    (question,) = plan_second(value("actual_construction_pct", "65", 12, **share)).reviews
    assert "gấp 10,0 lần số đang có (65 %; đang có 6,5 %)" in question.detail
    assert question.candidates == (("6.5", 0.5),)
    (fallen,) = plan_second(
        value("actual_construction_pct", "4", 12, basis="contract_value")
    ).reviews
    assert fallen.candidates == (("40", 0.5),)
    grown = value("actual_construction_pct", "52", 12, **share)  # eight times, not ten
    assert plan_second(grown).reviews == ()


def test_an_amount_that_no_project_has_says_why_and_is_offered_in_the_unit_below() -> None:
    (question,) = plan_second(value("investment_mvnd", "1250000000", 11)).reviews
    assert question.reason == "unreadable_value"
    assert "lớn hơn mức cao nhất" in question.detail
    assert question.candidates == (("1250000", 0.5),)


@pytest.mark.parametrize(("choice", "kept"), [("read", "12000000"), ("1200000", "1200000")])
def test_a_figure_that_stands_in_two_lines_is_asked_about_once_and_answered_for_both(
    choice: str, kept: str
) -> None:
    plan = plan_second(
        value("investment_mvnd", "12000000", 11), value("investment_mvnd", "12000000", 31)
    )
    (question,) = plan.reviews
    assert [one["content"]["line_from"] for one in question.payload["add"]] == [11, 31]
    apply_import(plan, AN)
    decide_review(list_reviews()[0].number, choice, BINH)
    seen = load_facts().observations
    seen = seen[(seen["period"] == "2031-Q2") & (seen["field"] == "investment_mvnd")]
    assert sorted(seen["line_from"]) == [11, 31]
    assert set(seen["value"]) == {kept}
