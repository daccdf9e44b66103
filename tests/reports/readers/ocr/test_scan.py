"""Scans through Tesseract: rows, cells, numbers never silently wrong, crooked pages, limits."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reports.model.document import Paragraph, ReadLimits, ReadOptions, TableBlock
from reports.model.errors import ReportLimitError, ReportToolError, UnreadableReportError
from reports.open import open_document
from reports.readers.ocr import scan
from reports.readers.ocr.orientation import deskew_picture
from reports.readers.ocr.page_images import open_pictures
from reports.readers.ocr.table_grid import find_ruling
from reports.readers.refusal import FileRefusedError
from tests.reports import appendix

LIMITS = ReadLimits()
SURE = 0.9

needs_tesseract = pytest.mark.skipif(
    "vie" not in scan.list_tesseract_languages(),
    reason="Tesseract with Vietnamese is not installed",
)


@pytest.mark.slow
@needs_tesseract
def test_the_appendix_gives_its_rows_and_never_a_wrong_number_silently() -> None:
    """Two scanned pages: every row, most cells exact, wrong investments carry low confidence."""
    document = open_document(appendix.as_scan(2), "quet.pdf")
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    rows = [row for table in tables for row in table.rows]
    wanted = [row for page in appendix.pages()[:2] for row in page]
    assert [len(row.cells) for row in rows] == [len(row) for row in wanted]
    pairs = [
        (cell, text)
        for row, texts in zip(rows, wanted, strict=True)
        for cell, text in zip(row.cells, texts, strict=True)
        if text or cell.text
    ]
    exact = sum(_flat(cell.text) == _flat(text) for cell, text in pairs)
    assert exact >= 0.7 * len(pairs)
    for row, texts in zip(rows, wanted, strict=True):
        assert row.cells[2].text == texts[2] or row.cells[2].confidence < SURE
    assert document.media == "scan"
    assert document.period == "2026-Q1"
    assert "nhận dạng" in document.messages[0]


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_read_as_scans(form: str) -> None:
    data = io.BytesIO()
    appendix.page_images(1)[0].save(data, form)
    document = open_document(data.getvalue(), "anh")
    assert document.media == "scan"
    assert any(isinstance(block, TableBlock) for block in document.blocks)


@pytest.mark.slow
@needs_tesseract
def test_a_tiff_of_several_pages_is_read_whole() -> None:
    data = io.BytesIO()
    first, second = appendix.page_images(2)
    first.save(data, "TIFF", save_all=True, append_images=[second])
    seen: list[tuple[int, int]] = []
    document = open_document(data.getvalue(), "a.tif", progress=lambda a, b: seen.append((a, b)))
    assert document.pages == 2
    assert {block.place.page for block in document.blocks} == {1, 2}
    assert seen == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.slow
@needs_tesseract
def test_a_crooked_page_keeps_its_table() -> None:
    """A page laid on the glass at an angle gives the same cells."""
    image = appendix.page_images(1)[0]
    crooked = image.rotate(1.3, Image.Resampling.BICUBIC, fillcolor=255)
    data = io.BytesIO()
    crooked.save(data, "PNG")
    tables = [
        block
        for block in open_document(data.getvalue(), "a").blocks
        if isinstance(block, TableBlock)
    ]
    wanted = appendix.pages()[0]
    assert [len(row.cells) for row in tables[0].rows] == [len(row) for row in wanted]


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_righted(turn: int) -> None:
    data = io.BytesIO()
    appendix.page_images(1)[0].rotate(turn, expand=True).save(data, "PNG")
    blocks = open_document(data.getvalue(), "a").blocks
    (table,) = [block for block in blocks if isinstance(block, TableBlock)]
    assert "Tổng mức đầu tư" in _flat(table.rows[0].cells[2].text)


@pytest.mark.slow
@needs_tesseract
def test_a_scan_among_pages_of_text_is_read_in_its_place() -> None:
    """Its number is no text of the page; of pages left out nothing is read."""
    image = appendix.page_images(1)[0]
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(842, 595))
    canvas.drawString(72, 500, "Bao cao quy III nam 2026")
    canvas.showPage()
    canvas.drawImage(ImageReader(image), 0, 0, 842, 595)
    canvas.drawString(420, 10, "2")
    canvas.showPage()
    canvas.drawImage(ImageReader(image), 0, 0, 842, 595)
    canvas.save()
    options = ReadOptions(pages=((1, 2),))
    document = open_document(data.getvalue(), "a.pdf", options=options)
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    assert (document.media, document.pages, document.unread_pages) == ("pdf", 3, ())
    assert [table.place.page for table in tables] == [2]
    assert document.messages[0].startswith("Trang 2 được nhận dạng từ ảnh")
    assert "Trang 3 không được đọc theo yêu cầu" in document.messages[1]


@pytest.mark.slow
@needs_tesseract
def test_a_page_without_a_table_gives_its_paragraphs() -> None:
    image = appendix.page_images(1)[0]
    top = image.crop((0, 0, image.width, find_ruling(_enlarged(image))[0][0].box[1] * 2 // 3 - 12))
    page = Image.new("L", image.size, 255)
    page.paste(top, (0, 0))
    data = io.BytesIO()
    page.save(data, "PNG")
    blocks = open_document(data.getvalue(), "a").blocks
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert any("CÔNG TRÌNH TRỌNG ĐIỂM" in block.text for block in blocks)


@needs_tesseract
def test_an_empty_scan_is_said() -> None:
    data = io.BytesIO()
    Image.new("L", (800, 1100), 255).save(data, "PNG")
    with pytest.raises(UnreadableReportError, match="Không tìm thấy chữ"):
        open_document(data.getvalue(), "trang.png")


def test_missing_tesseract_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the program, or without its Vietnamese, the message says what to install."""
    monkeypatch.setattr(scan, "list_tesseract_languages", frozenset)
    with pytest.raises(ReportToolError, match="tesseract-ocr-vie"):
        scan.read_scan(b"", "a.png", LIMITS)
    monkeypatch.setattr(scan, "list_tesseract_languages", lambda: frozenset({"eng"}))
    with pytest.raises(ReportToolError, match="tiếng Việt"):
        scan.read_scan(b"", "a.png", LIMITS)


