"""Vietnamese text: what must be equal is equal, what must differ still differs."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import canonical, fold, nfc, tone_free

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
alphabet = VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvx BCQG.-–,0\u00a0" + MARKS
words = st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqt "), max_size=40)
texts = st.text(st.sampled_from(alphabet), max_size=40) | st.text(max_size=40)


@given(texts)
def test_each_form_is_idempotent(text: str) -> None:
    for form in (nfc, canonical, tone_free, fold):
        assert form(form(text)) == form(text)


@given(texts)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    for form in (nfc, canonical, tone_free, fold):
        assert form(composed) == form(decomposed)


@given(words)
def test_plain_forms_do_not_depend_on_tone_placement(text: str) -> None:
    for form in (tone_free, fold):
        assert form(canonical(text)) == " ".join(form(text).split())


@given(words)
def test_letters_keep_their_position(text: str) -> None:
    """A match in a plain form can be shown in the text as it was written."""
    assert len(fold(text)) == len(tone_free(text)) == len(text)
    assert fold(text).isascii()


@given(texts)
def test_canonical_moves_tones_but_never_changes_letters(text: str) -> None:
    plain = tone_free(canonical(text))
    assert fold(plain) == fold(canonical(text))
    assert plain.casefold() == tone_free(canonical(text)).casefold()


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
    assert canonical(modern) == classic
    assert canonical(unicodedata.normalize("NFD", modern)) == classic


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
    assert canonical(wrong) == right


def test_right_words_stay() -> None:
    words = (
        "quý quyết Quảng giá giữ gìn giếng hoàn ngoài Huỳnh Nguyễn Thủy của bìa mùa đường "
        "khuỷu tay Đoài Thượng Diễn hải đảo Tiên Lãng Trường Tân Kẻ Sặt người Bạch Đằng Khúc "
        "Thừa Dụ rượu chuối biển Chí Hiệp Cẩm Giàng Yết Kiêu Vĩnh Bảo Quyết Gia Lộc Ái Quốc"
    )
    assert canonical(words) == words


def test_canonical_keeps_diacritics_and_case() -> None:
    assert canonical("  Xã\u00a0Cẩm  Giang\n") == "Xã Cẩm Giang"
    assert canonical("Xã Cẩm Giang") != canonical("Xã Cẩm Giàng")
    assert canonical("Ðông H\u200bải") == "Đông Hải"


def test_plain_forms() -> None:
    assert tone_free("Xã Cẩm Giàng, Đồ Sơn") == "Xa Câm Giang, Đô Sơn"
    assert fold("Xã Cẩm Giàng, ĐỒ SƠN") == "xa cam giang, do son"
    assert fold("Äi Quöc ñ ç Ð") == "ai quoc n c d"
    assert fold("ABC 12") == "abc 12"


def test_empty_text_is_empty() -> None:
    assert [form("") for form in (nfc, canonical, tone_free, fold)] == [""] * 4
