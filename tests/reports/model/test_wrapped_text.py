"""A word or number that a line's end broke is whole again; others stay apart."""

import unicodedata

import pytest

from reports.model.wrapped_text import join_wrapped


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("Dự án thử nghiệ", "m cầu", "Dự án thử nghiệm cầu"),
        ("Phườn", "g Đồ Sơn", "Phường Đồ Sơn"),
        ("thử ng-", "hiệm kè", "thử nghiệm kè"),
        ("Khánh thành Quý III/202", "6", "Khánh thành Quý III/2026"),
        ("trước 30/6/20", "26;", "trước 30/6/2026;"),
        ("4.572.0", "00", "4.572.000"),
    ],
)
def test_pieces_that_make_sense_together_only_are_joined(
    before: str, after: str, text: str
) -> None:
    assert join_wrapped(before, after) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Thi công", "xây dựng"),
        ("dài 100", "m qua sông"),
        ("giai đoạn 1", "2026"),
        ("ngày 30/6", "2026"),
        ("1.198", "916"),
        ("1.198.916", "234"),
        ("thử", "ng-hiệm"),
        ("trung tâm Logi", "stics"),
        ("QL", "10"),
        ("UBND", "xã"),
        ("trươ\u0300ng", "học"),
        ("tr\u0361ng", "học"),
    ],
)
def test_other_lines_are_joined_with_a_space(before: str, after: str) -> None:
    assert join_wrapped(before, after) == unicodedata.normalize("NFC", f"{before} {after}")
