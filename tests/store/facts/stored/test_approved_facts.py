"""What an approved period says stays as it was, whatever comes in or is changed after."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from store.audit.approvals import approve_period
from store.audit.edit_tokens import make_communes_target, make_item_target, read_edit_token
from store.db.database import reading
from store.editing.items import edit_item, set_communes
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from store.facts.narrowing import narrow_facts_to_user
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.values import compute_values_at
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from tests.people import ADMIN, AN, person
from tests.reports.statements.made import press, state
from tests.store.corrections import correct
from tests.store.small_reports import BRIDGE, CAT_HAI, DO_SON, HALF, QUARTER, project, report, value

LATER = replace(HALF, projects=(replace(HALF.projects[0], communes=()), HALF.projects[1]))


def token(target) -> str:
    with reading() as connection:
        return read_edit_token(connection, target)


def move_bridge() -> None:
    target = make_communes_target("KP-01")
    set_communes("KP-01", [CAT_HAI], seen=token(target), actor=ADMIN, why="đo lại")


def rename_bridge() -> None:
    target = make_item_target("KP-01")
    edit_item("KP-01", {"name": "Cầu Khác"}, seen=token(target), actor=ADMIN, why="đổi tên")


def import_more_communes() -> None:
    more = project(1, BRIDGE, value("forecast", "meets", 12), communes=(DO_SON, CAT_HAI))
    read = report("Quý sau", "2031-Q3", more)
    decisions = {question.fingerprint: "read" for question in plan_import(read).reviews}
    apply_import(plan_import(read, decisions=decisions), AN)


def import_statements() -> None:
    said = state(f"dự án {BRIDGE}", "project", "located_in", "Cát Hải", communes=(CAT_HAI,))
    read = press(said, period="2031-11")
    decisions = {question.fingerprint: CAT_HAI for question in plan_import(read).reviews}
    apply_import(plan_import(read, decisions=decisions), AN)


def import_an_earlier_report() -> None:
    before = project(1, BRIDGE, value("investment_mvnd", "5", 11), value("area_ha", "7", 12))
    new = project(3, "Hồ điều hòa Thử", value("area_ha", "9", 32), communes=(CAT_HAI,))
    apply_import(plan_import(report("Năm trước", "2030-Q4", before, new)), AN)


CHANGES: tuple[Callable[[], None], ...] = (
    move_bridge, rename_bridge, import_more_communes, import_statements, import_an_earlier_report,
)  # fmt: skip


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize("change", CHANGES)
def test_an_approved_period_stays_to_the_letter(change: Callable[[], None]) -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", ADMIN)
    before = build_item_snapshot(load_facts(), "2031-Q1")
    values = compute_values_at(load_facts(), "2031-Q1")
    change()
    pd.testing.assert_frame_equal(build_item_snapshot(load_facts(), "2031-Q1"), before)
    pd.testing.assert_frame_equal(compute_values_at(load_facts(), "2031-Q1"), values)


@pytest.mark.usefixtures("bare_store")
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_not_approved_says_what_is_known_now(change: Callable[[], None]) -> None:
    apply_import(plan_import(QUARTER), AN)
    before = build_item_snapshot(load_facts(), "2031-Q1")
    change()
    assert not build_item_snapshot(load_facts(), "2031-Q1").equals(before)
    now = load_facts()
    assert get_facts_known_at(now, "2031-Q1") is now


@pytest.mark.usefixtures("bare_store")
def test_the_next_report_alone_changes_nothing_of_how_it_is_read() -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", ADMIN)
    apply_import(plan_import(LATER), AN)
    facts = load_facts()
    assert get_facts_known_at(facts, "2031-Q1") is facts


@pytest.mark.usefixtures("bare_store")
def test_a_correction_of_the_period_itself_shows() -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", ADMIN)
    move_bridge()
    facts = load_facts()
    obs = facts.observations.query("field == 'investment_mvnd' and item == 'KP-01'")["obs"].item()
    correct("observations", obs, {"value": "1200001"}, person("Duyên", "approver"), "đính chính")
    items = build_item_snapshot(load_facts(), "2031-Q1").set_index("item")
    assert items.loc["KP-01", "investment_mvnd"] == 1_200_001
    assert items.loc["KP-01", "communes"] == (DO_SON,)


@pytest.mark.usefixtures("bare_store")
def test_a_reader_of_one_area_sees_what_lay_there_then_and_nothing_else() -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", ADMIN)
    move_bridge()
    reader = person("Lan", "viewer", scope=frozenset({DO_SON}), sees_all=False)
    seen = narrow_facts_to_user(load_facts(), reader)
    assert list(build_item_snapshot(seen, "2031-Q1")["item"]) == ["KP-01"]
    other = person("Mai", "viewer", scope=frozenset({"11329"}), sees_all=False)
    assert build_item_snapshot(narrow_facts_to_user(load_facts(), other), "2031-Q1").empty


@pytest.mark.usefixtures("bare_store")
def test_undoing_the_later_import_makes_both_the_same_again() -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", ADMIN)
    move_bridge()
    changed = load_facts()
    assert get_facts_known_at(changed, "2031-Q1") is not changed
    undo_import(3, ADMIN, "nhầm")
    facts = load_facts()
    assert get_facts_known_at(facts, "2031-Q1") is facts
    assert facts.version != changed.version
