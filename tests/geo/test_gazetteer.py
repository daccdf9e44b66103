"""The gazetteer: its files are right, whole, and agree with the independent sources."""

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.text import fold_text, normalise_spelling
from tests.geo.packages import (
    communes_of_vietnam_provinces,
    communes_of_vietnamadminunits,
    legacy_of_vietnamadminunits,
    new_wards_of_vietnamadminunits,
)
from tests.shared_reference import SHARED, needs_shared

KINDS = {
    "Phường": "phuong",
    "Xã": "xa",
    "Đặc khu": "dac_khu",
    "Thị trấn": "thi_tran",
    "Quận": "quan",
    "Huyện": "huyen",
    "Thị xã": "thi_xa",
    "Thành phố": "thanh_pho",
}
SPELT_OTHERWISE_IN_2008 = {"Cổ Bi": "Cổ Bì", "Phúc Thành B": "Phúc Thành"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def names(gazetteer: Gazetteer, unit: str) -> set[str]:
    return {gazetteer.commune_by_code[code].name for code in gazetteer.unit_by_id[unit].communes}


def test_there_are_45_wards_67_communes_and_2_special_zones(gazetteer: Gazetteer) -> None:
    assert gazetteer.communes["kind"].value_counts().to_dict() == {
        "xa": 67,
        "phuong": 45,
        "dac_khu": 2,
    }


def test_names_carry_their_type_word_and_plain_form(gazetteer: Gazetteer) -> None:
    words = {kind: word for word, kind in KINDS.items()}
    for row in gazetteer.communes.to_dict("records"):
        assert row["name"] == f"{words[row['kind']]} {row['short_name']}"
        assert row["name"] == normalise_spelling(row["name"])
        assert row["name_ascii"].lower() == fold_text(row["name"])


def test_vietnamadminunits_differs_in_two_types_and_one_area(gazetteer: Gazetteer) -> None:
    """Its names and codes are ours; it says xã for a phường and the other way round."""
    theirs = {row["wardCode"]: row for row in communes_of_vietnamadminunits()}
    ours = gazetteer.commune_by_code
    assert set(theirs) == set(ours)
    assert all(normalise_spelling(row["ward"]) == ours[code].name for code, row in theirs.items())
    types = {c: r["wardType"] for c, r in theirs.items() if KINDS[r["wardType"]] != ours[c].kind}
    assert types == {"10543": "Xã", "11848": "Phường"}
    assert (ours["10543"].name, ours["11848"].name) == ("Phường Việt Hòa", "Xã Vĩnh Hòa")
    areas = {c: r["wardAreaKm2"] for c, r in theirs.items()}
    assert {c: a for c, a in areas.items() if a != ours[c].area_km2} == {"11257": 24.84}


def test_vietnam_provinces_differs_in_five_codes(gazetteer: Gazetteer) -> None:
    """Its names and types are ours; it gives five communes the code of another old ward."""
    theirs = communes_of_vietnam_provinces()
    ours = {commune.name: commune for commune in gazetteer.commune_by_code.values()}
    assert set(theirs) == set(ours)
    for name, ward in theirs.items():
        assert fold_text(str(ward["division_type"])).replace(" ", "_") == ours[name].kind
    codes = {n: (f"{w['code']:05}", ours[n].code) for n, w in theirs.items()}
    assert {name: pair for name, pair in codes.items() if len(set(pair)) > 1} == {
        "Phường Thành Đông": ("10510", "10507"),
        "Phường Tứ Minh": ("10540", "10891"),
        "Phường Nam Đồng": ("10672", "10837"),
        "Xã An Thành": ("10777", "10792"),
        "Phường Ngô Quyền": ("11341", "11329"),
    }
    assert {w["name"] for n, w in theirs.items() if w["name"] != n} == {
        "Phường Hoà Bình",
        "Phường Thuỷ Nguyên",
    }


@needs_shared
def test_the_official_boundary_set_agrees_on_code_name_and_area(gazetteer: Gazetteer) -> None:
    path = Path(str(SHARED)) / "reference" / "official_boundaries_manifest.csv"
    with path.open(encoding="utf-8") as file:
        theirs = {row["commune_code"]: row for row in csv.DictReader(file)}
    ours = gazetteer.commune_by_code
    assert set(theirs) == set(ours)
    for code, row in theirs.items():
        assert normalise_spelling(row["name"]) == ours[code].name
        assert float(row["official_area_km2"]) == ours[code].area_km2


def test_every_commune_is_made_of_former_units(gazetteer: Gazetteer) -> None:
    for code in gazetteer.commune_by_code:
        levels = [part.unit.level for part in gazetteer.parts_by_code[code]]
        assert "commune" in levels or code == "11948"
        assert "district" in levels
    (district,) = (p.unit for p in gazetteer.parts_by_code["11948"] if p.unit.level == "district")
    assert district.unit == "hp.huyen-bach-long-vi"


def test_parts_are_listed_largest_first_and_are_no_more_than_the_whole(
    gazetteer: Gazetteer,
) -> None:
    for unit in gazetteer.unit_by_id.values():
        known = [share or 0.0 for share in unit.shares]
        assert known == sorted(known, reverse=True), unit.unit
        assert sum(known) <= 1.01
        assert unit.shares or unit.level != "commune"
        expected = {"set"} if unit.level != "commune" else {"merged", "divided"}
        assert unit.relation in expected
        assert (unit.relation == "divided") == (unit.level == "commune" and len(unit.communes) > 1)


def test_every_unit_of_june_2025_is_there(gazetteer: Gazetteer) -> None:
    ours = {
        (unit.name, unit.kind, unit.district, unit.district_kind, unit.province)
        for unit in gazetteer.unit_by_id.values()
        if unit.valid_to == date(2025, 6, 30)
    }
    rows = legacy_of_vietnamadminunits()
    for row in rows:
        district, kind = (
            normalise_spelling(str(row["districtShort"])),
            KINDS[str(row["districtType"])],
        )
        assert (district, kind, district, kind, row["provinceShort"]) in ours
        if row["ward"] is not None:
            name, word = normalise_spelling(str(row["wardShort"])), KINDS[str(row["wardType"])]
            assert (name, word, district, kind, row["provinceShort"]) in ours
    assert len(rows) == 375
    assert len({row["districtCode"] for row in rows}) == 27


def test_relations_are_those_of_vietnamadminunits_but_for_two_namesakes(
    gazetteer: Gazetteer,
) -> None:
    """It joins xã Hòa Bình of Kim Thành and of Vĩnh Bảo; the resolution keeps them apart."""
    keys = {str(row["wardKey"]): str(row["wardCode"]) for row in communes_of_vietnamadminunits()}
    relation = new_wards_of_vietnamadminunits()
    ours = {
        (u.name, u.kind, u.district): set(u.communes)
        for u in gazetteer.unit_by_id.values()
        if u.valid_to == date(2025, 6, 30)
    }
    differing = {}
    for row in legacy_of_vietnamadminunits():
        old = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        theirs = {keys[key] for key in relation[old]}
        name, word = row["wardShort"] or row["districtShort"], row["wardType"] or "Huyện"
        district = normalise_spelling(str(row["districtShort"]))
        own = ours[normalise_spelling(str(name)), KINDS[str(word)], district]
        if own != theirs:
            differing[district, normalise_spelling(str(name))] = (own, theirs)
    both = {"11911", "10804", "10843"}
    assert differing == {
        ("Vĩnh Bảo", "Hòa Bình"): ({"11911"}, both),
        ("Kim Thành", "Hòa Bình"): ({"10804", "10843"}, both),
    }


@needs_shared
def test_every_commune_of_2008_is_there_and_lies_where_the_overlay_says(
    gazetteer: Gazetteer,
) -> None:
    """But for three along moved borders, where the official relation is followed."""
    ours: dict[tuple[str, str, str], set[str]] = {}
    for unit in gazetteer.unit_by_id.values():
        key = (unit.province, unit.district, unit.name)
        ours.setdefault(key, set()).update(unit.communes)
    path = Path(str(SHARED)) / "reference" / "commune_lineage_2008_to_2025.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    elsewhere = set()
    for row in rows:
        name = normalise_spelling(row["former_commune"])
        district = normalise_spelling(row["former_district"])
        name = SPELT_OTHERWISE_IN_2008.get(name, name)
        codes = ours[row["former_province"], district, name]
        assert row["commune_code"] in codes, name
        if row["second_code"] and row["second_code"] not in codes:
            elsewhere.add((district, name))
    assert len(rows) == 489
    assert elsewhere == {
        ("Hải Dương", "Ngọc Châu"),
        ("Ninh Giang", "Ninh Hải"),
        ("Tứ Kỳ", "Quang Trung"),
    }


def test_a_district_is_a_set_of_communes_never_the_one_of_its_name(gazetteer: Gazetteer) -> None:
    by_name = {(c.short_name, c.kind): c for c in gazetteer.commune_by_code.values()}
    districts = [u for u in gazetteer.unit_by_id.values() if u.level == "district"]
    assert len({unit.district for unit in districts}) == 27
    for unit in districts:
        namesakes = {c.code for (name, _), c in by_name.items() if name == unit.name}
        assert namesakes < set(unit.communes) or unit.name in {"Cát Hải", "Bạch Long Vĩ"}
    assert names(gazetteer, "hp.huyen-an-lao") > {"Xã An Lão"}
    assert names(gazetteer, "hp.huyen-thuy-nguyen") == {
        "Phường Thủy Nguyên",
        "Phường Thiên Hương",
        "Phường Hòa Bình",
        "Phường Nam Triệu",
        "Phường Bạch Đằng",
        "Phường Lưu Kiếm",
        "Phường Lê Ích Mộc",
        "Xã Việt Khê",
    }


def test_a_unit_that_changed_its_kind_has_a_row_for_each(gazetteer: Gazetteer) -> None:
    units = gazetteer.unit_by_id
    assert units["hp.huyen-thuy-nguyen"].valid_to == date(2024, 12, 31)
    assert units["hp.thanh-pho-thuy-nguyen"].valid_from == date(2025, 1, 1)
    assert "Phường Hồng An" in names(gazetteer, "hp.huyen-an-duong")
    assert "Phường Hồng An" not in names(gazetteer, "hp.quan-an-duong")
    chi_linh = [u.kind for u in units.values() if u.name == "Chí Linh"]
    assert sorted(chi_linh) == ["huyen", "thanh_pho", "thi_xa"]


@pytest.mark.parametrize(
    ("unit", "communes"),
    [
        ("hp.thuy-nguyen.xa-tan-duong", {"Phường Thủy Nguyên"}),
        ("hp.thuy-nguyen.xa-duong-quan", {"Phường Thủy Nguyên"}),
        # Namesakes of two times, on different land.
        ("hd.tu-ky.xa-ky-son", {"Xã Đại Sơn"}),
        ("hd.tu-ky.xa-ky-son-2024", {"Xã Tân Kỳ"}),
        # The island part of the ward went to Thủy Nguyên on 1 January 2025.
        ("hp.hai-an.phuong-dong-hai-1", {"Phường Thủy Nguyên", "Phường Đông Hải"}),
        ("hp.hai-an.phuong-dong-hai-1-2025", {"Phường Đông Hải"}),
        # xã Nam Hưng of two districts.
        ("hp.tien-lang.xa-nam-hung", {"Xã Chấn Hưng"}),
        ("hd.nam-sach.xa-nam-hung", {"Xã Hợp Tiến"}),
        ("hd.cam-giang.thi-tran-lai-cach", {"Phường Việt Hòa", "Phường Tứ Minh"}),
    ],
)
def test_units_that_mislead(gazetteer: Gazetteer, unit: str, communes: set[str]) -> None:
    assert names(gazetteer, unit) == communes


def test_every_commune_lies_in_one_former_province(gazetteer: Gazetteer) -> None:
    units = gazetteer.unit_by_id
    assert len(units["hp"].communes) == 50
    assert len(units["hd"].communes) == 64
    assert not set(units["hp"].communes) & set(units["hd"].communes)
    assert (units["hp"].level, units["hd"].kind) == ("province", "tinh")


def test_a_commune_says_what_it_was_made_of(gazetteer: Gazetteer) -> None:
    parts = [part for part in gazetteer.parts_by_code["10543"] if part.unit.level == "commune"]
    assert [(part.unit.label(), part.share, part.whole) for part in parts[:4]] == [
        ("xã Cao An, huyện Cẩm Giàng", 1.0, True),
        ("phường Việt Hòa, thành phố Hải Dương", 1.0, True),
        ("thị trấn Lai Cách, huyện Cẩm Giàng", 0.62, False),
        ("phường Tứ Minh, thành phố Hải Dương", None, False),
    ]
    assert [part.unit.unit for part in parts[4:]] == [
        "hd.hai-duong.xa-viet-hoa",
        "hd.hai-duong.xa-tu-minh",
    ]
