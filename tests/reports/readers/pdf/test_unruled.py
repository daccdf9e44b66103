"""Tables with few lines or none: columns by the gaps between words, rows by their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reports.readers.pdf.drawn import (
    HEADS,
    ROWS,
    TOP,
    XS,
    draw_pages,
    list_cells,
    list_paragraphs,
    list_tables,
    list_ys,
    write_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportlab.pdfgen.canvas import Canvas

TABLE = [list(HEADS), *map(list, ROWS)]
PROSE = "Trong quý, các dự án trọng điểm của thành phố được tập trung chỉ đạo thực hiện, giá trị"


def _rule_all(canvas: Canvas) -> None:
    for y in list_ys():
        canvas.line(XS[0], y, XS[-1], y)


def _rule_head(canvas: Canvas) -> None:
    for y in (TOP, TOP - 30, TOP - 120):
        canvas.line(XS[0], y, XS[-1], y)


def _frame(canvas: Canvas) -> None:
    canvas.rect(XS[0], TOP - 120, XS[-1] - XS[0], 120)


def _shade(canvas: Canvas) -> None:
    for number in range(4):
        canvas.setFillGray((0.85, 0.95)[number % 2])
        canvas.rect(XS[0], TOP - 30 * (number + 1), XS[-1] - XS[0], 30, stroke=0, fill=1)
    canvas.setFillGray(0)


def _shade_some(canvas: Canvas) -> None:
    canvas.setFillGray(0.9)
    for number in (0, 2):
        canvas.rect(XS[0], TOP - 30 * (number + 1), XS[-1] - XS[0], 30, stroke=0, fill=1)
    canvas.setFillGray(0)


@pytest.mark.parametrize(
    "rule", [lambda _: None, _rule_all, _rule_head, _frame, _shade, _shade_some]
)
def test_columns_without_lines_between_them(rule: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        rule(canvas)
        write_rows(canvas)
        canvas.drawString(50, 760, PROSE)
        canvas.drawString(50, 520, PROSE)

    data = draw_pages(draw)
    assert list_tables(data) == [TABLE]
    assert [part.text for part in list_paragraphs(data)] == [PROSE, PROSE]


def _write_lines(canvas: Canvas, x: float, y: float, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 12 * number, line)


@pytest.mark.parametrize(("pitch", "shift"), [(48, 0), (36, 0), (48, 12)])
def test_cells_of_several_lines_stay_in_their_rows(pitch: int, shift: int) -> None:
    """Numbers stand beside the first line of a row or in its middle; rows may touch."""

    def draw(canvas: Canvas) -> None:
        for x, lines in zip(
            XS, (("STT",), ("Tên dự án",), ("Tổng mức", "đầu tư"), ("Địa điểm",)), strict=False
        ):
            _write_lines(canvas, x, 700, lines)
        for number in range(3):
            y = 660 - pitch * number
            canvas.drawString(XS[0], y - shift, str(number + 1))
            _write_lines(
                canvas, XS[1], y, (f"Dự án xây dựng cầu {number}", "qua sông Cấm", "đoạn hai")
            )
            canvas.drawString(XS[2], y - shift, f"{number}23.456")
            _write_lines(canvas, XS[3], y, ("Phường Đồ Sơn, phường", "Kiến An"))

    assert list_tables(draw_pages(draw)) == [
        [
            ["STT", "Tên dự án", "Tổng mức đầu tư", "Địa điểm"],
            *(
                [
                    str(number + 1),
                    f"Dự án xây dựng cầu {number} qua sông Cấm đoạn hai",
                    f"{number}23.456",
                    "Phường Đồ Sơn, phường Kiến An",
                ]
                for number in range(3)
            ),
        ]
    ]


def test_titles_of_groups_and_totals_are_rows_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        rows = (
            HEADS,
            ("I", "Dự án khánh thành trong năm 2026 của thành phố (02 dự án)"),
            ROWS[0],
            ROWS[1],
            ("", "Tổng cộng", "1.024.539"),
        )
        write_rows(canvas, rows)

    table = list_tables(draw_pages(draw))[0]
    assert [[text for text in row if text] for row in table] == [
        list(HEADS),
        ["I", "Dự án khánh thành trong năm 2026 của thành phố (02 dự án)"],
        list(ROWS[0]),
        list(ROWS[1]),
        ["Tổng cộng", "1.024.539"],
    ]


def test_a_table_without_lines_goes_on_over_the_page() -> None:
    def draw_more(canvas: Canvas) -> None:
        write_rows(canvas, [(str(number), *ROWS[0][1:]) for number in (4, 5)])

    assert list_tables(draw_pages(write_rows, draw_more)) == [
        TABLE,
        [["4", *ROWS[0][1:]], ["5", *ROWS[0][1:]]],
    ]


def test_rows_without_lines_between_them_are_parted_by_their_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        ys = list_ys()
        canvas.grid(list(XS), [ys[0], ys[1]])
        canvas.grid(list(XS), [ys[1], ys[-1]])
        write_rows(canvas)

    assert list_tables(draw_pages(draw)) == [TABLE]


def test_prose_and_signatures_are_no_tables() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(8):
            canvas.drawString(50, 700 - 14 * number, PROSE)
        canvas.drawString(50, 560, "Nơi nhận:")
        canvas.drawString(350, 560, "TM. ỦY BAN NHÂN DÂN")
        canvas.drawString(50, 546, "- Như trên;")
        canvas.drawString(350, 546, "KT. CHỦ TỊCH")

    assert list_tables(draw_pages(draw)) == []


def test_columns_under_one_heading_and_close_columns_are_parted() -> None:
    """Numbers set flush right nearly touch the next column; two columns share a heading."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in (
            (50, 700, "STT"), (84, 700, "Tên dự án"), (230, 712, "Tổng mức đầu tư"),
            (390, 700, "Địa điểm"), (230, 685, "Phê duyệt"), (300, 685, "Điều chỉnh"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)
        for number, (_, name, amount, place) in enumerate(ROWS):
            y = 655 - 25 * number
            canvas.drawString(55, y, str(number + 1))
            canvas.drawString(84, y, name)
            canvas.drawRightString(280, y, "1.000")
            canvas.drawRightString(388, y, amount)
            canvas.drawString(390, y, place)

    cells = list_cells(draw_pages(draw))
    assert [(cell.text, cell.spans) for cell in cells if not cell.merged] == [
        ("STT", 1), ("Tên dự án", 1), ("Tổng mức đầu tư", 2), ("Địa điểm", 1),
        ("Phê duyệt", 1), ("Điều chỉnh", 1),
        *(
            (text, 1)
            for number, (_, name, amount, place) in enumerate(ROWS)
            for text in (str(number + 1), name, "1.000", amount, place)
        ),
    ]  # fmt: skip


