"""Names that the text puts elsewhere, and names of other things: never a commune of the city."""

from __future__ import annotations

from datetime import date

import pytest

from geo.geocoder import SURE, GeocodeResult, get_default_geocoder


def _read(text: str, **options: object) -> GeocodeResult:
    return get_default_geocoder().geocode(text, **options)  # type: ignore[arg-type]


def _sure(text: str, **options: object) -> set[str]:
    return {m.name for m in _read(text, **options).matches if m.confidence >= SURE}


@pytest.mark.parametrize(
    "text",
    [
        "xã Hòa Bình, huyện Vũ Thư",
        "xã An Phú, huyện Mỹ Đức, thành phố Hà Nội",
        "X. An Phú, H. Mỹ Đức",
        "xã Hải Hưng, T. Nam Định",
        "xã Quang Trung (huyện Kiến Xương, Thái Bình)",
        "phường Hải Dương, tỉnh Quảng Nam",
        "xã Tân An, TX. Quảng Yên",
        "tỉnh Hưng Yên: xã Quang Trung",
        "phường Quang Trung, quận Hà Đông",
    ],
)
def test_a_commune_of_another_province_or_its_district_is_refused(text: str) -> None:
    result = _read(text)
    assert result.status != "matched"
    assert result.reason == "other_province"
    assert all(match.confidence < SURE for match in result.matches)


@pytest.mark.parametrize("text", ["xã An Phú, huyện Không Tên", "xã Tân Thuận, huyện Không Tên"])
def test_an_unknown_district_refuses_the_commune_before_it(text: str) -> None:
    result = _read(text)
    assert (result.status, result.reason) != ("matched", "")
    assert result.reason == "unknown_district"
    assert all(match.confidence < SURE for match in result.matches)


def test_another_province_in_the_text_leaves_what_is_said_to_be_ours() -> None:
    assert _sure("xã Kiến Hải, thành phố Hải Phòng, và xã Minh Tân, tỉnh Hưng Yên") == {
        "Xã Kiến Hải"
    }
    assert _sure("xã Vĩnh Bảo, giáp tỉnh Thái Bình") == {"Xã Vĩnh Bảo"}


@pytest.mark.parametrize(
    ("text", "communes"),
    [
        (
            "X. Tiên Lãng; P. Hải An; ĐK. Cát Hải",
            {"Xã Tiên Lãng", "Phường Hải An", "Đặc khu Cát Hải"},
        ),
        ("X. Hồng Lạc, H. Thanh Hà, T. Hải Dương", {"Xã Hà Bắc"}),
        ("P. Thượng Lý, Q. Hồng Bàng, TP. Hải Phòng", {"Phường Hồng Bàng"}),
        ("xã An Hưng, huyện An Dương", {"Phường Hồng An"}),
        ("xã Tân Trào, huyện Thanh Miện", {"Xã Hải Hưng"}),
        ("xã Tân Trào, huyện Kiến Thụy", {"Xã Kiến Hưng"}),
    ],
)
def test_abbreviations_and_districts_tell_which_commune(text: str, communes: set[str]) -> None:
    assert _read(text).status == "matched"
    assert _sure(text) == communes


@pytest.mark.parametrize(
    "text",
    [
        "nút giao Nguyễn Trãi – Lê Lợi",
        "Nút giao khác mức Bùi Viện - Nguyễn Trãi",
        "tuyến đường Hưng Đạo - Nam Đồng",
        "Ban Quản lý dự án khu vực Kiến An",
        "Ban QLDA đầu tư xây dựng các khu vực An Lão, Kiến Thụy và Vĩnh Bảo",
        "Công ty Cổ phần Đầu tư Hồng Bàng",
        "KCN Tân Hưng - Nam Đồng",
        "P. Bắc giáp s. Văn Úc; P. Nam giáp đê",
        "cầu Kiến An",
    ],
)
def test_roads_boards_companies_and_unknown_parks_are_no_places(text: str) -> None:
    assert not _sure(text)
    assert _read(text).status != "matched"


def test_a_place_behind_another_name_is_still_read() -> None:
    assert _sure("Công ty TNHH Hồng Bàng tại phường Hải An") == {"Phường Hải An"}
    assert _sure("đường Nguyễn Trãi - Lê Lợi, phường Kiến An") == {"Phường Kiến An"}
    assert _sure("Ban Quản lý dự án khu vực An Lão phối hợp UBND xã An Quang") == {"Xã An Quang"}


def test_two_bare_names_with_a_dash_are_asked_about() -> None:
    assert _read("Nam Đồng - Tân Hưng").status == "review"


def test_what_a_place_was_before_is_a_comment() -> None:
    assert _sure("xã An Khánh (trước đây thuộc xã An Tiến, huyện An Lão)") == {"Xã An Khánh"}
    assert _sure("phường Hải An (trước đây là phường Thành Tô, quận Hải An)") == {"Phường Hải An"}
    assert _sure("xã Mỹ Đức, huyện An Lão, nay là xã An Khánh") == {"Xã An Khánh"}
    assert _sure("xã Quyết Thắng (nay là phường Ái Quốc)") == {"Phường Ái Quốc"}
    assert _sure("trước đây là xã Quang Phục, huyện Tiên Lãng") == {"Xã Tiên Minh"}


def test_a_district_behind_a_town_adds_no_commune_of_its_name() -> None:
    assert _sure("thị trấn Phú Thái, Kim Thành") == {"Xã Phú Thái"}


def test_the_context_may_give_the_district() -> None:
    assert _sure("xã Tân Trào", district="huyện Thanh Miện") == {"Xã Hải Hưng"}
    assert _sure("xã Tân Trào", district="H. Kiến Thụy") == {"Xã Kiến Hưng"}
    assert _sure("các xã Hồng Thái, An Hưng", district="huyện An Dương") == {
        "Phường An Hải",
        "Phường Hồng An",
    }
    refused = _read("xã An Phú", district="huyện Mỹ Đức, Hà Nội")
    assert (refused.status == "matched", refused.reason) == (False, "other_province")
    unknown = _read("xã An Phú", district="huyện Không Tên")
    assert (unknown.status == "matched", unknown.reason) == (False, "unknown_district")
    own = _read("xã Tân Trào, huyện Kiến Thụy", district="huyện Thanh Miện")
    assert [m.name for m in own.matches] == ["Xã Kiến Hưng"]


def test_a_former_district_is_its_communes_before_and_after() -> None:
    for day in (None, date(2025, 6, 1)):
        result = _read("UBND quận Lê Chân", as_of=day)
        assert {m.method for m in result.matches} == {"former_district"}
        assert len(result.matches) > 1


def test_a_geocoder_of_a_context_reads_names_there() -> None:
    whole = get_default_geocoder()
    away = whole.within(elsewhere=True)
    assert away.geocode("phường An Dương").status != "matched"
    assert away.geocode("phường An Dương, thành phố Hải Phòng").status == "matched"
    district = whole.within("huyện Thanh Miện")
    assert [m.name for m in district.geocode("xã Tân Trào").matches] == ["Xã Hải Hưng"]
    province = whole.within("tỉnh Hải Dương")
    assert [m.name for m in province.geocode("xã Tân Trào").matches][:1] == ["Xã Hải Hưng"]
    assert whole.geocode("phường An Dương").status == "matched"
