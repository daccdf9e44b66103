"""Tasks that sentences set for the things that they name."""

from __future__ import annotations

from tests.reports.statements.test_sentences import find, read


def test_a_task_is_work_to_be_done_with_each_thing_of_its_clause() -> None:
    tasks = find(
        "Đôn đốc các nhà thầu đẩy nhanh thi công cầu Bến Lau, cầu Vạn Hạ.\n", "planned_work"
    )
    assert {task.subject for task in tasks} == {"cầu Bến Lau", "cầu Vạn Hạ"}
    assert {task.mood for task in tasks} == {"planned"}


def test_a_result_is_no_task_and_a_task_hides_no_number() -> None:
    assert not find("Cầu Bến Lau đã hợp long ngày 12/3/2026.\n", "planned_work")
    (left,) = read("Đẩy nhanh thi công cầu Bến Lau theo văn bản số 4521.\n").unread
    assert "4521" in left.left_over
