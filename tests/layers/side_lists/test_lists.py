"""Each list beside the map adds up to its key figure and says what the reports say, no more."""

from __future__ import annotations

import pytest

from geo.i18n import LANGUAGES
from layers.side_lists.clearance_list import count_places, list_clearance_groups
from layers.side_lists.investment_list import BAR_GROUPS, list_money_bars
from layers.side_lists.progress_list import list_late_rows
from layers.summary.key_figures import list_key_figures
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import GOLF, LNG, THACH_KHOI, no_facts, small_facts

Q1 = Filters(period="2026-Q1")
H1 = Filters(period="2026-H1")


def figures(filters: Filters) -> dict[str, float]:
    return {one.key: one.value for one in list_key_figures(load_facts(), filters)}


@pytest.mark.parametrize("filters", [Q1, H1, Q1.with_changes(communes=(THACH_KHOI,))])
def test_the_clearance_list_adds_up_to_the_key_figures(filters: Filters) -> None:
    groups = list_clearance_groups(load_facts(), filters)
    communes, items = count_places(groups)
    money = {row.item: row.money_vnd or 0 for group in groups for row in group.rows if row.item}
    found = figures(filters)
    assert communes == found["clearance_communes"]
    assert sum(money.values()) == found["held_up"]
    assert items == len(money)


def test_who_is_asked_and_who_leads_are_two_things() -> None:
    groups = list_clearance_groups(load_facts(), Q1)
    asked = {row.item: group.body for group in groups for row in group.rows if row.item}
    leads = {row.item: row.lead for group in groups for row in group.rows if row.item}
    assert asked["KP-18"] == ""  # its cell of the request is "-"
    assert "Sở Xây dựng" in leads["KP-18"]
    assert "Chương trình năm 2026" in leads["KP-18"]
    assert asked["KP-15"] == "UBND phường Thạch Khôi"


def test_communes_of_one_statement_are_one_row() -> None:
    rows = [row for group in list_clearance_groups(load_facts(), Q1) for row in group.rows]
    unnamed = [row for row in rows if not row.item]
    assert [len(row.places) for row in unnamed] == [10]
    along = [row for row in rows if row.along]
    assert [(row.item, len(row.places)) for row in along] == [("KP-18", 9)]


def test_what_a_later_period_does_not_repeat_is_marked() -> None:
    rows = [row for group in list_clearance_groups(load_facts(), H1) for row in group.rows]
    assert rows
    assert all(row.carried and row.period == "Quý I/2026" for row in rows)


def test_the_late_list_has_all_that_miss_the_goal_with_the_reported_reason() -> None:
    rows = list_late_rows(load_facts(), Q1)
    misses = [row for row in rows if row.section == "misses"]
    assert len(misses) == figures(Q1)["misses"] == 9
    assert misses[0].item == "KP-25"
    assert all(row.why and row.sources for row in misses)


def test_items_behind_their_plan_come_the_furthest_first() -> None:
    rows = list_late_rows(load_facts(), Q1)
    assert all(row.gap for row in rows if row.section == "behind")


@pytest.mark.parametrize("group", BAR_GROUPS)
@pytest.mark.parametrize("left_out", [False, True])
def test_the_bars_of_every_group_add_up_to_the_key_figure(group: str, left_out: bool) -> None:
    filters = Q1.with_changes(leave_out_outlier=left_out)
    bars = list_money_bars(load_facts(), filters, group)
    assert bars.vnd == figures(filters)["investment"]
    assert sum(bar.vnd for bar in bars.bars) == bars.vnd
    assert [bar.length for bar in bars.bars if bar.key] == sorted(
        (bar.length for bar in bars.bars if bar.key), reverse=True
    )
    assert max(bar.length for bar in bars.bars) == 100


def test_without_the_outlier_the_largest_is_another() -> None:
    whole, rest = (
        list_money_bars(load_facts(), Q1.with_changes(leave_out_outlier=out), "item")
        for out in (False, True)
    )
    assert whole.bars[0].key == "KP-25"
    assert rest.bars[0].key != "KP-25"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_nothing_are_empty(language: str) -> None:
    nothing = Filters(text="không có dự án nào")
    for facts in (small_facts(), no_facts()):
        assert list_clearance_groups(facts, nothing, language) == ()
        assert list_late_rows(facts, nothing, language) == ()
        assert list_money_bars(facts, nothing, "district", language).bars == ()


def test_the_largest_held_up_comes_first() -> None:
    rows = list_clearance_groups(small_facts(), Filters())
    items = [row.item for group in rows for row in group.rows if row.item]
    assert items == [LNG, GOLF]
