"""Texts of cells and paragraphs made plain: blanks, digits and signs of every kind."""

from __future__ import annotations

import pytest

from reports.readers.raw_pages import clean_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("4\u202f572\u00a0000", "4 572 000"),
        ("4\u2009572\u2007000\u3000đồng", "4 572 000 đồng"),
        ("\uff14\uff0e\uff15\uff17\uff12\uff0c\uff10 \uff08\uff05\uff09", "4.572,0 (%)"),
        ("\u0664\u0665 \u096a\u096b", "45 45"),
        ("'4.572.000", "4.572.000"),
        ("\u2019(12,5)", "(12,5)"),
        ("'Cầu số 5'", "'Cầu số 5'"),
        ("năm '26", "năm '26"),
        ("m² và ghi chú¹", "m² và ghi chú¹"),
        ("Pho\u0300ng", "Phòng"),
        ("a\u200bb\u00adc\ufeffd\x07", "abcd"),
        (" một \r\n\n hai\x85ba ", "một\nhai\nba"),
    ],
)
def test_text_is_made_plain(text: str, plain: str) -> None:
    assert clean_text(text) == plain


def test_letters_of_old_fonts_stay_for_the_step_that_reads_them() -> None:
    """In TCVN3 a soft hyphen is ``ư``; in wrongly decoded text controls and blanks are letters."""
    assert clean_text("®Çu t\u00ad c«ng") == "®Çu t\u00ad c«ng"
    assert clean_text("Ä\x90á»“  SÆ¡n Ã\u00a0") == "Ä\x90á»“ SÆ¡n Ã\u00a0"
