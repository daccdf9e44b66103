"""Each page judged by itself: scans, text layers, letters without sense, writing in pictures."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader

from reports.readers.pdf.scanned import doubt_parts
from tests.reports import appendix
from tests.reports.readers.pdf.drawn import draw_pages, draw_table, read_drawn

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from reports.readers.raw_pages import RawPage

WIDTH, HEIGHT = A4
LINE = "Dự án cầu Mẫu qua sông, tổng mức đầu tư 234.539 triệu đồng, phường Đồ Sơn"
BAD = "Tlrc hien d6 thlrc hien m6t s6 c6ng trlnh xiy drlng trong diem Quy 11 nam 2O26"


@cache
def _written(lines: int = 24) -> ImageReader:
    image = Image.new("L", (int(WIDTH), int(HEIGHT)), 255)
    font = ImageFont.truetype(appendix.font()[0], 11)
    for number in range(lines):
        ImageDraw.Draw(image).text((40, 60 + 25 * number), LINE, 0, font)
    return ImageReader(image)


def _draw_scan(canvas: Canvas) -> None:
    canvas.drawImage(_written(), 0, 0, WIDTH, HEIGHT)


def _write(canvas: Canvas, line: str, lines: int = 20, mode: int = 0) -> None:
    for number in range(lines):
        text = canvas.beginText(40, 780 - 25 * number)
        text.setFont("report", 10)
        text.setTextRenderMode(mode)
        text.textOut(line)
        canvas.drawText(text)


def _page(draw: object) -> RawPage:
    (page,) = read_drawn(draw_pages(draw))  # type: ignore[arg-type]
    return page


def test_a_scan_is_told_beside_pages_of_text() -> None:
    """A number of the page does not make it read; an empty page needs nothing."""

    def scan(canvas: Canvas) -> None:
        _draw_scan(canvas)
        canvas.drawString(290, 20, "2")

    pages = read_drawn(draw_pages(draw_table, scan, lambda _: None))
    assert [page.scanned for page in pages] == ["", "picture", ""]
    assert not pages[2].parts


def test_a_stamp_of_text_over_a_scan_is_not_the_page() -> None:
    def scan(canvas: Canvas) -> None:
        _draw_scan(canvas)
        _write(canvas, "Người ký: UBND thành phố; thời gian ký: 30/06/2026 10:20:11", lines=4)

    assert _page(scan).scanned == "picture"


def test_a_page_in_strips_is_a_scan() -> None:
    def scan(canvas: Canvas) -> None:
        for number in range(6):
            canvas.saveState()
            path = canvas.beginPath()
            path.rect(0, HEIGHT / 6 * number, WIDTH, HEIGHT / 6)
            canvas.clipPath(path, stroke=0)
            _draw_scan(canvas)
            canvas.restoreState()

    assert _page(scan).scanned == "picture"


@pytest.mark.parametrize(("line", "reason"), [(LINE, "layer"), (BAD, "picture")])
def test_a_text_layer_without_ink_is_kept_only_where_it_makes_sense(line: str, reason: str) -> None:
    def scan(canvas: Canvas) -> None:
        _draw_scan(canvas)
        _write(canvas, line, mode=3)

    page = _page(scan)
    assert page.scanned == reason
    assert all(part.confidence <= 0.5 for part in page.parts)  # type: ignore[union-attr]
    assert bool(page.parts) == (reason == "layer")


def test_letters_without_sense_are_told() -> None:
    assert _page(lambda canvas: _write(canvas, BAD)).scanned == "garbled"
    assert _page(lambda canvas: _write(canvas, LINE)).scanned == ""


def test_writing_drawn_without_text_is_told() -> None:
    def outlines(canvas: Canvas) -> None:
        for number in range(60):
            for x in range(60, 500, 9):
                canvas.line(x, 780 - 12 * number, x, 786 - 12 * number)
        canvas.drawString(290, 20, "2")

    assert _page(outlines).scanned == "drawn"


def test_a_picture_with_writing_on_a_page_of_text_is_named() -> None:
    """A logo or a background without letters is none."""

    def table(canvas: Canvas) -> None:
        _write(canvas, LINE, lines=12)
        canvas.drawImage(_written(), 60, 60, 400, 380)

    page = _page(table)
    ((left, top, right, bottom),) = page.pictures
    assert page.scanned == ""
    assert (left, right) == pytest.approx((60 / WIDTH, 460 / WIDTH), abs=0.01)
    assert (top, bottom) == pytest.approx((1 - 440 / HEIGHT, 1 - 60 / HEIGHT), abs=0.01)

    def logo(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (50, 60), 235)), 0, 0, WIDTH, HEIGHT)
        canvas.drawImage(_written(), 500, 760, 40, 50)
        _write(canvas, LINE)

    assert (_page(logo).scanned, _page(logo).pictures) == ("", ())


def test_a_form_written_over_is_a_picture() -> None:
    def form(canvas: Canvas) -> None:
        canvas.drawImage(_written(), 40, 300, 500, 480)
        _write(canvas, LINE, lines=9)

    assert _page(form).scanned == "picture"


def test_what_an_unknown_recognition_gave_is_doubted() -> None:
    page = _page(draw_table)
    (table,) = doubt_parts(page.parts)
    assert {cell.confidence for row in table.rows for cell in row.cells} == {0.5}  # type: ignore[union-attr]


def test_text_drawn_twice_is_text() -> None:
    def draw(canvas: Canvas) -> None:
        _write(canvas, LINE)
        canvas.translate(0.35, 0)
        _write(canvas, LINE)

    assert not _page(draw).scanned
