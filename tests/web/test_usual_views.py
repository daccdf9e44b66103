"""The usual views: what they cost grows a little with each item; what is pressed next is made."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from layers.leaflet.scene import pack_layer_part
from layers.summary.figure_choice import narrow_to_figure
from store.facts.facts import Facts
from store.facts.filters import Filters
from tests.accounts_here import quick_store  # noqa: F401
from tests.small_facts import item, place, seen, small_facts
from web.usual_views import list_next_views, make_usual_views

FEW, MANY = 10, 40
MOST_CALLS = 1000
"""Calls of Python functions for one more item, in all views together (about half of it today).

A view that asks pandas once for every item, or compares every item with every zone, takes more.
"""


def make_facts(count: int) -> Facts:
    communes = list(small_facts().communes["code"])
    codes = [f"P-{number:03}" for number in range(count)]
    return small_facts(
        items=[item(code) for code in codes],
        places=[
            place(code, communes[(number * step) % len(communes)])
            for number, code in enumerate(codes)
            for step in (1, 2)
            if number or step == 1
        ],
        observations=[
            seen(code, field, value)
            for code in codes
            for field, value in (("investment_mvnd", 1000), ("actual_construction_pct", 40))
        ],
        clearance=[],
        indicators=[],
        corrections=[],
        conflicts=[],
    )


def count_calls(make: Callable[[], object]) -> int:
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        make()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.usefixtures("quick_store")
def test_one_more_item_costs_a_bounded_number_of_calls() -> None:
    make_usual_views(make_facts(3))  # what is made once for all facts is made
    few, many = (count_calls(partial(make_usual_views, make_facts(count))) for count in (FEW, MANY))
    per_item = (many - few) / (MANY - FEW)
    assert 0 < per_item < MOST_CALLS


@pytest.mark.usefixtures("quick_store")
@pytest.mark.parametrize("chosen", ["a kind", "a key figure", "a period"])
def test_what_is_one_press_away_is_made_ahead(chosen: str) -> None:
    facts = make_facts(FEW)
    make_usual_views(facts)
    for views in list_next_views(facts):
        for make in views:
            make()
    filters = {
        "a kind": Filters(kinds=(str(facts.items["kind"].iloc[0]),)),
        "a key figure": narrow_to_figure(facts, Filters(), "investment"),
        "a period": Filters(period=str(facts.periods["period"].iloc[0])),
    }[chosen]
    assert filters != Filters()
    made = count_calls(partial(pack_layer_part, facts, "investment", filters, "vi"))
    other = filters.with_changes(phases=("ongoing",))
    assert made * 20 < count_calls(partial(pack_layer_part, facts, "investment", other, "vi"))