def test_gaps_within_the_strings_of_a_heading_part_no_columns() -> None:
    """Where the gaps between words of two lines meet, the strings over them still hold."""

    def draw(canvas: Canvas) -> None:
        for x, y, text in (
            (50, 700, "STT"), (84, 700, "Tên dự án"), (230, 700, "Địa điểm"),
            (330, 700, "Tóm tắt kết quả thực hiện của"), (330, 688, "kỳ báo cáo, khó khăn vướng"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)
        for number, (_, name, _, place) in enumerate(ROWS):
            y = 655 - 25 * number
            canvas.drawString(55, y, str(number + 1))
            canvas.drawString(84, y, name)
            canvas.drawString(230, y, place)
            canvas.drawString(330, y, "Thi công đạt 45%")

    table = list_tables(draw_pages(draw))[0]
    assert [len(row) for row in table] == [4, 4, 4, 4]
    assert table[1] == ["1", ROWS[0][1], ROWS[0][3], "Thi công đạt 45%"]


def test_a_sum_without_a_number_is_a_row_of_its_own() -> None:
    rows = (HEADS, ROWS[0], ("", "Cộng mục I", "234.539"), ROWS[1], ROWS[2])
    table = list_tables(draw_pages(lambda canvas: write_rows(canvas, rows)))[0]
    assert [row[1] for row in table] == [HEADS[1], ROWS[0][1], "Cộng mục I", ROWS[1][1], ROWS[2][1]]
