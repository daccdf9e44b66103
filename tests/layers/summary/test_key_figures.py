"""The figures above the map obey the filters, as the map does."""

import math

import pytest
from hypothesis import given, settings

from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.held_up import compute_held_up_balance
from layers.choropleth.investment import build_investment_layer
from layers.summary.key_figure import KeyFigure
from layers.summary.key_figures import list_key_figures, list_stated_indicators
from store.facts.commune_shares import VND_PER_MVND, compute_balance
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.examples import at_most
from tests.small_facts import (
    LNG,
    NGO_QUYEN,
    OBSERVATIONS,
    THACH_KHOI,
    no_facts,
    seen,
    small_facts,
)
from tests.store.facts.test_filters import FILTERS


def figures(filters: Filters, facts: object = None) -> dict[str, KeyFigure]:
    return {one.key: one for one in list_key_figures(facts or small_facts(), filters)}


def test_the_figures_of_everything() -> None:
    found = figures(Filters())
    assert list(found) == [
        "items",
        "investment",
        "progress",
        "misses",
        "clearance_communes",
        "held_up",
    ]
    assert found["items"].text == "5"
    assert found["investment"].text == "205.075,1 tỷ đồng"
    assert found["misses"].text == "2/5"
    assert found["clearance_communes"].value == 3
    assert found["held_up"].value == (178012000 + 11035467) * VND_PER_MVND


def test_figures_obey_the_filters() -> None:
    found = figures(Filters(fundings=("city_budget",)))
    assert found["items"].value == 2
    assert found["investment"].value == (8593119 + 6235594) * VND_PER_MVND
    assert found["misses"].text == "0/2"
    assert found["held_up"].value == 0


def test_a_total_over_an_area_is_whole_and_says_what_falls_to_the_area() -> None:
    found = figures(Filters(communes=(NGO_QUYEN,)))
    assert found["investment"].text == "6.235,6 tỷ đồng"
    assert found["investment"].detail == "phần chia cho vùng chọn: 2.078,5 tỷ đồng"


def test_what_is_not_known_is_not_zero() -> None:
    found = figures(Filters(), no_facts())
    assert found["items"].text == "0"
    for key in ("investment", "progress", "misses"):
        assert math.isnan(found[key].value)
        assert found[key].text == "chưa rõ"


def test_a_period_without_forecasts_does_not_say_that_none_misses() -> None:
    found = figures(Filters(period="2026-H1"))
    assert found["misses"].text == "chưa rõ"
    assert found["misses"].detail == "báo cáo kỳ này không dự báo từng dự án"


@settings(max_examples=at_most(60))
@given(filters=FILTERS)
def test_map_and_figures_agree_under_any_filters(filters: Filters) -> None:
    facts = load_facts()
    found = figures(filters, facts)
    investment = build_investment_layer(facts, filters)
    sums = compute_balance(select_items(facts, filters).items)
    assert int(investment.frame["investment_vnd"].sum()) + sums.not_placed_vnd == sums.total_vnd
    if not math.isnan(found["investment"].value):
        assert found["investment"].value == sums.total_vnd
    clearance = build_clearance_layer(facts, filters)
    assert found["clearance_communes"].value == (clearance.frame["problems"] > 0).sum()
    if filters.communes:
        lit = clearance.frame["problems"] > 0
        assert clearance.frame.loc[lit, "in_area"].all()


def test_nine_key_projects_miss_the_first_quarter_s_goal_as_the_report_itself_says() -> None:
    facts = load_facts()
    filters = Filters(kinds=("key_project",), period="2026-Q1")
    assert figures(filters, facts)["misses"].text == "9/31"
    (stated,) = [
        one
        for one in list_stated_indicators(facts, filters)
        if (one.subject, one.measure) == ("key_projects", "misses_goal")
    ]
    assert stated.text == "9/31 dự án"
    assert stated.source.line_from == 308


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_figure_explains_itself(language: str) -> None:
    for one in list_key_figures(small_facts(), Filters(communes=(THACH_KHOI,)), language=language):
        assert one.label
        assert one.help
        assert "{" not in one.text + one.detail + one.help


