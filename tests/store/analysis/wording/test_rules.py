"""Contradictions that only the words of documents show: dates, parts, plans, times, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.analysis.contradictions import list_contradictions
from store.analysis.wording import target_rules, text_rules
from store.cli.main import main
from store.facts.facts import load_facts
from store.facts.stored.document_lines import DocumentLine, TaskTime
from tests.shared_reference import SHARED, needs_shared
from tests.small_facts import small_facts

if TYPE_CHECKING:
    from store.analysis.contradiction import Contradiction


def line(number: int, text: str, doc: str = "q1-2026", period: str = "2026-Q1") -> DocumentLine:
    return DocumentLine(doc, period, number, number, text)


def later(number: int, text: str) -> DocumentLine:
    return line(number, text, "h1-2026", "2026-H1")


def found_in(
    monkeypatch: pytest.MonkeyPatch, *lines: DocumentLine, tasks: tuple[TaskTime, ...] = ()
) -> list[Contradiction]:
    for module in (text_rules, target_rules):
        monkeypatch.setattr(module, "list_document_lines", lambda _facts: lines)
    monkeypatch.setattr(target_rules, "list_task_times", lambda _facts: tasks)
    facts = small_facts()
    return [
        *text_rules.find_text_contradictions(facts),
        *target_rules.find_target_contradictions(facts),
    ]


RESOLUTION = "theo Nghị quyết số 9/NQ-HĐND ngày {day} của Hội đồng nhân dân thành phố về đầu tư"


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("11/12/2025", "08/12/2025", 1),
        ("11/12/2025", "ngày 11 tháng 12 năm 2025".removeprefix("ngày "), 0),
        ("11/12/2025", "11/12/2024", 0),  # numbers begin anew every year
    ],
)
def test_a_document_cited_with_two_dates_of_a_year(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, count: int
) -> None:
    found = found_in(
        monkeypatch, line(1, RESOLUTION.format(day=first)), later(2, RESOLUTION.format(day=second))
    )
    assert [one.rules for one in found] == [("document_date",)] * count


def test_bodies_that_number_their_own_documents_are_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = (
        "Quyết định số 12/QĐ-UBND ngày 03/3/2026 của UBND xã Lai Khê về quy hoạch",
        "Quyết định số 12/QĐ-UBND ngày 05/3/2026 của UBND phường Thạch Khôi về giá đất",
        "Quyết định số 12/QĐ-UBND ngày 07/3/2026 về đấu giá",
    )
    assert found_in(monkeypatch, *(line(at, text) for at, text in enumerate(texts, 1))) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("triển khai các bến số 3 đến 6 tại Cảng Nam Thử", 1),
        ("triển khai các bến 3, 4, 5, 6, 7, 8 tại Cảng Nam Thử", 0),
        ("khởi công bến 3-4 tại Cảng Nam Thử", 0),  # a step of the works
        ("triển khai các bến số 3 đến 6 tại Cảng Bắc Khác", 0),
    ],
)
def test_numbered_parts_of_one_place_that_end_at_two_numbers(
    monkeypatch: pytest.MonkeyPatch, text: str, count: int
) -> None:
    whole = "hoàn thành các bến cảng số 3-4, 5-8 thuộc Cảng Nam Thử"
    found = found_in(monkeypatch, line(1, whole), later(2, text))
    assert [one.rules for one in found] == [("numbered_parts",)] * count


PLAN = "Quy hoạch chung Khu kinh tế ven sông Thử"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"tiếp thu và hoàn thiện nội dung đề án {PLAN} đến năm 2050", 1),
        (f"hoàn thiện hồ sơ điều chỉnh cục bộ {PLAN} đến năm 2050", 0),
        (f"tổ chức triển khai thực hiện {PLAN} đến năm 2050", 0),
        ("hoàn thiện nội dung đề án Quy hoạch chung Khu đô thị mới Khác", 0),
    ],
)
def test_a_plan_approved_in_one_place_and_drawn_up_in_another(
    monkeypatch: pytest.MonkeyPatch, text: str, count: int
) -> None:
    approved = f"Quyết định số 431/QĐ-TTg ngày 14/3/2026 về việc phê duyệt {PLAN} đến năm 2050"
    found = found_in(monkeypatch, later(9, approved), later(2, text))
    assert [one.rules for one in found] == [("approved_but_pending",)] * count


def test_a_plan_drawn_up_before_its_approval_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    before = line(2, f"tiếp thu và hoàn thiện nội dung đề án {PLAN}")
    after = later(9, f"Quyết định số 431/QĐ-TTg ngày 14/6/2026 phê duyệt {PLAN}")
    assert found_in(monkeypatch, before, after) == []


def test_a_part_of_the_works_done_and_half_done_in_one_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "- Thi công xong cọc, thân trụ (trụ T8, T9); - Thi công thân trụ {part} đạt {share}"
    (one,) = found_in(monkeypatch, line(1, text.format(part="T8", share="½")))
    assert (one.rules, one.subject, one.topic) == (("done_but_partly",), "Trụ T8", "quantity")
    assert found_in(monkeypatch, line(1, text.format(part="T10", share="30%"))) == []


def task(when: str, raw: str, number: int, name: str, doc: str = "q1-2026") -> TaskTime:
    return TaskTime(doc, "2026-Q1", number, number, name, "milestone_finish", when, "", raw)


def test_a_task_due_at_another_time_in_a_later_document(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Hoàn thành và đưa vào vận hành Dự án đầu tư xây dựng nhà máy rác thải Thử"
    tasks = (
        task("2028", "Hoàn thành trong năm 2028", 1, name),
        task("2027-Q3", "Hoàn thành quý III/2027", 2, "Dự án nhà máy rác thải Thử", "h1-2026"),
    )
    (one,) = found_in(monkeypatch, tasks=tasks)
    assert (one.rules, one.a.value) == (("told_again",), "Hoàn thành trong năm 2028")
    finer = (tasks[0], task("2028-Q1", "Hoàn thành quý I/2028", 2, name, "h1-2026"))
    assert found_in(monkeypatch, tasks=finer) == []
    sections = (
        task("2026-Q3", "Quý III", 1, "Tuyến cao tốc Thử (CT.1) - Đoạn Bắc"),
        task("2026-Q4", "Quý IV", 2, "Tuyến cao tốc Thử (CT.1) - Đoạn Nam"),
    )
    assert found_in(monkeypatch, tasks=sections) == []


def test_a_time_in_a_sentence_is_held_against_the_row_of_the_programme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "Quy hoạch chung thành phố Thử đến năm 2050"
    row = task("2027-Q2", "Hoàn thành trong quý II năm 2027", 9, name)
    text = f"đẩy nhanh lập {name}, phấn đấu hoàn thành trình duyệt **trong năm 2026**; việc khác"
    (one,) = found_in(monkeypatch, line(1, text), tasks=(row,))
    assert one.rules == ("told_again",)
    assert found_in(monkeypatch, line(1, text.replace("2026", "2027")), tasks=(row,)) == []


KINDS = {
    "document_date": 1, "numbered_parts": 1, "approved_but_pending": 1, "quarter_target": 1,
    "done_but_partly": 1, "told_again": 3, "list_size": 3, "flow": 1, "not_all_told": 1,
    "group_but_not_started": 2, "misses_but_on_schedule": 1, "on_schedule_but_obstacle": 2,
    "meets_but_goal_unsaid": 3, "reasons": 1, "due_but_not_started": 1,
}  # fmt: skip
"""What people found in the five reports by hand, by the rule that finds it, read line by line."""


@pytest.mark.slow
@needs_shared
@pytest.mark.usefixtures("bare_store")
def test_what_people_found_in_the_five_reports_is_found_in_them_alone() -> None:
    assert SHARED is not None
    for start in ("004", "001", "000", "003", "002"):
        (report,) = (SHARED / "reports").glob(f"{start}_*.txt")
        assert main(["import", str(report), "--yes"]) == 0
    listed = list_contradictions(load_facts())
    counts = {rule: sum(rule in one.rules for one in listed) for rule in KINDS}
    assert counts == KINDS
    assert len(listed) == sum(KINDS.values())
    assert all(source.raw for one in listed for side in (one.a, one.b) for source in side.sources)
