"""Items as symbols: in every commune of theirs, apart from each other, never a precise pin."""

import math
from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from layers.leaflet.project_symbols import SYMBOL_COLUMNS, build_item_symbols, offset_stacked_symbol
from store.facts.facts import Facts, load_facts
from store.facts.filters import Filters
from tests.small_facts import AEON, GOLF, THACH_KHOI, TUNNEL, no_facts, place, small_facts

CENTRE = (106.68, 20.85)
GEOD = Geod(ellps="WGS84")


def points(facts: Facts) -> dict[str, tuple[float, float]]:
    """Return a point for every commune, some kilometres from the next."""
    return {
        code: (106.2 + 0.05 * (number % 12), 20.6 + 0.05 * (number // 12))
        for number, code in enumerate(facts.communes["code"])
    }


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    return GEOD.inv(*one, *other)[2]


def test_an_item_over_several_communes_has_a_symbol_in_each() -> None:
    facts = small_facts()
    symbols = build_item_symbols(facts, Filters(), points(facts))
    assert list(symbols.columns) == list(SYMBOL_COLUMNS)
    tunnel = symbols[symbols["item"] == TUNNEL]
    assert set(tunnel["code"]) == set(tunnel["communes"].iloc[0])
    assert len(tunnel) == 3
    assert tunnel["first"].sum() == 1
    assert set(symbols["precision"]) == {"commune"}


def test_items_in_one_commune_are_spread_and_numbered() -> None:
    facts = small_facts()
    symbols = build_item_symbols(facts, Filters(), points(facts))
    both = symbols[symbols["code"] == THACH_KHOI]
    assert list(both["item"]) == [AEON, GOLF]
    assert list(both["position"]) == [0, 1]
    assert set(both["stacked"]) == {2}
    spots = list(zip(both["lon"], both["lat"], strict=True))
    assert metres(*spots) > 300


def test_one_alone_stands_on_the_commune_s_point() -> None:
    assert offset_stacked_symbol(CENTRE, 0, 1, 450) == CENTRE


@given(st.integers(2, 60), st.floats(1, 300))
def test_stacked_symbols_keep_apart_and_inside_their_commune(stacked: int, area: float) -> None:
    spots = [
        offset_stacked_symbol(CENTRE, position, stacked, 450, area) for position in range(stacked)
    ]
    radius = 1000 * math.sqrt(area / math.pi)
    step = min(450, 0.6 * radius / math.sqrt(stacked))
    for at, spot in enumerate(spots):
        assert metres(CENTRE, spot) <= 0.62 * radius
        for other in spots[:at]:
            assert metres(spot, other) > 0.8 * step


def test_symbols_obey_the_filters_and_items_without_a_place_have_none() -> None:
    facts = small_facts()
    only = build_item_symbols(
        facts, Filters(forecasts=("misses",), period="2026-Q1"), points(facts)
    )
    assert set(only["forecast"]) == {"misses"}
    later = build_item_symbols(facts, Filters(period="2026-H1"), points(facts))
    assert "KCN-SMALL" not in set(later["item"])


def test_a_commune_without_a_point_and_no_items_are_no_fault() -> None:
    facts = small_facts(places=[place(AEON, THACH_KHOI)])
    assert build_item_symbols(facts, Filters(), {}).empty
    empty = build_item_symbols(no_facts(), Filters(), points(facts))
    assert list(empty.columns) == list(SYMBOL_COLUMNS)


def test_every_placed_item_of_the_reports_is_on_the_map_once_per_commune() -> None:
    facts = load_facts()
    symbols = build_item_symbols(facts, Filters(period="2026-Q1"), points(facts))
    key_projects = symbols[symbols["kind"] == "key_project"]
    assert key_projects["item"].nunique() == 31
    expected = facts.places[facts.places["item"].isin(key_projects["item"])]
    assert len(key_projects) == len(expected.drop_duplicates(["item", "commune"]))
    assert not symbols.duplicated(["item", "code"]).any()
    assert isinstance(symbols, pd.DataFrame)


def test_an_item_whose_point_is_set_stands_there_in_every_commune_it_has() -> None:
    facts = small_facts()
    row = {
        "item": TUNNEL,
        "lon": 106.69,
        "lat": 20.87,
        "accuracy_m": None,
        "how": "map",
        "note": "",
    }
    facts = replace(facts, points=pd.DataFrame([row]))
    rows = build_item_symbols(facts, Filters(), points(facts)).set_index("item")
    exact = rows.loc[[TUNNEL]]
    assert set(exact["precision"]) == {"point"}
    assert set(zip(exact["lon"], exact["lat"], strict=True)) == {(106.69, 20.87)}
    assert set(rows.drop(index=TUNNEL)["precision"]) == {"commune"}
