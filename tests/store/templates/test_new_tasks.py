"""A row that a planner adds to the template of tasks is a new task, or is told why it is none."""

from __future__ import annotations

import pytest

from store.audit.approvals import approve_period
from store.audit.integrity import check_store
from store.db.database import reading
from store.facts.facts import load_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.templates.apply import apply_template
from store.templates.kinds import KINDS
from store.templates.rows import fill_template
from tests.people import AN, APPROVER, PLANNER
from tests.reports.statements.made import press, state
from tests.store.templates.mended import mend, planned, workbook

PERIOD, NAME = "2031-Q1", "Rà soát quỹ đất"
TASK, LEAD = "Nhiệm vụ (chỉ ghi ở dòng mới)", "Cơ quan chủ trì"
UNTIL = "Thời hạn (ngày, tháng, quý hoặc năm)"
DOCUMENT = "Văn bản giao (chỉ ghi ở dòng mới; để trống: chính biểu mẫu này)"
LINE = "Từ dòng (chỉ ghi ở dòng mới)"
NEW = (("", TASK, "Lập danh mục"), ("", LEAD, "Sở Tài chính"), ("", UNTIL, "quý IV/2031"))

pytestmark = pytest.mark.usefixtures("stored")


@pytest.fixture
def stored(bare_store: str) -> str:
    """Have one task with who leads it and until when."""
    read = press(
        state(NAME, "task", "lead", "Sở Xây dựng", bodies=("Sở Xây dựng",)),
        state(NAME, "task", "deadline", "2031-06-30"),
    )
    apply_import(plan_import(read), AN)
    return bare_store


def told() -> dict[object, tuple[object, ...]]:
    rows = fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER).rows
    return {
        row.cells["task_name"]: tuple(
            row.cells[name] for name in ("lead", "task_deadline", "task_doc", "task_line")
        )
        for row in rows
    }


def get_title() -> str:
    return str(load_facts().documents["title"].iloc[0])


def mended(*cells: tuple[str, str, object]) -> bytes:
    return mend(workbook("tasks", PERIOD), *cells)


def test_a_new_task_with_its_document_is_added_beside_a_mended_one_and_undone_with_it() -> None:
    before, title = told(), get_title()
    key = fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER).rows[0].key
    cells = (*NEW, ("", DOCUMENT, title.upper()), ("", LINE, 7), (key, UNTIL, "tháng 7/2031"))
    plan = planned(mended(*cells), "a.xlsx")
    assert plan.faults == []
    assert [(one.key, one.name, one.after) for one in plan.differences] == [
        (key, NAME, "tháng 7/2031"),
        *[("", "Lập danh mục", text)
          for text in ("Lập danh mục", "Sở Tài chính", "quý IV/2031", title.upper(), "7")],
    ]  # fmt: skip
    number = apply_template(plan, PLANNER, "theo thông báo kết luận")
    assert told() == {
        NAME: ("Sở Xây dựng", "2031-07", *before[NAME][2:]),
        "Lập danh mục": ("Sở Tài chính", "2031-Q4", title, "7"),
    }
    with reading() as connection:
        assert check_store(connection) == []
    assert planned(workbook("tasks", PERIOD), "a.xlsx").differences == []
    undo_import(number, APPROVER, "nhầm")
    assert told() == before


def test_a_new_task_without_a_document_has_the_file_for_one() -> None:
    apply_template(planned(mended(*NEW[:2]), "nhiem-vu.xlsx"), PLANNER, "theo cuộc họp")
    lead, until, title, line = told()["Lập danh mục"]
    assert (lead, until, line) == ("Sở Tài chính", "", "6")
    assert str(title).startswith("Biểu mẫu Nhiệm vụ được giao")
    with reading() as connection:
        assert check_store(connection) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (NEW[:1], "Nhiệm vụ cần có tên"),
        (NEW[1:], "Nhiệm vụ cần có tên"),
        ((*NEW, ("", DOCUMENT, "Báo cáo khác")), "không có văn bản nào tên “Báo cáo khác”"),
        ((*NEW, ("", LINE, 7)), "cần ghi văn bản"),
        ((NEW[0], NEW[1], ("", UNTIL, "sắp tới")), "không đọc được là thời điểm"),
    ],
)
def test_a_row_that_is_no_task_says_why(
    cells: tuple[tuple[str, str, object], ...], said: str
) -> None:
    plan = planned(mended(*cells), "a.xlsx")
    assert said in " ".join(fault.text for fault in plan.faults)
    assert (plan.differences, plan.changes) == ([], [])


def test_the_same_task_twice_is_added_once_and_said() -> None:
    data = mended(*NEW, ("", DOCUMENT, get_title()), ("", LINE, 7))
    apply_template(planned(data, "a.xlsx"), PLANNER, "một")
    plan = planned(data, "a.xlsx")
    assert len(plan.faults) == 1
    assert plan.changes == []


@pytest.mark.parametrize("heading", [TASK, DOCUMENT, LINE])
def test_what_only_a_new_row_has_is_not_changed_in_another_and_that_is_said(heading: str) -> None:
    key = fill_template(load_facts(), KINDS["tasks"], PERIOD, PLANNER).rows[0].key
    plan = planned(mended((key, heading, "khác")), "a.xlsx")
    assert [(fault.heading, "dòng mới" in fault.text) for fault in plan.faults] == [(heading, True)]
    assert plan.changes == []


def test_a_new_task_of_an_approved_period_is_for_who_may_correct_it() -> None:
    approve_period(PERIOD, APPROVER)
    data = mended(*NEW, ("", DOCUMENT, get_title()))
    refused = planned(data, "a.xlsx")
    assert (len(refused.faults), refused.changes) == (1, [])
    assert planned(data, "a.xlsx", actor=APPROVER).corrects == (PERIOD,)


def test_a_new_figure_of_the_city_says_what_to_do_instead() -> None:
    data = mend(workbook("indicators", PERIOD), ("", "Giá trị", 5))
    (fault,) = planned(data, "a.xlsx").faults
    assert "Hãy nạp văn bản" in fault.text
