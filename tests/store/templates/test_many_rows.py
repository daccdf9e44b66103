"""One value for several items: refused where it may not be, saved and undone as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.clock import today
from geo.i18n import format_date
from store.audit.approvals import approve_period
from store.db.errors import ImportRefusedError
from store.editing.items import edit_item
from store.editing.open_record import read_item
from store.editing.recent_changes import undo_change
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.templates.apply import apply_template
from store.templates.many_rows import FOR_SEVERAL, MANY_ROWS, ManyRows, plan_many_rows, read_seals
from tests.people import APPROVER, PLANNER, person

if TYPE_CHECKING:
    from store.templates.plan import TemplatePlan
    from store.users.users import User

PERIOD = "2026-Q1"
ITEMS = ("KP-01", "KP-02", "KP-25")


def planned(column: str, text: str, actor: User = PLANNER, **more: object) -> TemplatePlan:
    facts = load_facts()
    seals = read_seals(facts, PERIOD, ITEMS, actor)
    edit = ManyRows(PERIOD, ITEMS, column, text, **more)  # type: ignore[arg-type]
    return plan_many_rows(edit, facts, actor, seals)


def known(name: str) -> dict[str, object]:
    rows = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    return {item: rows.loc[item, name] for item in ITEMS}


@pytest.mark.usefixtures("store")
def test_several_items_change_as_one_and_are_undone_as_one() -> None:
    before = known("phase")
    plan = planned("phase", "Khởi công năm 2026")
    changed = {one.key for one in plan.differences}
    assert plan.faults == []
    assert changed == {item for item in ITEMS if before[item] != "start_2026"}
    number = apply_template(plan, PLANNER, "theo kế hoạch")
    assert set(known("phase").values()) == {"start_2026"}
    undo_change(number, actor=PLANNER, why="nhầm")
    assert known("phase") == before


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("named", [True, False])
def test_a_body_is_added_beside_the_others_and_names_its_source(named: bool) -> None:
    before = known("asked_to_act")
    doc = load_facts().documents.set_index("period").loc[[PERIOD], "doc"].iloc[0]
    source = (doc, 12) if named else None
    plan = planned("asked_to_act", "Sở Tài chính", adding=True, source=source)
    assert plan.faults == []
    apply_template(plan, PLANNER, "theo thông báo")
    after = known("asked_to_act")
    assert {item: set(after[item]) for item in ITEMS} == {
        item: {*before[item], "Sở Tài chính"} for item in ITEMS
    }
    rows = load_facts().observations
    added = rows[(rows["value"] == "Sở Tài chính") & rows["item"].isin(ITEMS)]
    titles = load_facts().documents.set_index("doc")["title"]
    if named:
        assert set(added["doc"]) == {doc}
        assert set(added["raw"]) == {""}
    else:
        assert {titles[one] for one in added["doc"]} == {
            f"Sửa nhiều dòng trong danh mục, Quý I/2026, ghi ngày {format_date(today(), 'vi')}"
        }


@pytest.mark.usefixtures("store")
def test_who_has_an_area_changes_its_items_and_is_told_of_the_others() -> None:
    facts = load_facts()
    commune = facts.item_communes["KP-25"][0]
    theirs = person("xa", "planner", scope=frozenset({commune}))
    plan = planned("funding", "Ngân sách thành phố", theirs)
    assert [ITEMS[fault.line - 1] for fault in plan.faults] == ["KP-02"]  # KP-01 is so already
    assert {change.before["item"] for change in plan.changes if change.before} <= {"KP-25"}
    apply_template(plan, theirs, "theo quyết định")
    assert known("funding")["KP-25"] == "city_budget"
    new = planned("asked_to_act", "Sở Tài chính", theirs)
    assert any("tài khoản theo địa bàn" in fault.text for fault in new.faults)


@pytest.mark.usefixtures("store")
def test_a_row_that_somebody_changed_since_is_refused_and_an_old_preview_too() -> None:
    facts = load_facts()
    seals = read_seals(facts, PERIOD, ITEMS, PLANNER)
    edit = ManyRows(PERIOD, ITEMS, "communes", "11560", adding=True)
    old = plan_many_rows(edit, facts, PLANNER, seals)
    opened = read_item("KP-01")
    assert opened is not None
    edit_item("KP-01", {"name": "Tên khác"}, seen=opened.item_token, actor=APPROVER, why="x")
    with pytest.raises(ImportRefusedError):
        apply_template(old, PLANNER, "bổ sung địa bàn")
    plan = plan_many_rows(edit, load_facts(), PLANNER, seals)
    assert [fault.line for fault in plan.faults] == [1]
    assert "KP-01" not in {one.key for one in plan.differences}
    assert plan.differences


def test_every_column_that_several_share_has_one() -> None:
    assert {MANY_ROWS.column(name).key for name in FOR_SEVERAL} == set(FOR_SEVERAL)


@pytest.mark.usefixtures("store")
def test_a_preview_says_that_a_period_is_approved() -> None:
    approve_period(PERIOD, APPROVER)
    refused = planned("investment_mvnd", "5000")
    assert [one.text for one in refused.faults] == [
        "Quý I/2026 đã duyệt nên đã khóa; chỉ người có quyền phê duyệt đính chính được."
    ] * len(ITEMS)
    assert (refused.differences, refused.changes, refused.corrects) == ([], [], ())
    assert planned("phase", "Khởi công năm 2026").corrects == ()
    allowed = planned("investment_mvnd", "5000", APPROVER)
    assert (len(allowed.differences), allowed.corrects) == (len(ITEMS), (PERIOD,))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("column", "field"), [("investment_mvnd", "investment_mvnd"), ("communes", "communes")]
)
def test_a_cell_is_emptied_and_given_back(column: str, field: str) -> None:
    before = known(field)
    plan = planned(column, "")
    assert plan.faults == []
    assert {one.key: one.after for one in plan.differences} == dict.fromkeys(ITEMS, "")
    number = apply_template(plan, PLANNER, "số liệu không có căn cứ")
    rows = load_facts().places if column == "communes" else load_facts().observations
    rows = rows if column == "communes" else rows[rows["field"] == column]
    left = rows[rows["item"].isin(ITEMS)]
    assert left.empty if column == "communes" else PERIOD not in set(left["period"])
    undo_change(number, actor=PLANNER, why="nhầm")
    assert known(field) == before


@pytest.mark.usefixtures("store")
def test_what_an_earlier_period_tells_cannot_be_emptied_in_a_later_one() -> None:
    facts = load_facts()
    edit = ManyRows("2026-H1", ITEMS, "investment_mvnd", "")
    plan = plan_many_rows(edit, facts, PLANNER, read_seals(facts, "2026-H1", ITEMS, PLANNER))
    assert plan.changes == []
    assert len(plan.faults) == len(ITEMS)
