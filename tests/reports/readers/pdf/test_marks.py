"""Watermarks and stamps are taken off the words of a page and named once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reports.readers.pdf.drawn import (
    HEADS,
    ROWS,
    draw_pages,
    draw_table,
    list_paragraphs,
    list_tables,
    list_unseen,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TABLE = [list(HEADS), *map(list, ROWS)]


def test_a_slanting_watermark_is_named_once_for_all_pages() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.setFont("report", 40)
        canvas.setFillGray(0.85)
        canvas.translate(150, 560)
        canvas.rotate(35)
        canvas.drawString(0, 0, "BẢN NHÁP")

    data = draw_pages(draw, draw)
    assert list_tables(data) == [TABLE, TABLE]
    assert list_unseen(data) == [("watermark", "BẢN NHÁP")]


def test_large_light_or_crossing_letters_are_a_watermark() -> None:
    def draw(canvas: Canvas, grey: float, y: float) -> None:
        draw_table(canvas)
        canvas.setFont("report", 60)
        canvas.setFillGray(grey)
        canvas.drawString(100, y, "DỰ THẢO")

    light = draw_pages(lambda canvas: draw(canvas, 0.8, 300))
    crossing = draw_pages(lambda canvas: draw(canvas, 0, 600))
    for data in (light, crossing):
        assert list_tables(data) == [TABLE]
        assert list_unseen(data) == [("watermark", "DỰ THẢO")]


def test_a_large_title_is_text_whatever_its_colour() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.setFont("report", 30)
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.drawString(100, 760, "BÁO CÁO")

    data = draw_pages(draw)
    assert [part.text for part in list_paragraphs(data)] == ["BÁO CÁO"]


def test_red_values_in_cells_and_blue_tables_are_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(0, 0, 1)
        canvas.setFillColorRGB(0.9, 0, 0)
        draw_table(canvas)

    data = draw_pages(draw)
    assert list_tables(data) == [TABLE]
    assert list_unseen(data) == []


def test_a_stamp_over_the_table_is_taken_off_with_its_frame() -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.setStrokeColorRGB(0.9, 0, 0)
        canvas.setFillColorRGB(0.9, 0, 0)
        canvas.rect(400, 590, 120, 60)
        canvas.line(400, 630, 520, 630)
        for y, text in ((635, "ĐẾN"), (615, "Số: 123"), (597, "Ngày: 15/7/2026")):
            canvas.drawString(405, y, text)

    data = draw_pages(draw)
    assert list_tables(data) == [TABLE]
    ((reason, text),) = list_unseen(data)
    assert reason == "watermark"
    assert text.split() == ["ĐẾN", "Số:", "123", "Ngày:", "15/7/2026"]
