"""Chosen places are today's communes, whatever name they were chosen by."""

from layers.details.places import find_place, load_label_points
from store.facts.facts import load_facts

FACTS = load_facts()


def test_a_former_district_is_a_set_of_communes() -> None:
    unit = FACTS.former_units
    row = unit.loc[(unit["name"] == "An Lão") & (unit["kind"] == "huyen")].iloc[0]
    place = find_place(FACTS, "district", row["unit"])
    assert place is not None
    assert len(place.communes) > 1
    assert "huyện An Lão" in place.name


def test_an_item_without_a_place_says_so_and_lights_nothing() -> None:
    placed = set(FACTS.places["item"])
    unplaced = next(item for item in FACTS.items["item"] if item not in placed)
    place = find_place(FACTS, "item", unplaced)
    assert place is not None
    assert place.communes == ()
    assert place.note


def test_every_zone_and_unit_can_be_opened() -> None:
    for unit, relation in zip(
        FACTS.former_units["unit"], FACTS.former_units["relation"], strict=True
    ):
        kind = "district" if relation == "set" else "former_unit"
        place = find_place(FACTS, kind, unit)
        assert place is not None
        assert place.communes
    for zone in FACTS.zones["zone"]:
        assert find_place(FACTS, "zone", zone) is not None


def test_an_unknown_key_is_no_place() -> None:
    assert find_place(FACTS, "commune", "99999") is None
    assert find_place(FACTS, "street", "x") is None


def test_every_commune_has_a_label_point_in_the_city_s_frame() -> None:
    points = load_label_points()
    assert len(points) == 114
    assert all(105.9 < lon < 107.9 and 20.0 < lat < 21.3 for lon, lat in points.values())
