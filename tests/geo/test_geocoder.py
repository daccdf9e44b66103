"""The geocoder on what reports write: lists, types, abbreviations, zones, prose."""

import unicodedata
from dataclasses import asdict
from datetime import date

import pytest

from geo.errors import GeocodeInputError
from geo.gazetteer import load_gazetteer
from geo.geocoder import SURE, GeocodeResult, get_default_geocoder


def read(text: str, as_of: date | None = None) -> GeocodeResult:
    return get_default_geocoder().geocode(text, as_of=as_of)


def names(result: GeocodeResult) -> list[str]:
    return [match.name for match in result.matches]


def sure(text: str) -> set[str]:
    """Return the communes of a text, which must be matched."""
    result = read(text)
    assert result.status == "matched", result
    return set(names(result))


LISTS = {
    "Nam Đồng, Ái Quốc, Hà Tây, Thanh Hà, Hà Bắc, Hà Nam, Kim Thành, An Phong, An Dương": (
        "Phường Nam Đồng,Phường Ái Quốc,Xã Hà Tây,Xã Thanh Hà,Xã Hà Bắc,Xã Hà Nam,Xã Kim Thành,"
        "Phường An Phong,Phường An Dương"
    ),
    "Lê Thanh Nghi, Tứ Minh, Tân Hưng, Thạch Khôi, Mao Điền, Yết Kiêu, Bình Giang": (
        "Phường Lê Thanh Nghị,Phường Tứ Minh,Phường Tân Hưng,Phường Thạch Khôi,Xã Mao Điền,"
        "Xã Yết Kiêu,Xã Bình Giang"
    ),
    "Hải An, Hưng Đạo, Kiên An, An Hải, An Dương, An Phong": (
        "Phường Hải An,Phường Hưng Đạo,Phường Kiến An,Phường An Hải,Phường An Dương,Phường An Phong"
    ),
    "Xã Kiến Hải và Hùng Thắng": "Xã Kiến Hải,Xã Hùng Thắng",
    "Tuệ Tĩnh, Việt Hoà, Tứ Minh, Lê Thanh Nghị": (
        "Xã Tuệ Tĩnh,Phường Việt Hòa,Phường Tứ Minh,Phường Lê Thanh Nghị"
    ),
    "Kẻ Sắt, Bình Giang, Đường An, Nguyễn Lương Bằng, Thượng Hồng": (
        "Xã Kẻ Sặt,Xã Bình Giang,Xã Đường An,Xã Nguyễn Lương Bằng,Xã Thượng Hồng"
    ),
    "UBND xã Thanh Hà, Kiến Thuỵ, phường Đồ Sơn, Kinh Môn": (
        "Xã Thanh Hà,Xã Kiến Thụy,Phường Đồ Sơn,Phường Kinh Môn"
    ),
    "UBND các xã: Cẩm Giang, Mao Điền, Tuệ Tĩnh và các sở, ngành có liên quan": (
        "Xã Cẩm Giang,Xã Mao Điền,Xã Tuệ Tĩnh"
    ),
    "các xã An Lão, An Quang và phường Hải An": "Xã An Lão,Xã An Quang,Phường Hải An",
    "<p>Phường <b>Hải An</b></p><ul><li>xã Lai Khê</li></ul>": "Phường Hải An,Xã Lai Khê",
    "thuộc các địa phương: Phường Việt Hòa; Phường Tứ Minh; Xã Kê Sặt; Xã Trần Phú.": (
        "Phường Việt Hòa,Phường Tứ Minh,Xã Kẻ Sặt,Xã Trần Phú"
    ),
    "Đặc khu Cát Hải và Bạch Long Vĩ": "Đặc khu Cát Hải,Đặc khu Bạch Long Vĩ",
}


@pytest.mark.parametrize(("text", "communes"), LISTS.items())
def test_lists_of_the_reports_are_read_whole(text: str, communes: str) -> None:
    """Every commune of a list is found, in its order, and nothing else."""
    result = read(text)
    assert result.status == "matched"
    assert names(result) == communes.split(",")
    assert result.unresolved == ()


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Phường Nguyễn Đại Nãi", "Phường Nguyễn Đại Năng"),
        ("Xã Kê Sặt", "Xã Kẻ Sặt"),
        ("Phường Hoà Bình", "Phường Hòa Bình"),
        ("xã Kiến Thuỵ", "Xã Kiến Thụy"),
        ("P.Nam Đồng", "Phường Nam Đồng"),
        ("P Nam Đồng", "Phường Nam Đồng"),
        ("X. An Lão", "Xã An Lão"),
        ("ĐK Cát Hải", "Đặc khu Cát Hải"),
        ("xãAn Lão", "Xã An Lão"),
        ("phườngNamĐồng", "Phường Nam Đồng"),
        ("Phư ờng Nam Đ ồng", "Phường Nam Đồng"),
        ("Nam-Đồng", "Phường Nam Đồng"),
        ("phường Nam\nĐồng", "Phường Nam Đồng"),
        ("Mao Đ1ền", "Xã Mao Điền"),
        ("&lt;p&gt;ph&#432;&#7901;ng Nam &#272;&#7891;ng", "Phường Nam Đồng"),
    ],
)
def test_one_commune_however_it_is_written(text: str, commune: str) -> None:
    """Tones in either place, abbreviations, joined and split words, scan errors."""
    assert sure(text) == {commune}


