"""Only the pages asked for are read, by their own numbers; the others are named."""

from __future__ import annotations

import pytest

from reports.model.document import ReadLimits, ReadOptions
from reports.model.errors import UnreadableReportError
from reports.readers.page_ranges import (
    describe_left_out_pages,
    join_page_numbers,
    list_wanted_pages,
)
from reports.readers.pdf.reader import read_pdf
from tests.reports.readers.pdf.drawn import draw_pages


def test_pages_of_ranges_within_the_file() -> None:
    assert list_wanted_pages(3, ()) == [1, 2, 3]
    assert list_wanted_pages(5, ((4, 9**9), (1, 1), (1, 2))) == [1, 2, 4, 5]
    assert list_wanted_pages(2, ((3, 4), (0, 0))) == []


def test_pages_left_out_are_named_in_runs() -> None:
    assert join_page_numbers([1, 2, 3, 5, 7, 8]) == "1–3, 5, 7–8"
    assert describe_left_out_pages(3, ReadOptions()) == ()
    (message,) = describe_left_out_pages(4, ReadOptions(pages=((3, 3),)))
    assert "1–2, 4" in message


def test_a_pdf_is_read_by_its_ranges() -> None:
    data = draw_pages(
        *(lambda c, n=n: c.drawString(50, 500, f"Phần {n} của báo cáo") for n in "123")
    )
    document = read_pdf(data, "a.pdf", ReadLimits(max_pages=1), None, ReadOptions(pages=((2, 2),)))
    assert [(block.place.page, getattr(block, "text", "")) for block in document.blocks] == [
        (2, "Phần 2 của báo cáo")
    ]
    assert document.pages == 3
    assert "1, 3" in document.messages[0]
    with pytest.raises(UnreadableReportError, match="chỉ có 3 trang"):
        read_pdf(data, "a.pdf", ReadLimits(), None, ReadOptions(pages=((7, 9),)))
