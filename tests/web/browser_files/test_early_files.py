"""The map's page names what the browser will need: scripts that exist, files that are served."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from store.bootstrap import StoreStart
from web.app_page import read_app_page
from web.browser_files.early_files import MAP_ELEMENTS, build_early_links, list_element_scripts
from web.server import build_middleware, build_routes


def test_every_file_named_early_is_there() -> None:
    links = re.findall(r'<link rel="(\w+)"[^>]*href="\.([^"]+)">', build_early_links(""))
    assert {kind for kind, _ in links} == {"modulepreload", "prefetch"}
    app = Starlette(routes=build_routes(), middleware=list(build_middleware(StoreStart())))
    client = TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))
    for _, address in links:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["cache-control"], address


def test_scripts_bring_those_that_they_import() -> None:
    scripts = list_element_scripts(MAP_ELEMENTS)
    assert len(scripts) > len(MAP_ELEMENTS)
    assert len(set(scripts)) == len(scripts)
    with pytest.raises(LookupError):
        list_element_scripts(("NoSuchElement",))


def test_nothing_is_named_twice_in_the_page() -> None:
    page = read_app_page()
    named = re.findall(r'href="\./(static/js/[^"]+)"', page + build_early_links(page))
    assert len(named) == len(set(named))
