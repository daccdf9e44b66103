"""Roman numerals told by their strokes, in serif and plain type, at several sizes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from reports.readers.ocr.roman_numerals import read_roman_before_slash, read_roman_mark
from tests.reports import appendix

FONTS = [appendix.font()[0]]
_PLAIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
if _PLAIN.exists():
    FONTS.append(str(_PLAIN))


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("size", [34, 42, 60])
@pytest.mark.parametrize("numeral", ["I", "II", "III", "IV"])
def test_quarters(font: str, size: int, numeral: str) -> None:
    """The numeral before the slash, whatever letters recognition takes it for."""
    assert read_roman_before_slash(_drawn(f"{numeral}/2026", font, size)) == numeral


@pytest.mark.parametrize("size", [34, 42, 60])
@pytest.mark.parametrize(
    ("mark", "numeral", "dotted"),
    [("I", "I", False), ("III", "III", False), ("II.1", "II", True), ("III.2", "III", True)],
)
def test_group_marks(mark: str, numeral: str, dotted: bool, size: int) -> None:
    found, after = read_roman_mark(_drawn(mark, FONTS[0], size))
    assert (found, after > 0) == (numeral, dotted)


def test_figures_are_no_numerals() -> None:
    """The flag of a figure 1 is not even; nothing is made of an empty picture."""
    assert read_roman_mark(_drawn("1", FONTS[0], 48))[0] == ""
    assert read_roman_mark(_drawn("11", FONTS[0], 48))[0] == ""
    assert read_roman_before_slash(np.zeros((20, 20), dtype=bool)) == ""
    assert read_roman_mark(np.zeros((20, 20), dtype=bool)) == ("", 0)


def _drawn(text: str, font: str, size: int) -> np.ndarray:
    image = Image.new("L", (size * len(text) + 20, size * 2), 255)
    ImageDraw.Draw(image).text((8, 8), text, 0, ImageFont.truetype(font, size))
    return np.asarray(image) < 128
