"""Old font encodings are told from Unicode, and nothing else is taken for one."""

from __future__ import annotations

import unicodedata

import pytest

from reports.readers.encodings.legacy_fonts import (
    _TABLES,
    convert_legacy,
    convert_piece,
    find_legacy_encoding,
)
from tests.reports.appendix import text_of_report

TONES = "\u0300\u0301\u0303\u0309\u0323"
TCVN3 = "B¸o c¸o kÕt qu¶ thùc hiÖn c¸c nhiÖm vô quý I n¨m 2026 cña thµnh phè H¶i Phßng, ®Çu t­ c«ng"
VNI = (
    "Baùo caùo keát quaû thöïc hieän caùc nhieäm vuï quyù I naêm 2026 cuûa thaønh phoá Haûi Phoøng"
)
UNICODE = "Báo cáo kết quả thực hiện các nhiệm vụ quý I năm 2026 của thành phố Hải Phòng¹, đạt ½"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TCVN3, "tcvn3"),
        (VNI, "vni"),
        (UNICODE, None),
        ("Annual report of the Peñafiel façade, 12 µm × 3 ÷ 2 ©, 4 µm, 5 µm, 6 µm", None),
        ("", None),
        ("1.198.916 | 234,539", None),
    ],
)
def test_encoding(text: str, encoding: str | None) -> None:
    assert find_legacy_encoding([text])[0] == encoding


def test_old_fonts_are_written_in_unicode() -> None:
    assert convert_legacy(TCVN3, "tcvn3").endswith("thành phố Hải Phòng, đầu tư công")
    assert convert_legacy(VNI, "vni").endswith("quý I năm 2026 của thành phố Hải Phòng")
    assert convert_legacy("HaÒi PhoÌng, Kiêìn Thuòy", "cp1258") == "Hải Phòng, Kiến Thụy"


def test_capitals_stay_capitals() -> None:
    """TCVN3 shows the small letters as capitals in a font of its own."""
    assert convert_legacy("B¸O C¸O quý I, H¶i Phßng", "tcvn3") == "BÁO CÁO quý I, Hải Phòng"
    assert convert_legacy("§éc lËp", "tcvn3") == "Độc lập"
    assert convert_legacy("COÄNG HOØA, Ñoäc laäp", "vni") == "CỘNG HÒA, Độc lập"


def test_every_letter_comes_back() -> None:
    """Vowels with each tone, and đ, in all four encodings."""
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐ"
    for encoding in ("tcvn3", "vni", "viscii", "cp1258"):
        written = " ".join(write_legacy(letter, encoding) for letter in letters)
        assert convert_legacy(written, encoding) == " ".join(letters), encoding


def test_only_pieces_in_the_old_encoding_are_converted() -> None:
    """``Cã`` is ``Có`` in TCVN3 and a word in Unicode as well: the rest of the document decides."""
    assert convert_piece("Dự án ở xã", "tcvn3", whole=False) == "Dự án ở xã"
    assert convert_piece("H¶i Phßng", "tcvn3", whole=False) == "Hải Phòng"
    assert convert_piece("Cã", "tcvn3", whole=False) == "Cã"
    assert convert_piece("Cã", "tcvn3", whole=True) == "Có"


def test_a_real_report_is_in_unicode() -> None:
    assert find_legacy_encoding((text_of_report() or UNICODE).split("\n")) == (None, 0.0)


def write_legacy(text: str, encoding: str) -> str:
    """Return Vietnamese in Unicode as an old encoding stores it, as Western letters."""
    made = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(sign for sign in apart if sign in TONES)
        plain = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in TONES))
        if encoding == "cp1258":
            made.append((plain + tone).encode("cp1258").decode("cp1252"))
        elif encoding == "vni":
            made.append(_write_vni(plain, tone))
        else:
            table = _TABLES["tcvn3" if encoding == "tcvn3" else "viscii"]
            made.append(next((chr(sign) for sign, to in table.items() if to == letter), letter))
    return "".join(made)


def _write_vni(plain: str, tone: str) -> str:
    """Return a letter as VNI has it: a mark after the vowel, or a sign for both."""
    if not plain.isalpha():
        return plain
    small = plain.lower()
    whole = {"ìíỉĩịỵ"[i]: "ìíæóòî"[i] for i in range(6)}
    composed = unicodedata.normalize("NFC", small + tone)
    if composed in whole:
        made = whole[composed]
    else:
        base, mark = {"â": ("a", 0), "ê": ("e", 0), "ô": ("o", 0), "ă": ("a", 1)}.get(
            small, ({"ơ": "ô", "ư": "ö", "đ": "ñ"}.get(small, small), 2)
        )
        signs = ("âàáåãä", "êèéúüë", " øùûõï")[mark]
        made = (base + signs[" \u0300\u0301\u0309\u0303\u0323".index(tone or " ")]).strip()
    return made.upper() if plain.isupper() else made
