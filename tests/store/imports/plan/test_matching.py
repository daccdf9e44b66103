"""Names of items: what is the same, what is not, what has to be asked."""

import pytest

from geo.gazetteer import load_gazetteer
from store.facts.facts import load_facts
from store.imports.plan.fact_rows import make_item_code
from store.imports.plan.matching import collect_known_names, match_item, normalise_name


@pytest.mark.parametrize(
    ("kind", "name", "item", "how"),
    [
        ("key_project", "TRUNG TÂM THƯƠNG MẠI AEON HẢI DƯƠNG", "KP-02", "name"),
        ("key_project", "Trung tâm thương mại Aeon Hải Duơng", "KP-02", "name"),
        ("key_project", "Trung tâm thương mại Aeon Hải Dưong.", "KP-02", "name"),
        ("key_project", "Trung tăm thưong mại Acon Hải Dưcng", "KP-02", "like"),
        ("key_project", "Trung tâm thương mại Aeon Hải Phòng", "", "unsure"),
        ("key_project", "Trung tâm thương mại AEON Hải Dương mới", "", "unsure"),
        ("key_project", "Nhà máy sản xuất tàu vũ trụ", "", "new"),
        ("industrial_park", "KCN Tràng Duệ 3", "KCN-TRANG-DUE-3", "name"),
        ("industrial_park", "Khu công nghiệp Trảng Duệ 3", "KCN-TRANG-DUE-3", "name"),
        ("industrial_cluster", "CCN Chiến Thắng", "CCN-CHIEN-THANG", "name"),
        ("industrial_park", "KCN Chiến Thắng Mới Toanh", "", "new"),
    ],
)
def test_names_are_taken_for_items(kind: str, name: str, item: str, how: str) -> None:
    known = collect_known_names(load_facts().items.to_dict("records"), load_gazetteer().zones, {})
    match = match_item((name,), kind, known)
    assert (match.item, match.how) == (item, how)


def test_another_number_is_another_thing() -> None:
    """Berths 3 and 4 are not berths 7 and 8, phase 2 is not phase 1, however alike the names."""
    known = collect_known_names(load_facts().items.to_dict("records"), load_gazetteer().zones, {})
    name = load_facts().items.query("item == 'KP-02'")["name"].item()
    assert match_item((f"{name} 2",), "key_project", known).how == "unsure"


def test_what_a_person_settled_comes_first() -> None:
    known = collect_known_names(
        load_facts().items.to_dict("records"),
        load_gazetteer().zones,
        {normalise_name("Aeon mới"): "KP-02"},
    )
    assert match_item(("AEON  mới",), "key_project", known).item == "KP-02"


def test_every_item_is_found_by_its_own_name() -> None:
    facts = load_facts()
    known = collect_known_names(facts.items.to_dict("records"), load_gazetteer().zones, {})
    for row in facts.items.to_dict("records"):
        match = match_item((row["name"], row["name_raw"]), row["kind"], known)
        assert match.item in {row["item"], ""}, row["name"]


def test_new_codes_are_free_and_speak() -> None:
    assert make_item_code("key_project", "x", 7, {"KP-07", "KP-08"}) == "KP-09"
    assert make_item_code("transport", "Đường vành đai 3", 0, set()) == "TRA-DUONG-VANH-DAI-3"
    assert make_item_code("transport", "Đường vành đai 3", 0, {"TRA-DUONG-VANH-DAI-3"}).endswith(
        "-2"
    )
