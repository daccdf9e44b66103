"""Which percentage is the progress of an item."""

import pandas as pd

from store.facts.values import find_held_values, find_main_percentages, take_values
from tests.small_facts import AEON, LNG, RING_ROAD, TUNNEL, seen, small_facts

FIELD = "actual_construction_pct"


def headline(*observations: dict[str, object], period: str = "2026-Q1") -> pd.DataFrame:
    facts = small_facts(observations=list(observations))
    held = find_held_values(facts, period, carry=True)
    places, comparable = find_main_percentages(held, FIELD)
    return take_values(facts, held, places).assign(comparable=comparable).set_index("item")


def test_the_share_of_the_contracts_comes_before_that_of_the_investment() -> None:
    """The Bến K15 site: 95 % of the contracts, 59 % of the total investment."""
    found = headline(
        seen(AEON, FIELD, 59, basis="total_investment"),
        seen(AEON, FIELD, 95, basis="contract_value"),
    )
    assert found.loc[AEON, ["number", "basis"]].to_list() == [95, "contract_value"]


def test_a_share_of_the_investment_alone_is_taken_with_its_basis() -> None:
    found = headline(seen(AEON, FIELD, 5, basis="total_investment"))
    assert found.loc[AEON, ["number", "basis", "comparable"]].to_list() == [
        5,
        "total_investment",
        True,
    ]


def test_a_later_period_comes_before_a_better_basis() -> None:
    found = headline(
        seen(AEON, FIELD, 40, basis="contract_value"),
        seen(AEON, FIELD, 50, basis="unstated", period="2026-H1", doc="h1-2026"),
        period="2026-H1",
    )
    assert found.loc[AEON, "number"] == 50


def test_a_share_of_a_phase_is_shown_but_not_comparable() -> None:
    """The power plant: "5% giai đoạn 1" says nothing of the whole."""
    found = headline(seen(LNG, FIELD, 5, basis="phase", component="Giai đoạn 1"))
    assert found.loc[LNG, "number"] == 5
    assert not found.loc[LNG, "comparable"]


def test_a_total_over_packages_stands_for_the_item_with_its_component() -> None:
    found = headline(
        seen(RING_ROAD, FIELD, 43, basis="contract_value", component="05 gói thầu xây lắp 19, 20")
    )
    assert found.loc[RING_ROAD, ["number", "component"]].to_list() == [
        43,
        "05 gói thầu xây lắp 19, 20",
    ]


def test_components_give_no_headline() -> None:
    """A mean of the tunnel's and the packages' clearance would be ours, not the report's."""
    assert headline(
        seen(TUNNEL, FIELD, 95, component="Gói thầu 14 và 15"),
        seen(TUNNEL, FIELD, 43, component="Phần hầm"),
    ).empty
    assert headline(seen(TUNNEL, FIELD, 30, component="Gói thầu 5", basis="contract_value")).empty


def test_the_whole_comes_before_its_packages() -> None:
    found = headline(
        seen(TUNNEL, FIELD, 45, component="3 gói thầu", basis="contract_value"),
        seen(TUNNEL, FIELD, 20, basis="unstated"),
    )
    assert found.loc[TUNNEL, "number"] == 20
