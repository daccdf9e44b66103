"""Pictures prepared for recognition: seals, watermarks, turned pages, the size of letters."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from reports.readers.ocr.colours import grey_colours, lighten_shades
from reports.readers.ocr.orientation import measure_unevenness
from reports.readers.ocr.resolution import check_resolution, find_pieces, measure_letter_height
from reports.readers.refusal import FileRefusedError
from tests.reports import appendix

RED = (205, 40, 50)


def _page(size: tuple[int, int] = (1200, 900), letters: int = 30) -> Image.Image:
    image = Image.new("RGB", size, "white")
    font = ImageFont.truetype(appendix.font()[0], letters)
    for number, top in enumerate(range(60, size[1] - 100, letters * 2)):
        left = 60 + 37 * number % 71
        ImageDraw.Draw(image).text((left, top), "Dự án cầu Mẫu qua sông Cấm đạt 45%", 0, font)
    return image


def test_a_red_seal_is_lightened_and_red_writing_is_not() -> None:
    image = _page()
    draw = ImageDraw.Draw(image)
    draw.ellipse((700, 300, 900, 500), outline=RED, width=9)
    draw.text((760, 380), "UBND", RED, ImageFont.truetype(appendix.font()[0], 30))
    draw.text((60, 800), "Chậm tiến độ 12%", RED, ImageFont.truetype(appendix.font()[0], 40))
    grey = grey_colours(np.asarray(image))
    assert grey[400, 704] == 255
    assert (grey[800:850, 60:400] < 120).sum() > 500
    assert (grey[60:100, 60:500] < 60).sum() > 500


def test_a_watermark_is_lightened_and_writing_is_not() -> None:
    page = np.asarray(_page().convert("L"))
    mark = np.asarray(
        Image.fromarray(np.pad(np.full((60, 500), 200, np.uint8), 200, constant_values=255))
        .rotate(20, fillcolor=255)
        .resize((1200, 900))
    )
    marked = np.minimum(page, mark)
    cleaned = lighten_shades(marked)
    assert ((cleaned > 190) & (cleaned < 210)).sum() < 0.1 * (marked == 200).sum()
    assert (cleaned < 90).sum() == (marked < 90).sum()
    assert lighten_shades(page) is page


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_lines_of_text_tell_a_page_on_its_side(turn: int) -> None:
    page = _page()
    ImageDraw.Draw(page).rectangle((40, 40, 1100, 850), outline=0, width=4)
    uneven = measure_unevenness(np.rot90(np.asarray(page.convert("L")), turn))
    assert (uneven > 1.6) if turn % 2 == 0 else (uneven < 1 / 1.6)


def test_connected_ink_is_found_once() -> None:
    dark = np.zeros((12, 20), dtype=bool)
    dark[2:9, 3] = dark[2:9, 7] = dark[8, 3:8] = True
    dark[4:6, 12:15] = True
    assert sorted(find_pieces(dark)) == [(3, 2, 8, 9), (12, 4, 15, 6)]


def test_letters_of_too_few_pixels_are_refused() -> None:
    """Enlarging a picture does not make its letters clearer; a fine scan is not measured."""
    large = np.asarray(_page(letters=32).convert("L"))
    assert 15 < measure_letter_height(large < 128) < 34
    check_resolution(large, 1.0, 300)
    check_resolution(large, 2.0, 150)
    with pytest.raises(FileRefusedError, match="letters_too_small") as refused:
        check_resolution(large, 4.0, 72)
    assert refused.value.values["dpi"] == 72
