"""A report comes in whole or not at all, once, with its sources; it goes out whole again."""

from dataclasses import replace

import pytest

from reports.model.document import SourcePlace
from reports.model.extraction import Indicator, LineBalance
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ImportRefusedError
from store.facts.facts import load_facts, read_facts_version
from store.facts.item_snapshot import build_item_snapshot
from store.facts.stored.tables import read_stored_facts
from store.imports.apply import apply_import, list_imports, undo_import
from store.imports.plan.drafts import (
    delete_draft,
    extraction_from_json,
    extraction_to_json,
    list_drafts,
    load_draft,
    load_extraction,
    save_draft,
)
from store.imports.plan.planning import plan_import
from tests.people import AN, BINH
from tests.store.corrections import correct, history_of
from tests.store.small_reports import BRIDGE, DO_SON, HALF, QUARTER, project, report, value
from tests.store.test_bootstrap import assert_same


def whole(url: str) -> bool:
    with reading(url) as connection:
        return [fault.text() for fault in check_store(connection)] == []


def test_a_plan_shows_what_would_come_and_writes_nothing(bare_store: str) -> None:
    version = read_facts_version(bare_store)
    plan = plan_import(QUARTER)
    assert (plan.period, plan.blocked, plan.already) == ("2031-Q1", False, 0)
    assert plan.counts() == {
        "periods": 1,
        "documents": 1,
        "items": 2,
        "observations": 4,
        "places": 2,
        "clearance": 1,
        "indicators": 1,
        "item_attributes": 6,
        "reviews": 0,
        "settled": 0,
    }
    assert list(plan.rows("items")["item"]) == ["KP-01", "KP-02"]
    assert list(plan.rows("observations")["value"]) == ["1200000", "40", "meets", "95000"]
    assert [match.how for _, match in plan.matches] == ["new", "new"]
    assert read_facts_version(bare_store) == version


def test_an_accepted_report_is_in_the_facts_with_its_sources(bare_store: str) -> None:
    number = apply_import(plan_import(QUARTER), AN, "báo cáo tháng 4")
    facts = load_facts()
    row = facts.observations.query("field == 'actual_construction_pct'").iloc[0]
    assert (row["item"], row["number"], row["line_from"], row["cell"]) == (
        "KP-01",
        40,
        12,
        "Kết quả",
    )
    assert facts.documents.iloc[0]["sha256"] == QUARTER.document.sha256
    assert list(facts.periods["label_vi"]) == ["Quý I/2031"]
    assert facts.clearance.iloc[0]["item"] == "KP-01"
    assert build_item_snapshot(facts, "2031-Q1").set_index("item").loc["KP-01", "communes"] == (
        DO_SON,
    )
    assert load_extraction(QUARTER.document.sha256) == QUARTER
    told = history_of("items", "KP-01")
    assert (told["actor"].item(), told["why"].item(), told["import_id"].item()) == (
        "An",
        "báo cáo tháng 4",
        number,
    )
    assert whole(bare_store)


def test_the_same_document_twice_changes_nothing(bare_store: str) -> None:
    number = apply_import(plan_import(QUARTER), AN)
    version = read_facts_version(bare_store)
    again = plan_import(QUARTER)
    assert (again.already, again.changes) == (number, ())
    assert apply_import(again, BINH) == number
    assert read_facts_version(bare_store) == version


def test_a_plan_older_than_the_store_is_refused(bare_store: str) -> None:
    plan = plan_import(HALF)
    apply_import(plan_import(QUARTER), AN)
    with pytest.raises(ImportRefusedError):
        apply_import(plan, AN)
    assert whole(bare_store)


@pytest.mark.usefixtures("bare_store")
def test_two_plans_of_one_document_come_in_once() -> None:
    first, second = plan_import(QUARTER), plan_import(QUARTER)
    assert apply_import(first, AN) == apply_import(second, BINH)
    assert len(list_imports()) == 1


