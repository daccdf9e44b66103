"""Vietnamese text: what must be equal is equal, what must differ still differs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import fold_text, normalise_spelling, strip_tones, to_nfc

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
alphabet = VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvx BCQG.-–,0\u00a0" + MARKS
words = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqt "), max_size=40)
texts = st.text(st.sampled_from(alphabet), max_size=40) | st.text(max_size=40)


@given(texts)
def test_each_form_is_idempotent(text: str) -> None:
    for form in (to_nfc, normalise_spelling, strip_tones, fold_text):
        assert form(form(text)) == form(text)


@given(texts)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    for form in (to_nfc, normalise_spelling, strip_tones, fold_text):
        assert form(composed) == form(decomposed)


@given(words)
def test_plain_forms_do_not_depend_on_tone_placement(text: str) -> None:
    for form in (strip_tones, fold_text):
        assert form(normalise_spelling(text)) == " ".join(form(text).split())


@given(words)
def test_letters_keep_their_position(text: str) -> None:
    """A match in a plain form can be shown in the text as it was written."""
    assert len(fold_text(text)) == len(strip_tones(text)) == len(text)
    assert fold_text(text).isascii()


@given(texts)
def test_canonical_moves_tones_but_never_changes_letters(text: str) -> None:
    plain = strip_tones(normalise_spelling(text))
    assert fold_text(plain) == fold_text(normalise_spelling(text))
    assert plain.casefold() == strip_tones(normalise_spelling(text)).casefold()


@pytest.mark.parametrize(
    ("modern", "classic"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("Kiến Thuỵ", "Kiến Thụy"),
        ("Kiến Thụy", "Kiến Thụy"),
        ("Việt Hoà", "Việt Hòa"),
        ("VIỆT HOÀ", "VIỆT HÒA"),
        ("khoẻ", "khỏe"),
        ("cuả", "của"),
        ("HoàNghĩa", "HòaNghĩa"),
    ],
)
def test_both_tone_placements_become_the_classic_one(modern: str, classic: str) -> None:
    assert normalise_spelling(modern) == classic
    assert normalise_spelling(unicodedata.normalize("NFD", modern)) == classic


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("qúy", "quý"),
        ("Qúy I", "Quý I"),
        ("qủan lý", "quản lý"),
        ("gía", "giá"),
        ("hòan thành", "hoàn thành"),
        ("HÒAN", "HOÀN"),
        ("ngòai", "ngoài"),
        ("Hùynh", "Huỳnh"),
        ("Ngũyên", "Nguyễn"),
    ],
)
def test_a_misplaced_tone_goes_where_the_syllable_bears_it(wrong: str, right: str) -> None:
    assert normalise_spelling(wrong) == right


def test_right_words_stay() -> None:
    words = (
        "quý quyết Quảng giá giữ gìn giếng hoàn ngoài Huỳnh Nguyễn Thủy của bìa mùa đường "
        "khuỷu tay Đoài Thượng Diễn hải đảo Tiên Lãng Trường Tân Kẻ Sặt người Bạch Đằng Khúc "
        "Thừa Dụ rượu chuối biển Chí Hiệp Cẩm Giàng Yết Kiêu Vĩnh Bảo Quyết Gia Lộc Ái Quốc"
    )
    assert normalise_spelling(words) == words


def test_canonical_keeps_diacritics_and_case() -> None:
    assert normalise_spelling("  Xã\u00a0Cẩm  Giang\n") == "Xã Cẩm Giang"
    assert normalise_spelling("Xã Cẩm Giang") != normalise_spelling("Xã Cẩm Giàng")
    assert normalise_spelling("Ðông H\u200bải") == "Đông Hải"


def test_plain_forms() -> None:
    assert strip_tones("Xã Cẩm Giàng, Đồ Sơn") == "Xa Câm Giang, Đô Sơn"
    assert fold_text("Xã Cẩm Giàng, ĐỒ SƠN") == "xa cam giang, do son"
    assert fold_text("Äi Quöc ñ ç Ð") == "ai quoc n c d"
    assert fold_text("ABC 12") == "abc 12"


def test_empty_text_is_empty() -> None:
    assert [form("") for form in (to_nfc, normalise_spelling, strip_tones, fold_text)] == [""] * 4
