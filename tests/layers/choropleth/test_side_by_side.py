"""Two periods have the same classes, so that equal colours mean equal values."""

from __future__ import annotations

import pytest

from layers.choropleth.layer import LAYER_KEYS, NOTHING, UNKNOWN
from layers.choropleth.registry import build_layer
from layers.choropleth.side_by_side import compare_layers
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import AEON, OBSERVATIONS, THACH_KHOI, no_facts, seen, small_facts

FACTS = load_facts()
H1 = Filters(period="2026-H1")
VIEWS = [
    ("progress", H1),
    ("investment", H1),
    ("clearance", H1),
    ("clearance", H1.with_changes(clearance="severity")),
    ("clearance", H1.with_changes(clearance="money")),
]


@pytest.mark.parametrize(("key", "filters"), VIEWS)
@pytest.mark.parametrize("base", ["2025-11", "2026-Q1"])
def test_both_legends_are_the_same(key: str, filters: Filters, base: str) -> None:
    pair = compare_layers(FACTS, filters, base, key)
    told = [
        [(one.label, one.colour, one.low, one.high) for one in layer.legend.classes]
        for layer in (pair.before, pair.after)
    ]
    assert told[0] == told[1]
    assert (pair.before.legend.period, pair.after.legend.period) == (base, "2026-H1")


@pytest.mark.parametrize(("key", "filters"), VIEWS)
def test_a_class_holds_its_values_and_counts_its_communes(key: str, filters: Filters) -> None:
    pair = compare_layers(FACTS, filters, "2026-Q1", key)
    for layer in (pair.before, pair.after):
        frame = layer.frame
        for one in layer.legend.classes:
            values = frame.loc[frame["class_index"] == one.index, "value"]
            assert len(values) == one.count
            if one.low is not None and one.index:
                assert (values >= one.low).all()
                assert (values <= one.high).all()


def test_what_is_unknown_or_nothing_stays_so() -> None:
    pair = compare_layers(FACTS, H1, "2026-Q1", "investment")
    alone = build_layer(FACTS, "investment", H1)
    special = alone.frame["class_index"].isin([UNKNOWN, NOTHING])
    assert list(pair.after.frame.loc[special, "class_index"]) == list(
        alone.frame.loc[special, "class_index"]
    )


def test_what_differs_is_listed_with_the_largest_difference_first() -> None:
    more = seen(AEON, "investment_mvnd", 2198916, period="2026-H1", doc="h1-2026")
    facts = small_facts(observations=[*OBSERVATIONS, more])
    pair = compare_layers(facts, H1, "2026-Q1", "investment")
    assert [one.code for one in pair.changes] == [THACH_KHOI]
    assert pair.changes[0].amount == pytest.approx(1000)
    amounts = [
        abs(one.amount)
        for one in compare_layers(FACTS, H1, "2026-Q1", "investment").changes
        if one.amount is not None
    ]
    assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("key", LAYER_KEYS)
def test_equal_and_empty_periods_do_not_differ(key: str) -> None:
    assert compare_layers(no_facts(), H1, "2026-Q1", key).changes == ()
    same = compare_layers(FACTS, Filters(period="2026-Q1"), "2026-Q1", key)
    assert same.changes == ()


def test_nothing_is_held_against_what_is_not_known() -> None:
    """The programme gives no amounts: against it nothing has grown."""
    quarter = Filters(period="2026-Q1")
    pair = compare_layers(FACTS, quarter, "2026-01", "investment")
    assert pair.changes
    assert not [one for one in pair.changes if one.amount is not None]


def test_a_commune_whose_value_is_the_same_does_not_differ() -> None:
    pair = compare_layers(FACTS, H1, "2026-Q1", "investment")
    moved = [one for one in pair.changes if one.amount is not None]
    assert [one.amount for one in moved] == [-1143.0] * 4
