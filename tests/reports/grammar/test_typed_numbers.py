"""What people type into a number field: Vietnamese writing, units behind, nothing guessed."""

import pytest

from reports.grammar.typed_numbers import read_typed_number


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12,5", "", 12.5),
        ("12.5", "", 12.5),
        ("1.296", "", 1296),
        ("1.296.200", "mvnd", 1_296_200),
        ("1,296,200", "mvnd", 1_296_200),
        ("1296200 triệu đồng", "mvnd", 1_296_200),
        ("1.296,2 tỷ đồng", "mvnd", 1_296_200),
        ("8.398,723 tỷ", "mvnd", 8_398_723),
        ("1 296 200", "mvnd", 1_296_200),
        ("12,5 %", "percent", 12.5),
        ("12,5%", "percent", 12.5),
        ("12,5 ha", "ha", 12.5),
        ("5.000 m²", "ha", 0.5),
        ("-0", "", 0),
        ("-12,5", "", -12.5),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, unit: str, value: float) -> None:
    assert read_typed_number(text, unit).value == value


def test_english_groups_with_commas() -> None:
    assert read_typed_number("1,296", "", "en").value == 1296
    assert read_typed_number("1.296", "", "en").value == 1.296


@pytest.mark.parametrize(
    ("text", "unit", "fault"),
    [
        ("", "", "empty"),
        ("nhiều", "", "unreadable"),
        ("1.2.3", "", "unreadable"),
        ("12,5,1", "", "unreadable"),
        ("12 tỷ", "percent", "unit"),
        ("12 cọc", "", "unit"),
        ("1e9", "", "unit"),
    ],
)
def test_what_is_no_number_says_why(text: str, unit: str, fault: str) -> None:
    typed = read_typed_number(text, unit)
    assert (typed.value, typed.fault) == (None, fault)
