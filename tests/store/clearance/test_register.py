"""The clearance register: taken over, kept, closed only when the land is handed over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.clock import today
from store.audit.integrity import check_store
from store.clearance.register import (
    close_case,
    edit_case,
    open_case,
    open_stated_cases,
    reopen_case,
    withdraw_case,
)
from store.clearance.register_view import build_register, summarise_register
from store.clearance.suggested_cases import list_suggested_cases
from store.db.database import reading
from store.db.errors import EditConflictError, EditError, ImportRefusedError, NotAllowedError
from store.editing.open_record import OpenedCase
from store.editing.open_record import read_case as look
from store.editing.recent_changes import list_changes, undo_change
from store.facts.facts import load_facts
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests import templates
from tests.people import APPROVER, INSPECTOR, PLANNER, VIEWER, person
from tests.store.corrections import history_of
from tests.store.small_reports import CAT_HAI, DO_SON, QUARTER

WHY = "theo biên bản"
LAN, MINH = person("lan", "planner"), person("minh", "planner")
DAY = today().isoformat()
LAND = {"item": "KP-01", "commune": DO_SON, "category": "land_price", "opened": "2026-03-31"}


@pytest.fixture
def filled(bare_store: str) -> str:
    templates.fill_bare(
        bare_store, "quarter-of-approver", lambda: apply_import(plan_import(QUARTER), APPROVER)
    )
    return bare_store


def seen(case: str) -> OpenedCase:
    found = look(case)
    assert found is not None
    return found


def change(case: str, actor: object = PLANNER, steps: object = None, **values: object) -> int:
    token = seen(case).token
    return edit_case(case, values, seen=token, actor=actor, why=WHY, steps=steps)


def is_whole(url: str) -> bool:
    with reading(url) as connection:
        return check_store(connection) == []


def test_a_stated_problem_is_taken_over_with_its_facts_and_its_source(filled: str) -> None:
    (offer,) = list_suggested_cases(load_facts())
    (case,) = open_stated_cases([offer.source], actor=PLANNER)
    row = seen(case).case
    assert case == "GP-0001"
    assert (row["item"], row["commune"], row["category"]) == ("KP-01", DO_SON, "land_price")
    assert row["statement"] == "Chưa có giá đất"
    assert row["clearance"] == offer.source == load_facts().clearance["clearance"].item()
    assert row["opened"] == load_facts().periods["as_of"].item()
    assert row["area_ha"] is row["households"] is None
    assert list_suggested_cases(load_facts()) == ()
    with pytest.raises(EditError, match="đã có trong sổ"):
        open_stated_cases([offer.source], actor=PLANNER)
    assert "báo cáo" in history_of("cases", case)["why"].item()
    undo_change(list_changes(name=case)[0].number, actor=PLANNER, why=WHY)
    assert [one.source for one in list_suggested_cases(load_facts())] == [offer.source]
    (again,) = open_stated_cases([offer.source], actor=PLANNER)
    assert again == "GP-0002", "a number is not given twice"
    assert is_whole(filled)


def test_every_fault_of_a_case_is_told_at_once(filled: str) -> None:
    later = (date.fromisoformat(DAY) + timedelta(3)).isoformat()
    with pytest.raises(EditError) as fault:
        open_case(
            {"area_ha": 1, "handed_ha": 2, "households": 3, "households_left": 4,
             "opened": later, "deadline": "2020-01-01", "category": "weather"},
            actor=PLANNER, why=WHY,
        )  # fmt: skip
    told = str(fault.value).splitlines()
    assert len(told) == 6
    for wrong in (
        {"item": "KP-99"},
        {"commune": "99999"},
        {"area_ha": -1},
        {"area_ha": "nhiều"},
        {"households": 1.5},
        {"deadline": "32/13/2026"},
        {"state": "handed_over"},
        {"case": "GP-0007"},
    ):
        with pytest.raises(EditError):
            open_case(LAND | wrong, actor=PLANNER, why=WHY)
    with pytest.raises(EditError):
        open_case(LAND, actor=PLANNER, why=" ")
    assert load_facts().cases.empty
    assert is_whole(filled)


def test_the_second_editor_of_a_case_sees_the_firsts_change(filled: str) -> None:
    case = open_case(LAND, actor=LAN, why=WHY)
    token = seen(case).token
    change(case, LAN, {"inventory": {"state": "done", "day": "2026-05-01"}}, area_ha=5)
    with pytest.raises(EditConflictError) as fault:
        edit_case(case, {"area_ha": 6}, seen=token, actor=MINH, why=WHY)
    (other,) = fault.value.others
    assert other.actor == "lan"
    assert other.after == {"area_ha": 5.0, "step.inventory": "done 2026-05-01"}
    edit_case(case, {"area_ha": 6}, seen=fault.value.token, actor=MINH, why=WHY)
    assert seen(case).case["area_ha"] == 6
    assert is_whole(filled)


def test_done_means_handed_over_and_nothing_less(filled: str) -> None:
    case = open_case(LAND, actor=PLANNER, why=WHY)

    def close(**more: bool) -> int:
        return close_case(case, DAY, seen=seen(case).token, actor=PLANNER, why=WHY, **more)

    with pytest.raises(EditError, match="Chưa rõ diện tích phải"):
        close()
    change(case, area_ha=5)
    with pytest.raises(EditError, match="Chưa rõ diện tích đã"):
        close(area_unknown=True)
    change(case, handed_ha=3.2, households=8, households_left=2)
    with pytest.raises(EditError) as fault:
        close()
    assert "còn 1,80 ha" in str(fault.value)
    assert "2 hộ" in str(fault.value)
    change(case, steps={"paid": {"state": "done", "day": "2026-06-01"}})
    with pytest.raises(EditError):
        close()
    with pytest.raises(EditError, match="Bàn giao xong"):
        change(case, steps={"handed_over": {"state": "done"}})
    change(case, handed_ha=5, households_left=0)
    number = close()
    assert seen(case).case["state"] == "handed_over"
    assert seen(case).steps["handed_over"]["state"] == "done"
    with pytest.raises(EditError, match="Đã bàn giao"):
        change(case, area_ha=6)
    undo_change(number, actor=PLANNER, why=WHY)
    assert seen(case).case["state"] == "open"
    assert "handed_over" not in seen(case).steps
    assert is_whole(filled)


def test_an_area_that_is_not_known_stays_flagged_when_closed(filled: str) -> None:
    case = open_case(LAND, actor=PLANNER, why=WHY)
    close_case(case, DAY, seen=seen(case).token, actor=PLANNER, why=WHY, area_unknown=True)
    row = build_register(load_facts(), today()).iloc[0]
    assert "area_unknown" in row["flags"]
    assert row["handed_pct"] != row["handed_pct"]
    figures = summarise_register(build_register(load_facts(), today()))
    assert (figures.handed_over, figures.known, figures.unknown) == (1, 0, 1)
    assert figures.handed_pct is None
    reopen_case(case, seen=seen(case).token, actor=PLANNER, why=WHY)
    withdraw_case(case, DAY, seen=seen(case).token, actor=PLANNER, why="trùng hồ sơ khác")
    figures = summarise_register(build_register(load_facts(), today()))
    assert (figures.withdrawn, figures.known, figures.unknown) == (1, 0, 0)
    assert is_whole(filled)


def test_a_step_that_does_not_apply_carries_a_reason(filled: str) -> None:
    case = open_case(LAND, actor=PLANNER, why=WHY)
    with pytest.raises(EditError, match="tái định cư"):
        change(case, steps={"resettled": {"state": "not_applicable", "reason": " "}})
    change(case, steps={"resettled": {"state": "not_applicable", "reason": "đất nông nghiệp"}})
    assert seen(case).steps["resettled"]["reason"] == "đất nông nghiệp"
    change(case, steps={"resettled": {"state": "unknown"}})
    assert seen(case).steps == {}, "what is not known has no row"
    assert change(case, steps={"paid": {"state": "unknown"}}) == 0
    for wrong in (
        {"dance": {"state": "done"}},
        {"paid": {"state": "half"}},
        {"paid": {"mood": "x"}},
        {"paid": {"state": "done", "day": "2099-01-01"}},
    ):
        with pytest.raises(EditError):
            change(case, steps=wrong)
    assert is_whole(filled)


@pytest.mark.usefixtures("filled")
def test_the_headline_is_the_share_of_the_area_handed_over() -> None:
    first = open_case(LAND | {"area_ha": 10, "handed_ha": 4}, actor=PLANNER, why=WHY)
    open_case(LAND | {"area_ha": 30, "handed_ha": 30}, actor=PLANNER, why=WHY)
    open_case({"commune": CAT_HAI, "area_ha": 7, "deadline": "2026-04-01"},
              actor=PLANNER, why=WHY)  # fmt: skip
    gone = open_case(LAND | {"area_ha": 99, "handed_ha": 0}, actor=PLANNER, why=WHY)
    withdraw_case(gone, DAY, seen=seen(gone).token, actor=PLANNER, why=WHY)
    frame = build_register(load_facts(), date(2026, 7, 9))
    figures = summarise_register(frame)
    assert (figures.area_ha, figures.handed_ha, figures.handed_pct) == (40, 34, 85)
    assert (figures.known, figures.unknown, figures.opened) == (2, 1, 3)
    assert figures.overdue == 1
    told = frame.set_index("case").loc[first]
    assert (told["age_days"], told["level"], told["handed_pct"]) == (100, 3, 40)
    assert told["investment_mvnd"] == 1_200_000
    assert told["name"].startswith("Cầu")


def test_a_reader_sees_of_a_change_of_many_only_what_is_theirs(filled: str) -> None:
    source = list_suggested_cases(load_facts())[0].source
    near = open_case({"commune": CAT_HAI}, actor=PLANNER, why=WHY)
    (case,) = open_stated_cases([source], actor=PLANNER)
    (whole,) = list_changes(name=case)
    assert len(whole.rows) == 1
    assert list_changes(names={near})[0].name == near
    shown = [row for change in list_changes(names={near}) for row in change.rows]
    assert {(row.after or row.before)["case"] for row in shown} == {near}
    assert list_changes(names=set()) == ()
    assert is_whole(filled)


def test_only_planning_staff_write_and_within_their_communes(filled: str) -> None:
    case = open_case(LAND, actor=PLANNER, why=WHY)
    for who in (VIEWER, INSPECTOR, person("kho", "planner", scope=frozenset({CAT_HAI}))):
        with pytest.raises(NotAllowedError):
            open_case(LAND, actor=who, why=WHY)
        with pytest.raises(NotAllowedError):
            change(case, who, note="x")
        with pytest.raises(NotAllowedError):
            change(case, who, {"paid": {"state": "done"}})
        with pytest.raises(NotAllowedError):
            withdraw_case(case, DAY, seen=seen(case).token, actor=who, why=WHY)
    here = person("dosn", "planner", scope=frozenset({DO_SON}))
    assert change(case, here, {"paid": {"state": "done"}}, note="x")
    assert is_whole(filled)


def test_a_case_that_was_changed_since_is_not_unopened(filled: str) -> None:
    case = open_case(LAND, actor=LAN, why=WHY)
    opened = list_changes(name=case)[0].number
    edited = change(case, MINH, note="x")
    with pytest.raises(ImportRefusedError, match=f"số {edited} của minh"):
        undo_change(opened, actor=LAN, why=WHY)
    undo_change(edited, actor=LAN, why=WHY)
    undo_change(opened, actor=LAN, why=WHY)
    assert look(case) is None
    assert is_whole(filled)
