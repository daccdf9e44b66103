"""What the tables of the scale benchmark say of what was measured."""

from __future__ import annotations

import pytest

from benchmarks.scale.growth import Growth
from benchmarks.scale.pages import FIRST, NEXT, WRITTEN, PageCosts
from benchmarks.scale.tables import format_growth, format_pages, format_start
from benchmarks.scale.use import MAP, list_addresses


def test_every_page_has_an_address_the_map_first() -> None:
    addresses = list_addresses()
    assert next(iter(addresses)) == MAP
    assert addresses["du-an"] == ("du-an", "item=INV-000003")
    assert len(addresses) > 15


def test_growth_is_counted_from_where_the_server_is_warm() -> None:
    growth = Growth(300, [200.0, 400.0, 410.0, 420.0])
    assert growth.percent == pytest.approx(5.0)
    line = format_growth({"80 × 12": {"page loads": growth}}).splitlines()[-1]
    assert line == "| 80 × 12: 300 page loads | 200 | 400 | 420 | +5.0 % | ≤ 10 % |"


def test_pages_stand_by_turn_and_size() -> None:
    cpu = {FIRST: {MAP: 5000.0, "nguon": 90.0}, NEXT: {MAP: 80.0}, WRITTEN: {MAP: 900.0}}
    costs = PageCosts(cpu, {WRITTEN: {MAP: 1.5}}, {MAP: 40.0, "nguon": 9.0}, {"click, next": 30.0})
    table = format_pages({"80 × 12": costs})
    assert f"| {MAP} | 5000 | 80 | 900 | 40 |" in table
    assert "| nguon | 90 |  |  | 9 |" in table
    assert "waited 1.50 s" in table


def test_the_start_has_its_target() -> None:
    table = format_start({"80 × 12": {"until health": 1.0, "health and the map's first run": 2.5}})
    assert table.splitlines()[-1] == "| health and the map's first run | 2.50 | ≤ 3 |"
