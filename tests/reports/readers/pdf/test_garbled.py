"""How much of a page's text is no text."""

import pytest

from reports.readers.pdf.garbled import measure_garbled_share

PLAIN = (
    "3 Dự án cải tạo kênh Mẫu, km12+500, diện tích 36/45 ha (80%), vốn 1.198,916 tỷ đồng; "
    "GPMB xong trước 30/6/2026, gói thầu XL-02, đường 10m, khoản 3b, QL10, Công ty Logistics A"
)


def test_ordinary_words_numbers_units_and_codes_are_text() -> None:
    assert measure_garbled_share(PLAIN) < 0.1
    assert measure_garbled_share("") == measure_garbled_share(" \n") == 0.0
    assert measure_garbled_share("- 2 -") == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "(cid:12)(cid:44) (cid:3)(cid:17)(cid:5)",
        "\ue012\ue055\ue0a1 \ue012\ue013",
        "\ufffd\ufffd\ufffd 12",
        "Дгшж ытоп аавпр 12 ычсм",
        "Dg 4n c4i t@o k3nh M~u dien tlch thu h6i nghi~m thu d0t 8O% k8t qua",
        "kqfr wpnm zxtr jklw bndd pqsw",
    ],
    ids=["no letters", "private signs", "lost signs", "foreign", "bad OCR", "shifted letters"],
)
def test_what_only_looks_like_text_is_told(text: str) -> None:
    assert measure_garbled_share(text) > 0.3


def test_the_share_is_that_of_the_signs() -> None:
    mixed = f"{PLAIN} " + "(cid:7)" * 60
    assert 0.2 < measure_garbled_share(mixed) < 0.6


def test_letters_apart_from_their_marks_and_old_fonts_are_not_garbled() -> None:
    assert (
        measure_garbled_share("Ha\u0309i Pho\u0300ng co\u0301 ca\u0302\u0300u mo\u031b\u0301i") == 0
    )
    assert measure_garbled_share("Tæng møc ®Çu t­ dù ¸n cÇu Hµ Néi phÇn x©y l¾p ®· xong") < 0.1
