"""What a divided former commune leaves out is said beside the communes of the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.geocoder import get_default_geocoder
from pages.shell.context import PageContext
from pages.statements.slivers import describe_slivers, find_slivers
from pages.statements.statement_table import render_statements
from tests.reports.statements.predicates.said import find
from tests.small_facts import small_facts

DIVIDED = "Dự án đường Bến Mây đi qua xã Lê Thiện, huyện An Dương."


@pytest.fixture
def ctx() -> PageContext:
    return PageContext("vi", small_facts())


def test_a_statement_tells_the_commune_with_a_sliver() -> None:
    (place,) = find(DIVIDED, "located_in")
    assert (place.communes, place.left_out) == (("11593",), ("11602",))


def test_what_is_stored_without_it_is_read_again() -> None:
    (place,) = find(DIVIDED, "located_in")
    assert find_slivers(replace(place, left_out=())) == ("11602",)
    assert find_slivers(replace(place, left_out=(), communes=("10507",))) == ()
    assert find_slivers(replace(place, left_out=(), field="owner")) == ()


def test_a_whole_commune_leaves_nothing_out(ctx: PageContext) -> None:
    (place,) = find("Dự án đường Bến Mây đi qua xã Kiến Thụy.", "located_in")
    assert find_slivers(place) == ()
    assert describe_slivers(ctx, ()) == ""


def test_the_page_says_it_beside_the_communes(ctx: PageContext) -> None:
    told = render_statements(ctx, list(enumerate(find(DIVIDED))))
    assert "phần nhỏ của xã cũ nằm ở" in told


def test_the_geocoder_s_slivers_are_never_among_its_matches() -> None:
    result = get_default_geocoder().geocode("xã Lê Thiện, huyện An Dương")
    assert result.slivers == ("11602",)
    assert not set(result.slivers) & {match.code for match in result.matches}