def test_every_full_and_short_name_finds_its_commune() -> None:
    """All 114, in any case, composed or not, and exact ones with an exact method."""
    for row in load_gazetteer().communes.itertuples():
        for text in (row.name, row.short_name, row.name.upper(), row.name.lower()):
            for form in ("NFC", "NFD"):
                result = read(unicodedata.normalize(form, text))
                assert result.status == "matched", text
                assert [m.code for m in result.matches] == [row.code], text
                assert result.matches[0].method == "exact", text


def test_a_name_that_two_wrong_letters_part_from_another_goes_to_review() -> None:
    """``Phường Thạch Khê`` may be Thạch Khôi misread, or a place unknown: not for us to say."""
    result = read("Phường Thạch Khê")
    assert result.status == "review"
    assert names(result)[0] == "Phường Thạch Khôi"
    assert all(match.confidence < SURE for match in result.matches)


def test_cam_giang_and_cam_giang_with_its_tone_are_kept_apart() -> None:
    """The exact accented text decides; unmarked or otherwise toned, both are offered."""
    assert sure("xã Cẩm Giang") == {"Xã Cẩm Giang"}
    assert sure("xã Cẩm Giàng") == {"Xã Cẩm Giàng"}
    for text in ("xa Cam Giang", "Cam Giang", "xã Cẩm Giáng", "xã Câm Giang", "xã Cẩm Gỉang"):
        result = read(text)
        assert result.status == "review", text
        assert {"Xã Cẩm Giang", "Xã Cẩm Giàng"} <= set(names(result)), text


def test_confidence_tells_how_good_a_match_is() -> None:
    """Exact, tone only, one letter, two letters, former, district: each below the one before."""
    texts = [
        "Phường Nguyễn Trãi",
        "Phường Nguyên Trãi",
        "Phường Nguyễn Trxãi",
        "Phường Nguqễn Trxãi",
    ]
    values = [read(text).matches[0].confidence for text in texts]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)
    methods = [read(text).matches[0].method for text in texts]
    assert methods == ["exact", "accents", "one_letter", "letters"]


def test_a_match_says_what_matched_and_what_came_second() -> None:
    """The piece of the text, the runner-up by name, and by how many letters it is behind."""
    match = read("thi công tại xã Cẩm Giàng").matches[0]
    assert asdict(match) == {
        "code": "10903",
        "name": "Xã Cẩm Giàng",
        "confidence": match.confidence,
        "method": "exact",
        "matched_text": "xã Cẩm Giàng",
        "runner_up": "Xã Cẩm Giang",
        "margin": 0.25,
        "left_out": (),
    }
    former = read("xã Nam Hưng, huyện Tiên Lãng").matches[0]
    assert former.runner_up == "xã Nam Hưng, huyện Nam Sách"
    assert former.margin is not None
    assert former.margin >= 1


def test_a_wrong_type_word_lowers_the_confidence() -> None:
    """``xã`` for a phường that no xã shares its name with is understood, and said."""
    right, wrong = read("phường Thạch Khôi").matches[0], read("xã Thiên Hương, TP Hải Phòng")
    assert names(wrong) == ["Phường Thiên Hương"]
    assert wrong.matches[0].confidence < right.confidence


@pytest.mark.parametrize(
    "text",
    [
        "Dự án đầu tư xây dựng cầu Nguyễn Trãi và chỉnh trang đô thị vùng phụ cận",
        "Đại danh y Thiền sư Tuệ Tĩnh",
        "kinh tế - xã hội, quốc phòng - an ninh",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"[9:],
        "Liên minh Hợp tác xã Việt Nam",
        "Trung tâm thương mại Aeon Hải Dương",
        "tuyến đường sắt Lào Cai - Hà Nội - Hải Phòng",
        "Công an thành phố",
        "Thống nhất lại với tư vấn về phương án thiết kế để không vượt tổng mức đầu tư",
        "tỉnh Hà Nam",
        "",
        "   \t ",
        "2026",
    ],
)
def test_what_names_no_commune_is_unknown(text: str) -> None:
    """Streets, people, institutions, other provinces and plain words are no communes."""
    assert read(text).status == "unknown"
    assert read(text).matches == ()


def test_a_street_or_hamlet_does_not_stand_for_the_commune_of_its_name() -> None:
    """Only the commune that the address names counts."""
    assert sure("số 19 Trần Hưng Đạo, phường Hải Dương") == {"Phường Hải Dương"}
    assert sure("đường Trần Phú, phường Hải Dương") == {"Phường Hải Dương"}
    assert sure("thôn An Lão, xã Nam Sách") == {"Xã Nam Sách"}


