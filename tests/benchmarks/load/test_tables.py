"""What the tables of the load benchmark say of what was measured."""

from __future__ import annotations

import pytest

from benchmarks.load.alone import AloneResult, Cost
from benchmarks.load.crowd import CrowdResult, Phase
from benchmarks.load.reader import Run
from benchmarks.load.tables import find_percentile, format_alone, format_crowd


@pytest.mark.parametrize(
    ("values", "percent", "found"),
    [([3.0], 95, 3.0), ([1.0, 2.0, 3.0, 4.0], 50, 2.0), (list(range(1, 101)), 95, 95)],
)
def test_a_percentile_is_a_value_that_was_measured(values, percent, found) -> None:
    assert find_percentile(values, percent) == found


def test_costs_stand_beside_the_empty_page_and_the_target() -> None:
    ours = AloneResult(
        {"open the map": Cost([90], [0.2], [43_000]), "layer": Cost([30], [0.1], [9])}
    )
    empty = AloneResult({"layer": Cost([10], [0.01], [100])})
    table = format_alone({"this app": ours, "empty page": empty})
    assert "| open the map | this app | 90 | ≤ 100 | 9.0 | 200 | 43.0 |" in table
    assert "| change: layer | this app | 30 | ≤ 25 | 3.0 |" in table


def test_a_crowd_is_shown_with_its_percentiles_and_target() -> None:
    runs = [Run(number / 10, 2000) for number in range(1, 11)]
    phases = {"open": Phase(runs, 1.0, 2.0), "change": Phase(runs, 0.4, 2.0)}
    table = format_crowd({"this app": [CrowdResult(30, 1.0, phases, 400.0)]})
    line = table.splitlines()[-1]
    assert "| 30 (1 s) | this app | 0.50 / 1.00 | 0.50 / 1.00 | ≤ 0.5 / 1.2 |" in line
    assert "| 100 / 40 | 5.0 | 2.0 | 400 |" in line
