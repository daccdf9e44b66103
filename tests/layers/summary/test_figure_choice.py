"""A key figure that is pressed narrows map and list to exactly what it counts."""

from __future__ import annotations

import pytest

from layers.summary.figure_choice import FIGURE_KEYS, narrow_to_figure
from layers.summary.key_figures import list_key_figures
from store.facts.facts import load_facts
from store.facts.filters import Filters, filters_from_query
from store.facts.selection import select_items
from tests.small_facts import no_facts

Q1 = Filters(period="2026-Q1")


def counted(figure: str, filters: Filters = Q1) -> list[str]:
    narrowed = narrow_to_figure(load_facts(), filters, figure)
    return list(select_items(load_facts(), narrowed).items["item"])


def value(key: str, filters: Filters = Q1) -> float:
    return next(one.value for one in list_key_figures(load_facts(), filters) if one.key == key)


def test_the_items_of_a_figure_are_those_that_it_counts() -> None:
    assert len(counted("misses")) == value("misses") == 9
    assert len(counted("held_up")) == 6
    amounts = select_items(load_facts(), Q1).items.set_index("item")["investment_mvnd"]
    assert amounts[counted("held_up")].sum() * 1_000_000 == value("held_up")
    assert amounts[counted("investment")].sum() * 1_000_000 == value("investment")
    assert len(counted("progress")) == 6


def test_the_communes_of_a_figure_are_chosen() -> None:
    narrowed = narrow_to_figure(load_facts(), Q1, "clearance_communes")
    assert len(narrowed.communes) == value("clearance_communes")


def test_a_figure_keeps_within_the_filters() -> None:
    filters = Q1.with_changes(fundings=("non_budget",))
    assert set(counted("misses", filters)) < set(counted("misses"))


def test_a_figure_that_names_no_items_narrows_nothing() -> None:
    filters = Filters(period="2026-H1")
    assert narrow_to_figure(load_facts(), filters, "misses") == filters
    assert narrow_to_figure(load_facts(), filters, "") == filters


@pytest.mark.parametrize("figure", FIGURE_KEYS)
def test_an_empty_store_narrows_nothing(figure: str) -> None:
    narrowed = narrow_to_figure(no_facts(), Filters(), figure)
    assert not narrowed.items
    assert not narrowed.communes


def test_items_come_back_from_an_address() -> None:
    filters = Filters(items=("KP-01", "KP-25"))
    assert filters_from_query(filters.to_query()) == filters
    assert filters_from_query({"items": "KP-25,<b>,KP-01"}).items == ("KP-01", "KP-25")
