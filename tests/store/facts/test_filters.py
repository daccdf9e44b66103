"""Filters go into an address and come back, whatever an address holds."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model.schema import FORECASTS, FUNDINGS, ITEM_KINDS, PHASES, STATUSES
from store.facts.filters import MAX_TEXT_CHARS, NOT_REPORTED, Filters, filters_from_query
from tests.hostile import HOSTILE_TEXTS


def some_of(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(words)).map(
        lambda chosen: tuple(word for word in words if word in chosen)
    )


FILTERS = st.builds(
    Filters,
    period=st.sampled_from(["", "2026-Q1", "2025-11"]),
    kinds=some_of(ITEM_KINDS),
    fundings=some_of(FUNDINGS),
    phases=some_of(PHASES),
    forecasts=some_of((*FORECASTS, NOT_REPORTED)),
    statuses=some_of(STATUSES),
    communes=st.sets(st.sampled_from(["11413", "11689", "10507"])).map(
        lambda codes: tuple(sorted(codes))
    ),
    district=st.sampled_from(["", "hp.hai-an", "hd.binh-giang.thi-tran-ke-sat"]),
    text=st.sampled_from(["", "cầu Nguyễn Trãi", "LNG"]),
    leave_out_outlier=st.booleans(),
    carry=st.booleans(),
    weight=st.sampled_from(["investment", "count"]),
    progress=st.sampled_from(["actual", "planned", "misses"]),
    clearance=st.sampled_from(["number", "severity", "money"]),
)


@given(FILTERS)
def test_filters_come_back_from_the_address_as_they_went_in(filters: Filters) -> None:
    query = filters.to_query()
    assert all(isinstance(value, str) for value in query.values())
    assert filters_from_query(query) == filters


def test_the_default_view_has_a_bare_address() -> None:
    assert Filters().to_query() == {}
    assert filters_from_query({}) == Filters()


NAMES = [field.name for field in fields(Filters)]


@given(
    st.dictionaries(
        st.sampled_from(NAMES) | st.text(),
        st.text() | st.integers() | st.none() | st.lists(st.text()) | st.binary(),
    )
)
def test_any_address_gives_filters_that_come_back(query: dict[str, object]) -> None:
    filters = filters_from_query(query)
    assert filters_from_query(filters.to_query()) == filters
    assert len(filters.text) <= MAX_TEXT_CHARS
    assert set(filters.kinds) <= set(ITEM_KINDS)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_stays_text_without_control_letters(text: str) -> None:
    filters = filters_from_query(dict.fromkeys(NAMES, text))
    assert filters.kinds == filters.communes == ()
    assert filters.period in {"", text}
    assert all(letter.isprintable() for letter in filters.text)


def test_an_endless_address_is_cut() -> None:
    filters = filters_from_query(
        {"communes": ",".join(["11413", "11689"] * 100_000), "text": "a" * 10**6}
    )
    assert filters.communes == ("11413", "11689")
    assert len(filters.text) == MAX_TEXT_CHARS


def test_unknown_words_are_dropped_and_known_ones_kept() -> None:
    filters = filters_from_query(
        {"kinds": "housing,castle,key_project", "weight": "gold", "carry": "yes"}
    )
    assert filters.kinds == ("key_project", "housing")
    assert filters.weight == "investment"
    assert filters.carry
