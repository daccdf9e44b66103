"""Cells of several items and columns edited at once: one change, checked as a template is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.audit.approvals import approve_period
from store.editing.items import edit_item
from store.editing.open_record import read_item
from store.editing.recent_changes import undo_change
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.templates.apply import apply_template
from store.templates.many_rows import CellEdits, plan_cell_edits, read_seals
from tests.people import APPROVER, PLANNER

if TYPE_CHECKING:
    from store.templates.plan import TemplatePlan
    from store.users.users import User

pytestmark = pytest.mark.usefixtures("store")
PERIOD = "2026-Q1"
CELLS = (
    ("KP-25", "actual_construction_pct", "12,5 %"),
    ("KP-25", "name", "Tên mới của KP-25"),
    ("KP-12", "investment_mvnd", "24.845,604 tỷ đồng"),
    ("KP-12", "phase", "Khánh thành năm 2026"),
    ("KP-18", "communes", "Phường Hải Dương; Xã Kiến Hưng"),
    ("KP-18", "milestone_finish", "quý IV/2027"),
)
ITEMS = ("KP-12", "KP-18", "KP-25")


def planned(
    cells: tuple[tuple[str, str, str], ...] = CELLS, actor: User = PLANNER, **more: Any
) -> TemplatePlan:
    facts = load_facts()
    seals = read_seals(facts, PERIOD, ITEMS, actor)
    return plan_cell_edits(CellEdits(PERIOD, cells, **more), facts, actor, seals)


def known() -> dict[str, dict[str, object]]:
    rows = build_item_snapshot(load_facts(), PERIOD).set_index("item")
    names = ["construction", "name", "investment_mvnd", "phase", "communes", "milestone_finish"]
    rows = rows.loc[list(ITEMS), names].astype(object)
    return rows.where(rows.notna(), None).to_dict("index")


def test_cells_of_several_columns_are_one_change_and_one_undoing() -> None:
    before = known()
    plan = planned()
    assert plan.faults == []
    changed = {(one.key, one.heading.partition(" (")[0]) for one in plan.differences}
    assert ("KP-12", "Tổng mức đầu tư") not in changed  # 24.845,604 tỷ is what stands there
    assert len(changed) == len(CELLS) - 1
    number = apply_template(plan, PLANNER, "theo rà soát")
    after = known()
    assert after["KP-25"]["construction"] == 12.5
    assert after["KP-25"]["name"] == "Tên mới của KP-25"
    assert after["KP-12"]["phase"] == "inaugurate_2026"
    assert set(after["KP-18"]["communes"]) == {"10525", "11728"}  # type: ignore[call-overload]
    assert after["KP-18"]["milestone_finish"] == "2027-Q4"
    undo_change(number, actor=PLANNER, why="nhầm")
    assert known() == before


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("actual_construction_pct", "120"),
        ("actual_construction_pct", "12 ha"),
        ("investment_mvnd", "tám nghìn"),
        ("status", "đang làm"),
        ("communes", "Xã Không Có"),
        ("milestone_finish", "sắp xong"),
        ("name", ""),
        ("phase", "abc"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_and_the_others_are_taken(column: str, text: str) -> None:
    plan = planned((("KP-25", column, text), ("KP-12", "phase", "Khánh thành năm 2026")))
    assert [(one.line, bool(one.text)) for one in plan.faults] == [(1, True)]
    assert [one.key for one in plan.differences] == ["KP-12"]


def test_numbers_are_read_as_the_reader_of_the_table_writes_them() -> None:
    (difference,) = planned((("KP-25", "area_ha", "1,296.5"),), grouping=",").differences
    assert difference.after == "1.296,5"
    (difference,) = planned((("KP-25", "area_ha", "1.296,5"),)).differences
    assert difference.after == "1.296,5"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (("KP-12", "investment_mvnd", "248.456.040"), "gấp 10,0 lần"),
        (("KP-12", "investment_mvnd", "2.484.560"), "chỉ bằng 1/10,0"),
        (("KP-12", "investment_mvnd", "25.000.000"), ""),
        (("KP-25", "actual_construction_pct", "12,5"), ""),
    ],
)
def test_a_figure_a_digit_too_long_is_said_before_it_is_saved(
    cell: tuple[str, str, str], said: str
) -> None:
    unusual = planned((cell,)).unusual
    assert len(unusual) == bool(said)
    assert said in "".join(unusual)


def test_a_row_that_somebody_changed_is_refused_whole_and_the_others_are_taken() -> None:
    facts = load_facts()
    seals = read_seals(facts, PERIOD, ITEMS, PLANNER)
    now = read_item("KP-25")
    assert now is not None
    edit_item("KP-25", {"note": "của người khác"}, seen=now.item_token, actor=APPROVER, why="x")
    edit_item("KP-25", {"name": "Tên khác"}, seen=read_item("KP-25").item_token,  # type: ignore[union-attr]
              actor=APPROVER, why="x")  # fmt: skip
    plan = plan_cell_edits(CellEdits(PERIOD, CELLS), load_facts(), PLANNER, seals)
    assert [fault.line for fault in plan.faults] == [1]
    assert {one.key for one in plan.differences} == {"KP-12", "KP-18"}


def test_an_approved_period_is_said_and_only_its_figures_are_locked() -> None:
    approve_period(PERIOD, APPROVER)
    refused = planned()
    assert len(refused.faults) == 2  # the share built, the time of the end
    assert planned(actor=APPROVER).corrects == (PERIOD,)
