"""Amounts: what is clear is exact, what can be read in two ways is never decided."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.grammar.numbers import (
    detect_number_style,
    find_money,
    format_decimal,
    read_money_cell,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1,198,916", "", "1198916"),
        ("1.198.916", "", "1198916"),
        ("178,012,000", "", "178012000"),
        ("234,539", ",", "234539"),
        ("584.065", ".", "584065"),
        ("hơn 790,000", ",", "790000"),
        ("1 198 916", "", "1198916"),
        ("234", "", "234"),
        ("hơn 30.743 tỷ đồng", "", "30743000"),
        ("20.000 tỷ đồng", "", "20000000"),
        ("1.850,5 tỷ đồng", "", "1850500"),
        ("832,36 tỷ đồng", "", "832360"),
    ],
)
def test_clear_amounts(text: str, style: str, value: str) -> None:
    """Several groups, the style of the column, or a unit in words make an amount clear."""
    money = read_money_cell(text, 1.0, style)
    assert money is not None
    assert money.value is not None
    assert format_decimal(money.value) == value


@pytest.mark.parametrize("text", ["1,198", "20.000", "584,065", "1,198 tỷ đồng", "hơn 20.000"])
def test_two_readings_are_asked_about(text: str) -> None:
    """One separator before three digits may group or part off a fraction: nobody guesses."""
    money = read_money_cell(text, 1.0, "")
    assert money is not None
    assert money.value is None
    assert len(money.readings) == 2


@pytest.mark.parametrize(
    "text", ["1,198,9l6", "1,19,916", "1.198,916", "12x", "1,198,916 2", "0,5"]
)
def test_misread_amounts_are_asked_about(text: str) -> None:
    """A letter among digits, broken groups, a fraction of a million in a column of millions."""
    money = read_money_cell(text, 1.0, ",")
    assert money is not None
    assert money.value is None


@pytest.mark.parametrize("text", ["", " ", "-", "…", "–"])
def test_empty_cells_have_no_amount(text: str) -> None:
    assert read_money_cell(text, 1.0, ",") is None


def test_dollars_are_not_dong() -> None:
    """1,5 tỷ USD is 1.5 thousand million dollars and stays in dollars."""
    money = next(find_money("vốn 1,5 tỷ USD"))
    assert (money.value, money.currency) == (Decimal(1500), "USD")


def test_a_column_tells_how_it_groups() -> None:
    """One number with several groups is enough; numbers that disagree tell nothing."""
    assert detect_number_style(["234,539", "1,198,916"]) == ","
    assert detect_number_style(["234.539", "1.198.916"]) == "."
    assert detect_number_style(["234,539", "790,000"]) == ""
    assert detect_number_style(["1.198.916", "1,198,916"]) == ""


def test_qualifiers_and_places_in_a_sentence() -> None:
    text = "tổng diện tích 1.850,45 ha, tổng mức đầu tư khoảng 30.743 tỷ đồng."
    (money,) = find_money(text)
    assert (money.value, money.qualifier) == (Decimal(30_743_000), "about")
    assert text[money.start : money.end] == "khoảng 30.743 tỷ đồng"


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from([",", "."]))
def test_what_is_written_with_groups_is_read_back(amount: int, mark: str) -> None:
    """A grouped whole number comes back exactly, or is asked about; never another number."""
    text = f"{amount:,}".replace(",", mark)
    money = read_money_cell(text, 1.0, mark if amount >= 1000 else "")
    assert money is not None
    assert money.value == amount


@given(st.text(alphabet="0123456789.,", max_size=14))
def test_no_number_is_read_as_its_thousandfold(text: str) -> None:
    """A reading keeps the digits: only the separators are open."""
    for value in read_number(text).values:
        digits = "".join(letter for letter in text if letter.isdigit())
        assert Decimal(digits) % 1 == 0
        assert str(value).replace(".", "").lstrip("0") == digits.lstrip("0")