@needs_tesseract
def test_a_picture_of_too_many_pixels_is_refused_unopened() -> None:
    """A few hundred kilobytes may unpack to gigabytes."""
    data = io.BytesIO()
    Image.new("1", (12_000, 9_000)).save(data, "PNG")
    with pytest.raises(ReportLimitError, match="108 triệu điểm ảnh"):
        open_document(data.getvalue(), "to.png")


@pytest.mark.slow
@needs_tesseract
def test_a_long_scan_is_refused_with_how_to_split_it() -> None:
    """More pages than allowed at once; pages that will not be read in time after a few of them."""
    pages = [Image.new("L", (60, 80), 255)] * 301
    data = io.BytesIO()
    pages[0].save(data, "TIFF", save_all=True, append_images=pages[1:])
    with pytest.raises(ReportLimitError, match="301 trang, nhiều hơn mức 300"):
        open_document(data.getvalue(), "dai.tif")
    images = appendix.page_images(1) * 40
    slow = io.BytesIO()
    images[0].save(slow, "PDF", save_all=True, append_images=images[1:], resolution=200)
    with pytest.raises(ReportLimitError, match="tách thành các tệp") as refused:
        open_document(slow.getvalue(), "cham.pdf", limits=ReadLimits(max_seconds=8))
    assert "cham.pdf" in str(refused.value)


def test_a_damaged_picture_is_refused(tmp_path) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    with pytest.raises(FileRefusedError, match="damaged"):
        open_pictures(path)


@pytest.mark.slow
def test_slant_is_measured() -> None:
    """A turned page comes back straight: its table has its cells again."""
    image = _image(_enlarged(appendix.page_images(1)[0]))
    wanted = len(find_ruling(np.asarray(image))[0][0].boxes)
    turned = np.asarray(image.rotate(-2, Image.Resampling.BICUBIC, fillcolor=255))
    assert len(find_ruling(deskew_picture(turned))[0][0].boxes) == wanted


def _enlarged(image: Image.Image) -> np.ndarray:
    return np.asarray(image.resize((image.width * 3 // 2, image.height * 3 // 2)))


def _image(array: np.ndarray) -> Image.Image:
    return Image.fromarray(array)


def _flat(text: str) -> str:
    return " ".join(text.split())
