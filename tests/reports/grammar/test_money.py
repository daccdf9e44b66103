"""Amounts: what is clear is exact, what can be read in two ways is never decided."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.grammar.amounts.money import find_money
from reports.grammar.amounts.money_cells import read_money_cell
from reports.grammar.numbers import Style, detect_number_style, format_decimal, read_number


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
    for value in read_number(text):
        digits = "".join(letter for letter in text if letter.isdigit())
        assert Decimal(digits) % 1 == 0
        assert str(value).replace(".", "").lstrip("0") == digits.lstrip("0")


@pytest.mark.parametrize(
    ("text", "unit", "style", "value"),
    [
        ("12 tỷ 500 triệu đồng", 1, "", "12500"),
        ("12 tỷ và 500 triệu", 1, "", "12500"),
        ("1,2 nghìn tỷ", 1, "", "1200000"),
        ("235 tỷ", 1, "", "235000"),
        ("235 triệu", 1000, "", "235"),
        ("1.198.916.000.000 đ", 1, "", "1198916"),
        ("1.198.916.000.000 VNĐ", 1000, "", "1198916"),
        ("1.200.000 nghìn đồng", 1, "", "1200"),
        ("500 tr.đ", 1, "", "500"),
        ("TMĐT: 235 tỷ đồng", 1, "", "235000"),
        ("không quá 3.000 tỷ", 1, "", "3000000"),
        ("phê duyệt: 1.200 tỷ; điều chỉnh: 1.450 tỷ", 1, "", "1450000"),
        ("điều chỉnh 1.450 tỷ (phê duyệt ban đầu 1.200 tỷ)", 1, "", "1450000"),
        ("234\u202f539", 1, "", "234539"),
        ("1\u2009198\u00a0916", 1, "", "1198916"),
        ("'4.572.000", 1, "", "4572000"),
        ("4'572'000", 1, "", "4572000"),
        ("\uff12\uff13\uff14\uff15\uff13\uff19", 1, "", "234539"),
        ("1198,916", 1000, "", "1198916"),
        ("234,539", 1000, ".", "234539"),
        ("234,539 tỷ", 1, ".", "234539"),
    ],
)
def test_an_amount_has_one_unit(text: str, unit: float, style: Style, value: str) -> None:
    """A unit in the cell is the cell's; blanks of any kind and an apostrophe are no digits."""
    money = read_money_cell(text, unit, style)
    assert money is not None
    assert money.value is not None
    assert format_decimal(money.value) == value


@pytest.mark.parametrize(
    ("text", "unit", "style", "why", "readings"),
    [
        ("1.200 - 1.500 tỷ", 1, "", "amount_range", ["1200000", "1500000"]),
        ("từ 1.200 đến 1.500 tỷ đồng", 1, "", "amount_range", ["1200000", "1500000"]),
        ("900 triệu - 1,2 tỷ", 1, "", "amount_range", ["900", "1200"]),
        ("1.200-1.500", 1, ".", "amount_range", ["1200", "1500"]),
        ("1.200 tỷ (điều chỉnh: 1.450 tỷ)", 1, "", "two_amounts", ["1450000", "1200000"]),
        ("4.572.000 (điều chỉnh: 4.800.000)", 1, ".", "two_amounts", ["4800000", "4572000"]),
        ("1.200 tỷ, 1.450 tỷ", 1, "", "two_amounts", ["1200000", "1450000"]),
        ("45%", 1, "", "share_not_amount", []),
        ("2,34539E+11", 0.000001, "", "rounded_amount", ["234539"]),
        ("-1.234.567", 1, "", "signed_amount", ["1234567"]),
        ("(1.234.567)", 1, "", "signed_amount", ["1234567"]),
        ("2,5 triệu EUR", 1, "", "other_currency", []),
        ("1198,916", None, "", "no_money_unit", ["1198916", "1198.916"]),
        ("235", None, "", "no_money_unit", ["235000", "235"]),
        ("1.198.916", None, "", "no_money_unit", ["1198916"]),
        ("1.198.916.000.000", None, "", "no_money_unit", ["1198916"]),
    ],
)
def test_why_an_amount_is_asked_about(
    text: str, unit: float | None, style: Style, why: str, readings: list[str]
) -> None:
    """With what it may mean in million VND, the likelier first."""
    money = read_money_cell(text, unit, style)
    assert money is not None
    assert money.why == why
    assert [format_decimal(one) for one in money.readings] == readings
    assert money.value is None or money.currency != "VND"


def test_a_fraction_that_can_be_no_group_shows_the_style() -> None:
    assert detect_number_style(["1198,916", "234,539"]) == "."
    assert detect_number_style(["234,539", "4572,0"]) == "."
    assert detect_number_style(["234.539", "0.5"]) == ","
    assert detect_number_style(["1198,916", "1198.916"]) == ""
    assert detect_number_style(["đạt 12,5%", "234,539"]) == ""


def test_a_part_number_is_no_end_of_a_range() -> None:
    (money,) = find_money("giai đoạn 1 - 500 tỷ đồng")
    assert (money.value, money.raw) == (Decimal(500_000), "500 tỷ đồng")
    (money,) = find_money("từ 500 tỷ đồng")
    assert money.value == Decimal(500_000)


@given(st.text(alphabet="0123456789 .,-đtyrEe%()'", max_size=30))
def test_any_cell_is_read_without_a_fault(text: str) -> None:
    money = read_money_cell(text, None, "")
    assert money is None or money.value is None or money.value in money.readings


def test_an_amount_of_any_length_is_written_in_plain_digits() -> None:
    """Forty digits are asked about, never a fault of the program."""
    money = read_money_cell("1,2E+40", 1.0, "")
    assert money is not None
    assert all(format_decimal(reading).isdigit() for reading in money.readings)
