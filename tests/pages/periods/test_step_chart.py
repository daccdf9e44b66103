"""Of very many figures the chart draws those that moved furthest, and says so."""

from __future__ import annotations

import pytest

from layers.history.period_steps import PeriodStep, PeriodSteps
from pages.periods.step_chart import MOST_ITEMS, render_step_chart
from pages.shell.context import PageContext
from store.facts.facts import load_facts

PERIODS = {"before": "Quý I", "after": "Quý II"}


@pytest.mark.parametrize("count", [MOST_ITEMS, MOST_ITEMS + 5])
def test_those_that_moved_furthest_are_drawn(count: int) -> None:
    steps = tuple(
        PeriodStep(f"KP-{n}", f"Dự án {n}", 50, 50 + n / 2, "50 %", f"{50 + n / 2} %", "better", ())
        for n in range(count)
    )
    ctx = PageContext("vi", load_facts())
    shown = str(render_step_chart(ctx, PeriodSteps((), steps, 0, 0, 0), PERIODS))
    left = count - MOST_ITEMS
    assert shown.count('class="hp-step ') == MOST_ITEMS
    assert ("Dự án 0<" in shown) == (left == 0)
    assert f"{count} số so được" in shown
    assert ("đổi nhiều nhất" in shown) == (left > 0)
