"""Tables in a picture: solid, dashed and dotted lines, open sides, no lines at all."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from reports.readers.ocr.ruling_lines import find_broken_lines
from reports.readers.ocr.table_grid import erase_lines, find_ruling, find_unruled_grid
from reports.readers.text_layout import PageWord
from tests.reports import appendix

XS, YS = (60, 160, 660, 960, 1240), (60, 180, 300, 420, 540)
TEXTS = ("STT", "Dự án cầu Mẫu", "234.539", "Đồ Sơn")


def _table(across: str, down: str, frame: str) -> np.ndarray:
    image = Image.new("L", (1300, 600), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(appendix.font()[0], 40)
    for top in YS[:-1]:
        for left, text in zip(XS, TEXTS, strict=False):
            draw.text((left + 14, top + 20), text, 0, font)
    for y in YS:
        _draw_line(draw, (XS[0], y, XS[-1], y), frame if y in {YS[0], YS[-1]} else across)
    for x in XS:
        _draw_line(draw, (x, YS[0], x, YS[-1]), frame if x in {XS[0], XS[-1]} else down)
    return np.asarray(image)


def _draw_line(draw: ImageDraw.ImageDraw, ends: tuple[int, int, int, int], style: str) -> None:
    if style == "none":
        return
    ink, gap = {"solid": (2000, 0), "dash": (24, 16), "dot": (5, 9)}[style]
    x0, y0, x1, y1 = ends
    for at in range(0, max(x1 - x0, y1 - y0), ink + gap):
        end = min(at + ink, max(x1 - x0, y1 - y0))
        if x1 > x0:
            draw.line((x0 + at, y0, x0 + end, y0), 0, 4)
        else:
            draw.line((x0, y0 + at, x0, y0 + end), 0, 4)


@pytest.mark.parametrize(
    ("across", "down", "frame"),
    [
        ("solid", "solid", "solid"),
        ("dash", "dash", "solid"),
        ("dot", "dot", "solid"),
        ("dot", "solid", "dot"),
        ("dash", "dash", "dash"),
        ("solid", "solid", "none"),
    ],
)
def test_a_table_has_its_cells_whatever_its_lines(across: str, down: str, frame: str) -> None:
    picture = _table(across, down, frame)
    (grid,) = find_ruling(picture)[0]
    assert [len(row) for row in grid.rows] == [len(TEXTS)] * (len(YS) - 1)
    assert all(box is not None for row in grid.rows for box, _ in row)


def test_lines_are_erased_and_letters_are_not() -> None:
    picture = _table("dash", "dot", "solid")
    clean = erase_lines(picture, find_ruling(picture)[1])
    bare = _table("none", "none", "none")
    assert ((clean < 128) ^ (bare < 128)).sum() < 0.03 * (bare < 128).sum()


def test_rows_of_letters_are_no_broken_lines() -> None:
    dark = _table("none", "none", "none") < 128
    assert find_broken_lines(dark) == find_broken_lines(dark.T) == []
    assert find_ruling(_table("solid", "none", "none"))[0] == []


def test_a_table_without_lines_is_known_by_its_headings() -> None:
    """Its cells are boxes in the picture's own pixels."""
    rows = (
        ("STT", "Tên dự án", "Tổng mức đầu tư", "Địa điểm"),
        ("1", "Dự án cầu Mẫu", "234.539", "Phường Đồ Sơn"),
        ("2", "Dự án đường Mẫu", "790.000", "Xã An Lão"),
    )
    words = [
        PageWord(word, left + 90 * at, left + 90 * at + 80, top, top + 40, 40)
        for top, row in zip((300, 420, 540), rows, strict=True)
        for left, text in zip((150, 350, 1000, 1600), row, strict=True)
        for at, word in enumerate(text.split())
    ]
    grid = find_unruled_grid(words)
    assert grid is not None
    assert [len(row) for row in grid.rows] == [4, 4, 4]
    box, _ = grid.rows[2][2]
    assert box is not None
    left, top, right, bottom = box
    assert left < words[-4].x0
    assert right > words[-4].x1
    assert top < words[-4].middle < bottom
    assert find_unruled_grid(words[:3]) is None
