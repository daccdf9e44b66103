"""What a spreadsheet shows of a value by its number format, written the Vietnamese way."""

from __future__ import annotations

import pytest

from reports.grammar.numbers import read_number
from reports.readers.sheets.number_formats.sections import BUILT_IN
from reports.readers.sheets.number_formats.shown_values import show_value

DONG = '_-* #,##0\\ _₫_-;-* #,##0\\ _₫_-;_-* "-"\\ _₫_-;_-@_-'
MILLIONS = '[>=1000000]#,##0.0,,"M";[>=1000]#,##0.0,"K";0'

NUMBERS = [
    (234539e6, "#,##0,,", "234539"),
    (1198916e6, "#,##0,,", "1.198.916"),
    (1198916e6, "#,##0,,.0", "1.198.916,0"),
    (1198916e6, "#,##0.00,,,", "1.198,92"),
    (235, '#,##0" tỷ"', "235 tỷ"),
    (1199, '#,##0" tỷ"', "1.199 tỷ"),
    (235, "#,##0\\ \\t\\ỷ", "235 tỷ"),
    (235, "#,##0 triệu", "235 triệu"),
    (235.5, '#,##0.0 "tỷ đồng"', "235,5 tỷ đồng"),
    (35, 'General" tỷ"', "35 tỷ"),
    (5_000_000, "#,##0\\ [$₫-42A]", "5.000.000 ₫"),
    (5, "[$$-409]#,##0.00", "$5,00"),
    (0.125, "0.0%", "12,5%"),
    (0.125, "0.00%", "12,50%"),
    (0.456, "0%", "46%"),
    (45, '0"%"', "45%"),
    (45, "0\\%", "45%"),
    (1198.916, "#,##0.00", "1.198,92"),
    (1.198, "0.000", "1,1980"),
    (1198.916, "#,##0.000", "1.198,916"),
    (12, "0.##", "12"),
    (0.5, "#.##", "0,5"),
    (0, "#,###", ""),
    (5, "000", "005"),
    (2.5, "0", "3"),
    (1.005, "0.00", "1,01"),
    (-0.3, "0", "0"),
    (5, "[Red]0", "5"),
    (-234539, "#,##0_);[Red](#,##0)", "(234539)"),
    (-5, "0.0", "-5,0"),
    (-5, '0;"âm "0', "âm 5"),
    (0, DONG, "-"),
    (-1234567, DONG, "-1.234.567"),
    (1234567, MILLIONS, "1,2M"),
    (1500, MILLIONS, "1,5K"),
    (12, MILLIONS, "12"),
    (-5, "[<0]0;0.0", "5"),
    (7.5, '[<10]"ít hơn 10";0', "ít hơn 10"),
    (1.75, "# ?/?", "1 3/4"),
    (0.5, "# ?/?", "1/2"),
    (2, "# ?/?", "2"),
    (0.25, "?/8", "2/8"),
    (123456, "0.00E+00", "1,23E+05"),
    (999999, "0.00E+00", "1,00E+06"),
    (123456, "##0.0E+0", "123,5E+3"),
    (0.00012, "0.0E-00", "1,2E-04"),
    (1198916, "###\\.###\\.##0", "1.198.916"),
    (234539, "###\\.###\\.##0", "234539"),
    (1198916, "# ##0", "1.198.916"),
    (12345, "0\\.0,", "1,2"),
    (5, ";;;", ""),
    (0, "0;-0;;@", ""),
    (35, "@", "35"),
    (True, "General", "TRUE"),
    (False, "0", "FALSE"),
]
GENERAL = [
    (0.1 + 0.2, "0,3"),
    (1 / 3, "0,333333333"),
    (1198.916, "1198,9160"),
    (0.0625, "0,0625"),
    (-5, "-5"),
    (0, "0"),
    (123456789012345, "123456789012345"),
    (1e-12, "1E-12"),
    (float("inf"), "########"),
]
DAY = 46266  # 1 September 2026
DATES = [
    (DAY, "dd/mm/yyyy", "01/09/2026"),
    (DAY, "mm/dd/yyyy", "01/09/2026"),
    (DAY, "yyyy\\-mm\\-dd", "01/09/2026"),
    (DAY, "[$-1010000]d/m/yy", "01/09/2026"),
    (DAY, '"Khánh thành "mm/yyyy', "Khánh thành 09/2026"),
    (DAY, "[$-42A]mmmm yyyy", "Tháng 9/2026"),
    (DAY, "mmm-yy", "09/2026"),
    (DAY, '"tháng "m" năm "yyyy', "tháng 9 năm 2026"),
    (DAY, '"Quý III/"yyyy', "Quý III/2026"),
    (DAY, '"ngày "dd" tháng "mm" năm "yyyy', "ngày 01 tháng 09 năm 2026"),
    (DAY, "dddd, dd/mm/yyyy", "Thứ Ba, 01/09/2026"),
    (DAY + 8.5 / 24, "dd/mm/yyyy hh:mm", "01/09/2026 08:30"),
    (8.5 / 24, "h:mm", "8:30"),
    (20.5 / 24, "h:mm AM/PM", "8:30 CH"),
    (1.5, "[h]:mm", "36:00"),
    (90 / 86400, "mm:ss", "01:30"),
    (60, "dd/mm/yyyy", "29/02/1900"),
    (1, "dd/mm/yyyy", "01/01/1900"),
    (-1, "dd/mm/yyyy", "########"),
    (3_000_000, "dd/mm/yyyy", "########"),
]
TEXTS = [
    ("abc", "General", "abc"),
    ("abc", '"DA: "@', "DA: abc"),
    ("abc", '0;-0;0;"DA "@', "DA abc"),
    ("abc", "#,##0;;", "abc"),
    ("abc", ";;;", ""),
]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [*NUMBERS, *((value, "General", shown) for value, shown in GENERAL), *DATES, *TEXTS],
)
def test_a_value_is_shown_by_its_format(value: float | str, code: str, shown: str) -> None:
    assert show_value(value, code) == shown


def test_days_count_from_1904_in_old_mac_workbooks() -> None:
    assert show_value(DAY - 1462, "dd/mm/yyyy", from_1904=True) == "01/09/2026"


def test_formats_known_by_number_only_are_those_of_vietnamese_excel() -> None:
    assert show_value(DAY, BUILT_IN[14]) == "01/09/2026"
    assert show_value(1234567, BUILT_IN[41]) == "1.234.567"
    assert show_value(1234567, BUILT_IN[42]) == "1.234.567 ₫"
    assert show_value(-5.5, BUILT_IN[43]) == "-5,50"
    assert show_value("x", BUILT_IN[44]).strip() == "x"


@pytest.mark.parametrize("code", ["#,##0", "0", "0.0", "0.000", "#,##0.000", "General", "# ##0"])
@pytest.mark.parametrize("value", [7.5, 234.539, 1234.5678, 234539, 1198916, 12345678.25])
def test_a_shown_number_is_never_read_in_two_ways(value: float, code: str) -> None:
    readings = read_number(show_value(value, code))
    assert len(readings) == 1
    assert abs(float(readings[0]) - value) <= 0.5


def test_what_is_no_format_does_no_harm() -> None:
    for code in ("", "[", '"', "\\", "_", "*", ";;;;;;", "0" * 5000, "[>]0", "E+", "/", "?/?/?"):
        assert isinstance(show_value(12.5, code), str)
        assert isinstance(show_value("x", code), str)
