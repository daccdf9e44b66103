"""Only what a person sees on a page is read; the rest is kept apart with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.utils import ImageReader

from tests.reports.readers.pdf.drawn import (
    HEADS,
    ROWS,
    TOP,
    XS,
    draw_pages,
    draw_table,
    list_cells,
    list_paragraphs,
    list_tables,
    list_unseen,
    read_drawn,
    write_objects,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

OLD = "999.999"


def _crop(canvas: Canvas) -> None:
    canvas.setCropBox((0, 300, 595, 842))
    canvas.drawString(100, 100, OLD)


def _outside(canvas: Canvas) -> None:
    canvas.drawString(700, 500, OLD)


def _clip(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 300, 50, 50)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(100, 500, OLD)
    canvas.restoreState()


def _without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(100, 500)
    text.setTextRenderMode(3)
    text.textOut(OLD)
    text.setTextRenderMode(0)
    canvas.drawText(text)


def _white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(100, 500, OLD)
    canvas.setFillGray(0)


def _white_on_white_band(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.rect(50, 490, 300, 20, stroke=0, fill=1)
    canvas.drawString(100, 500, OLD)
    canvas.setFillGray(0)


def _tiny(canvas: Canvas) -> None:
    canvas.setFont("report", 0.5)
    canvas.drawString(100, 500, OLD)
    canvas.setFont("report", 10)


def _covered(canvas: Canvas) -> None:
    canvas.drawString(100, 500, OLD)
    canvas.rect(90, 490, 80, 20, stroke=0, fill=1)


def _whited_out(canvas: Canvas) -> None:
    canvas.drawString(100, 500, OLD)
    canvas.setFillGray(1)
    canvas.rect(90, 490, 80, 20, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(100, 500, "12.345")


def _under_a_picture(canvas: Canvas) -> None:
    from PIL import Image  # noqa: PLC0415

    canvas.drawString(100, 500, OLD)
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "red")), 90, 490, 80, 20)


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (_crop, "off_page"),
        (_outside, "off_page"),
        (_clip, "off_page"),
        (_without_ink, "invisible"),
        (_tiny, "invisible"),
        (_covered, "invisible"),
        (_whited_out, "invisible"),
        (_under_a_picture, "invisible"),
        (_white, "same_colour"),
        (_white_on_white_band, "same_colour"),
    ],
)
def test_what_no_one_sees_is_not_read(draw: Callable[[Canvas], None], reason: str) -> None:
    data = draw_pages(lambda canvas: (draw_table(canvas), draw(canvas)))  # type: ignore[arg-type, return-value]
    assert list_unseen(data) == [(reason, OLD)]
    assert list_tables(data) == [[list(HEADS), *map(list, ROWS)]]
    assert OLD not in " ".join(part.text for part in list_paragraphs(data))


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(50, 490, 300, 20, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(100, 496, "Tên dự án")

    data = draw_pages(draw)
    assert [part.text for part in list_paragraphs(data)] == ["Tên dự án"]
    assert list_unseen(data) == []


def test_a_struck_out_value_in_a_cell_is_told_from_the_new_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 300], [600, 640])
        canvas.drawString(55, 615, "Tiến độ")
        canvas.drawString(155, 615, "40%")
        canvas.line(155, 618.2, 155 + canvas.stringWidth("40%"), 618.2)
        canvas.drawString(190, 615, "45%")
        canvas.line(190, 613.5, 190 + canvas.stringWidth("45%"), 613.5)

    cells = list_cells(draw_pages(draw))
    assert [(cell.text, cell.unseen, cell.unseen_reason) for cell in cells] == [
        ("Tiến độ", "", ""),
        ("45%", "40%", "struck_out"),
    ]


def test_unseen_text_keeps_its_cell() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.setFillGray(1)
        canvas.drawString(XS[2] + 50, TOP - 50, OLD)

    cells = [cell for cell in list_cells(draw_pages(draw)) if cell.unseen]
    assert [(cell.text, cell.unseen) for cell in cells] == [("234.539", OLD)]


@pytest.mark.parametrize("setting", [b"/D << /OFF [9 0 R] >>", b"/D << /BaseState /OFF >>"])
def test_a_layer_that_is_off_is_not_read(setting: bytes) -> None:
    content = b"BT /F 12 Tf 50 100 Td (seen) Tj ET /OC /L BDC BT /F 12 Tf 50 50 Td (off) Tj ET EMC"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [9 0 R] " + setting + b" >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << "
        b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> "
        b"/Properties << /L 9 0 R >> >> >>"),
        b"<< /Length %d >> stream\n" % len(content) + content + b"\nendstream",
        b"<< >>", b"<< >>", b"<< >>", b"<< >>",
        b"<< /Type /OCG /Name (old) >>",
    )  # fmt: skip
    data = write_objects(objects)
    assert [(part.text, part.unseen) for part in list_paragraphs(data)] == [
        ("seen", ""),
        ("", "off"),
    ]


def test_the_text_layer_of_a_scan_is_left_to_recognition() -> None:
    from PIL import Image  # noqa: PLC0415

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 0, 0, 595, 842)
        _without_ink(canvas)

    assert [page.parts for page in read_drawn(draw_pages(draw))] == [()]


def test_a_page_seen_through_a_moved_crop_box_keeps_its_places() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.setCropBox((20, 400, 580, 800))

    data = draw_pages(draw)
    assert list_unseen(data) == []
    assert list_tables(data) == [[list(HEADS), *map(list, ROWS)]]
    turned = re.sub(rb"/Rotate 0", b"/Rotate 180", data)
    assert turned != data
    assert [len(row) for table in list_tables(turned) for row in table] == [4] * 4
