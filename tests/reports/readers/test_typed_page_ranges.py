"""Ranges of pages as people write them; anything else is refused in words."""

import pytest

from reports.readers.page_ranges import PageRangeError, format_page_ranges, parse_page_ranges


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", ()),
        (" , ;", ()),
        ("3", ((3, 3),)),
        ("2-5, 8", ((2, 5), (8, 8))),
        ("8; 2 – 5", ((2, 5), (8, 8))),
        ("7-99", ((7, 99),)),
    ],
)
def test_ranges_are_read(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert parse_page_ranges(text, 10) == ranges
    assert parse_page_ranges(format_page_ranges(ranges)) == ranges


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hai", "“hai” không phải số trang"),
        ("5-2", "không phải khoảng trang"),
        ("0", "không phải khoảng trang"),
        ("1-2-3", "không phải số trang"),
        ("11-12", "chỉ có 10 trang"),
        (",".join(["1"] * 60), "tối đa"),
    ],
)
def test_anything_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(PageRangeError, match=said):
        parse_page_ranges(text, 10)
