"""The search box: what is typed, in whatever form, leads to the place that is meant."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import load_gazetteer
from geo.search.query_variants import list_query_variants, load_search_aliases
from geo.search.suggest import NamedItem, Suggestion, find_nearest_suggestions, find_suggestions

SERAPHIN = NamedItem("KP-16", "Dự án Nhà máy xử lý rác thải Seraphin Hải Dương", ("10756",))
TOWER = NamedItem(
    "KP-31",
    "Công trình hỗn hợp 75 tầng tại lô I.14/CTHH-01 thuộc Khu đô thị mới Bắc sông Cấm tại xã "
    "Tân Dương và xã Dương Quan, huyện Thủy Nguyên",
    ("11560",),
)
ITEMS = (SERAPHIN, TOWER)


def first(query: str) -> Suggestion:
    return find_suggestions(query, extra=ITEMS)[0]


def labels(query: str, limit: int = 8) -> list[str]:
    return [hit.label for hit in find_suggestions(query, limit, ITEMS)]


@pytest.mark.parametrize(
    ("query", "kind", "label"),
    [
        ("thuy nguyen", "commune", "Phường Thủy Nguyên"),
        ("Thuỷ Nguyên", "commune", "Phường Thủy Nguyên"),
        ("THỦY NG", "commune", "Phường Thủy Nguyên"),
        ("p. thuy nguyen", "commune", "Phường Thủy Nguyên"),
        ("xã thủy nguyên", "commune", "Phường Thủy Nguyên"),
        ("huyen thuy nguyen", "district", "Huyện Thủy Nguyên (cũ) → 8 xã, phường"),
        ("h. an lao", "district", "Huyện An Lão (cũ) → 5 xã, phường"),
        ("an lao", "commune", "Xã An Lão"),
        ("TP Hải Dương", "district", "Thành phố Hải Dương (cũ) → 9 xã, phường"),
        ("tinh hai duong", "district", "Tỉnh Hải Dương (cũ) → 64 xã, phường"),
        (
            "tan duong",
            "former_unit",
            "Xã Tân Dương, huyện Thủy Nguyên (cũ) → Phường Thủy Nguyên",
        ),
        (
            "duong quan thuy nguyen",
            "former_unit",
            "Phường Dương Quan, thành phố Thủy Nguyên (cũ) → Phường Thủy Nguyên",
        ),
        (
            "xã Dương Quan",
            "former_unit",
            "Xã Dương Quan, huyện Thủy Nguyên (cũ) → Phường Thủy Nguyên",
        ),
        (
            "lai cach",
            "former_unit",
            "Thị trấn Lai Cách, huyện Cẩm Giàng (cũ) → Phường Việt Hòa, Phường Tứ Minh",
        ),
        ("nomura", "zone", "Khu công nghiệp Nomura – Hải Phòng → chưa rõ xã"),
        ("Lạch Huyện", "zone", "Khu bến cảng Lạch Huyện → Đặc khu Cát Hải"),
        ("seraphin", "item", SERAPHIN.label),
        ("75 tang", "item", TOWER.label),
        ("bach long vi", "commune", "Đặc khu Bạch Long Vĩ"),
    ],
)
def test_the_first_hit_is_what_is_meant(query: str, kind: str, label: str) -> None:
    hit = first(query)
    assert (hit.kind, hit.label) == (kind, label)
    assert first(normalize("NFD", query)) == hit


def test_a_hit_says_where_it_is_today() -> None:
    assert first("seraphin") == Suggestion("item", "KP-16", SERAPHIN.label, ("10756",), 385.0)
    assert first("vinh bao").communes == ("11824",)
    assert len(first("huyện vĩnh bảo").communes) == 7
    assert first("cụm công nghiệp chiến thắng 1").communes == ()
    assert first("cụm công nghiệp chiến thắng 1").label.endswith("→ chưa rõ xã")


def test_accents_that_were_typed_come_first() -> None:
    assert labels("Cẩm Giang")[:2] == [
        "Xã Cẩm Giang",
        "Thị trấn Cẩm Giang, huyện Cẩm Giàng (cũ) → Xã Cẩm Giang",
    ]
    assert labels("Cẩm Giàng")[0] == "Xã Cẩm Giàng"
    assert {"Xã Cẩm Giang", "Xã Cẩm Giàng"} <= set(labels("cam giang"))
    hits = labels("lê lợi") + labels("Lê Lợi")
    assert all("Lê Lợi" in hit for hit in hits)


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("thuy nguyem", "Phường Thủy Nguyên"),
        ("kien thuj", "Xã Kiến Thụy"),
        ("hong bagn", "Phường Hồng Bàng"),
        ("Nguyễn Bỉnh Khêim", "Xã Nguyễn Bỉnh Khiêm"),
        ("nam dinh vuu", "Khu công nghiệp Nam Đình Vũ (Khu 1) → Phường Đông Hải"),
        ("rac thai seraphim", SERAPHIN.label),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(query: str, label: str) -> None:
    assert labels(query)[0] == label


def test_namesakes_are_told_apart_by_their_years() -> None:
    assert labels("ky son tu ky")[:2] == [
        "Xã Kỳ Sơn, huyện Tứ Kỳ (cũ, đến 2025) → Xã Tân Kỳ",
        "Xã Kỳ Sơn, huyện Tứ Kỳ (cũ, đến 2019) → Xã Đại Sơn",
    ]


def test_one_place_is_listed_once() -> None:
    """A commune that became a ward, a district that became a city: the form that was typed."""
    hits = labels("duong quan", limit=50)
    assert sum("Dương Quan" in hit and "(cũ)" in hit for hit in hits) == 1
    hits = labels("thuy nguyen", limit=50)
    assert sum(hit.startswith(("Huyện Thủy Nguyên", "Thành phố Thủy")) for hit in hits) == 1


def test_every_name_of_the_gazetteer_finds_its_place() -> None:
    gazetteer = load_gazetteer()
    for commune in gazetteer.commune_by_code.values():
        for query in (commune.name, commune.short_name):
            assert find_suggestions(query, 1)[0].key == commune.code
    for unit in gazetteer.unit_by_id.values():
        hits = find_suggestions(unit.label(), 3)
        assert any(set(hit.communes) == set(unit.communes) for hit in hits), unit.unit
    for zone, name in gazetteer.zones[["zone", "name"]].itertuples(index=False):
        assert find_suggestions(name, 1)[0].key == zone


def test_nothing_typed_finds_nothing() -> None:
    assert find_suggestions("") == find_suggestions("  ., ") == find_suggestions("thuy", 0) == []
    assert find_suggestions("zzzz qqqq") == []


def test_english_labels() -> None:
    hit = find_suggestions("tan duong", language="en")[0]
    assert hit.label == ("Tân Dương commune, Thủy Nguyên district (former) → Thuy Nguyen Ward")


@given(st.text(max_size=30) | st.text("aăâeêoôơuưđnghtly .()*[]\\", max_size=30))
def test_any_text_gives_a_ranked_list_always_the_same(query: str) -> None:
    hits = find_suggestions(query, 5, ITEMS)
    assert len(hits) <= 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.kind, hit.key) for hit in hits}) == len(hits)
    assert hits == find_suggestions(query, 5, ITEMS)


def test_a_hostile_query_is_answered() -> None:
    for query in ("a " * 5000, "n" * 100_000, "xã " * 3000, "(" * 9999):
        assert len(find_suggestions(query, extra=ITEMS)) <= 8


def test_every_alias_of_the_data_is_another_way_to_write_a_query() -> None:
    for words, alias in load_search_aliases().items():
        query = " ".join(words) + (" 5" if alias.road else "")
        assert any(" ".join(alias.means) in form for form in list_query_variants(query)), query
    assert all("quốc lộ" not in form for form in list_query_variants("ql"))


ROADS = tuple(
    NamedItem(code, name, ())
    for code, name in (
        ("KP-04", "Cao tốc Ninh Bình – Hải Phòng (CT.08)"),
        ("KP-14", "Khu đô thị trung tâm"),
        ("KP-18", "Tuyến đường Đông Tây (nối Quốc lộ 10 với vành đai 1)"),
        ("KP-21", "Tuyến đường và cầu vượt kết nối Quốc lộ 37"),
        ("KP-22", "Nút giao Quốc lộ 17B với Quốc lộ 5"),
        ("KP-51", "Cải tạo Quốc lộ 5B"),
    )
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("QL5", {"KP-22", "KP-51"}),
        ("quốc lộ 5", {"KP-22", "KP-51"}),
        ("ql.5b", {"KP-51"}),
        ("QL1", set()),
        ("QL17", {"KP-22"}),
        ("vành đai I", {"KP-18"}),
        ("KP-1", set()),
        ("kp 04", {"KP-04"}),
        ("CT08", {"KP-04"}),
        ("KP-15", set()),  # one digit from KP-14, KP-18 and KP-51: another project
    ],
)
def test_a_number_is_found_whole_and_no_other_one(query: str, found: set[str]) -> None:
    hits = [hit for hit in find_suggestions(query, 20, ROADS) if hit.kind == "item"]
    assert {hit.key for hit in hits} == found
    assert not any(hit.near for hit in hits)


def test_what_is_near_comes_only_where_nothing_is_found_and_is_marked() -> None:
    assert not any(hit.near for hit in find_suggestions("an dương"))
    assert all(hit.near for hit in find_suggestions("tan duogn"))
    near = find_nearest_suggestions("KP-1", 4, ROADS)
    assert {hit.key for hit in near} >= {"KP-14", "KP-18"}
    assert all(hit.near for hit in near)
