"""Times in sentences: every way of writing them, what is none, ranges, roles."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import fold_text
from reports.model.dates import parse_span
from reports.statements.lexing.times import find_times


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Ký ngày 05/4/2025 tại chỗ", ["2025-04-05"]),
        ("Ký ngày 5-4-2025", ["2025-04-05"]),
        ("Ký ngày 5.4.2025.", ["2025-04-05"]),
        ("Ký ngày 5 tháng 4 năm 2025", ["2025-04-05"]),
        ("(05/04/2025)", ["2025-04-05"]),
        ("xong ngày 5/4/26", ["2026-04-05"]),
        ("họp cuối tháng 5/2023", ["2023-05"]),
        ("họp tháng 5-2023", ["2023-05"]),
        ("họp tháng 5 năm 2023", ["2023-05"]),
        ("họp tháng 5năm 2023", ["2023-05"]),
        ("họp 05/2023", ["2023-05"]),
        ("mốc T9/2025", ["2025-09"]),
        ("quý IV/2024", ["2024-Q4"]),
        ("quý II-2026", ["2026-Q2"]),
        ("quý 4 năm 2025", ["2025-Q4"]),
        ("QUÝ III NĂM 2025", ["2025-Q3"]),
        ("quý ba năm 2025", ["2025-Q3"]),
        ("Quí III/2025", ["2025-Q3"]),
        ("quý III/26", ["2026-Q3"]),
        ("Q3/2026", ["2026-Q3"]),
        ("Q3/26", ["2026-Q3"]),
        ("năm 2025", ["2025"]),
        ("đầu năm 2025", ["2025"]),
        ("nửa cuối năm 2025", ["2025"]),
        ("6 tháng đầu năm 2025", ["2025"]),
        ("9 tháng năm 2025", ["2025"]),
        ("các năm 2024, 2025 và 2026", ["2024", "2025", "2026"]),
        ("tầm nhìn đến năm 2050", ["2050"]),
        ("quy hoach nam 2025 den thang 6/2026", ["2025", "2026-06"]),
    ],
)
def test_times_are_read_in_every_form(text: str, values: list[str]) -> None:
    assert [token.value for token in find_times(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ngày 0l/7/2025", ["2025-07-01"]),
        ("ngày O1/O7/2025", ["2025-07-01"]),
        ("tháng l/2025", ["2025-01"]),
        ("quý lll/2025", ["2025-Q3"]),
        ("năm 2O25", ["2025"]),
    ],
)
def test_slips_of_scans_are_read(text: str, values: list[str]) -> None:
    assert [token.value for token in find_times(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("giai đoạn 2022 - 2024", "2022..2024"),
        ("giai đoạn 2021–2025", "2021..2025"),
        ("từ năm 2022 đến năm 2024", "2022..2024"),
        ("năm 2025-2026", "2025..2026"),
        ("từ quý III/2024 đến quý III/2025", "2024-Q3..2025-Q3"),
        ("quý III/2024 - quý III/2025", "2024-Q3..2025-Q3"),
        ("quý III - IV/2025", "2025-Q3..2025-Q4"),
        ("từ tháng 5 đến tháng 9/2025", "2025-05..2025-09"),
        ("tháng 5 - 9/2025", "2025-05..2025-09"),
        ("từ ngày 01/3/2025 đến hết ngày 30/4/2025", "2025-03-01..2025-04-30"),
        ("từ ngày 19 đến ngày 25/8/2025", "2025-08-19..2025-08-25"),
        ("19-25/8/2025", "2025-08-19..2025-08-25"),
        ("từ 28/8 đến 3/9/2025", "2025-08-28..2025-09-03"),
        ("từ tháng 11 đến tháng 3/2026", "2025-11..2026-03"),
        ("quý IV - I/2026", "2025-Q4..2026-Q1"),
        ("từ cuối năm 2025 đến quý II/2026", "2025..2026-Q2"),
    ],
)
def test_ranges_are_one_time(text: str, value: str) -> None:
    assert [token.value for token in find_times(text, "2024")] == [value]


def test_times_in_a_list_share_the_year_behind_them() -> None:
    for text, values in (
        ("quý I, II năm 2026", ["2026-Q1", "2026-Q2"]),
        ("tháng 9 và tháng 10 năm 2025", ["2025-09", "2025-10"]),
        ("các ngày 10, 11 và 12/6/2025", ["2025-06-10", "2025-06-11", "2025-06-12"]),
    ):
        tokens = find_times(text, "2020")
        assert [token.value for token in tokens] == values
        assert not any(token.year_inferred for token in tokens)


def test_two_dates_of_two_things_are_no_range() -> None:
    text = "khởi công quý I/2025, đến quý IV/2026 thì xong"
    assert [token.value for token in find_times(text)] == ["2025-Q1", "2026-Q4"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ngày 10/11", ["2025-11-10"]),
        ("ngày 10-11", ["2025-11-10"]),
        ("ngày 10 tháng 11", ["2025-11-10"]),
        ("sáng 10/11", ["2025-11-10"]),
        ("thứ Hai (10/11)", ["2025-11-10"]),
        ("trước 30/6", ["2025-06-30"]),
        ("tháng 11", ["2025-11"]),
        ("quý II", ["2025-Q2"]),
        ("quý II năm nay", ["2025-Q2"]),
        ("cuối năm nay", ["2025"]),
        ("quý I năm sau", ["2026-Q1"]),
    ],
)
def test_a_missing_year_is_the_document_s_and_says_so(text: str, values: list[str]) -> None:
    tokens = find_times(text, "2025")
    assert [token.value for token in tokens] == values
    assert all(token.year_inferred for token in tokens)
    assert find_times(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 352/QĐ-TTg", "số 15/2024/NĐ-CP", "số 01/2026", "bản đồ tỷ lệ 1/2000",
        "quy hoạch phân khu 1/2000", "đạt 7,8/16,74km", "trực 24/7", "đến 8/9 hộ", "12/10 dự án",
        "thửa 5/2023", "6 tháng đầu năm", "quy mô 3 tầng", "quỹ 2", "phía Nam 2025",
        "thắng 3/2", "31/02/2025", "ngày 32/13/2025", "quý V/2025", "0225.2024.2025",
        "mỗi ngày 8/10 chuyến", "ngày 1.500 hộ", "tăng 12,5/2025", "Luật số 45/2013/QH13",
    ],
)  # fmt: skip
def test_other_numbers_are_no_times(text: str) -> None:
    assert find_times(text, "2025") == ()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("tính đến hết ngày 31/10/2025", "as_of"),
        ("lũy kế đến tháng 10/2025", "as_of"),
        ("tính đến thời điểm 31/10/2025", "as_of"),
        ("trước ngày 31/10/2025", "before"),
        ("chậm nhất là ngày 31/10/2025", "before"),
        ("không muộn hơn tháng 10/2025", "before"),
        ("muộn nhất trong quý IV/2025", "before"),
        ("sau ngày 31/10/2025", "after"),
        ("kể từ ngày 31/10/2025", "after"),
        ("gia hạn đến ngày 31/10/2025", ""),
        ("vào ngày 31/10/2025", ""),
    ],
)
def test_words_before_a_time_give_its_role(text: str, role: str) -> None:
    (token,) = find_times(text)
    assert token.role == role


def test_a_length_of_time_has_months_and_no_value() -> None:
    for text, months in (("trong 18 tháng", 18), ("thời hạn 50 năm", 600)):
        (token,) = find_times(text)
        assert (token.value, token.months) == ("", months)
    assert find_times("nhóm 25 nam và 30 nữ") == ()


_DAYS = st.dates(date(1990, 1, 1), date(2059, 12, 31))
_DAY_FORMS = st.sampled_from(
    ["{d:02}/{m:02}/{y}", "{d}/{m}/{y}", "ngày {d}-{m}-{y}", "ngày {d} tháng {m} năm {y}"]
)


@given(_DAYS, _DAY_FORMS, st.sampled_from(["", "đến hết ", "Khởi công ", "(", "tại Phường 5, "]))
def test_any_day_is_read_back(day: date, form: str, before: str) -> None:
    written = form.format(d=day.day, m=day.month, y=day.year)
    (token,) = find_times(f"{before}{written}, theo biên bản")
    assert token.value == day.isoformat()


@given(_DAYS, st.integers(1, 900))
def test_any_two_days_are_a_range(day: date, more: int) -> None:
    later = day + timedelta(days=more)
    text = f"từ ngày {day:%d/%m/%Y} đến ngày {later:%d/%m/%Y}"
    assert [token.value for token in find_times(text)] == [f"{day}..{later}"]


_PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["quý", "tháng", "ngày", "năm", "đến", "từ", "-", "/", ",", "và", "IV", "l", "O",
             "2025", "10", "8", "30/6", "Q", "(", ")", ".", "trước", "hết", "nay",
             "Nam", "ħ", "İ", "\u0301"]
        ),
        st.text(max_size=4),
    ),
    max_size=40,
)  # fmt: skip


@given(_PIECES, st.sampled_from([" ", ""]))
def test_any_text_gives_real_times_in_order(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    reach = 0
    for token in find_times(text, "2025"):
        assert reach <= token.start < token.end <= len(text)
        reach = token.end
        words = fold_text(text[token.start : token.end])  # "quý Ì" is a slip of "quý I"
        assert re.search(r"[0-9ivxlo]|nay|sau|toi", words)
        if token.months:
            assert token.value == ""
        else:
            ends = [parse_span(part) for part in token.value.split("..")]
            assert all(ends)


@pytest.mark.parametrize(
    "piece",
    ["1-", "ngày 1-", "2025-", "từ 8/9 đến ", "quý I, ", "tháng 1, ", "năm 2025, ", "(", "l/"],
)
def test_endless_lists_end(piece: str) -> None:
    tokens = find_times(piece * 1000, "2025")
    assert len(tokens) <= 1000
