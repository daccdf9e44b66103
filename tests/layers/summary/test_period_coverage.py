"""Which reports exist, how much each covers, and that a newer one is offered."""

from __future__ import annotations

from layers.summary.period_coverage import find_newer_report, list_period_coverage
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import no_facts


def test_every_period_says_its_day_and_how_much_it_covers() -> None:
    found = {one.period: (one.day, one.text) for one in list_period_coverage(load_facts())}
    assert found["2026-Q1"] == ("31/03/2026", "đủ 31 dự án trọng điểm")
    assert found["2026-H1"] == ("30/06/2026", "chỉ nêu tổng 30 dự án trọng điểm")
    assert next(iter(found)) == "2026-H1"
    assert not found["2025-11"][1].startswith("đủ")


def test_a_newer_report_is_offered_where_an_older_one_is_shown() -> None:
    newer = find_newer_report(load_facts(), Filters())
    assert newer is not None
    assert newer.period == "2026-H1"
    assert find_newer_report(load_facts(), Filters(period="2026-H1")) is None
    assert find_newer_report(no_facts(), Filters()) is None
