"""Tasks are added and taken out by hand, with their document; undone, and counted when approved."""

from __future__ import annotations

import pytest

from store.audit.approvals import approve_period, list_approvals
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError, EditConflictError, EditError, LockedPeriodError
from store.editing.city import edit_task
from store.editing.open_record import read_task
from store.editing.recent_changes import undo_change
from store.editing.tasks import add_task, remove_task
from store.facts.facts import load_facts
from store.facts.stored.period_corrections import find_period_approval
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.templates.kinds import KINDS
from store.templates.rows import TemplateRow, fill_template
from tests import templates
from tests.people import AN, APPROVER, PLANNER
from tests.reports.statements.made import press, state

PERIOD, WHY = "2031-Q1", "theo thông báo kết luận"
NAME = "Rà soát quỹ đất"


@pytest.fixture(autouse=True)
def stored(bare_store: str) -> str:
    """Have one task with who leads it and until when."""
    templates.fill_bare(bare_store, "task", _bring_task)
    return bare_store


def _bring_task() -> None:
    read = press(
        state(NAME, "task", "lead", "Sở Xây dựng", bodies=("Sở Xây dựng",)),
        state(NAME, "task", "deadline", "2031-06-30"),
    )
    apply_import(plan_import(read), AN)


def list_tasks() -> list[TemplateRow]:
    return list(fill_template(load_facts(), KINDS["tasks"], PERIOD, AN).rows)


def told() -> set[tuple[object, ...]]:
    return {
        (row.cells["task_name"], row.cells["lead"], row.cells["task_deadline"])
        for row in list_tasks()
    }


def new(**more: object) -> dict[str, object]:
    doc = load_facts().documents["doc"].iloc[0]
    given = {"period": PERIOD, "doc": doc, "line_from": 7, "line_to": None, "sentence": "Giao Sở"}
    return given | {"name": "Lập danh mục", "lead": "Sở Tài chính", "deadline": "2031-09"} | more


def keys_of(name: str) -> tuple[str, ...]:
    (row,) = (row for row in list_tasks() if row.cells["task_name"] == name)
    return tuple(key for keys in row.observations.values() for key in keys)


def assert_whole() -> None:
    with reading() as connection:
        assert check_store(connection) == []


BEFORE = {(NAME, "Sở Xây dựng", "2031-06-30")}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, ("Lập danh mục", "Sở Tài chính", "2031-09")),
        ({"deadline": ""}, ("Lập danh mục", "Sở Tài chính", "")),
        ({"lead": ""}, ("Lập danh mục", "", "2031-09")),
    ],
)
def test_a_task_is_added_and_taken_back(given: dict[str, object], kept: tuple[str, ...]) -> None:
    number = add_task(new(**given), actor=PLANNER, why=WHY)
    assert told() == {*BEFORE, kept}
    assert_whole()
    undo_change(number, actor=PLANNER, why="nhầm")
    assert told() == BEFORE
    assert_whole()


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"name": " "}, EditError),
        ({"lead": "", "deadline": ""}, EditError),
        ({"deadline": "bao giờ xong"}, ChoiceError),
        ({"doc": "không có"}, EditError),
        ({"period": "2031-Q2"}, EditError),
        ({"line_from": -3}, EditError),
        ({"item": "KP-01"}, EditError),
    ],
)
def test_what_is_no_task_is_refused(given: dict[str, object], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        add_task(new(**given), actor=PLANNER, why=WHY)
    assert told() == BEFORE


def test_the_same_task_is_added_once_and_with_a_reason() -> None:
    with pytest.raises(EditError):
        add_task(new(), actor=PLANNER, why=" ")
    add_task(new(), actor=PLANNER, why=WHY)
    with pytest.raises(EditError):
        add_task(new(), actor=PLANNER, why=WHY)


def test_a_task_is_taken_out_with_all_that_is_said_of_it_and_given_back() -> None:
    opened = read_task(keys_of(NAME))
    assert opened is not None
    assert len(opened.rows) == 2
    number = remove_task(tuple(opened.rows), seen=opened.seen, actor=PLANNER, why=WHY)
    assert told() == set()
    assert_whole()
    undo_change(number, actor=PLANNER, why="nhầm")
    assert told() == BEFORE


def test_a_task_that_somebody_changed_since_is_not_taken_out() -> None:
    opened = read_task(keys_of(NAME))
    assert opened is not None
    key = next(key for key, row in opened.rows.items() if row["field"] == "lead")
    edit_task(key, "Sở Tài chính", seen=opened.tokens[key], actor=AN, why=WHY)
    with pytest.raises(EditConflictError):
        remove_task(tuple(opened.rows), seen=opened.seen, actor=PLANNER, why=WHY)


def test_the_tasks_of_an_approved_period_are_corrected_by_who_may_and_counted() -> None:
    approve_period(PERIOD, APPROVER)
    keys = keys_of(NAME)
    opened = read_task(keys)
    assert opened is not None
    with pytest.raises(LockedPeriodError):
        add_task(new(), actor=PLANNER, why=WHY)
    with pytest.raises(LockedPeriodError):
        remove_task(keys, seen=opened.seen, actor=PLANNER, why=WHY)
    with pytest.raises(LockedPeriodError):
        edit_task(keys[0], "Sở Tài chính", seen=opened.tokens[keys[0]], actor=PLANNER, why=WHY)
    number = remove_task(keys, seen=opened.seen, actor=APPROVER, why=WHY)
    assert list(list_approvals()["corrections"]) == [2]
    approval = find_period_approval(load_facts(), PERIOD)
    assert approval is not None
    assert {one.why for one in approval.corrections} == {WHY}
    with pytest.raises(LockedPeriodError):
        undo_change(number, actor=PLANNER, why="nhầm")
    undo_change(number, actor=APPROVER, why="nhầm")
    assert list(list_approvals()["corrections"]) == [4]
    assert told() == BEFORE


@pytest.mark.parametrize("lead", ["12 %", "5 tỷ đồng", "31/12/2026"])
def test_a_task_is_led_by_a_body_not_by_a_number(lead: str) -> None:
    with pytest.raises(ChoiceError, match="không phải tên cơ quan"):
        add_task(new(lead=lead), actor=PLANNER, why=WHY)
    assert told() == {(NAME, "Sở Xây dựng", "2031-06-30")}