@pytest.mark.usefixtures("bare_store")
def test_a_report_that_does_not_balance_is_refused() -> None:
    plan = plan_import(replace(QUARTER, balance=LineBalance(10, 8, 1, 0)))
    assert [problem.key for problem in plan.problems if problem.blocking] == ["balance"]
    with pytest.raises(ImportRefusedError, match="10"):
        apply_import(plan, AN)


@pytest.mark.usefixtures("bare_store")
def test_a_report_without_a_period_needs_one() -> None:
    nameless = report("Báo cáo", "", project(1, BRIDGE, value("forecast", "meets", 12)))
    assert plan_import(nameless).blocked
    assert plan_import(nameless, period="hôm qua").blocked
    plan = plan_import(nameless, period="2031-Q1")
    assert not plan.blocked
    assert plan.period == "2031-Q1"


def test_the_next_report_is_matched_and_its_changes_are_told(bare_store: str) -> None:
    """The tone mark stands elsewhere ("Hoá"): the project is the same."""
    apply_import(plan_import(QUARTER), AN)
    plan = plan_import(HALF)
    assert [(match.item, match.how) for _, match in plan.matches] == [
        ("KP-01", "name"),
        ("", "new"),
    ]
    told = plan.diff[["change", "item", "field", "before", "after"]].itertuples(index=False)
    assert set(map(tuple, told)) == {
        ("new_item", "KP-03", "", "", ""),
        ("not_named", "KP-02", "", "", ""),
        ("changed", "KP-01", "investment_mvnd", "1200000", "1250000"),
        ("changed", "KP-01", "actual_construction_pct", "40", "55"),
        ("new", "KP-03", "investment_mvnd", "", "700000"),
    }
    apply_import(plan, AN)
    facts = load_facts()
    assert list(facts.periods["period"]) == ["2031-Q1", "2031-H1"]
    before, after = (
        build_item_snapshot(facts, period).set_index("item") for period in facts.periods["period"]
    )
    assert (before.loc["KP-01", "construction"], after.loc["KP-01", "construction"]) == (40, 55)
    assert whole(bare_store)


def test_an_import_is_undone_whole(bare_store: str) -> None:
    apply_import(plan_import(QUARTER), AN)
    before = read_stored_facts(bare_store)
    number = apply_import(plan_import(HALF), AN)
    assert len(read_stored_facts(bare_store).observations) > len(before.observations)
    undoing = undo_import(number, BINH, "nhầm tệp")
    assert_same(read_stored_facts(bare_store), before)
    listed = list_imports().set_index("id")
    assert (listed.loc[number, "undone_by"], listed.loc[undoing, "kind"]) == (undoing, "undo")
    assert whole(bare_store)
    assert apply_import(plan_import(HALF), AN) > undoing  # it may come in again
    assert whole(bare_store)


def test_an_import_that_others_rest_on_is_not_undone_first(bare_store: str) -> None:
    first = apply_import(plan_import(QUARTER), AN)
    second = apply_import(plan_import(HALF), AN)
    before = read_stored_facts(bare_store)
    with pytest.raises(ImportRefusedError, match=f"#{second}"):
        undo_import(first, AN, "thử")
    assert_same(read_stored_facts(bare_store), before)
    undo_import(second, AN, "thử")
    undo_import(first, AN, "thử")
    assert read_stored_facts(bare_store).items.empty
    assert whole(bare_store)


def test_an_import_corrected_since_is_not_undone_first(bare_store: str) -> None:
    number = apply_import(plan_import(QUARTER), AN)
    obs = load_facts().observations["obs"].iloc[0]
    correction = correct("observations", obs, {"value": "1200001"}, AN, "gõ nhầm")
    with pytest.raises(ImportRefusedError, match=f"#{correction}"):
        undo_import(number, AN, "thử")
    undo_import(correction, AN, "thử")
    undo_import(number, AN, "thử")
    assert whole(bare_store)


