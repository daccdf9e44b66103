"""Tables by their lines, however these are drawn, and the words of their cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reports.readers.pdf.drawing.content import Box, Glyph
from reports.readers.pdf.words import show_signs
from tests.reports.readers.pdf.drawn import (
    HEADS,
    ROWS,
    STEP,
    TOP,
    XS,
    draw_pages,
    list_cells,
    list_tables,
    list_ys,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

BOX = Box(0, 0, 5, 10)
GLYPH = Glyph("a", BOX, 10, 0, 0, "", None, 1, 1, 1, inked=True, clip=BOX, origin=(0, 8))
SIGNS = (
    ("\uf0b3", "ABCDEF+SymbolMT"),
    ("\uf0a8", "Wingdings-Regular"),
    ("a", "Times"),
    ("\ue000", "Times"),
)
TABLE = [list(HEADS), *map(list, ROWS)]


def _draw_dots(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    steps = int(max(x1 - x0, y1 - y0) / 3)
    for step in range(steps + 1):
        part = step / steps
        canvas.circle(x0 + part * (x1 - x0), y0 + part * (y1 - y0), 0.4, stroke=0, fill=1)


def _draw_squares(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    for step in range(int(max(x1 - x0, y1 - y0) / 2.5) + 1):
        across = x1 > x0
        x, y = (x0 + 2.5 * step, y0) if across else (x0, y0 + 2.5 * step)
        canvas.rect(x, y, 0.8, 0.8, stroke=0, fill=1)


def _draw_dashes(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    for step in range(int(max(x1 - x0, y1 - y0) / 9) + 1):
        if x1 > x0:
            canvas.line(x0 + 9 * step, y0, min(x1, x0 + 9 * step + 5), y0)
        else:
            canvas.line(x0, y0 + 9 * step, x0, min(y1, y0 + 9 * step + 5))


def _draw_double(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, y0, x1, y1)
    across = x1 > x0
    canvas.line(x0 + 4 * (not across), y0 - 4 * across, x1 + 4 * (not across), y1 - 4 * across)


@pytest.mark.parametrize("draw_line", [_draw_dots, _draw_squares, _draw_dashes, _draw_double])
def test_lines_are_lines_however_they_are_drawn(
    draw_line: Callable[[Canvas, float, float, float, float], None],
) -> None:
    def draw(canvas: Canvas) -> None:
        ys = list_ys()
        for x in XS:
            draw_line(canvas, x, ys[-1], x, ys[0])
        for y in ys:
            draw_line(canvas, XS[0], y, XS[-1], y)
        write_rows(canvas)

    assert list_tables(draw_pages(draw)) == [TABLE]


def test_sides_that_are_not_drawn_close_the_table() -> None:
    def draw(canvas: Canvas) -> None:
        ys = list_ys()
        for x in XS[1:-1]:
            canvas.line(x, ys[-1], x, ys[0])
        for y in ys[1:-1]:
            canvas.line(XS[0], y, XS[-1], y)
        write_rows(canvas)

    assert list_tables(draw_pages(draw)) == [TABLE]


def test_cells_over_rows_and_columns_say_so() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (600, 660, 690):
            canvas.line(50, y, 350, y)
        canvas.line(150, 630, 350, 630)
        for x in (50, 150, 350):
            canvas.line(x, 600, x, 690)
        canvas.line(250, 600, 250, 660)
        for x, y, text in (
            (60, 670, "Xã"), (160, 670, "Vốn"), (60, 625, "An Lão"),
            (160, 640, "1"), (260, 640, "2"), (160, 610, "3"), (260, 610, "4"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)

    cells = list_cells(draw_pages(draw))
    assert [(cell.text, cell.spans, cell.row_spans, cell.merged) for cell in cells] == [
        ("Xã", 1, 1, False), ("Vốn", 2, 1, False),
        ("An Lão", 1, 2, False), ("1", 1, 1, False), ("2", 1, 1, False),
        ("", 1, 1, True), ("3", 1, 1, False), ("4", 1, 1, False),
    ]  # fmt: skip


def test_a_letter_over_the_line_stays_with_its_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid(list(XS), list_ys())
        rows = [list(row) for row in (HEADS, *ROWS)]
        rows[2][1] = ""
        write_rows(canvas, rows)
        name = "đường Mẫu công"
        x = XS[2] + 3.4 - canvas.stringWidth(name)
        for piece in ("đ", "ườ", "ng M", "ẫ", "u c", "ô", "ng"):
            canvas.drawString(x, TOP - 2 * STEP - 20, piece)
            x += canvas.stringWidth(piece)

    table = list_tables(draw_pages(draw))[0]
    assert table[2] == ["2", "đường Mẫu công", "790.000", "Xã An Lão"]


def test_letters_drawn_twice_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid(list(XS), list_ys())
        write_rows(canvas)
        for shift in (0.4, 0.9):
            canvas.saveState()
            canvas.translate(shift, 0.3)
            write_rows(canvas)
            canvas.restoreState()
        canvas.drawString(50, 500, "ill 111.111")

    data = draw_pages(draw)
    assert list_tables(data) == [TABLE]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_drawn_on_its_side_is_read_as_if_turned(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = 595, 842
        canvas.rotate(turn)
        canvas.translate(
            {90: 0, 180: -width, 270: -width}[turn], {90: -height, 180: -height, 270: 0}[turn]
        )
        canvas.grid(list(XS), list_ys())
        write_rows(canvas)

    size = (595, 842) if turn == 180 else (842, 595)
    assert list_tables(draw_pages(draw, size=size)) == [TABLE]


@pytest.mark.parametrize("turn", [90, -90])
def test_headings_on_their_side_are_read_within_their_cells(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 90, 130, 330], [500, 530, 640])
        for x, lines in ((50, ("Tổng mức", "đầu tư")), (90, ("Địa điểm",))):
            for number, line in enumerate(lines):
                canvas.saveState()
                if turn > 0:
                    canvas.translate(x + 15 + 12 * number, 535)
                else:
                    canvas.translate(x + 27 - 12 * number, 635)
                canvas.rotate(turn)
                canvas.drawString(0, 0, line)
                canvas.restoreState()
        canvas.drawString(140, 580, "Kết quả thực hiện trong kỳ báo cáo, khó khăn, vướng mắc")
        for x, text in ((55, "123"), (95, "Xã"), (140, "Đang thi công đạt 45%")):
            canvas.drawString(x, 512, text)

    table = list_tables(draw_pages(draw))[0]
    assert [row[:2] for row in table] == [["Tổng mức đầu tư", "Địa điểm"], ["123", "Xã"]]


def test_signs_of_symbol_fonts_are_read_as_they_are_shown() -> None:
    glyphs = [replace(GLYPH, text=text, font=font) for text, font in SIGNS]
    show_signs(glyphs)
    assert [glyph.text for glyph in glyphs] == ["≥", "☐", "a", "\ue000"]
