"""A visit whose clock was wrong is kept and flagged, and never the latest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from layers.tables.claimed_vs_observed import list_visit_gaps
from layers.tables.visit_list import list_visits
from store.audit.ledger import read_current_rows
from store.db.database import reading
from store.facts.facts import load_facts
from store.facts.selection import find_default_period
from store.facts.visit_clock import TOLERANCE, get_visit_day, is_ahead
from store.visits.read import read_visits
from store.visits.record import confirm_stored_visits, record_visit
from tests.people import INSPECTOR
from tests.store.visits.test_record import ITEM, visit

LATER = "2099-01-01T00:00:00+00:00"


def ago(**span: int) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="seconds")


def test_a_visit_dated_ahead_is_kept_flagged_and_never_the_latest(store: str) -> None:
    ahead = visit(1, at=LATER, observed_construction_pct=10.0)
    assert record_visit(ahead, actor=INSPECTOR) == "stored"
    record_visit(visit(2, at=ago(days=2), observed_construction_pct=40.0), actor=INSPECTOR)
    facts = load_facts()
    gaps = list_visit_gaps(facts, find_default_period(facts))
    assert list(gaps.loc[gaps["item"] == ITEM, "observed"]) == [40.0]
    flags = {one.at: {flag.flag for flag in one.flags} for one in read_visits(facts, ITEM)}
    assert "clock_ahead" in flags[LATER]
    assert sum("clock_ahead" in one for one in flags.values()) == 1
    told = {row.visit.at: " ".join(row.flags) for row in list_visits(facts, ITEM)}
    assert "Đồng hồ của máy chạy trước" in told[LATER]
    (held,) = confirm_stored_visits([ahead.version_id], INSPECTOR)
    assert held is not None
    assert "clock_ahead" in {flag.flag for flag in held.flags}
    assert store


def test_a_visit_ahead_alone_is_no_latest_either(store: str) -> None:
    record_visit(visit(1, at=LATER), actor=INSPECTOR)
    facts = load_facts()
    assert len(list_visit_gaps(facts, find_default_period(facts))) == 0
    assert len(read_visits(facts, ITEM)) == 1
    assert store


@pytest.mark.parametrize(
    ("at", "flag"), [(LATER, "clock_ahead"), ("1972-01-01T00:00:00+00:00", "clock_behind")]
)
def test_a_case_of_a_wrong_clock_opens_on_the_day_it_came_in(
    store: str, at: str, flag: str
) -> None:
    problem = {"problem_category": "land_price", "problem": "Chưa thống nhất giá"}
    record_visit(visit(1, at=at, **problem), actor=INSPECTOR)
    with reading(store) as connection:
        (case,) = read_current_rows(connection, "cases")
    assert case["opened"] == get_visit_day(datetime.now(UTC).isoformat(), "")
    (one,) = read_visits(load_facts(), ITEM)
    assert flag in {flag.flag for flag in one.flags}


def test_a_case_raised_before_seven_opens_on_the_day_in_hai_phong() -> None:
    assert get_visit_day("2026-11-19T23:30:00+00:00", "2026-11-20T01:00:00+00:00") == "2026-11-20"


def test_a_clock_a_little_ahead_is_right() -> None:
    received = datetime(2026, 11, 20, tzinfo=UTC)
    for by, ahead in ((TOLERANCE, False), (TOLERANCE + timedelta(seconds=1), True)):
        row = {"at": (received + by).isoformat(), "received": received.isoformat()}
        assert is_ahead(row) is ahead
