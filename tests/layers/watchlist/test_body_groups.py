"""Who must act: each body with its own, what nobody is named for first, no amount made up."""

from __future__ import annotations

from dataclasses import replace

from layers.watchlist.body_groups import group_rows_by_body
from layers.watchlist.watchlist import build_watchlist
from store.facts.filters import Filters
from tests.small_facts import small_facts

ROWS = build_watchlist(small_facts(), Filters(period="2026-Q1"))


def row(item: str, body: str, amount: int | None, *, holding: bool = True):
    return replace(ROWS[0], item=item, asked_to_act=body, investment_mvnd=amount, holding=holding)


def test_what_nobody_is_named_for_comes_first_then_the_largest_amount() -> None:
    rows = (row("a", "X", 5_000_000), row("b", "", 1_000), row("c", "Y", 9_000_000))
    groups = group_rows_by_body(rows, language="vi")
    assert [group.body for group in groups] == ["", "Y", "X"]


def test_a_row_that_names_several_stands_once_under_each() -> None:
    groups = group_rows_by_body((row("a", "X; Y; X", 2_000),), language="vi")
    assert [(group.body, [one.item for one in group.rows]) for group in groups] == [
        ("X", ["a"]),
        ("Y", ["a"]),
    ]
    assert {group.investment_mvnd for group in groups} == {2_000}


def test_unknown_amounts_are_counted_and_never_zero() -> None:
    rows = (row("a", "X", 2_000), row("b", "X", None), row("c", "Y", None))
    by_body = {group.body: group for group in group_rows_by_body(rows, language="vi")}
    assert by_body["X"].investment_mvnd == 2_000
    assert by_body["X"].unknown == 1
    assert "1 dự án chưa rõ vốn" in by_body["X"].money
    assert by_body["Y"].investment_mvnd is None
    assert by_body["Y"].money == "chưa rõ vốn"


def test_what_only_needs_a_clearer_report_asks_nobody_to_act() -> None:
    assert group_rows_by_body((row("a", "X", 1, holding=False),), language="vi") == ()
