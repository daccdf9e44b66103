"""The map's table: medians, our share of the plain app's, the targets."""

from __future__ import annotations

from benchmarks.map.__main__ import CHANGE, FIRST, LEAVE, OTHER, OURS, Measured, format_table


def test_medians_stand_beside_the_plain_app_and_the_target() -> None:
    ours = Measured({FIRST: [2.0, 9.0, 1.0], LEAVE: [0.5]})
    ours.note(CHANGE, 0.2)
    ours.note(CHANGE, 99.0, keep=False)
    table = format_table({OURS: ours, OTHER: Measured({FIRST: [4.0], CHANGE: [1.0]})})
    assert "| first map in a cold browser, s | 2.00 | 4.00 | 0.50 | ≤ 0.9 × plain |" in table
    assert "| layer change shown, s | 0.20 | 1.00 | 0.20 | ≤ 0.4 × plain |" in table
    assert "| from the map to another page, s | 0.50 |  |  | ≤ 0.7 |" in table
