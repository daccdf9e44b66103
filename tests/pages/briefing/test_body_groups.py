"""A body with more than a screen of tasks shows the first of them and says how many are left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.watchlist.body_groups import group_rows_by_body
from layers.watchlist.watchlist import build_watchlist
from pages.briefing.body_groups import MOST_ROWS, render_body_groups
from pages.shell.context import PageContext
from store.facts.facts import load_facts
from store.facts.filters import Filters


@pytest.mark.parametrize(("count", "left"), [(MOST_ROWS, 0), (MOST_ROWS + 7, 7)])
def test_what_is_left_out_is_counted_and_shown_when_asked_for(count: int, left: int) -> None:
    ctx = PageContext("vi", load_facts())
    filters = Filters(period="2026-Q1")
    rows = build_watchlist(ctx.facts, filters, language="vi")
    group = group_rows_by_body(rows, language="vi")[0]
    many = replace(group, rows=tuple(group.rows[n % len(group.rows)] for n in range(count)))
    shown = str(render_body_groups(ctx, filters, [many]))
    assert shown.count("<li") == min(count, MOST_ROWS) + bool(left)
    assert (f"và {left} mục khác" in shown) == bool(left)
    assert f"{count} việc" in shown
    assert str(render_body_groups(ctx, filters, [many], None)).count("<li") == count
