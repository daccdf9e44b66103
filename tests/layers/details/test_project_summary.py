"""A project in one line, where it is and how finely, and which projects are near a place."""

from __future__ import annotations

import math

import pytest

from geo.positions import to_vn2000
from layers.details.nearby_projects import list_nearby_projects
from layers.details.places import load_label_points
from layers.details.project_summary import format_status_line, locate_project
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.item_snapshot import build_item_snapshot
from tests.small_facts import (
    AEON,
    GOLF,
    HAI_AN,
    HUNG_DAO,
    RING_ROAD,
    THACH_KHOI,
    no_facts,
    small_facts,
)
from tests.visits import point, with_staff

Q1 = Filters(period="2026-Q1")


def test_a_line_says_status_shares_and_forecast() -> None:
    line = format_status_line(small_facts(), AEON, "2026-Q1")
    assert line == "Đang thi công · thi công 77 % · Đạt mục tiêu quý"


def test_what_is_carried_names_its_period() -> None:
    assert "(Quý I/2026)" in format_status_line(small_facts(), AEON, "2026-H1")


def test_an_item_that_no_report_names_yet_says_so() -> None:
    assert "Tháng 11/2025" in format_status_line(small_facts(), AEON, "2025-11")
    silent = small_facts(observations=[])
    assert format_status_line(silent, AEON, "2026-H1") == "Báo cáo chưa nêu tiến độ."
    assert format_status_line(small_facts(), AEON, "2026-Q1", language="en").startswith("Under")


def test_without_a_point_it_is_in_the_middle_of_its_commune_and_says_so() -> None:
    where = locate_project(small_facts(), RING_ROAD)
    assert where.precision == "commune"
    assert (where.lon, where.lat) == load_label_points()[HAI_AN]
    assert set(where.communes) == {"Phường Hải An", "Phường Hưng Đạo"}


def test_its_own_point_comes_first_with_how_it_was_set() -> None:
    facts = with_staff(points=[point(RING_ROAD, accuracy_m=12.0)])
    where = locate_project(facts, RING_ROAD)
    assert (where.precision, where.how, where.accuracy_m) == ("own", "gps", 12.0)
    assert where.coordinates == "20.84000, 106.70000"


def test_without_a_commune_there_is_no_position() -> None:
    where = locate_project(small_facts(), "KCN-SMALL")
    assert (where.precision, where.coordinates, where.communes) == ("unknown", "", ())


def test_projects_come_by_distance_their_own_commune_first_the_unplaced_last() -> None:
    rows = list_nearby_projects(small_facts(), Q1, THACH_KHOI)
    assert [row.item for row in rows[:2]] == [AEON, GOLF]
    assert all(row.within for row in rows[:2])
    assert rows[-1].distance_m is None or rows[-1].item != "KCN-SMALL"
    placed = [row.distance_m for row in rows if not row.within and row.distance_m is not None]
    assert placed == sorted(placed)


def test_of_many_the_nearest_are_described_only() -> None:
    whole = list_nearby_projects(small_facts(), Q1, THACH_KHOI)
    assert len(whole) > 2
    assert list_nearby_projects(small_facts(), Q1, THACH_KHOI, most=2) == whole[:2]


def test_an_item_over_several_communes_is_as_far_as_the_nearest_of_them() -> None:
    points = load_label_points()
    (row,) = [
        row for row in list_nearby_projects(small_facts(), Q1, HUNG_DAO) if row.item == RING_ROAD
    ]
    assert row.within
    assert row.distance_m == 0
    (far,) = [
        row for row in list_nearby_projects(small_facts(), Q1, THACH_KHOI) if row.item == RING_ROAD
    ]
    here = to_vn2000(*points[THACH_KHOI])
    assert far.distance_m == pytest.approx(
        min(math.dist(here, to_vn2000(*points[code])) for code in (HAI_AN, HUNG_DAO))
    )


def test_its_own_point_is_what_counts() -> None:
    lon, lat = load_label_points()[THACH_KHOI]
    facts = with_staff(points=[point(RING_ROAD, lon=lon + 0.01, lat=lat)])
    (row,) = [row for row in list_nearby_projects(facts, Q1, THACH_KHOI) if row.item == RING_ROAD]
    assert row.distance_m == pytest.approx(1040, abs=10)


def test_an_unknown_place_gives_no_distance_and_no_facts_no_rows() -> None:
    assert {row.distance_m for row in list_nearby_projects(small_facts(), Q1, "99999")} == {None}
    assert list_nearby_projects(no_facts(), Filters(), HAI_AN) == ()


def test_filters_narrow_what_is_near() -> None:
    rows = list_nearby_projects(
        small_facts(), Filters(period="2026-Q1", kinds=("industrial_park",)), HAI_AN
    )
    assert {row.item for row in rows} <= {"KCN-SMALL"}


def test_a_forecast_keeps_what_the_report_says_of_the_year() -> None:
    line = format_status_line(load_facts(), "KP-15", "2026-Q1")
    assert "Không đạt mục tiêu quý, phấn đấu đạt mục tiêu năm" in line
    (row,) = (
        one
        for one in build_item_snapshot(load_facts(), "2026-Q1").to_dict("records")
        if one["item"] == "KP-15"
    )
    assert row["year_goal"]
