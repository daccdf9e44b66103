"""An approved period is locked: only corrections with their reason go in, and they are counted."""

import shutil
from pathlib import Path

import pytest

from geo.paths import DATA
from store import bootstrap
from store.audit.approvals import approve_period, list_approvals
from store.audit.integrity import check_store
from store.db.database import reading
from store.db.errors import ChoiceError, ImportRefusedError, LockedPeriodError
from store.facts.facts import load_facts, read_facts_version
from store.facts.stored.tables import read_stored_facts
from store.imports.apply import apply_import, undo_import
from store.imports.plan.planning import plan_import
from store.imports.review_queue import decide_review, list_reviews
from tests import templates
from tests.people import AN, BINH, CHIEF
from tests.store.corrections import correct, corrections_of, history_of
from tests.store.small_reports import QUARTER, QUEUED, project, report, value


@pytest.fixture
def approved(bare_store: str) -> str:
    templates.fill_bare(bare_store, "quarter-approved", _approve_quarter)
    return bare_store


def _approve_quarter() -> None:
    apply_import(plan_import(QUARTER), AN)
    approve_period("2031-Q1", CHIEF)


def test_approving_again_changes_nothing(approved: str) -> None:
    version = read_facts_version(approved)
    assert approve_period("2031-Q1", BINH) == 0
    assert read_facts_version(approved) == version
    with pytest.raises(ChoiceError):
        approve_period("2099-Q1", BINH)


def test_an_approved_period_takes_no_report_and_no_undoing(approved: str) -> None:
    late = report(
        "Báo cáo muộn", "2031-Q1", project(1, "Đường ven biển", value("forecast", "meets", 12))
    )
    plan = plan_import(late)
    assert [problem.key for problem in plan.problems if problem.blocking] == ["locked"]
    with pytest.raises(ImportRefusedError):
        apply_import(plan, AN)
    with pytest.raises(LockedPeriodError):
        undo_import(1, AN, "thử")
    assert len(read_stored_facts(approved).observations) == 4


def test_corrections_need_a_reason_and_are_counted(approved: str) -> None:
    obs = load_facts().observations["obs"].iloc[0]
    with pytest.raises(ChoiceError):
        correct("observations", obs, {"value": "1"}, AN, " ")
    correct("observations", obs, {"value": "1200001"}, AN, "công văn đính chính")
    assert "1200001" in set(load_facts().observations["value"])
    assert list_approvals()["corrections"].item() == 1
    told = corrections_of("2031-Q1")
    assert told["why"].item() == "công văn đính chính"
    assert '"1200000"' in told["before"].item()
    assert '"1200001"' in told["after"].item()
    with reading(approved) as connection:
        assert check_store(connection) == []


def test_a_row_may_be_taken_out_by_correction(approved: str) -> None:
    key = load_facts().clearance["clearance"].item()
    correct("clearance", key, None, AN, "đã bàn giao từ trước")
    assert load_facts().clearance.empty
    assert history_of("clearance", key)["after"].iloc[-1] == ""
    with reading(approved) as connection:
        assert check_store(connection) == []


@pytest.mark.parametrize(
    ("table", "key", "changes"),
    [
        ("observations", "o-none", {"value": "1"}),
        ("nothing", "x", {"value": "1"}),
        ("items", "KP-01", {"colour": "red"}),
        ("items", "KP-01", {"kind": "castle"}),
        ("items", "KP-01", None),  # others rest on it
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    approved: str, table: str, key: str, changes: dict[str, object] | None
) -> None:
    version = read_facts_version(approved)
    with pytest.raises(ChoiceError):
        correct(table, key, changes, AN, "thử")
    assert read_facts_version(approved) == version


def test_decisions_on_an_approved_period_need_a_reason(bare_store: str) -> None:
    apply_import(plan_import(QUARTER), AN)
    apply_import(plan_import(QUEUED), AN)
    approve_period("2031-09", CHIEF)
    unread = next(review for review in list_reviews() if review.reason == "unreadable_value")
    with pytest.raises(LockedPeriodError):
        decide_review(unread.number, "actual_construction_pct=60", AN)
    decide_review(unread.number, "actual_construction_pct=60", AN, "xem bản gốc")
    assert list_approvals()["corrections"].item() == 1
    with reading(bare_store) as connection:
        assert check_store(connection) == []


def test_new_curated_facts_do_not_touch_what_is_approved_or_corrected(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are asked about instead; a person takes them over with a reason."""
    folder = shutil.copytree(DATA / "facts", tmp_path / "facts")
    monkeypatch.setattr(bootstrap, "DATA", tmp_path)
    bootstrap.ensure_store()
    correct("items", "KP-02", {"note": "đã sửa"}, AN, "bổ sung")
    approve_period("2026-Q1", CHIEF)
    for name, old, new in (
        ("observations", "1198916", "1198917"),
        ("items", 'Phường Thạch Khê"", không', 'Phường Thạch Khê"" (?), không'),
    ):
        path = folder / "key_projects" / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    bootstrap.ensure_store()
    facts = read_stored_facts(empty_url)
    assert facts.items.set_index("item").loc["KP-02", "note"] == "đã sửa"
    assert "1198917" not in set(facts.observations["value"])
    asked = {
        review.table: review for review in list_reviews() if review.reason == "curated_differs"
    }
    assert {"items", "observations"} <= set(asked)
    for review in list_reviews():
        decide_review(review.number, "read", AN, "theo dữ liệu mới")
    facts = read_stored_facts(empty_url)
    assert "(?)" in facts.items.set_index("item").loc["KP-02", "note"]
    assert "1198917" in set(facts.observations["value"])
    with reading(empty_url) as connection:
        assert check_store(connection) == []
