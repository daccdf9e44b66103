"""What goes through folium is an alphabet that no template, script or page understands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from layers.base_map import Message, base_map, message_group
from layers.payload import pack, unpack
from tests.hostile import HOSTILE_TEXTS

SAFE = re.compile(r"[A-Za-z0-9+/=]+")


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_whatever_is_packed_comes_back_and_only_safe_letters_travel(content: dict) -> None:
    packed = pack(content)
    assert SAFE.fullmatch(packed)
    assert unpack(packed) == content


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_passes_two_rounds_of_the_template_engine_unchanged(text: str) -> None:
    packed = pack({"items": [{"name": text}]})
    once = Template('HPMap.apply(map_div, "{{ packed }}");').render(packed=packed)
    twice = Template(once).render()
    assert once == twice
    assert unpack(packed)["items"][0]["name"] == text


def test_the_map_is_the_same_script_every_time_but_for_folium_s_own_ids() -> None:
    def script() -> str:
        built = base_map()
        return built.get_root().render().replace(built.get_name(), "map")

    assert script() == script()


def test_a_message_renders_as_one_call_with_the_packed_text() -> None:
    group = message_group("QUJD")
    message = next(child for child in group._children.values() if isinstance(child, Message))
    script = message._template.module.script(message, {})
    assert script == 'HPMap.apply(map_div, "QUJD");'


def test_the_map_asks_this_server_only() -> None:
    built = base_map()
    links = [address for _, address in (*built.default_js, *built.default_css)]
    assert links
    assert all(address.startswith("../../hpmap/") for address in links)
