"""An address reproduces the view, and no address breaks it."""

from hypothesis import given
from hypothesis import strategies as st

from layers.leaflet.view_address import PanelChoice, ViewState, from_address, to_address
from store.facts.filters import Filters


def test_the_default_view_has_an_empty_address() -> None:
    assert to_address(from_address({})) == {}


def test_a_view_comes_back_from_its_address() -> None:
    state = ViewState(
        layer="clearance",
        filters=Filters(period="2026-Q1", kinds=("key_project",), forecasts=("misses",)),
        choice=PanelChoice("item", "KP-25"),
    )
    back = from_address(to_address(state))
    assert (back.layer, back.filters, back.choice) == (state.layer, state.filters, state.choice)


def test_the_map_s_place_is_read_from_the_address() -> None:
    assert from_address({"v": "20.8612,106.6800,11.25"}).at == (20.8612, 106.68, 11.25)


def test_an_unknown_kind_or_markup_chooses_nothing() -> None:
    assert from_address({"open": "street~x"}).choice == PanelChoice()
    assert from_address({"open": "item~<img src=x>"}).choice == PanelChoice()


@given(st.dictionaries(st.sampled_from(["layer", "open", "v", "kinds", "text"]), st.text()))
def test_no_address_raises(query: dict[str, str]) -> None:
    state = from_address(query)
    again = from_address(to_address(state))
    assert (again.layer, again.filters, again.choice) == (state.layer, state.filters, state.choice)
