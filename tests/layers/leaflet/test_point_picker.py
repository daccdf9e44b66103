"""The map on which a point is chosen carries numbers and the communes, and no item's name."""

from layers.leaflet.map_message import PointPick, build_map_message
from layers.leaflet.point_picker import build_pick_scene
from store.facts.facts import load_facts
from tests.layers.leaflet.messages import unpack_message
from tests.small_facts import THACH_KHOI


def test_the_scene_lights_the_communes_and_carries_the_points() -> None:
    facts = load_facts()
    scene = build_pick_scene(facts, (THACH_KHOI,), PointPick(None, (106.3, 20.9)), serial=4)
    content = unpack_message(build_map_message(scene))
    lit = list(facts.communes["code"]).index(THACH_KHOI)
    assert content["pick"] == {"kept": None, "at": [106.3, 20.9]}
    assert content["items"] == []
    assert [at for at, cls in enumerate(content["classes"]) if cls == 0] == [lit]
    assert content["view"] == {"seq": 4, "communes": [lit], "at": None}


def test_an_item_without_a_commune_still_has_a_map() -> None:
    scene = build_pick_scene(load_facts(), (), PointPick(), serial=0)
    content = unpack_message(build_map_message(scene))
    assert content["pick"] == {"kept": None, "at": None}
    assert set(content["classes"]) == {-2}
