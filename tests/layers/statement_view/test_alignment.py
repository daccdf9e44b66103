"""Words are found as they stand, whatever their spelling and spaces, and never within others."""

import pytest

from layers.statement_view.alignment import fold_letters
from layers.statement_view.time_words import find_time


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Dự án  tại phường\nHoà Bình", "phường Hòa Bình", "phường\nHoà Bình"),
        ("đạt 1.226,04 tỷ đồng³ cả năm", "1.226,04 tỷ đồng", "1.226,04 tỷ đồng"),
        ("lấp đầy 62% diện tích", "62%", "62%"),
        ("13/52 hộ", "13", "13"),
        ("ĐƯỜNG SỐ 2", "đường số 2", "ĐƯỜNG SỐ 2"),
        ("được giao", "ước", None),
        ("1.226,04 tỷ", "1.226", None),
        ("2.500 tỷ", "500", None),
        ("bất kỳ", "", None),
        ("", "số", None),
    ],
)
def test_words_are_found_where_they_begin_and_end(text: str, words: str, found: str | None) -> None:
    span = fold_letters(text).find(fold_letters(words))
    assert (text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(
    ("text", "when", "found"),
    [
        ("thông xe trong quý II/2027.", "2027-Q2", ["quý II/2027"]),
        ("thông xe quý 2 năm 2027", "2027-Q2", ["quý 2 năm 2027"]),
        ("xong trước ngày 15/11.", "2026-11-15", ["15/11"]),
        ("ngày 07/5/2026 và 17/5/2026", "2026-05-07", ["07/5/2026"]),
        ("từ 2024 đến năm 2026", "2024..2026", ["2024", "năm 2026"]),
        ("trong tháng 3 này", "2026-03", ["tháng 3"]),
        ("giai đoạn 1", "2026-Q1", []),
        ("vốn 2.026 tỷ đồng", "2026", []),
        ("bất kỳ", "", []),
    ],
)
def test_a_time_is_found_as_a_text_writes_it(text: str, when: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_time(text, when)] == found
