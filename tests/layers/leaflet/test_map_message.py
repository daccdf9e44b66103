"""What goes through folium is an alphabet that no template, script or page understands."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from layers.choropleth.progress import build_progress_layer
from layers.leaflet.asset_files import MapAddresses
from layers.leaflet.base_map import MapMessage, build_base_map, build_message_group
from layers.leaflet.map_message import (
    MapScene,
    MapSelection,
    build_map_message,
    pack_layer,
    pack_part,
)
from layers.leaflet.project_symbols import pack_item_symbols
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS
from tests.layers.leaflet.messages import unpack_message
from tests.small_facts import small_facts

SAFE = re.compile(r"[A-Za-z0-9+/=]+")


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_whatever_is_packed_comes_back_and_only_safe_letters_travel(content: dict) -> None:
    packed = pack_part(content).packed
    assert SAFE.fullmatch(packed)
    assert unpack_message(packed) == content


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_passes_two_rounds_of_the_template_engine_unchanged(text: str) -> None:
    packed = pack_part({"items": [{"name": text}]}).packed
    once = Template('HPMap.apply(map_div, "{{ packed }}");').render(packed=packed)
    twice = Template(once).render()
    assert once == twice
    assert unpack_message(packed)["items"][0]["name"] == text


def test_the_map_is_the_same_script_every_time_but_for_folium_s_own_ids() -> None:
    def script() -> str:
        built = build_base_map()
        return built.get_root().render().replace(built.get_name(), "map")

    assert script() == script()


def test_a_message_renders_as_one_call_with_the_packed_text() -> None:
    group = build_message_group("QUJD")
    found = next(child for child in group._children.values() if isinstance(child, MapMessage))
    script = found._template.module.script(found, {})
    assert script == 'HPMap.apply(map_div, "QUJD");'


def test_the_map_asks_this_server_only() -> None:
    built = build_base_map()
    links = [address for _, address in (*built.default_js, *built.default_css)]
    assert links
    assert all(address.startswith("../../hpmap/") for address in links)


def scene() -> MapScene:
    facts = small_facts()
    return MapScene(
        layer=pack_layer(build_progress_layer(facts, Filters())),
        symbols=pack_item_symbols(facts, Filters(), "vi"),
        codes=facts.commune_codes,
        addresses=MapAddresses("geometry", "suggest"),
    )


def test_a_click_changes_the_last_part_only() -> None:
    codes = scene().codes
    messages = [
        build_map_message(replace(scene(), chosen=MapSelection((code,)))) for code in codes[:3]
    ]
    for one, other in pairwise(messages):
        assert one.split(".")[:-1] == other.split(".")[:-1]
        assert unpack_message(one)["stamp"] != unpack_message(other)["stamp"]
    told = unpack_message(messages[2])
    assert told["chosen"] == {"communes": [2], "item": ""}
    assert len(told["classes"]) == len(codes)
    assert told["items"]
    assert all(SAFE.fullmatch(part) for part in messages[0].split("."))


def test_maps_that_move_together_say_so_and_others_do_not() -> None:
    alone = scene()
    told = [
        unpack_message(build_map_message(one))
        for one in (alone, replace(alone, link="0123abcd", keys=True))
    ]
    assert [(one["link"], one["keys"]) for one in told] == [("", False), ("0123abcd", True)]
    assert told[0]["stamp"] != told[1]["stamp"]
