"""Visits of ODK come in whole or not at all, once however often, and go out whole."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from reports.odk.read import read_submissions
from store.audit.changes import Changeset, RowChange
from store.audit.integrity import check_store
from store.audit.ledger import Ledger, read_current_rows
from store.bootstrap import ensure_store
from store.db.database import reading, writing
from store.db.errors import ImportRefusedError, NotAllowedError
from store.db.schema_accounts import PHOTO_FILES
from store.facts.facts import load_facts
from store.visits.odk_import import apply_visits, list_visit_imports, undo_visits
from store.visits.odk_import_plan import STATES, VisitPlan, plan_visits
from tests.examples import at_most
from tests.hostile import HOSTILE_TEXTS
from tests.odk_exports import (
    ONE,
    THREE,
    TWO,
    Made,
    central_zip,
    collect_zip,
    kobo_csv,
    kobo_media,
    kobo_xlsx,
    made,
)
from tests.people import ADMIN, INSPECTOR, PLANNER, VIEWER, person

if TYPE_CHECKING:
    from store.users.users import User

HAI_AN = "11413"
VISITS = [
    made(ONE, photos=2, problem_category="land_price", problem="Chưa thống nhất giá đất"),
    made(TWO, "KP-20"),
    made(THREE, photos=1),
]


def plan(uploads: list[tuple[str, bytes]], actor: User = PLANNER) -> VisitPlan:
    return plan_visits(read_submissions(uploads), uploads, actor=actor)


def central(visits: list[Made]) -> list[tuple[str, bytes]]:
    return [("xuat.zip", central_zip(visits))]


def rows(url: str, table: str) -> list[dict[str, object]]:
    with reading(url) as connection:
        return read_current_rows(connection, table)


def test_visits_photos_and_cases_come_in_with_one_import(store: str) -> None:
    planned = plan(central(VISITS))
    assert planned.counts() == {"read": 3, "new": 3, "already": 0, "faulty": 0}
    number = apply_visits(planned, actor=PLANNER, why="Đợt tháng 11")
    kept = {row["visit"]: row for row in rows(store, "visits")}
    assert set(kept) == {ONE, TWO, THREE}
    assert {row["added_by"] for row in kept.values()} == {number}
    assert (kept[ONE]["item"], kept[ONE]["inspector"]) == ("KP-19", "Nguyễn Văn Đo")
    assert (kept[ONE]["source"], kept[ONE]["observed_construction_pct"]) == ("odk", 25.5)
    photos = rows(store, "photos")
    assert sorted(row["note"] for row in photos) == ["Ảnh 0", "Ảnh 0", "Ảnh 1"]
    (case,) = rows(store, "cases")
    assert (case["visit"], case["category"], case["commune"]) == (ONE, "land_price", HAI_AN)
    with reading(store) as connection:
        files = set(connection.scalars(sa.select(PHOTO_FILES.c.photo)))
    assert files == {row["photo"] for row in photos}
    with reading(store) as connection:
        assert check_store(connection) == []
    assert list(list_visit_imports()["id"]) == [number]


@pytest.mark.parametrize("again", ["central", "collect", "kobo"])
def test_the_same_visits_are_stored_once_whatever_they_come_in(store: str, again: str) -> None:
    apply_visits(plan(central(VISITS)), actor=PLANNER)
    before = rows(store, "visits"), rows(store, "photos")
    uploads = {
        "central": central(VISITS),
        "collect": [("i.zip", collect_zip(VISITS))],
        "kobo": [("k.xlsx", kobo_xlsx(VISITS)), ("m.zip", kobo_media(VISITS))],
    }[again]
    planned = plan(uploads)
    assert planned.counts() == {"read": 3, "new": 0, "already": 3, "faulty": 0}
    assert apply_visits(planned, actor=PLANNER) == 0
    assert (rows(store, "visits"), rows(store, "photos")) == before


def test_one_visit_twice_in_a_file_is_stored_once(store: str) -> None:
    planned = plan([("a.zip", central_zip(VISITS)), ("i.zip", collect_zip(VISITS[1:2]))])
    assert planned.counts() == {"read": 4, "new": 3, "already": 1, "faulty": 0}
    apply_visits(planned, actor=PLANNER)
    assert len(rows(store, "visits")) == 3


@pytest.mark.usefixtures("store")
def test_a_visit_that_was_edited_since_is_named_and_does_not_overwrite() -> None:
    apply_visits(plan(central(VISITS)), actor=PLANNER)
    planned = plan(central([VISITS[1], made(THREE, photos=1, note="Sửa sau")]))
    assert planned.counts() == {"read": 2, "new": 0, "already": 1, "faulty": 1}
    (wrong,) = planned.rows[1].wrongs
    assert (wrong.row, wrong.column, wrong.key) == (3, "instanceID", "other_content")


@pytest.mark.parametrize(
    ("visits", "column", "key"),
    [
        ([made(ONE, "KP-99")], "item", "unknown_item"),
        ([dataclasses.replace(made(ONE, photos=1), files={})], "picture", "photo_missing"),
        (
            [dataclasses.replace(made(ONE, photos=1), files={"0001-0.jpg": b"\xff\xd8\xffx"})],
            "picture",
            "photo_bad",
        ),
        ([made(ONE, photos=13)], "picture", "photos_many"),
        ([made(ONE, problem_category="land_price")], "problem", "problem_unsaid"),
        (
            [made(ONE, observed_construction_pct="101")],
            "observed_construction_pct",
            "out_of_bounds",
        ),
    ],
)
def test_one_faulty_row_stops_the_whole_file(
    store: str, visits: list[Made], column: str, key: str
) -> None:
    planned = plan(central([*visits, VISITS[1]]))
    assert planned.counts() == {"read": 2, "new": 1, "already": 0, "faulty": 1}
    assert [(wrong.column, wrong.key) for wrong in planned.rows[0].wrongs] == [(column, key)]
    with pytest.raises(ImportRefusedError, match="1 dòng lỗi"):
        apply_visits(planned, actor=PLANNER)
    assert rows(store, "visits") == rows(store, "photos") == []
    apply_visits(planned, actor=PLANNER, leave_out=True)
    assert [row["visit"] for row in rows(store, "visits")] == [TWO]


def test_an_import_is_taken_back_whole_and_may_come_again(store: str) -> None:
    number = apply_visits(plan(central(VISITS)), actor=PLANNER)
    undo_visits(number, actor=PLANNER, why="Nạp nhầm đợt")
    assert rows(store, "visits") == rows(store, "photos") == rows(store, "cases") == []
    with reading(store) as connection:
        assert check_store(connection) == []
    with pytest.raises(ImportRefusedError):
        undo_visits(number, actor=PLANNER, why="lần nữa")
    planned = plan(central(VISITS))
    assert planned.counts()["new"] == 3
    apply_visits(planned, actor=PLANNER)
    assert len(rows(store, "visits")) == 3


@pytest.mark.usefixtures("store")
def test_nothing_but_an_import_of_visits_is_taken_back_so() -> None:
    with pytest.raises(ImportRefusedError):
        undo_visits(1, actor=PLANNER, why="thử")


def test_a_plan_of_a_store_that_changed_since_is_refused(store: str) -> None:
    planned = plan(central(VISITS))
    apply_visits(plan(central(VISITS[:1])), actor=PLANNER)
    with pytest.raises(ImportRefusedError):
        apply_visits(planned, actor=PLANNER)
    assert len(rows(store, "visits")) == 1


@pytest.mark.parametrize("actor", [INSPECTOR, VIEWER])
def test_who_may_not_import_neither_plans_nor_applies(store: str, actor: User) -> None:
    planned = plan(central(VISITS))
    with pytest.raises(NotAllowedError):
        plan(central(VISITS), actor)
    with pytest.raises(NotAllowedError):
        apply_visits(planned, actor=actor)
    with pytest.raises(NotAllowedError):
        undo_visits(1, actor=actor, why="x")
    assert rows(store, "visits") == []


def test_who_has_an_area_imports_what_lies_there_only(store: str) -> None:
    mine = person("hai-an", "planner", scope=frozenset({HAI_AN}))
    planned = plan(central(VISITS), mine)
    assert [one.state for one in planned.rows] == ["new", "faulty", "new"]
    assert planned.rows[1].wrongs[0].key == "outside"
    whole = plan(central(VISITS))
    with pytest.raises(NotAllowedError):
        apply_visits(whole, actor=mine)
    assert rows(store, "visits") == []
    apply_visits(planned, actor=mine, leave_out=True)
    assert {row["visit"] for row in rows(store, "visits")} == {ONE, THREE}


@pytest.mark.usefixtures("store")
def test_who_reads_one_area_only_cannot_tell_other_items_from_none() -> None:
    mine = person("hai-an", "planner", scope=frozenset({HAI_AN}), sees_all=False)
    planned = plan(central([VISITS[1], made(ONE, "KP-99")]), mine)
    assert [one.wrongs[0].key for one in planned.rows] == ["unknown_item", "unknown_item"]


@pytest.mark.usefixtures("store")
def test_an_id_that_is_taken_elsewhere_is_not_stored_over() -> None:
    apply_visits(plan(central(VISITS)), actor=ADMIN)
    mine = person("hai-an", "planner", scope=frozenset({HAI_AN}), sees_all=False)
    planned = plan(central([made(TWO)]), mine)
    assert [one.wrongs[0].key for one in planned.rows] == ["other_content"]


def test_hostile_texts_are_kept_as_text(store: str) -> None:
    keys = [str(uuid.UUID(int=at + (4 << 76) + (8 << 60))) for at in range(len(HOSTILE_TEXTS))]
    named = list(zip(keys, HOSTILE_TEXTS, strict=True))
    wrong = [made(key, works=one, problem_category="capital", problem=one) for key, one in named]
    for row in plan(central(wrong)).rows:
        assert [fault.key for fault in row.wrongs] == ["bad_category"]
    visits = [made(key, works=text, note=text) for key, text in named]
    apply_visits(plan(central(visits)), actor=PLANNER)
    kept = {row["visit"]: row for row in rows(store, "visits")}
    for key, text in named:
        assert kept[key]["works"] == kept[key]["note"] == text.replace("\0", "").strip()
    told = load_facts().visits.set_index("visit")["works"]
    assert dict(told) == {key: row["works"] for key, row in kept.items()}


ODD = some.one_of(
    some.sampled_from(["", "0", "100", "100.1", "-1", "12,5", "x", "1e2", " 50 ", "NaN"]),
    some.text(max_size=8),
)
ROW = some.fixed_dictionaries(
    {
        "uuid": some.integers(0, 6),
        "item": some.sampled_from(["KP-19", "KP-20", "KP-99", "", "a b"]),
        "observed_construction_pct": ODD,
        "at": some.sampled_from(
            ["2026-11-20T08:30:00+07:00", "2026-11-20", "", "mai", "2030-01-01T00:00:00Z"]
        ),
        "note": some.text(max_size=12),
    }
)


@pytest.fixture(scope="module")
def kept_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('odk') / 'store.sqlite'}"


@settings(
    max_examples=at_most(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(some.lists(ROW, min_size=1, max_size=8))
def test_every_row_read_is_stored_refused_or_there_already(
    kept_url: str, monkeypatch: pytest.MonkeyPatch, made_rows: list[dict[str, object]]
) -> None:
    monkeypatch.setenv("DATABASE_URL", kept_url)
    ensure_store()
    visits = [
        made(str(uuid.UUID(int=int(str(row["uuid"])) + (4 << 76) + (8 << 60))), **answers)
        for row in made_rows
        for answers in [{name: str(text) for name, text in row.items() if name != "uuid"}]
    ]
    before = len(rows(kept_url, "visits"))
    planned = plan([("k.csv", kobo_csv(visits))])
    counts = planned.counts()
    assert counts["read"] == len(visits) == sum(counts[state] for state in STATES)
    assert all(bool(one.wrongs) == (one.state == "faulty") for one in planned.rows)
    apply_visits(planned, actor=PLANNER, leave_out=True)
    assert len(rows(kept_url, "visits")) == before + counts["new"]
    assert plan([("k.csv", kobo_csv(visits))]).counts()["new"] == 0
    if before > 20:
        _empty(kept_url)


def _empty(url: str) -> None:
    """Take all visits out, so that new ones can come."""
    with writing(url) as connection:
        there = read_current_rows(connection, "visits")
        changes = [RowChange("visits", row, None) for row in there]
        Ledger(connection, Changeset("visit", ADMIN)).apply(changes)
