"""The figures above the map obey the filters, as the map does."""

import math

import pytest
from hypothesis import given, settings

from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer, compute_investment_balance
from layers.summary.key_figures import KeyFigure, list_key_figures, list_stated_indicators
from store.facts.commune_shares import VND_PER_MVND
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.examples import at_most
from tests.small_facts import NGO_QUYEN, THACH_KHOI, no_facts, small_facts
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
    real = figures(Filters(period="2026-H1"), load_facts())
    assert real["misses"].detail == "báo cáo kỳ này chỉ nêu dự báo của 1 dự án"


@settings(max_examples=at_most(60))
@given(filters=FILTERS)
def test_map_and_figures_agree_under_any_filters(filters: Filters) -> None:
    facts = load_facts()
    found = figures(filters, facts)
    investment = build_investment_layer(facts, filters)
    sums = compute_investment_balance(facts, filters)
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
