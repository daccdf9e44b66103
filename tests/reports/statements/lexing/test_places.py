"""Communes in sentences: groups behind one type word, comments, what is no commune."""

from __future__ import annotations

from datetime import date

import pytest

from geo.geocoder import get_default_geocoder
from reports.statements.lexing.places import PlaceMention, find_places

AN_LAO, TIEN_LANG, HAI_AN, DUONG_KINH = "11629", "11755", "11413", "11692"


def find(text: str) -> tuple[PlaceMention, ...]:
    return find_places(text, get_default_geocoder(), date(2025, 12, 1))


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("tại xã An Lão.", "xã An Lão", (AN_LAO,)),
        ("hai xã An Lão và Tiên Lãng", "xã An Lão và Tiên Lãng", (AN_LAO, TIEN_LANG)),
        ("02 xã: An Lão, Tiên Lãng", "xã: An Lão, Tiên Lãng", (AN_LAO, TIEN_LANG)),
        (
            "các phường Hải An, Dương Kinh; xã An Lão",
            "phường Hải An, Dương Kinh; xã An Lão",
            (HAI_AN, DUONG_KINH, AN_LAO),
        ),
        ("tại P. Hải An làm trước", "P. Hải An", (HAI_AN,)),
        ("X. An Lão và X. Tiên Lãng", "X. An Lão và X. Tiên Lãng", (AN_LAO, TIEN_LANG)),
        ("phường Hải An, Công ty Mây Trắng làm", "phường Hải An", (HAI_AN,)),
        ("xã An Lão, Sở Xây dựng rà soát", "xã An Lão", (AN_LAO,)),
    ],
)
def test_communes_of_a_group_share_their_type_word(
    text: str, words: str, codes: tuple[str, ...]
) -> None:
    (place,) = find(text)
    assert (place.words, place.codes) == (words, codes)
    assert text[place.start : place.end] == words


@pytest.mark.parametrize("text", ["an sinh xã hội", "Xã hội hóa đầu tư", "phúc lợi xã hội Hải An"])
def test_society_is_no_commune(text: str) -> None:
    assert find(text) == ()


def test_a_place_of_another_province_has_no_code() -> None:
    (place,) = find("xã Kim Thái, huyện Vụ Bản, tỉnh Nam Định")
    assert (place.codes, place.doubtful) == ((), ())


def test_no_place_is_looked_for_within_another_name() -> None:
    text = "Ban dự án xã An Lão họp tại xã Tiên Lãng"
    masked = [(0, text.index(" họp"))]
    (place,) = find_places(text, get_default_geocoder(), None, masked)
    assert place.codes == (TIEN_LANG,)


@pytest.mark.parametrize("piece", ["xã An Lão, ", "xã (nay là ", "xã An ", "P. ", "A "])
def test_endless_lists_end(piece: str) -> None:
    assert len(find(piece * 400)) <= 400


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("phường Kiến An 07 1.250 tỷ đồng", "phường Kiến An"),
        ("xã Kiến Minh 12 và 1.250 hộ", "xã Kiến Minh"),
        ("phường Đông Hải 1 (cũ) còn 12 hộ", "phường Đông Hải 1 (cũ)"),
        ("PHƯỜNG ĐÔNG HẢI 2 còn 12 hộ", "PHƯỜNG ĐÔNG HẢI 2"),
        ("phường Đông Hải 1.250 hộ", "phường Đông Hải"),
    ],
)
def test_a_number_is_of_a_name_where_a_commune_is_told_apart_by_it(text: str, named: str) -> None:
    assert [place.words for place in find(text)] == [named]
