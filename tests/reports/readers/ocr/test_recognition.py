"""Scanned pages put among the others: what is named where they can't be recognised."""

from __future__ import annotations

import time
from typing import Any

import pytest

from reports.model.document import Paragraph, ReadLimits
from reports.model.errors import ReportLimitError, ReportToolError, UnreadableReportError
from reports.readers.ocr import recognition
from reports.readers.ocr.recognition import Recognition, recognise_pages
from reports.readers.raw_pages import RawPage
from reports.readers.subprocess_reader import PageNote, PageReading

TEXT = RawPage(1, (Paragraph("Báo cáo quý II."),))
SCAN = RawPage(2, (), scanned="picture")
SEEN = (Paragraph("Bảng đọc từ ảnh quét của trang.", confidence=0.9),)


def _recognise(*pages: RawPage) -> Recognition:
    return recognise_pages(pages, b"", "a.pdf", ReadLimits(), started=time.monotonic())


@pytest.fixture
def no_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "find_missing_tool", lambda: "no_tesseract")


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> PageReading:
    """Return what the process of recognition gives back."""
    reading = PageReading()

    def read(*_: Any, only: dict[int, Any], patient: bool, **__: Any) -> PageReading:
        asked.update(only)
        if reading.fault and not patient:
            raise reading.fault
        return reading

    asked: dict[int, Any] = {}
    monkeypatch.setattr(recognition, "find_missing_tool", lambda: "")
    monkeypatch.setattr(recognition, "read_pages", read)
    return reading


@pytest.mark.usefixtures("no_tool")
def test_without_the_tool_the_pages_are_named_first() -> None:
    layer = RawPage(3, (Paragraph("Lớp chữ cũ.", confidence=0.5),), scanned="layer")
    garbled = RawPage(4, (Paragraph("Tlrc d6 hien"),), scanned="garbled")
    drawn = RawPage(5, TEXT.parts, pictures=((0.1, 0.2, 0.9, 0.6),))
    found = _recognise(TEXT, SCAN, layer, garbled, drawn)
    assert found.messages[0].startswith("Trang 2, 4 chưa đọc: ")
    assert "tesseract-ocr-vie" in found.messages[0]
    assert found.messages[1].startswith("Trang 5 có ảnh chưa đọc chữ: ")
    assert found.messages[2].startswith("Trang 3 là ảnh quét")
    assert [bool(page.parts) for page in found.pages] == [True, False, True, False, True]
    assert found.unread == (2, 4, 5)


@pytest.mark.usefixtures("no_tool")
def test_without_the_tool_a_scan_alone_is_refused() -> None:
    with pytest.raises(ReportToolError, match="tesseract-ocr-vie"):
        _recognise(SCAN)


def test_recognised_pages_stand_in_their_order(answer: PageReading) -> None:
    """A picture's text stands after that of its page; a drawing that says no more stays out."""
    logo = RawPage(3, TEXT.parts, scanned="drawn")
    pictured = RawPage(4, TEXT.parts, pictures=((0.1, 0.2, 0.9, 0.6),))
    answer.pages = [RawPage(2, SEEN), RawPage(3, TEXT.parts), RawPage(4, SEEN)]
    found = _recognise(TEXT, SCAN, logo, pictured)
    assert [page.parts for page in found.pages] == [
        TEXT.parts,
        SEEN,
        TEXT.parts,
        (*TEXT.parts, *SEEN),
    ]
    assert found.messages[0].startswith("Trang 2 được nhận dạng từ ảnh")
    assert found.messages[1].startswith("Trang 4 có ảnh chứa chữ")
    assert (found.unread, found.recognised) == ((), (2,))


def test_what_failed_is_named_with_its_reason(answer: PageReading) -> None:
    answer.pages = [RawPage(4, ())]
    answer.notes = [PageNote(2, "letters_too_small", {"dpi": 72, "height": 6}, unread=True)]
    answer.fault = ReportLimitError("quá lâu")
    found = _recognise(
        TEXT, SCAN, RawPage(3, (), scanned="picture"), RawPage(4, (), scanned="drawn")
    )
    assert found.unread == (2, 3, 4)
    assert found.messages[0].startswith("Trang 2 chưa đọc: ảnh chỉ khoảng 72 dpi")
    assert found.messages[1].startswith("Trang 3 chưa đọc: nhận dạng ảnh không kịp")
    assert found.messages[2].startswith("Trang 4 chưa đọc: trang có hình")


def test_scans_alone_are_refused_with_the_reason(answer: PageReading) -> None:
    answer.notes = [PageNote(2, "letters_too_small", {"dpi": 72, "height": 6}, unread=True)]
    with pytest.raises(UnreadableReportError, match="72 dpi"):
        _recognise(SCAN)
    answer.fault = ReportLimitError("quá lâu")
    with pytest.raises(ReportLimitError, match="quá lâu"):
        _recognise(SCAN)