@pytest.mark.parametrize("number", [1, 99])
def test_what_is_no_import_or_undone_is_not_undone(bare_store: str, number: int) -> None:
    undo_import(apply_import(plan_import(QUARTER), AN), AN, "thử")
    with pytest.raises(ImportRefusedError):
        undo_import(number, AN, "lại")
    assert whole(bare_store)


def test_the_curated_facts_can_be_undone_to_start_from_reports_alone(store: str) -> None:
    undo_import(1, AN, "bắt đầu từ báo cáo")
    assert read_stored_facts(store).observations.empty
    apply_import(plan_import(QUARTER), AN)
    assert len(load_facts().items) == 2
    assert whole(store)


def test_where_the_store_has_the_document_only_questions_come(store: str) -> None:
    """The curated facts of the first quarter and a reading that finds less, more and otherwise."""
    facts = read_stored_facts(store)
    sha256 = facts.documents.set_index("doc").loc["q1-2026", "sha256"]
    aeon = facts.items.set_index("item").loc["KP-02", "name"]
    read = report(
        "q1",
        "2026-Q1",
        project(2, aeon, value("investment_mvnd", "1198917", 742), value("status", "paused", 742)),
        indicators=(
            Indicator("key_projects", "misses_goal", 3, 31, "project", "3/31", SourcePlace(9, 9)),
        ),
    )
    read = replace(read, document=replace(read.document, sha256=sha256))
    plan = plan_import(read)
    assert plan.changes == ()
    told = plan.differences()
    differs = told[told["why"] == "value_differs"]
    assert differs[["item", "what", "stored", "read"]].to_numpy().tolist() == [
        ["KP-02", "investment_mvnd", "1198916", "1198917"],
        ["KP-02", "status", "under_construction", "paused"],
    ]
    assert {"only_read", "only_stored", "value_differs"} <= set(told["why"])
    assert told["reason"].str.len().min() > 10
    number = apply_import(plan, AN)
    assert_same(read_stored_facts(store), facts)
    assert list_imports().set_index("id").loc[number, "reviews"] == len(plan.reviews) > 3
    assert whole(store)


@pytest.mark.usefixtures("bare_store")
def test_a_draft_is_put_aside_and_taken_up_again() -> None:
    save_draft(QUARTER, AN, period="2031-Q1", decisions={"mark": "new"})
    save_draft(QUARTER, AN, period="2031-Q1", decisions={"mark": "ignore"})
    assert list(list_drafts()["name"]) == ["Báo cáo quý I.txt"]
    draft = load_draft(QUARTER.document.sha256)
    assert draft is not None
    assert (draft.read, draft.decisions) == (QUARTER, {"mark": "ignore"})
    apply_import(plan_import(draft.read, period=draft.period), AN)
    assert list_drafts().empty
    save_draft(HALF, AN)
    delete_draft(HALF.document.sha256, AN)
    assert load_draft(HALF.document.sha256) is None


def test_a_reading_is_the_same_after_being_kept_as_text() -> None:
    assert extraction_from_json(extraction_to_json(QUARTER)) == QUARTER


def test_a_report_that_gave_nothing_is_imported_only_by_who_says_to_know(bare_store: str) -> None:
    plan = plan_import(report("Giấy mời", "2031-Q1"))
    assert plan.confirmations == ("nothing_read",)
    assert not plan.blocked
    with pytest.raises(ImportRefusedError, match="không có số liệu nào"):
        apply_import(plan, AN)
    assert list_imports(bare_store).empty
    assert apply_import(plan, AN, confirmed={"nothing_read"}) == 1


@pytest.mark.usefixtures("bare_store")
def test_so_is_one_with_pages_that_were_not_read() -> None:
    document = replace(QUARTER.document, unread_pages=(2,))
    plan = plan_import(replace(QUARTER, document=document))
    assert plan.confirmations == ("unread_pages",)
    with pytest.raises(ImportRefusedError, match="trang chưa đọc được"):
        apply_import(plan, AN, confirmed={"nothing_read"})
    assert apply_import(plan, AN, confirmed=plan.confirmations) == 1
