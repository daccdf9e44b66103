"""What a phone is given: only what its inspector may visit, every figure with its source."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from store.audit.rows import frame_from_rows
from store.visits.quality_flags import FieldLimits
from tests.people import INSPECTOR, VIEWER, person
from tests.small_facts import AEON, GOLF, HAI_AN, LNG, RING_ROAD, THACH_KHOI, TUNNEL, small_facts
from web.phone.project_list import build_phone_data

POINTS = {THACH_KHOI: (106.2980301, 20.9021904), HAI_AN: (106.75, 20.85)}


def items(user, **more):
    found = build_phone_data(small_facts(), user, POINTS, **more)["items"]
    return {item["item"]: item for item in found}


def test_claims_come_with_period_source_and_what_they_are_a_share_of() -> None:
    aeon = items(INSPECTOR)[AEON]
    assert (aeon["construction"]["pct"], aeon["construction"]["text"]) == (77.0, "77 %")
    assert aeon["construction"]["period"] == "Quý I/2026"
    assert aeon["construction"]["source"] == "Báo cáo Quý I, dòng 742"
    assert aeon["clearance"] is None
    assert "Giai đoạn 1" in items(INSPECTOR)[LNG]["construction"]["note"]
    # Components that differ give no headline: each is told, none is the project's.
    parts = items(INSPECTOR)[TUNNEL]["clearance"]
    assert parts["pct"] is None
    assert "95 %" in parts["text"]
    assert "43 %" in parts["text"]
    assert parts["source"].startswith("Báo cáo Quý I, dòng ")


def test_how_an_item_stands_is_one_line_with_what_holds_it_up() -> None:
    assert items(INSPECTOR)[GOLF]["status"] == (
        "Chưa khởi công · Không đạt mục tiêu quý · Nguồn gốc đất"
    )


def test_an_inspector_of_an_area_is_given_that_area_only() -> None:
    local = person("o-day", "inspector", scope=frozenset({HAI_AN}))
    assert set(items(local)) == {RING_ROAD}
    narrow = person("o-day", "inspector", scope=frozenset({HAI_AN}), sees_all=False)
    assert set(items(narrow)) == {RING_ROAD}
    assert items(VIEWER) == {}


def test_a_point_of_its_own_is_told_from_the_middle_of_a_commune() -> None:
    row = {"item": AEON, "lon": 106.31, "lat": 20.91, "accuracy_m": 5.0, "how": "gps", "note": ""}
    points = frame_from_rows([tuple(row.values())], "points")
    facts = replace(small_facts(), points=points)
    assert isinstance(points, pd.DataFrame)
    told = build_phone_data(facts, INSPECTOR, POINTS)
    by_item = {item["item"]: item for item in told["items"]}
    assert by_item[AEON]["at"] == [106.31, 20.91]
    assert by_item[RING_ROAD]["at"] is None
    communes = {one["code"]: one["at"] for one in told["communes"]}
    assert communes[THACH_KHOI] == [106.29803, 20.90219]
    assert communes["11329"] is None


def test_limits_and_words_are_told_in_the_reader_s_language() -> None:
    limits = FieldLimits(max_accuracy_m=30, max_photo_mb=8, max_photos_per_visit=5)
    told = build_phone_data(small_facts(), INSPECTOR, POINTS, limits=limits, language="en")
    assert told["limits"] == {"accuracy_m": 30, "photo_mb": 8, "photos": 5}
    assert told["period"] == "First quarter of 2026"
    assert {one["key"] for one in told["categories"]} >= {"compensation", "unspecified"}
