"""What the server adds: versioned files kept for good, the search, and the headers."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.i18n import LANGUAGES, t
from layers.leaflet.asset_files import build_asset_url, build_geometry_url, list_asset_names
from layers.leaflet.tile_settings import read_tile_settings
from store.bootstrap import StoreStart
from web.page_templates import render_template
from web.server import build_content_policy, build_middleware, build_routes

MAX_GEOMETRY_BYTES = 400_000


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = Starlette(routes=build_routes(), middleware=list(build_middleware(StoreStart())))
    return TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000))


def test_every_asset_is_served_at_its_address_and_kept_for_good(client: TestClient) -> None:
    for name in list_asset_names():
        answer = client.get(build_asset_url(name).removeprefix("../.."))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert "sourceMappingURL" not in answer.text


def test_scripts_and_styles_go_without_what_browsers_heed_of_documents_only(
    client: TestClient,
) -> None:
    for name in ("bundle.js", "bundle.css", "logo.svg"):
        headers = client.get(build_asset_url(name).removeprefix("../..")).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert ("permissions-policy" in headers) == name.endswith(".svg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programs_name_is_drawn_in_the_readers_language(
    client: TestClient, language: str
) -> None:
    logo = re.search(r'<img src="([^"]+)"', render_template("not_found.html", language))
    assert logo is not None
    drawn = client.get(logo[1]).text
    assert t("pages.nav.product", language) in drawn


def test_the_geometry_is_under_its_limit_and_holds_every_commune(client: TestClient) -> None:
    answer = client.get(build_geometry_url().removeprefix("../.."))
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content, 9)) <= MAX_GEOMETRY_BYTES
    assert len(answer.json()["features"]) == 114


@pytest.mark.parametrize(
    "address",
    ["/hpmap/0000000000000000/map.js", "/hpmap/x/../../app.py", "/hpmap/x/config.toml"],
)
def test_nothing_else_is_served(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_search_answers_without_accents_and_takes_any_query(client: TestClient) -> None:
    hits = client.get("/hpmap/suggest", params={"q": "cat hai"}).json()["hits"]
    assert hits[0]["label"] == "Đặc khu Cát Hải"
    for query in ("", "x" * 5000, "{{ 1/0 }}", "\u0000", "%"):
        assert client.get("/hpmap/suggest", params={"q": query}).status_code == 200


def test_answers_bar_browsers_from_other_hosts(client: TestClient) -> None:
    policy = client.get("/hpmap/suggest").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_only_an_operator_s_tile_host_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_TILE_URL", "https://tiles.example.vn/{z}/{x}/{y}.png")
    assert "img-src 'self' data: blob: https://tiles.example.vn;" in build_content_policy()


@pytest.mark.parametrize("url", ["", "javascript:{z}{x}{y}", "https://host/{z}/{x}", "{z}{x}{y}"])
def test_what_is_no_tile_service_is_left_out(url: str) -> None:
    assert read_tile_settings({"HPMAP_TILE_URL": url}) is None
