"""Visits as shown: the latest first, claimed beside seen, what to mind, photos put to them."""

from __future__ import annotations

from datetime import date

from layers.tables.claimed_vs_observed import list_visit_gaps
from layers.tables.visit_list import list_gap_lines, list_visits
from tests.small_facts import AEON, RING_ROAD
from tests.visits import photo, visit, with_staff

HASH = "a" * 64


def test_the_latest_visit_stands_first_with_its_photos() -> None:
    facts = with_staff(
        visits=[visit("old", at="2026-10-01T00:00:00+00:00"), visit("new"), visit("aeon", AEON)],
        photos=[photo(HASH, "new", note="Mố A1"), photo("b" * 64, "new")],
    )
    rows = list_visits(facts, RING_ROAD)
    assert [row.visit.visit for row in rows] == ["new", "old"]
    assert [shot.note for shot in rows[0].visit.photos] == ["Mố A1", ""]
    assert rows[1].visit.photos == ()
    assert len(list_visits(facts)) == 3


def test_claimed_and_seen_are_said_in_words() -> None:
    facts = with_staff(
        visits=[visit("v", claimed_construction_pct=80.0, observed_construction_pct=55.5)]
    )
    (row,) = list_visits(facts, RING_ROAD)
    (gap,) = row.gaps
    assert (gap.label, gap.claimed, gap.observed) == ("Thi công", "80 %", "55,5 %")
    assert gap.gap == "thực tế thấp hơn 24,5 điểm phần trăm"
    assert (gap.level, row.has_flagged_gap, row.flagged) == ("large", True, True)


def test_more_seen_than_claimed_is_no_gap_to_flag() -> None:
    facts = with_staff(
        visits=[visit("v", claimed_construction_pct=10.0, observed_construction_pct=12.0)]
    )
    (row,) = list_visits(facts, RING_ROAD)
    assert row.gaps[0].gap == "thực tế cao hơn 2,0 điểm phần trăm"
    assert not row.has_flagged_gap


def test_position_and_accuracy_are_minded() -> None:
    facts = with_staff(
        visits=[visit("far", lon=106.0, lat=20.9), visit("rough", accuracy_m=400.0),
                visit("none", lon=None, lat=None)]
    )  # fmt: skip
    flags = {row.visit.visit: " ".join(row.flags) for row in list_visits(facts, RING_ROAD)}
    assert "cách địa bàn" in flags["far"]
    assert "sai số 400 m" in flags["rough"]
    assert "Không có vị trí" in flags["none"]


def test_a_visit_to_what_has_gone_keeps_its_code_and_says_so() -> None:
    (row,) = list_visits(with_staff(visits=[visit("v", "KP-77")]))
    assert row.name == "KP-77"
    assert any("không còn" in flag for flag in row.flags)


def test_an_unknown_claim_is_said_to_be_unknown() -> None:
    facts = with_staff(visits=[visit("v", observed_handed_ha=2.0)])
    frame = list_visit_gaps(facts, "2026-Q1", today=date(2026, 11, 25))
    (line,) = list_gap_lines(frame, RING_ROAD)
    assert (line.claimed, line.observed, line.gap) == ("chưa rõ", "2 ha", "chưa rõ")
    assert (line.level, line.age_days) == ("unknown", 5)
