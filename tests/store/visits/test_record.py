"""A visit is kept once however often it is sent, and nothing that was sent is lost."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from reports.model.visit import Visit
from store.audit.changes import Changeset, RowChange
from store.audit.integrity import check_store
from store.audit.ledger import Ledger, read_current_rows
from store.db.database import reading, writing
from store.db.errors import NotAllowedError
from store.db.schema import AUDIT, FACTS
from store.db.schema_accounts import VISIT_CONFLICTS
from store.facts.facts import load_facts, read_facts_version
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from store.visits.quality_flags import FieldLimits, compute_outside_m, find_quality_flags
from store.visits.read import read_conflicting_visits, read_visits
from store.visits.record import confirm_stored_visits, record_visit
from tests.examples import at_most
from tests.people import ADMIN, INSPECTOR, PLANNER, VIEWER, person
from tests.store.small_reports import QUARTER

ITEM = "KP-02"
THACH_KHOI, HAI_AN = "11002", "11413"


def visit(number: int = 1, *, by: Any = INSPECTOR, **more: Any) -> Visit:
    """Return a visit to Aeon Hải Dương as a phone sends it."""
    fields: dict[str, Any] = {
        "visit": str(uuid.UUID(int=number + (4 << 76) + (8 << 60))),
        "item": ITEM,
        "inspector": by.name,
        "at": "2026-11-20T02:30:15+00:00",
        "lon": 106.33,
        "lat": 20.92,
        "accuracy_m": 8.0,
        "claimed_construction_pct": 77.0,
        "observed_construction_pct": 61.5,
        "works": "Đang đổ sàn tầng 3",
    } | more
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
    return Visit(**fields, sent_hash=digest)


def rows(url: str, table: str) -> list[dict[str, Any]]:
    with reading(url) as connection:
        return read_current_rows(connection, table)


def kept_apart(url: str) -> list[dict[str, Any]]:
    with reading(url) as connection:
        return [dict(row) for row in connection.execute(sa.select(VISIT_CONFLICTS)).mappings()]


def test_the_same_sent_twice_is_kept_once_and_confirmed_the_same(store: str) -> None:
    sent = visit()
    assert record_visit(sent, actor=INSPECTOR) == "stored"
    assert record_visit(sent, actor=INSPECTOR) == "same"
    (held,) = confirm_stored_visits([sent.version_id], INSPECTOR)
    assert held is not None
    assert (held.version_id, held.sent_hash) == (sent.version_id, sent.sent_hash)
    (row,) = rows(store, "visits")
    assert (row["item"], row["observed_construction_pct"]) == (ITEM, 61.5)
    assert row["inspector"] == INSPECTOR.name
    with reading(store) as connection:
        told = connection.execute(sa.select(AUDIT).where(AUDIT.c.table_name == "visits")).all()
        assert len(told) == 1
        assert check_store(connection) == []


def test_other_content_under_the_same_id_is_kept_beside_it_and_blocks_nothing(store: str) -> None:
    one, other = visit(), visit(observed_construction_pct=75.0)
    record_visit(one, actor=INSPECTOR)
    assert record_visit(other, actor=INSPECTOR) == "conflict"
    assert record_visit(other, actor=INSPECTOR) == "conflict"
    assert record_visit(visit(2), actor=INSPECTOR) == "stored"
    assert [row["observed_construction_pct"] for row in rows(store, "visits")] == [61.5, 61.5]
    (row,) = kept_apart(store)
    assert (row["state"], row["why"]) == ("open", "differs")
    assert row["content"]["observed_construction_pct"] == 75.0
    (shown,) = read_conflicting_visits(load_facts(), PLANNER)
    assert (shown.visit, shown.why) == (one.visit, "differs")


def test_a_visit_to_an_item_that_has_gone_is_kept_and_flagged(store: str) -> None:
    with writing(store) as connection:
        gone = [
            RowChange(table, row)
            for table in ("items", "places", "observations", "clearance")
            for row in read_current_rows(connection, table, FACTS[table].c.item == ITEM)
        ]
        ledger = Ledger(connection, Changeset("correction", ADMIN, "không còn", correcting=True))
        ledger.apply(gone)
    sent = visit()
    assert record_visit(sent, actor=INSPECTOR) == "item_gone"
    assert record_visit(sent, actor=INSPECTOR) == "item_gone"
    assert record_visit(visit(2, item="KP-1999"), actor=INSPECTOR) == "item_gone"
    (held, none) = confirm_stored_visits([sent.version_id, visit(3).version_id], INSPECTOR)
    assert held is not None
    assert none is None
    assert held.sent_hash == sent.sent_hash
    assert held.flags[0].flag == "item_gone"
    assert rows(store, "visits") == []
    with reading(store) as connection:
        assert check_store(connection) == []


def test_a_problem_raised_becomes_a_case_in_the_same_change(store: str) -> None:
    problem = {
        "problem_category": "compensation",
        "problem": "Ba hộ chưa nhận tiền",
        "problem_commune": THACH_KHOI,
    }
    sent = visit(**problem)
    record_visit(sent, actor=INSPECTOR)
    record_visit(sent, actor=INSPECTOR)
    (case,) = rows(store, "cases")
    (row,) = rows(store, "visits")
    assert case["added_by"] == row["added_by"]
    assert (case["visit"], case["state"], case["commune"]) == (sent.visit, "open", THACH_KHOI)
    assert (case["statement"], case["opened"]) == ("Ba hộ chưa nhận tiền", "2026-11-20")


def test_where_a_problem_is_said_to_be_outside_the_area_stays_as_a_note(store: str) -> None:
    local = person("hientruong", "inspector", scope=frozenset({THACH_KHOI}))
    problem = {
        "problem_category": "compensation",
        "problem": "Ba hộ chưa nhận tiền",
        "problem_commune": HAI_AN,
    }
    record_visit(visit(**problem), actor=local)
    (case,) = rows(store, "cases")
    assert case["commune"] == ""
    assert HAI_AN in case["note"]


def test_only_inspectors_and_above_record_and_only_where_they_may(store: str) -> None:
    elsewhere = person("hientruong", "inspector", scope=frozenset({HAI_AN}))
    for actor, sent in (
        (VIEWER, visit(by=VIEWER)),
        (elsewhere, visit()),
        (PLANNER, visit()),  # another's visit under one's own name
    ):
        with pytest.raises(NotAllowedError):
            record_visit(sent, actor=actor)
    assert rows(store, "visits") == kept_apart(store) == []
    here = person("hientruong", "inspector", scope=frozenset({THACH_KHOI}))
    assert record_visit(visit(), actor=here) == "stored"


@pytest.mark.usefixtures("store")
def test_only_the_inspector_is_told_what_is_held() -> None:
    sent = visit()
    record_visit(sent, actor=INSPECTOR)
    (mine,) = confirm_stored_visits([sent.version_id], INSPECTOR)
    (others,) = confirm_stored_visits([sent.version_id], PLANNER)
    assert mine is not None
    assert (mine.sent_hash, others) == (sent.sent_hash, None)


@pytest.mark.usefixtures("store")
def test_visits_of_an_item_are_read_with_what_to_mind() -> None:
    record_visit(visit(accuracy_m=120.0), actor=INSPECTOR)
    record_visit(
        visit(2, lon=None, lat=None, accuracy_m=None, at="2026-11-21T02:00:00+00:00"),
        actor=INSPECTOR,
    )
    newest, older = read_visits(load_facts(), ITEM)
    assert [flag.flag for flag in newest.flags] == ["no_position"]
    assert "accuracy" in [flag.flag for flag in older.flags]
    assert older.claimed_construction_pct == 77.0
    assert older.observed_construction_pct == 61.5
    assert older.claimed_clearance_pct is None
    assert read_visits(load_facts(), "KP-01") == ()


@pytest.mark.parametrize(
    ("lon", "lat", "communes", "low", "high"),
    [
        (106.68, 20.85, ("11413",), 0, 8000),
        (106.0, 20.85, ("11413",), 60_000, 80_000),
    ],
)
def test_the_distance_from_the_communes_is_in_metres(
    lon: float, lat: float, communes: tuple[str, ...], low: float, high: float
) -> None:
    found = compute_outside_m(lon, lat, communes)
    assert found is not None
    assert low <= found <= high


def test_outside_is_flagged_by_more_than_the_accuracy_only() -> None:
    row = {"lon": 106.0, "lat": 20.85, "accuracy_m": 10.0}
    limits = FieldLimits()
    (flag,) = find_quality_flags(row, ("11413",), limits)
    assert flag.flag == "outside"
    assert (
        find_quality_flags(row | {"accuracy_m": 500_000.0}, ("11413",), limits)[0].flag
        == "accuracy"
    )
    assert compute_outside_m(106.0, 20.85, ()) is None
    assert find_quality_flags(row, (), limits) == ()


SENDS = some.lists(
    some.tuples(some.integers(1, 3), some.sampled_from([61.5, 75.0, 80.0])), max_size=8
)


@settings(max_examples=at_most(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sends=SENDS)
def test_in_any_order_and_however_often_every_content_is_kept_once(
    store: str, sends: list[tuple[int, float]]
) -> None:
    """Answers that were lost are sends that come again: nothing doubles, nothing is lost."""
    base = uuid.uuid4().int % 10**9
    wanted = {(base + number, share) for number, share in sends}
    for number, share in [*sends, *sends]:
        sent = visit(base + number, observed_construction_pct=share)
        record_visit(sent, actor=INSPECTOR)
        (held,) = confirm_stored_visits([sent.version_id], INSPECTOR)
        assert held is not None
        assert held.sent_hash == sent.sent_hash
    ids = {visit(number).visit for number, _ in wanted}
    kept = [
        (row["visit"], row["observed_construction_pct"])
        for row in rows(store, "visits")
        if row["visit"] in ids
    ]
    kept += [
        (row["visit"], row["content"]["observed_construction_pct"])
        for row in kept_apart(store)
        if row["visit"] in ids
    ]
    assert sorted(kept) == sorted((visit(number).visit, share) for number, share in wanted)


def test_a_visit_that_comes_in_between_does_not_stop_a_report(store: str) -> None:
    plan = plan_import(QUARTER)
    before = read_facts_version(store)
    assert record_visit(visit(), actor=INSPECTOR) == "stored"
    assert read_facts_version(store) != before
    assert apply_import(plan, PLANNER) > 0
