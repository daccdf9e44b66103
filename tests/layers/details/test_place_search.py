"""The search answers what people type, one entry for one thing, or says what is near."""

import pytest

from layers.details.place_search import SearchAnswer, search_places
from store.facts.facts import load_facts

FACTS = load_facts()


def keys(query: str, **choice: bool) -> list[str]:
    return [hit["key"] for hit in search_places(FACTS, query, **choice).hits]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("KP-25", "KP-25"),
        ("kp25", "KP-25"),
        ("kp 25", "KP-25"),
        ("điện khí LNG", "KP-25"),
        ("lng dien khi", "KP-25"),
        ("sân golf Liên Hồng", "KP-15"),
        ("liên hồng golf", "KP-15"),
        ("noxh kiến an", "HOU-NOXH-DONG-HOA"),
        ("NOXH Tràng Cát", "KP-26"),
        ("VĐ2", "KP-19"),
        ("vd2", "KP-19"),
        ("QL5", "KP-22"),
        ("ql 37", "KP-21"),
        ("ĐT390", "TRA-NUT-GIAO-390"),
        ("dt394b", "KP-23"),
        ("ĐT.394B cầu", "TRA-CAU-SONG-SAT-394B"),
        ("vành đai 5", "TRA-VANH-DAI-5"),
        ("KCN Tràng Duệ 3", "KCN-TRANG-DUE-3"),
        ("nguyễn trãi cầu", "KP-20"),
        ("75 tang", "KP-31"),
        ("VSIP", "KCN-VSIP-HAI-PHONG"),
        ("DEEP C III", "KCN-CANG-CUA-NGO"),
        ("deepc2", "KCN-NAM-DINH-VU-2"),
    ],
)
def test_the_first_hit_is_what_is_meant(query: str, key: str) -> None:
    assert keys(query)[0] == key


@pytest.mark.parametrize("query", ["tràng duệ 3", "sân golf", "xuân đám", "nomura 2", "tự do"])
def test_one_thing_is_listed_once(query: str) -> None:
    labels = [hit["label"].split(" → ")[0] for hit in search_places(FACTS, query).hits]
    assert len(labels) == len(set(labels))
    kinds = {(hit["kind"], hit["key"]) for hit in search_places(FACTS, query).hits}
    assert not {("zone", "KDT-LIEN-HONG"), ("zone", "KCN-TRANG-DUE-3")} & kinds


def test_a_park_that_no_report_lists_says_so() -> None:
    notes = {hit["key"]: hit["note"] for hit in search_places(FACTS, "khu công nghiệp").hits}
    assert notes
    (vsip,) = [
        hit for hit in search_places(FACTS, "VSIP").hits if hit["key"] == "KCN-VSIP-HAI-PHONG"
    ]
    assert vsip["note"] == "Khu, cụm ngoài danh mục của báo cáo"


def test_what_is_not_found_is_named_with_what_is_near() -> None:
    answer = search_places(FACTS, "nhà máy VinFast")
    assert answer.missing == "Danh mục của báo cáo không có “nhà máy VinFast”. Gần đúng:"
    assert any("Nhà máy" in hit["label"] for hit in answer.hits)
    assert search_places(FACTS, "metro Hải Phòng").hits == [], "what is in every name is not near"
    nothing = search_places(FACTS, "zzzz qqqq", "en")
    assert nothing == SearchAnswer([], nothing.missing)
    assert "zzzz qqqq" in nothing.missing
    assert search_places(FACTS, "  ") == SearchAnswer([])


def test_a_picker_of_projects_finds_projects_only() -> None:
    hits = search_places(FACTS, "hải an", only_items=True).hits
    assert hits
    assert {hit["kind"] for hit in hits} == {"item"}
    assert keys("KP-25", only_items=True)[0] == "KP-25"
