"""What is not understood, was changed meanwhile, has no reason or is approved is not taken over."""

from __future__ import annotations

import pytest

from store.audit.approvals import approve_period
from store.db.errors import EditError, ImportRefusedError
from store.editing.items import edit_item
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.templates.apply import apply_template
from tests.people import APPROVER, PLANNER
from tests.store.templates.mended import PERIOD, mend, planned, workbook


@pytest.mark.usefixtures("store")
def test_what_cannot_be_understood_is_said_and_the_rest_goes_on() -> None:
    data = mend(
        workbook("key_projects"),
        ("KP-01", "Tổng mức đầu tư (triệu đồng)", "khoảng nghìn tỷ"),
        ("KP-02", "Tình trạng", "sắp xong"),
        ("KP-03", "Khởi công (ngày, tháng, quý hoặc năm)", "hôm nào đó"),
        ("KP-04", "Xã, phường, đặc khu (cách nhau dấu chấm phẩy)", "Phường Không Có"),
        ("KP-05", "Đã thi công (%)", 140),
        ("KP-06", "Ghi chú", "được"),
    )
    plan = planned(data, "a.xlsx")
    assert [fault.line for fault in plan.faults] == sorted(fault.line for fault in plan.faults)
    assert len(plan.faults) == 5
    assert plan.faults[0].line == 5, "as the spreadsheet counts its rows"
    assert [(one.key, one.after) for one in plan.differences] == [("KP-06", "được")]


@pytest.mark.usefixtures("store")
def test_a_row_that_somebody_else_changed_meanwhile_is_not_overwritten() -> None:
    data = mend(workbook("key_projects"), ("KP-01", "Ghi chú", "của tôi"),
                ("KP-02", "Ghi chú", "của tôi"))  # fmt: skip
    opened = read_item("KP-01")
    assert opened is not None
    edit_item("KP-01", {"note": "của người khác"}, seen=opened.item_token, actor=APPROVER, why="x")
    plan = planned(data, "a.xlsx")
    assert [one.key for one in plan.differences] == ["KP-02"]
    assert "đã có người sửa" in plan.faults[0].text


@pytest.mark.usefixtures("store")
def test_it_asks_for_a_reason_and_for_what_was_seen() -> None:
    data = mend(workbook("key_projects"), ("KP-01", "Ghi chú", "mới"))
    plan = planned(data, "a.xlsx")
    with pytest.raises(EditError):
        apply_template(plan, PLANNER, " ")
    apply_template(planned(data, "a.xlsx"), PLANNER, "một")
    with pytest.raises(ImportRefusedError):
        apply_template(plan, PLANNER, "hai")
    with pytest.raises(ImportRefusedError):
        apply_template(planned(data, "a.xlsx"), PLANNER, "không có gì")


@pytest.mark.usefixtures("store")
def test_an_approved_period_is_corrected_by_who_may_only_and_counted() -> None:
    approve_period(PERIOD, APPROVER, "đã rà soát")
    data = mend(workbook("key_projects"), ("KP-01", "Tổng mức đầu tư (triệu đồng)", 7))
    refused = planned(data, "a.xlsx")
    assert [(one.name, "phê duyệt đính chính" in one.text) for one in refused.faults] == [
        (refused.faults[0].name, True)
    ]
    assert (refused.differences, refused.changes) == ([], [])
    plan = planned(data, "a.xlsx", actor=APPROVER)
    assert plan.corrects == (PERIOD,)
    apply_template(plan, APPROVER, "đính chính")
    snapshot = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    assert snapshot.loc["KP-01", "investment_mvnd"] == 7