def test_a_name_among_other_words_is_a_candidate_only() -> None:
    """``Cảng thủy nội địa Ninh Giang (Hồng Phúc)`` may lie there or only be called so."""
    result = read("Dự án Cảng thủy nội địa Ninh Giang (Hồng Phúc)")
    assert result.status == "review"
    assert {"Xã Ninh Giang", "Xã Khúc Thừa Dụ"} <= set(names(result))
    assert all(match.confidence < SURE for match in result.matches)


def test_an_unknown_place_is_said_and_asks_for_review() -> None:
    """What looks like a place and is none stays visible; alone it is unknown."""
    result = read("phường Nam Đồng, phường Bến Nghé")
    assert (result.status, result.unresolved) == ("review", ("phường Bến Nghé",))
    assert names(result) == ["Phường Nam Đồng"]
    assert read("phường Bến Nghé").unresolved == ("phường Bến Nghé",)
    assert read("Nam Đồng, Ái Quốc, Foobar").unresolved == ("Foobar",)


def test_a_commune_of_another_province_is_not_taken_for_ours() -> None:
    """The province said behind it rules our commune of the same name out."""
    result = read("xã An Lão, huyện An Lão, tỉnh Bình Định")
    assert result.status == "unknown"
    assert result.unresolved == ("xã An Lão",)
    assert sure("xã Kiến Hải, thành phố Hải Phòng và 09km trên địa bàn tỉnh Hưng Yên") == {
        "Xã Kiến Hải"
    }


def test_a_zone_alone_means_its_communes() -> None:
    """Exactly those of the gazetteer's row, each by the method ``zone``."""
    zones = load_gazetteer().zones.set_index("zone")
    for key, text in (
        ("KKT-DINH-VU-CAT-HAI", "Khu kinh tế Đình Vũ - Cát Hải"),
        ("KCN-TAN-TRAO", "KCN Tân Trào"),
        ("KDT-BAC-SONG-CAM", "Khu đô thị mới Bắc sông Cẩm"),
    ):
        result = read(text)
        assert result.status == "matched"
        assert [m.code for m in result.matches] == zones.loc[key, "communes"].split()
        assert {m.method.split("+")[0] for m in result.matches} == {"zone"}


def test_a_zone_beside_a_commune_only_says_where_that_is() -> None:
    """The commune is the more specific place: the zone's others are not added."""
    lot = (
        "Dự án đầu tư xây dựng công trình hỗn hợp 75 tầng tại lô I.14/CTHH-01 thuộc Khu đô thị "
        "mới Bắc sông cấm tại xã Tân Dương và xã Dương Quan, huyện Thủy Nguyên"
    )
    assert sure(lot) == {"Phường Thủy Nguyên"}
    housing = (
        "phường Tràng Cát, quận Hải An thuộc Khu kinh tế Đình Vũ - Cát Hải, thành phố Hải Phòng"
    )
    assert sure(housing) == {"Phường Hải An"}
    assert sure("KCN Không Tên tại xã Lai Khê") == {"Xã Lai Khê"}


def test_an_unplaced_park_is_not_the_commune_of_its_name() -> None:
    """Names mislead: a park that nobody has placed stays unresolved."""
    result = read("KCN Nam Đồng")
    assert (result.status, result.unresolved) == ("unknown", ("KCN Nam Đồng",))


def test_a_list_of_parks_says_its_type_once() -> None:
    """``Vinh Quang`` at the end is the park, not one of the former communes."""
    result = read("KCN Tiên Lãng 1, Sân bay Tiên Lãng - khu B và Vinh Quang")
    zones = load_gazetteer().zones.set_index("zone")["communes"]
    keys = ("KCN-TIEN-LANG-1", "KCN-SAN-BAY-TIEN-LANG-B", "KCN-VINH-QUANG")
    assert {m.code for m in result.matches} == {c for key in keys for c in zones[key].split()}


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    """The message says how long it is and how long it may be."""
    with pytest.raises(GeocodeInputError, match="10001"):
        read("a" * 10_001)
    assert read("a" * 10_000).status == "unknown"


@pytest.mark.parametrize(
    ("text", "communes"),
    [
        ("cụm công nghiệp Giang Biên, Vĩnh Bảo", {"Xã Vĩnh Thuận"}),
        ("CCN An Thọ, An Lão", {"Xã An Hưng"}),
        ("CCN Giang Biên, xã Vĩnh Bảo", {"Xã Vĩnh Bảo"}),
    ],
)
def test_a_bare_name_behind_a_park_is_the_district_it_lay_in(text: str, communes: set[str]) -> None:
    """Not the commune of today that has the district's name."""
    assert sure(text) == communes


def test_a_bare_name_behind_a_park_without_known_communes_stays_in_doubt() -> None:
    result = read("KCN Giang Biên 2, Vĩnh Bảo")
    assert result.status != "matched"
    assert "KCN Giang Biên 2" in result.unresolved


@pytest.mark.parametrize(
    "text", ["CCN Hồng Lạc IV", "KCN Giang Biên 5", "KCN Đồ Sơn mở rộng", "KCN Tràng Duệ 4"]
)
def test_a_park_of_another_number_is_never_sure(text: str) -> None:
    assert read(text).status != "matched"
