"""Editing by hand: checked, with its reason, against the version seen, audited, taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from store.audit.approvals import approve_period
from store.db.errors import (
    EditConflictError,
    EditError,
    ImportRefusedError,
    LockedPeriodError,
    NotAllowedError,
)
from store.editing.figures import edit_figure
from store.editing.items import add_item, edit_item, remove_item, set_communes, set_point
from store.editing.open_record import OpenedItem, read_item
from store.editing.recent_changes import undo_change
from store.editing.validation import clean_text
from store.facts.facts import load_facts, read_facts_version
from tests.hostile import HOSTILE_TEXTS
from tests.people import APPROVER, INSPECTOR, PLANNER, VIEWER, person
from tests.store.corrections import history_of
from tests.store.editing.editors import BRIDGE, LAN, MINH, WHY, communes, figure, is_whole, opened
from tests.store.small_reports import CAT_HAI, DO_SON

if TYPE_CHECKING:
    from store.users.users import User


def test_an_item_is_changed_with_before_and_after_in_the_audit(filled: str) -> None:
    number = edit_item(
        BRIDGE, {"name": " Cầu  sông Hóa "}, seen=opened().item_token, actor=PLANNER, why=WHY
    )
    assert number
    assert opened().item["name"] == "Cầu sông Hóa"
    told = history_of("items", BRIDGE).iloc[-1]
    assert json.loads(told["before"])["name"].startswith("Cầu vượt")
    assert json.loads(told["after"])["name"] == "Cầu sông Hóa"
    assert (told["actor"], told["why"]) == (PLANNER.name, WHY)
    assert is_whole(filled)


def test_saving_what_is_so_already_changes_nothing(filled: str) -> None:
    now = opened()
    version = read_facts_version(filled)
    same = {"name": now.item["name"], "note": now.item["note"]}
    assert edit_item(BRIDGE, same, seen=now.item_token, actor=PLANNER, why=WHY) == 0
    told = [row["commune"] for row in now.places]
    assert set_communes(BRIDGE, told, seen=now.communes_token, actor=PLANNER, why=WHY) == 0
    assert set_point(BRIDGE, None, seen=now.point_token, actor=PLANNER, why=WHY) == 0
    assert read_facts_version(filled) == version


def test_every_fault_is_named_with_its_field_and_nothing_is_kept(filled: str) -> None:
    version = read_facts_version(filled)
    wrong = {"name": "", "kind": "castle", "zone": "KCN-KHONG-CO"}
    with pytest.raises(EditError) as fault:
        edit_item(BRIDGE, wrong, seen=opened().item_token, actor=PLANNER, why=WHY)
    told = str(fault.value).splitlines()
    assert len(told) == 3
    assert [line.split(":")[0] for line in sorted(told)] == ["Khu, cụm", "Loại", "Tên"]
    for values, field in (
        ({"value": "20.000,5"}, "Tổng mức đầu tư"),
        ({"value": "1.5"}, "Tổng mức đầu tư"),
        ({"value": "-1"}, "Tổng mức đầu tư"),
        ({"value": ""}, "Giá trị"),
        ({"total": float("nan")}, "Trên tổng số"),
        ({"total": "nhiều"}, "Trên tổng số"),
        ({"raw": "lời khác"}, "raw"),
        ({"obs": "x"}, "obs"),
    ):
        obs = figure("investment_mvnd")
        token = opened().figure_tokens[obs]
        with pytest.raises(EditError, match=field):
            edit_figure(obs, values, seen=token, actor=PLANNER, why=WHY)
    assert read_facts_version(filled) == version


def test_a_reason_is_asked_for(filled: str) -> None:
    version = read_facts_version(filled)
    for why in ("", "   ", "\u200b\u200b", "x" * 5000):
        with pytest.raises(EditError):
            edit_item(BRIDGE, {"name": "x"}, seen=opened().item_token, actor=PLANNER, why=why)
    assert read_facts_version(filled) == version


def test_the_second_of_two_editors_sees_the_firsts_change_and_decides(filled: str) -> None:
    seen = opened().item_token
    edit_item(BRIDGE, {"funding": "ppp", "note": "x"}, seen=seen, actor=LAN, why="quyết định 5")
    with pytest.raises(EditConflictError) as fault:
        edit_item(BRIDGE, {"funding": "state"}, seen=seen, actor=MINH, why="quyết định 6")
    (other,) = fault.value.others
    assert (other.actor, other.why) == ("lan", "quyết định 5")
    assert dict(other.before) == {"funding": "city_budget", "note": ""}
    assert dict(other.after) == {"funding": "ppp", "note": "x"}
    assert "lan" in str(fault.value)
    assert opened().item["funding"] == "ppp"

    edit_item(BRIDGE, {"funding": "state"}, seen=fault.value.token, actor=MINH, why="vẫn sửa")
    assert opened().item["funding"] == "state"
    assert opened().item["note"] == "x", "only the fields that were changed are put over"
    assert is_whole(filled)


@pytest.mark.usefixtures("filled")
def test_a_change_taken_back_is_no_conflict() -> None:
    seen = opened().item_token
    number = edit_item(BRIDGE, {"note": "x"}, seen=seen, actor=LAN, why=WHY)
    undo_change(number, actor=LAN, why="nhầm")
    assert edit_item(BRIDGE, {"note": "y"}, seen=seen, actor=MINH, why=WHY)


def test_communes_that_stay_keep_how_they_are_known(filled: str) -> None:
    seen = opened().communes_token
    number = set_communes(BRIDGE, [DO_SON, CAT_HAI], seen=seen, actor=PLANNER, why=WHY)
    assert communes() == {DO_SON: "stated", CAT_HAI: "person"}
    with pytest.raises(EditConflictError) as fault:
        set_communes(BRIDGE, [CAT_HAI], seen=seen, actor=MINH, why=WHY)
    assert dict(fault.value.others[0].after) == {"communes": f"{DO_SON} {CAT_HAI}"}
    set_communes(BRIDGE, [], seen=fault.value.token, actor=MINH, why="không rõ ở đâu")
    assert communes() == {}
    undo_change(number + 1, actor=MINH, why=WHY)
    undo_change(number, actor=PLANNER, why=WHY)
    assert communes() == {DO_SON: "stated"}
    with pytest.raises(EditError, match="Xã, phường"):
        set_communes(BRIDGE, ["99999"], seen=opened().communes_token, actor=PLANNER, why=WHY)
    assert is_whole(filled)


def test_a_point_is_set_moved_and_given_up(filled: str) -> None:
    at = {"lon": 106.78, "lat": 20.7, "how": "map"}
    set_point(BRIDGE, at, seen="", actor=PLANNER, why=WHY)
    assert load_facts().points[["item", "lon", "lat", "how"]].values.tolist() == [
        [BRIDGE, 106.78, 20.7, "map"]
    ]
    with pytest.raises(EditConflictError):
        set_point(BRIDGE, at, seen="", actor=MINH, why=WHY)
    seen = opened().point_token
    moved = set_point(BRIDGE, at | {"lon": 106.79}, seen=seen, actor=PLANNER, why=WHY)
    gone = set_point(BRIDGE, None, seen=opened().point_token, actor=PLANNER, why=WHY)
    assert load_facts().points.empty
    with pytest.raises(ImportRefusedError, match=f"số {gone} của tonghop"):
        undo_change(moved, actor=PLANNER, why=WHY)
    undo_change(gone, actor=PLANNER, why=WHY)
    undo_change(moved, actor=PLANNER, why=WHY)
    assert opened().point_token == seen
    for wrong in ({"lon": None}, {"lat": 95}, {"lon": float("inf")}, {"how": "guess"}):
        with pytest.raises(EditError):
            set_point(BRIDGE, at | wrong, seen=seen, actor=PLANNER, why=WHY)
    assert is_whole(filled)


def test_an_item_is_added_under_a_code_that_never_was(filled: str) -> None:
    values = {"name": "Đường mới", "kind": "transport"}
    code = add_item(values, [DO_SON], actor=PLANNER, why=WHY)
    assert communes(code) == {DO_SON: "person"}
    remove_item(code, seen=opened(code).item_token, actor=PLANNER, why=WHY)
    assert read_item(code) is None
    assert communes(code) == {}
    again = add_item(values, [DO_SON], actor=PLANNER, why=WHY)
    assert again != code, "a code is not given twice"
    assert is_whole(filled)


@pytest.mark.usefixtures("filled")
def test_an_item_of_which_something_is_said_is_not_taken_out() -> None:
    with pytest.raises(EditError) as fault:
        remove_item(BRIDGE, seen=opened().item_token, actor=PLANNER, why=WHY)
    assert "3 số liệu" in str(fault.value)
    assert "1 vướng mắc" in str(fault.value)


def test_an_approved_period_is_for_who_may_approve(filled: str) -> None:
    obs = figure("investment_mvnd")
    seen = opened().figure_tokens[obs]
    approve_period("2031-Q1", APPROVER)
    with pytest.raises(LockedPeriodError, match="quyền phê duyệt"):
        edit_figure(obs, {"value": "5"}, seen=seen, actor=PLANNER, why=WHY)
    number = edit_figure(obs, {"value": "5"}, seen=seen, actor=APPROVER, why=WHY)
    with pytest.raises(LockedPeriodError):
        undo_change(number, actor=PLANNER, why=WHY)
    undo_change(number, actor=APPROVER, why=WHY)
    assert edit_item(BRIDGE, {"note": "x"}, seen=opened().item_token, actor=PLANNER, why=WHY)
    assert is_whole(filled)


def test_only_planning_staff_edit(filled: str) -> None:
    now = opened()
    version = read_facts_version(filled)
    for who in (VIEWER, INSPECTOR):
        refuses_all(now, who)
    assert read_facts_version(filled) == version


def refuses_all(now: OpenedItem, who: User) -> None:
    with pytest.raises(NotAllowedError):
        edit_item(BRIDGE, {"note": "x"}, seen=now.item_token, actor=who, why=WHY)
    with pytest.raises(NotAllowedError):
        set_communes(BRIDGE, [], seen=now.communes_token, actor=who, why=WHY)
    with pytest.raises(NotAllowedError):
        set_point(BRIDGE, None, seen="", actor=who, why=WHY)
    with pytest.raises(NotAllowedError):
        undo_change(1, actor=who, why=WHY)


def test_nobody_edits_outside_their_communes(filled: str) -> None:
    elsewhere = person("kho", "planner", scope=frozenset({CAT_HAI}))
    here = person("dosn", "planner", scope=frozenset({DO_SON}))
    now = opened()
    with pytest.raises(NotAllowedError):
        edit_item(BRIDGE, {"note": "x"}, seen=now.item_token, actor=elsewhere, why=WHY)
    with pytest.raises(NotAllowedError):
        set_communes(BRIDGE, [DO_SON, CAT_HAI], seen=now.communes_token, actor=here, why=WHY)
    with pytest.raises(NotAllowedError):
        add_item({"name": "Xa", "kind": "transport"}, [CAT_HAI], actor=here, why=WHY)
    number = edit_item(BRIDGE, {"note": "x"}, seen=now.item_token, actor=here, why=WHY)
    with pytest.raises(NotAllowedError):
        undo_change(number, actor=elsewhere, why=WHY)
    undo_change(number, actor=here, why=WHY)
    assert is_whole(filled)


def test_hostile_text_is_kept_as_the_text_it_is(filled: str) -> None:
    for text in HOSTILE_TEXTS:
        edit_item(
            BRIDGE,
            {"name": f"{text}\x00\u202e\ud800", "note": text},
            seen=opened().item_token,
            actor=PLANNER,
            why=text,
        )
        seen = " ".join(clean_text(text).split())
        assert opened().item["name"] == opened().item["note"] == seen
        assert "<" not in text or "<" in seen, "nothing is taken out that somebody can see"
    assert is_whole(filled)


@pytest.mark.usefixtures("filled")
def test_a_commune_set_by_hand_names_nobody_in_the_facts() -> None:
    set_communes(BRIDGE, [CAT_HAI], seen=opened().communes_token, actor=LAN, why=WHY)
    places = load_facts().places
    notes = " ".join(places.loc[places["how"] == "person", "note"])
    assert not [name for name in (LAN.name, LAN.shown) if name and name in notes]