def test_the_report_s_own_total_stands_where_it_names_no_projects() -> None:
    facts = load_facts()
    found = figures(Filters(period="2026-H1"), facts)["misses"]
    assert (found.text, found.value) == ("8/30", 8)
    assert found.detail == "báo cáo nêu tổng, không nêu tên dự án"
    assert [source.line_from for source in found.sources] == [538]
    part = figures(Filters(period="2026-H1", fundings=("city_budget",)), facts)["misses"]
    assert part.text == "chưa rõ"
    assert "8/30 của cả thành phố" in part.detail


def test_what_an_earlier_period_states_and_this_one_does_not_repeat_says_so() -> None:
    facts = load_facts()
    earlier = figures(Filters(period="2026-Q1"), facts)
    carried = figures(Filters(period="2026-H1"), facts)
    for key in ("investment", "progress", "clearance_communes", "held_up"):
        assert not earlier[key].carried.count
        assert carried[key].carried.is_whole
        assert carried[key].carried.periods == ("2026-Q1",)
        assert "từ Quý I/2026, kỳ này không nhắc lại" in carried[key].detail


def test_only_a_part_carried_over_is_counted() -> None:
    later = [seen(LNG, "investment_mvnd", 178012001, period="2026-H1", doc="h1-2026")]
    facts = small_facts(observations=[*OBSERVATIONS, *later])
    found = figures(Filters(period="2026-H1"), facts)["investment"]
    assert 0 < found.carried.count == found.carried.total - 1
    assert "gồm 4 từ Quý I/2026, nay không nhắc lại" in found.detail


@given(FILTERS)
@settings(max_examples=at_most(20))
def test_the_investment_held_up_adds_up_to_the_map_and_what_the_map_cannot_show(
    filters: Filters,
) -> None:
    facts = load_facts()
    balance = compute_held_up_balance(facts, filters)
    layer = build_clearance_layer(facts, filters.with_changes(clearance="money"))
    in_area = layer.frame.loc[layer.frame["in_area"], "held_up_vnd"].sum()
    assert balance.elsewhere_vnd >= 0
    assert balance.on_map_vnd + balance.elsewhere_vnd + balance.along_route_vnd == balance.total_vnd
    assert int(in_area) == balance.on_map_vnd


def test_a_project_held_up_along_its_route_is_said_with_its_amount_and_communes() -> None:
    facts = load_facts()
    filters = Filters(period="2026-Q1")
    balance = compute_held_up_balance(facts, filters)
    assert balance.route_items == ("KP-18",)
    assert len(balance.route_communes) == 9
    assert balance.along_route_vnd == 19_128_000 * VND_PER_MVND
    text = " ".join(build_clearance_layer(facts, filters).legend.brief)
    assert "194.636,8" in text
    assert "19.128" in text
    assert "19.128 tỷ đồng" in figures(filters, facts)["held_up"].detail


def test_a_corrected_figure_says_what_the_document_prints() -> None:
    facts = load_facts()
    (stated,) = [
        one
        for one in list_stated_indicators(facts, Filters(period="2026-Q1"))
        if (one.subject, one.measure) == ("public_investment", "disbursed")
    ]
    assert stated.text.startswith("8.398,7 tỷ đồng (sửa lỗi quét: văn bản in “68.398,723")
    (correction,) = stated.source.corrections
    assert correction.changes_figure
    assert "22,87%" in correction.why


def test_projects_that_a_report_only_counts_are_not_taken_for_named_ones() -> None:
    """Footnote 52: 11 projects of 72 housing areas, in 10 places, none of them named."""
    detail = figures(Filters(period="2026-Q1"), load_facts())["clearance_communes"].detail
    assert "10 nơi chỉ nêu chung 11/72 khu dân cư" in detail
