"""A simulated process serves one reader at a time."""

from __future__ import annotations

import pytest

from benchmarks.load.tables import find_percentile
from benchmarks.scale.simulate import Crowd, find_most_readers, simulate_waits


def test_one_reader_waits_for_the_own_change_only() -> None:
    waits = simulate_waits(Crowd(1, 1.0, 0.1))
    assert find_percentile(waits, 50) == pytest.approx(0.1, rel=0.1)


def test_more_than_a_process_can_serve_wait_for_all_the_others() -> None:
    # 30 readers of 0.65 s each: a round of all takes 19.5 s, of which one thinks one second.
    waits = simulate_waits(Crowd(30, 1.0, 0.65))
    assert find_percentile(waits, 50) == pytest.approx(30 * 0.65 * 1.063 - 1, rel=0.1)


def test_the_most_readers_wait_no_longer_than_they_may_and_one_more_would() -> None:
    most = find_most_readers(5.0, 0.05, 0.5)
    assert find_percentile(simulate_waits(Crowd(most, 5.0, 0.05)), 50) <= 0.5
    assert find_percentile(simulate_waits(Crowd(most + 1, 5.0, 0.05)), 50) > 0.5
