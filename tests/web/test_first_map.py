"""The map before its page: the scene that the page draws, for who may read it and nobody else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app import app
from layers.leaflet.scene import build_view_scene
from layers.leaflet.view_address import from_address
from store.facts.facts import load_facts
from store.facts.narrowing import narrow_to_scope
from tests.accounts_here import make, quick_store  # noqa: F401
from tests.layers.leaflet.messages import unpack_message
from tests.web.guarded import served, signed_in
from web.first_map import _build_message
from web.server import build_routes

MESSAGE, PAGE = "/hpmap/frame/message", "/hpmap/frame/map"


@pytest.fixture
def client() -> TestClient:
    """Return a browser of the personal install, with the curated facts."""
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "layer=clearance",
        "layer=progress&period=2025-11&lang=en",
        "open=item~KP-25&figure=misses",
    ],
)
def test_it_draws_what_the_page_of_the_address_draws(client: TestClient, query: str) -> None:
    told = unpack_message(client.get(f"{MESSAGE}?{query}").text)
    asked = dict(part.split("=") for part in query.split("&") if part)
    scene = build_view_scene(load_facts(), from_address(asked), asked.get("lang", "vi"))
    assert told["classes"] == unpack_message(scene.layer.packed)["classes"]
    assert told["lang"] == asked.get("lang", "vi")
    assert told["version"] == load_facts().reports.version
    assert told["chosen"] == {
        "communes": [scene.codes.index(code) for code in scene.chosen.communes],
        "item": scene.chosen.item,
    }
    page = client.get(f"{PAGE}?{query}")
    assert page.headers["cache-control"] == "no-store"
    (packed,) = re.findall(r'HPMap.apply\(map_div, "([\w+/=.]+)"\)', page.text)
    assert unpack_message(packed) == told


def test_its_files_come_from_this_server(client: TestClient) -> None:
    page = client.get(PAGE).text
    assert "http" not in re.sub(r"http-equiv", "", page)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert client.get("/" + address.removeprefix("../../")).status_code == 200


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=4))
def test_no_address_breaks_it_or_stands_in_it(query: dict[str, str]) -> None:
    browser = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))
    answer = browser.get(PAGE, params=query)
    assert answer.status_code == 200
    assert re.fullmatch(r"[\w+/=.]+", browser.get(MESSAGE, params=query).text)


@pytest.mark.usefixtures("quick_store")
def test_who_may_not_read_the_map_and_where_there_is_none_nothing_is_drawn() -> None:
    make("an")
    for address in (MESSAGE, PAGE):
        assert served().get(address).status_code in {303, 401}
        answer = signed_in("an").get(address)  # a store without facts
        assert (answer.status_code, answer.content) == (404, b"")


def test_who_reads_one_area_gets_the_facts_of_that_area_only() -> None:
    facts = load_facts()
    area = frozenset({"11311", "11329"})

    class Reader:
        sees_all, scope = False, area

    told = unpack_message(_build_message(Reader(), {"layer": "investment"}, "vi"))  # type: ignore[arg-type]
    narrowed = build_view_scene(narrow_to_scope(facts, area), from_address({}), "vi")
    assert told["amounts"] == unpack_message(narrowed.layer.packed)["amounts"]
    assert told["items"] == unpack_message(narrowed.symbols.packed)["items"]
    whole = build_view_scene(facts, from_address({}), "vi")
    assert told["items"] != unpack_message(whole.symbols.packed)["items"]


def test_its_addresses_come_before_those_of_files() -> None:
    """Else ``frame`` would be taken for the version of a file."""
    paths = [route.path for route in build_routes()]
    assert paths.index(MESSAGE) < paths.index("/hpmap/{version}/{name}")
