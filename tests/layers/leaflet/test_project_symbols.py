"""Items as symbols: each once with the communes that it lies in, a point only where one is set."""

from dataclasses import replace

import pandas as pd

from layers.leaflet.project_symbols import pack_item_symbols
from store.facts.facts import Facts, load_facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_to_scope
from store.facts.selection import select_items
from tests.layers.leaflet.messages import unpack_message
from tests.small_facts import AEON, GOLF, THACH_KHOI, TUNNEL, no_facts, place, small_facts


def list_codes(facts: Facts, symbol: dict[str, object]) -> list[str]:
    return [facts.commune_codes[place] for place in symbol["communes"]]


def list_symbols(facts: Facts, filters: Filters) -> list[dict[str, object]]:
    """Return the items of the part that is sent."""
    return unpack_message(pack_item_symbols(facts, filters, "vi").packed)["items"]


def find_symbol(facts: Facts, item: str) -> dict[str, object]:
    (symbol,) = [one for one in list_symbols(facts, Filters()) if one["id"] == item]
    return symbol


def test_an_item_over_several_communes_names_each_once() -> None:
    facts = small_facts()
    tunnel = find_symbol(facts, TUNNEL)
    assert len(tunnel["communes"]) == 3
    assert list_codes(facts, tunnel) == sorted(set(facts.item_communes[TUNNEL]))
    assert tunnel["at"] is None


def test_they_stand_by_commune_then_kind_and_id() -> None:
    facts = small_facts()
    symbols = list_symbols(facts, Filters())
    first = [symbol["communes"][0] for symbol in symbols]
    assert first == sorted(first)
    here = [symbol["id"] for symbol in symbols if list_codes(facts, symbol) == [THACH_KHOI]]
    assert here == [AEON, GOLF]


def test_symbols_obey_the_filters_and_items_without_a_place_have_none() -> None:
    facts = small_facts()
    narrow = Filters(forecasts=("misses",), period="2026-Q1")
    only = list_symbols(facts, narrow)
    chosen = select_items(facts, narrow).items
    assert {symbol["id"] for symbol in only} <= set(chosen["item"])
    assert {symbol["standing"] for symbol in only} == {"misses"}
    later = list_symbols(facts, Filters(period="2026-H1"))
    assert "KCN-SMALL" not in {symbol["id"] for symbol in later}


def test_no_items_are_no_fault() -> None:
    assert list_symbols(no_facts(), Filters()) == []
    facts = small_facts(places=[place(AEON, THACH_KHOI)])
    assert [symbol["id"] for symbol in list_symbols(facts, Filters())] == [AEON]


def test_every_placed_item_of_the_reports_is_on_the_map_once_with_all_its_communes() -> None:
    facts = load_facts()
    symbols = list_symbols(facts, Filters(period="2026-Q1"))
    key_projects = [symbol for symbol in symbols if symbol["kind"] == "key_project"]
    assert len(key_projects) == len({symbol["id"] for symbol in key_projects}) == 31
    for symbol in key_projects:
        here = facts.places.loc[facts.places["item"] == symbol["id"], "commune"]
        assert list_codes(facts, symbol) == sorted(set(here))


def test_an_item_whose_point_is_set_stands_there() -> None:
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
    symbols = list_symbols(facts, Filters())
    assert {symbol["id"]: symbol["at"] for symbol in symbols if symbol["at"]} == {
        TUNNEL: [106.69, 20.87]
    }


def test_who_reads_one_area_is_not_served_what_was_made_for_all() -> None:
    facts = small_facts()
    everything = list_symbols(facts, Filters())
    narrowed = narrow_to_scope(facts, frozenset({THACH_KHOI}))
    mine = list_symbols(narrowed, Filters())
    assert {symbol["id"] for symbol in mine} == {AEON, GOLF}
    assert len(mine) < len(everything)
