"""A store that the program made before its modules moved opens, says the same, and goes on.

``tests/compat/README.md`` tells what is in it. Where a command says it, the command is asked.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from PIL import Image

from store.accounts.saved_views import list_views
from store.accounts.sessions import get_session_user, sign_in
from store.audit.approvals import list_approvals
from store.db.errors import LockedPeriodError, SignInError
from store.editing.figures import remove_figure
from store.editing.open_record import read_item
from store.facts.facts import Facts, load_facts
from store.facts.filters import Filters, filters_from_query
from store.imports.apply import undo_import
from store.imports.contradiction_decisions import list_contradiction_decisions
from store.imports.plan.drafts import (
    extraction_from_json,
    extraction_to_json,
    list_drafts,
    load_draft,
    load_extraction,
)
from store.imports.review_queue import decide_review, list_reviews
from store.visits.photos import read_photo_content
from store.visits.read import read_conflicting_visits
from tests.compat.before import (
    ACCOUNTS,
    APPROVED,
    CLOSED,
    DATA,
    NEW,
    NOTE_AFTER,
    NOTE_BEFORE,
    NOTE_EDIT,
    PHOTO,
    PHOTO_APART,
    RECORDED,
    REPORT,
    REPORT_IMPORT,
    count_rows,
    password_of,
    run_store,
    unpack_store,
)
from tests.people import PLANNER
from tests.store.corrections import history_of

if TYPE_CHECKING:
    from pathlib import Path

    from store.users.users import User


SINCE = {
    "imports": 1, "audit": 48, "places": 2, "conflicts": 6, "items": 1, "observations": 15,
    "reviews": 20,
}  # fmt: skip
"""What opening it adds: one import of the curated facts of today, rows by table with their old
versions, and a question for every item that lies nowhere."""

CURRENT = {"places": 1, "conflicts": -6}
"""What the facts of today have more and fewer: a place with a source, doubts that were none."""

CHANGED_FILES = {
    "conflicts.csv",
    "key_projects/observations.csv",
    "other/observations.csv",
    "parks/items.csv",
    "parks/observations.csv",
    "parks/places.csv",
}
WHOLE = {name: count + SINCE.get(name, 0) for name, count in RECORDED["tables"].items()}
CHECKED = {
    name: value + SINCE[name] if name in {"imports", "audit"} else value
    for name, value in RECORDED["check"].items()
} | {"rows": RECORDED["check"]["rows"] + sum(CURRENT.values())}


def user_named(name: str) -> User:
    """Return who signs in under a name, as the server knows them by their session."""
    user = get_session_user(sign_in(name, password_of(name)).token)
    assert user is not None
    return user


def note_of(facts: Facts, item: str) -> str:
    return str(facts.items.set_index("item").loc[item, "note"])


def facts_counted(state: Path) -> dict[str, int]:
    """Return the rows by table, without the mark that the store was looked through for ranges.

    Tables of later programs are there and empty.
    """
    counted: dict[str, int] = count_rows(state / "store.sqlite")
    assert counted["settings"] == RECORDED["tables"]["settings"] + 1
    later = ("column_choices", "statements", "unread_sentences", "item_attributes", "last_visits")
    assert {counted.pop(table) for table in later} == {0}
    return counted | {"settings": RECORDED["tables"]["settings"]}


def take_parts_of(written: Any, kept: Any) -> Any:
    """Return what is written without the members that classes have only since."""
    if isinstance(kept, dict) and isinstance(written, dict):
        return {name: take_parts_of(written.get(name), part) for name, part in kept.items()}
    if isinstance(kept, list) and isinstance(written, list) and len(kept) == len(written):
        return [take_parts_of(one, part) for one, part in zip(written, kept, strict=True)]
    return written


def test_it_is_whole_and_opening_it_adds_nothing(state: Path) -> None:
    checked = run_store(state, "check", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(checked.stdout) == CHECKED
    assert facts_counted(state) == WHOLE


@pytest.mark.usefixtures("state")
def test_the_facts_are_as_many_as_recorded() -> None:
    facts = load_facts()
    found = {
        name: len(part) for name, part in vars(facts).items() if isinstance(part, pd.DataFrame)
    }
    assert found.pop("zones") >= RECORDED["facts"]["zones"]  # the gazetteer's, which grows
    assert {found.pop(name) for name in ("statements", "item_attributes")} == {0}
    assert found == {
        name: count + CURRENT.get(name, 0)
        for name, count in RECORDED["facts"].items()
        if name != "zones"
    }
    assert list(facts.periods["period"]) == RECORDED["periods"]
    assert sorted(facts.visits["item"]) == ["KP-25", "KP-32"]
    assert list(facts.points["item"]) == ["KP-25"]
    names = facts.items.set_index("item")["name"]
    assert names["KP-32"] == "Dự án xây dựng cầu thử nghiệm Sông Mây"
    assert names["KP-35"] == "Trạm bơm thử nghiệm thêm tay"


@pytest.mark.slow
def test_the_facts_are_written_out_letter_by_letter_as_before(state: Path, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    done = run_store(state, "export", str(folder))
    assert done.returncode == 0, done.stderr
    found = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*.csv")
    }
    changed = {name for name, digest in found.items() if RECORDED["exported"].get(name) != digest}
    assert changed == CHANGED_FILES
    assert set(found) == set(RECORDED["exported"])


@pytest.mark.slow
def test_its_imports_are_listed_with_their_numbers(state: Path) -> None:
    done = run_store(state, "imports", "--json")
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert rows[REPORT_IMPORT]["kind"] == "report"
    assert rows[REPORT_IMPORT]["name"] == REPORT.name
    assert (rows[NOTE_EDIT]["kind"], rows[NOTE_EDIT]["actor"]) == ("edit", "tong-hop")
    assert rows[1]["kind"] == "curated"


@pytest.mark.slow
def test_the_same_report_is_known_again(state: Path) -> None:
    done = run_store(state, "import", str(REPORT), "--yes", "--json")
    assert json.loads(done.stdout)["import"] == REPORT_IMPORT
    assert facts_counted(state) == WHOLE


@pytest.mark.usefixtures("state")
def test_an_approved_period_is_still_approved_and_locked() -> None:
    known = list_approvals().set_index("period")
    assert list(known.index) == [APPROVED]
    assert known.loc[APPROVED, "actor"] == "phe-duyet"
    now = read_item("KP-02")
    assert now is not None
    figure = next(key for key, row in now.figures.items() if row["period"] == APPROVED)
    with pytest.raises(LockedPeriodError):
        remove_figure(figure, seen=now.figure_tokens[figure], actor=PLANNER, why="thử")


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize("name", ACCOUNTS)
def test_an_account_signs_in_with_its_password_and_has_its_role(name: str) -> None:
    user = user_named(name)
    assert (user.name, user.role) == (name, ACCOUNTS[name])
    assert not user.must_change


@pytest.mark.usefixtures("state")
def test_another_password_a_closed_account_and_one_that_must_change_its_password() -> None:
    with pytest.raises(SignInError):
        sign_in("quan-tri", "một câu nào khác")
    with pytest.raises(SignInError):
        sign_in(*CLOSED)
    user = get_session_user(sign_in(*NEW).token)
    assert user is not None
    assert user.must_change


@pytest.mark.usefixtures("state")
def test_an_account_limited_to_a_district_still_sees_that_only() -> None:
    viewer = user_named("nguoi-xem")
    assert not viewer.sees_all
    assert viewer.scope
    assert user_named("tong-hop").scope is None


@pytest.mark.slow
@pytest.mark.usefixtures("state")
def test_a_saved_view_opens_with_the_same_choice() -> None:
    seen = {view.name: view for name in ACCOUNTS for view in list_views(user_named(name))}
    for recorded in RECORDED["views"]:
        view = seen[recorded["name"]]
        assert (view.page, view.shared) == (recorded["page"], recorded["shared"])
        assert dict(view.query) == recorded["query"]
    chosen = filters_from_query(dict(seen["GPMB quý I, dự án trọng điểm"].query))
    assert chosen == Filters(period=APPROVED, kinds=("key_project",), clearance="money")


@pytest.mark.slow
@pytest.mark.usefixtures("state")
@pytest.mark.parametrize("photo", [PHOTO, PHOTO_APART])
def test_a_visits_photo_can_be_read(photo: str) -> None:
    inspector = user_named("kiem-tra")
    content = read_photo_content(photo, inspector)
    assert content is not None
    assert hashlib.sha256(content).hexdigest() == photo
    assert Image.open(io.BytesIO(content)).size == (48, 32)
    small = read_photo_content(photo, inspector, small=True)
    assert small is not None
    assert Image.open(io.BytesIO(small)).format == "JPEG"


@pytest.mark.slow
@pytest.mark.usefixtures("state")
def test_a_visit_kept_apart_still_waits_to_be_settled() -> None:
    (apart,) = read_conflicting_visits(load_facts(), user_named("quan-tri"))
    assert apart.item == "KP-32"


@pytest.mark.slow
def test_an_edit_is_undone_and_the_store_stays_whole(state: Path) -> None:
    assert note_of(load_facts(), "KP-02") == NOTE_AFTER
    done = run_store(state, "undo", str(NOTE_EDIT), "--why", "thử hoàn tác")
    assert done.returncode == 0, done.stderr
    assert note_of(load_facts(), "KP-02") == NOTE_BEFORE
    assert run_store(state, "check").returncode == 0


@pytest.mark.slow
def test_what_later_changes_rest_on_is_still_not_undone(state: Path) -> None:
    done = run_store(state, "undo", str(REPORT_IMPORT), "--why", "thử")
    assert done.returncode == 1
    assert "#18" in done.stderr
    assert "#25" in done.stderr
    assert facts_counted(state) == WHOLE


@pytest.mark.slow
@pytest.mark.usefixtures("state")
def test_a_case_of_the_register_is_as_it_was_and_its_change_can_be_undone() -> None:
    cases = load_facts().cases.set_index("case")
    assert sorted(cases.index) == [
        "GP-0001",
        "GP-0002",
        "visit-0b7e4c1a-5d55-4d0e-9a41-3f1f6f0d2a01",
    ]
    assert cases.loc["GP-0002", ["handed_ha", "households_left"]].tolist() == [2.0, 5]
    undo_import(25, PLANNER, "thử")
    cases = load_facts().cases.set_index("case")
    assert cases.loc["GP-0002", ["handed_ha", "households_left"]].tolist() == [1.25, 12]


@pytest.mark.usefixtures("state")
def test_what_was_read_of_a_report_and_what_was_put_aside_can_be_read_again() -> None:
    read = load_extraction(hashlib.sha256(REPORT.read_bytes()).hexdigest())
    assert read is not None
    assert [row.name for row in read.projects] == [
        "Dự án xây dựng cầu thử nghiệm Sông Mây",
        "Dự án xây dựng kè thử nghiệm Bến Gió",
        "Trung tâm thương mại Aeon Hải Dương",
        "Khu nhà thử nghiệm Vườn Sao (khoảng 30ha)",
    ]
    (sha256,) = list_drafts()["sha256"]
    draft = load_draft(sha256)
    assert draft is not None
    assert (draft.period, draft.read.document.name) == ("2026-Q4", "nhap.txt")


@pytest.mark.slow
@pytest.mark.usefixtures("state")
def test_open_questions_can_be_decided_and_decisions_stand() -> None:
    questions = list_reviews()
    by_words = {one.raw: one.number for one in questions}
    assert {"–", "Có thể"} <= set(by_words)
    decide_review(by_words["Có thể"], "ignore", PLANNER, "không phải giá trị")
    left = {one.raw for one in list_reviews()}
    assert left == set(by_words) - {"Có thể"}
    placed = load_facts().places.query("item == 'KP-34'")
    assert "11311" in set(placed["commune"])
    assert list_contradiction_decisions()["C-007"].choice == "a"


@pytest.mark.usefixtures("state")
def test_the_audit_tells_who_changed_what() -> None:
    told = history_of("items", "KP-02")
    row = told[told["import_id"] == NOTE_EDIT].iloc[0]
    assert (row["actor"], row["why"]) == ("tong-hop", "ghi chú gọn hơn")
    assert NOTE_AFTER in row["after"]


@pytest.mark.slow
def test_a_backup_of_that_day_is_put_back(tmp_path: Path) -> None:
    backup = unpack_store(tmp_path / "kept")
    state = tmp_path / "new"
    done = run_store(state, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert json.loads(run_store(state, "check", "--json").stdout) == CHECKED


@pytest.mark.slow
def test_a_row_changed_by_another_hand_is_noticed(state: Path) -> None:
    """The check that passes above is one that can fail."""
    with closing(sqlite3.connect(state / "store.sqlite")) as store:
        store.execute("UPDATE items SET note = 'x' WHERE item = 'KP-01'")
        store.commit()
    checked = run_store(state, "check", "--json")
    assert checked.returncode == 1
    assert not json.loads(checked.stdout)["whole"]


def test_a_draft_with_every_class_of_before_opens_and_is_written_the_same() -> None:
    kept = json.loads((DATA / "extraction_of_before.json").read_text("utf-8"))
    read = extraction_from_json(json.dumps(kept))
    del kept["not_understood"]  # a count that the sentences' own reading has taken the place of
    assert take_parts_of(json.loads(extraction_to_json(read)), kept) == kept
    assert (read.projects[0].kind, read.parks[0].kind) == ("key_project", "industrial_park")
