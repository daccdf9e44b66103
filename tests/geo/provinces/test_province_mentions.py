"""Which names in a sentence are provinces and districts, and which are something else."""

from __future__ import annotations

import pytest

from geo.provinces import find_foreign, find_provinces


def _names(text: str) -> list[str]:
    return [mention.name for mention in find_provinces(text)]


@pytest.mark.parametrize(
    ("text", "names", "foreign"),
    [
        ("tại xã Minh Tân, huyện Vụ Bản, tỉnh Nam Định", ["Vụ Bản", "Nam Định"], True),
        ("X. Tân Việt, H. Thanh Hà, T. Hải Dương", ["Thanh Hà", "Hải Dương"], False),
        ("TP. Chí Linh (Hải Dương)", ["Chí Linh", "Hải Dương"], False),
        ("Q. Lê Chân, TP. Hải Phòng", ["Lê Chân", "Hải Phòng"], False),
        ("quận 7, TP.HCM", ["7", "Hồ Chí Minh"], True),
        ("các tỉnh Sơn La, Lai Châu và Điện Biên", ["Sơn La", "Lai Châu", "Điện Biên"], True),
        ("Bắc Giang: khánh thành nhà máy nước", ["Bắc Giang"], True),
        ("UBND TỈNH HẢI DƯƠNG", ["Hải Dương"], False),
        ("một kho lạnh tại Thái Bình", ["Thái Bình"], True),
        ("UBND quận Kiến An và huyện An Lão", ["Kiến An", "An Lão"], False),
        ("huyện An Lão, tỉnh Bình Định", ["An Lão", "Bình Định"], True),
        ("Gia Bình, Bắc Ninh", ["Gia Bình", "Bắc Ninh"], True),
        ("thành phố Hòa Bình", ["Hòa Bình"], True),
        ("thành phố Hoà Bình", ["Hòa Bình"], True),
        ("tinh Hung Yen", ["Hưng Yên"], True),
    ],
)
def test_places_are_found(text: str, names: list[str], *, foreign: bool) -> None:
    mentions = find_provinces(text)
    assert [m.name for m in mentions] == names
    assert {m.foreign for m in mentions} == {foreign}


@pytest.mark.parametrize(
    "text",
    [
        "Công ty Cổ phần May Hưng Yên",
        "đường Hà Nội, phường Sở Dầu",
        "cao tốc Hà Nội - Hải Phòng",
        "đường Hồ Chí Minh",
        "phường Hòa Bình và xã Hà Nam",
        "cùng chung sống hòa bình",
        "ông Nguyễn Thái Bình",
        "Trường Đại học Thái Nguyên",
        "phường Hải Dương",
        "Khu công nghiệp Nam Định Vũ",
        "tính Hưng",
        "",
    ],
)
def test_names_of_other_things_are_no_places(text: str) -> None:
    assert _names(text) == []


def test_a_road_that_leads_to_a_province_does_not_lie_there() -> None:
    assert not find_foreign("xã Khúc Thừa Dụ, giáp tỉnh Hưng Yên")
    assert not find_foreign("nối tỉnh Thái Bình với thành phố")
    assert find_foreign("trên địa phận tỉnh Thái Bình")


def test_offsets_hold_the_mention_with_its_type_word() -> None:
    text = "Dự án ở H. Kim Bảng, T. Hà Nam."
    assert [text[m.start : m.end] for m in find_provinces(text)] == ["H. Kim Bảng", "T. Hà Nam"]
