"""Quantities in sentences: every way of writing them, rough ones, ranges, parts of a whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.i18n import format_number
from reports.statements.lexing.quantities import Quantity, find_quantities
from reports.statements.lexing.times import find_times


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text, find_times(text, "2025"))
    return quantity


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("rộng 1.226,04 ha", "area", 1226.04, "ha"),
        ("rộng 44.87 ha", "area", 44.87, "ha"),
        ("rộng 71 ,89 ha", "area", 71.89, "ha"),
        ("rộng 1 200 ha", "area", 1200, "ha"),
        ("rộng 1,234.5 ha", "area", 1234.5, "ha"),
        ("rộng 0,5ha", "area", 0.5, "ha"),
        ("rộng 5 héc-ta", "area", 5, "ha"),
        ("rộng 5 hecta", "area", 5, "ha"),
        ("rộng 12.000m2", "area", 12_000, "m2"),
        ("rộng 1,2 triệu m²", "area", 1_200_000, "m2"),
        ("rộng 500 nghìn mét vuông", "area", 500_000, "m2"),
        ("rộng 2,5 km²", "area", 2.5, "km2"),
        ("dài 2.5 km", "length", 2.5, "km"),
        ("dài 1.500m", "length", 1500, "m"),
        ("dài 12 mét", "length", 12, "m"),
        ("đạt 65,5%", "percent", 65.5, "%"),
        ("đạt 65,5 phần trăm", "percent", 65.5, "%"),
        ("giảm 1.234%", "percent", 1.234, "%"),
        ("xuống -5%", "percent", -5, "%"),
        ("có 120 hộ dân", "count", 120, "hộ dân"),
        ("có 1.200 căn hộ", "count", 1200, "căn hộ"),
        ("có 1,200 hộ", "count", 1200, "hộ"),
        ("có 03 dự án", "count", 3, "dự án"),
        ("có 05 (năm) dự án", "count", 5, "dự án"),
        ("có 3 nghìn hộ", "count", 3000, "hộ"),
        ("ba dự án", "count", 3, "dự án"),
        ("gồm năm dự án", "count", 5, "dự án"),
        ("một trăm hộ", "count", 100, "hộ"),
        ("hai trăm linh năm hộ", "count", 205, "hộ"),
        ("một nghìn hai trăm hộ", "count", 1200, "hộ"),
        ("giá trị 5,2 nghìn tỷ", "money", 5_200_000, "triệu đồng"),
        ("giá trị 12.500 tỉ đồng", "money", 12_500_000, "triệu đồng"),
        ("giá trị 500 tr.đ", "money", 500, "triệu đồng"),
        ("giá trị 2 tỷ 500 triệu đồng", "money", 2500, "triệu đồng"),
        ("giá trị 1,5 tỷ USD", "money", 1500, "triệu USD"),
    ],
)
def test_quantities_are_read_in_every_form(text: str, kind: str, value: float, unit: str) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.value, quantity.unit) == (kind, value, unit)
    assert (quantity.low, quantity.total, quantity.qualifier) == (None, None, "exact")


_ROUGH = {
    "over": ["hơn", "trên", "vượt", "quá", "không dưới", "tối thiểu", "ít nhất", "≥", ">"],
    "under": ["dưới", "không quá", "tối đa", "nhiều nhất", "chưa đầy", "chưa đến", "≤", "<"],
    "about": ["gần", "khoảng", "ước", "xấp xỉ", "chừng", "độ", "ngót", "~", "ước tính"],
    "exact": ["là", "được", "tiến độ", "mật độ", "thấp hơn", "đi qua", "đất", "vốn nước", "ngân"],
}


@pytest.mark.parametrize(
    ("words", "qualifier"), [(words, key) for key, rows in _ROUGH.items() for words in rows]
)
@pytest.mark.parametrize("amount", ["120 ha", "1.200 tỷ đồng", "15%", "40 hộ", "20 - 25 ha"])
def test_words_before_a_quantity_make_it_rough(words: str, qualifier: str, amount: str) -> None:
    text = f"Nơi này {words} {amount}"
    quantity = only(text)
    assert quantity.qualifier == qualifier
    start = text.index(amount) if qualifier == "exact" else text.index(words)
    assert text[quantity.start : quantity.end] == text[start:]


def test_words_behind_a_quantity_make_it_rough() -> None:
    assert only("từ 80% trở lên").qualifier == "over"
    assert only("từ 20 hộ trở xuống").qualifier == "under"


@pytest.mark.parametrize(
    ("text", "low", "value"),
    [
        ("93 - 113 ha", 93, 113),
        ("150-170ha", 150, 170),
        ("từ 150 đến 170 ha", 150, 170),
        ("từ 150 ha đến 170 ha", 150, 170),
        ("60% - 65%", 60, 65),
        ("12,5-15%", 12.5, 15),
        ("khoảng 20-25 dự án", 20, 25),
        ("20 đến 25 hộ", 20, 25),
        ("từ 20 đến 25 tỷ đồng", 20_000, 25_000),
    ],
)
def test_ranges_are_one_quantity(text: str, low: float, value: float) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.value) == (low, value)


@pytest.mark.parametrize(
    ("text", "value", "total"),
    [
        ("13/14 km", 13, 14),
        ("7,8/16,74km", 7.8, 16.74),
        ("4.871/6.096 hộ", 4871, 6096),
        ("(12/15 công trình)", 12, 15),
        ("12 hộ/15 hộ dân", 12, 15),
        ("2,3ha/5,7ha", 2.3, 5.7),
        ("2,3 ha trên 5,7 ha", 2.3, 5.7),
        ("12 trong tổng số 15 dự án", 12, 15),
        ("3.250/5.400 tỷ đồng", 3_250_000, 5_400_000),
        ("1.500 tỷ đồng/2.000 tỷ đồng", 1_500_000, 2_000_000),
    ],
)
def test_a_part_and_its_whole_are_one_quantity(text: str, value: float, total: float) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.total) == (value, total)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("đạt 70,2% và 65,5 kế hoạch", [70.2, 65.5]),
        ("đạt lần lượt 70%, 65,5% và 40%", [70, 65.5, 40]),
        ("2,3 ha; 5,7 ha", [2.3, 5.7]),
        ("12 hộ (80%)", [12, 80]),
        ("tăng 5,2%, gấp 1,5 lần", [5.2]),
        ("giai đoạn 1 200 ha", [200]),
        ("giai đoạn 2 - 10 ha", [10]),
        ("9 dự án/12 công trình", [9, 12]),
    ],
)
def test_several_quantities_stay_apart(text: str, values: list[float]) -> None:
    assert [quantity.value for quantity in find_quantities(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "15 triệu đồng/m2", "25 tr/m²", "120 USD/m2/chu kỳ", "3,5 tỷ đồng/ha", "150 hộ/ha",
        "8,5%/năm", "1,5 triệu đồng/tháng", "320 nghìn đồng/m3", "Km12+300", "km 12", "12 m3",
        "dự án số 5",
        "0,5 điểm %", "quy mô 3 tầng", "Quyết định số 15/5 hộ", "Đường 356/2 ha", "thứ hai dự án",
        "vốn đầu tư dự án", "trong năm dự án", "hằng năm dự án", "một hộ", "2,5 dự án",
        "12 hồ", "12 hỗ trợ", "12 can thiệp", "12 hạ tầng", "12 lỗ",
    ],
)  # fmt: skip
def test_other_numbers_are_no_quantities(text: str) -> None:
    assert find_quantities(text, find_times(text, "2025")) == ()


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1,198 tỷ đồng", (1_198_000, 1198)),
        ("71, 89 ha", (71.89, 89)),
        ("7 1,89 ha", (71.89, 1.89)),
        ("l00 ha", (100,)),
        ("1O0 hộ", (100,)),
    ],
)
def test_an_unclear_number_has_readings_and_no_value(
    text: str, readings: tuple[float, ...]
) -> None:
    quantity = only(text)
    assert quantity.value is None
    assert quantity.readings == readings


def test_a_time_is_no_quantity() -> None:
    text = "Ngày 5/8/2025 có 12 hộ, năm 2024, 25 ha"
    times = find_times(text)
    assert [quantity.value for quantity in find_quantities(text, times)] == [12, 25]


_HUNDREDTHS = st.integers(1, 99_999_999)
_MEASURES = st.sampled_from([(" ha", "area"), ("ha", "area"), (" m²", "area"), (" km", "length")])


@given(_HUNDREDTHS, _MEASURES, st.sampled_from(["rộng ", "hơn ", "(", "từ đó: "]))
def test_any_measure_is_read_back(number: int, measure: tuple[str, str], before: str) -> None:
    unit, kind = measure
    written = format_number(number / 100, decimals=2 if number % 100 else 0)
    quantity = only(f"{before}{written}{unit}, theo biên bản")
    assert (quantity.kind, quantity.value) == (kind, number / 100)


@given(st.integers(1, 999_999), st.sampled_from(["hộ", "căn", "dự án", "tổ chức"]))
def test_any_count_is_read_back(number: int, noun: str) -> None:
    assert only(f"gồm {number} {noun}").value == number
    assert only(f"gồm {format_number(number)} {noun} còn lại").value == number


@given(st.integers(1, 9_999), st.sampled_from([("tỷ đồng", 1000), ("triệu đồng", 1)]))
def test_any_money_is_read_back(number: int, unit: tuple[str, int]) -> None:
    quantity = only(f"vốn {format_number(number)} {unit[0]}")
    assert quantity.value == number * unit[1]


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["1", "12", "1.200", "5,5", "/", "-", "–", ",", " ", "%", "ha", "hộ", "tỷ đồng",
             "triệu", "m2", "m²", "đến", "trên", "hơn", "khoảng", "năm", "hai", "trăm", "(", ")",
             "l", "O", "USD", "trong số", "\u0301", "İ", "²"]
        ),
        st.text(max_size=3),
    ),
    max_size=40,
)  # fmt: skip


@given(_PIECES, st.sampled_from(["", " "]))
def test_any_text_gives_quantities_in_order(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    reach = 0
    for quantity in find_quantities(text, find_times(text, "2025")):
        assert reach <= quantity.start < quantity.end <= len(text)
        reach = quantity.end
        assert quantity.value is not None or quantity.readings
        stated = text[quantity.start : quantity.end]
        value = quantity.value
        if quantity.kind == "percent" and value is not None:
            assert -1000 <= value <= 1000
        if value is not None and re.search(r"\d", stated):
            first = re.sub(r"\D", "", str(quantity.low or abs(value))).strip("0")[:1]
            assert first in stated or quantity.kind == "money"


@pytest.mark.parametrize("piece", ["1 ", "1,", "1/", "12 hộ/", "1-", "hai ", "5% ", "1.200 tỷ "])
def test_endless_numbers_end(piece: str) -> None:
    assert len(find_quantities(piece * 1000)) <= 1000


@pytest.mark.parametrize("unit", ["nghìn tỷ", "nghìn tỉ", "ngàn tỷ", "ngàn tỉ"])
def test_thousands_of_billions_are_read_in_every_spelling(unit: str) -> None:
    (amount,) = find_quantities(f"với số vốn gần 2,8 {unit} đồng")
    assert (amount.value, amount.qualifier) == (2_800_000.0, "about")


def test_an_amount_torn_by_a_blank_is_asked_about() -> None:
    (amount,) = find_quantities("tổng vốn hơn 1. 741 tỷ đồng")
    assert amount.value is None
    assert amount.readings == (1_741_000.0, 741_000.0)


def test_an_article_counts_nothing() -> None:
    assert not find_quantities("Công viên Bến Lau là một dự án trọng điểm")
    (count,) = find_quantities("Thành phố khởi công một dự án và họp")
    assert count.value == 1
