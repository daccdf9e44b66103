"""Two periods stand side by side only in what the documents of both state of the same whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from layers.history.period_steps import list_period_steps
from store.analysis.difference import Difference
from store.facts.facts import load_facts
from store.facts.statements import Statement
from tests.layers.history.test_s_curve import H1, facts_with, share
from tests.small_facts import AEON, GOLF, RING_ROAD, seen

if TYPE_CHECKING:
    import pytest

PAIR = ("2026-Q1", "2026-H1")


def test_the_shares_that_both_real_reports_state() -> None:
    steps = list_period_steps(load_facts(), *PAIR, language="vi")
    first = steps.counts[0]
    assert first.name == "Công trình trọng điểm, không đạt mục tiêu quý"
    assert (first.before_text, first.after_text) == ("9/31 (29 %)", "8/30 (26,7 %)")
    assert first.direction == "better"
    assert (round(first.before, 2), round(first.after, 2)) == (29.03, 26.67)
    assert {source.doc for source in first.sources} == {"q1-2026", "h1-2026"}
    assert len(steps.counts) == 6
    assert (steps.items, steps.before_only, steps.after_only) == ((), 6, 0)


def test_fewer_of_far_fewer_is_neither_better_nor_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    sides = Statement("2026-Q1", "9", (), 31.0), Statement("2026-H1", "8", (), 20.0)
    change = Difference("count", "key_projects/misses_goal", *sides, -1.0, "better", unit="project")
    comparison = SimpleNamespace(counts=[change])
    monkeypatch.setattr("layers.history.period_steps.compare_periods", lambda *_: comparison)
    (step,) = list_period_steps(facts_with(), *PAIR, language="vi").counts
    assert (step.before_text, step.after_text) == ("9/31 (29 %)", "8/20 (40 %)")
    assert step.direction == ""


def test_counts_of_two_years_are_not_set_side_by_side() -> None:
    steps = list_period_steps(load_facts(), "2025-11", "2026-Q1", language="vi")
    assert steps.counts == ()
    assert steps.other_counts == 3


def test_progress_is_compared_where_both_periods_state_it() -> None:
    facts = facts_with(
        share(AEON, None, 77), share(AEON, None, 90, **H1), share(RING_ROAD, None, 43)
    )
    steps = list_period_steps(facts, *PAIR, language="en")
    (step,) = steps.items
    assert (step.item, step.before, step.after) == (AEON, 77, 90)
    assert (step.before_text, step.after_text, step.direction) == ("77 %", "90 %", "better")
    assert [source.doc for source in step.sources] == ["q1-2026", "h1-2026"]
    assert (steps.before_only, steps.after_only) == (1, 0)


def test_shares_of_different_wholes_or_parts_are_not_compared() -> None:
    facts = facts_with(
        share(AEON, None, 77),
        [seen(AEON, "actual_construction_pct", 60, basis="volume", **H1)],
        share(GOLF, None, 5),
        [seen(GOLF, "actual_construction_pct", 9, basis="contract_value", component="gói 1", **H1)],
    )
    steps = list_period_steps(facts, *PAIR, language="vi")
    assert steps.items == ()
    assert (steps.before_only, steps.after_only) == (2, 1), "a share of volume is never compared"
