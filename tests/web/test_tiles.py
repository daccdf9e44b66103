"""The operator's own tiles: given out to who may read the map, kept for good by their version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layers.leaflet.tile_settings import read_tile_settings
from tests.accounts_here import make, quick_store  # noqa: F401
from tests.tile_files import draw_picture, list_numbers, write_mbtiles
from tests.web.guarded import served, signed_in
from web.server import build_content_policy

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("quick_store")


@pytest.fixture
def pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address pattern of a file of tiles, from the server's root."""
    path = write_mbtiles(tmp_path / "nen.mbtiles", list_numbers([9, 10]))
    monkeypatch.setenv("HPMAP_TILE_FILE", str(path))
    monkeypatch.setenv("HPMAP_TILE_CREDIT", "Sở Xây dựng")
    settings = read_tile_settings()
    assert settings is not None
    assert settings.zooms == (9, 10)
    return settings.url.replace("../../", "/")


def fill(pattern: str, number: tuple[int, int, int]) -> str:
    return pattern.format(z=number[0], x=number[1], y=number[2])


def test_a_reader_gets_a_picture_and_keeps_it(pattern: str) -> None:
    make("an")
    answer = signed_in("an").get(fill(pattern, list_numbers([9])[0]))
    assert (answer.content, answer.headers["content-type"]) == (draw_picture(), "image/png")
    assert "immutable" in answer.headers["cache-control"]
    assert "private" in answer.headers["cache-control"]


def test_where_there_is_no_picture_nothing_is_sent(pattern: str) -> None:
    make("an")
    browser = signed_in("an")
    assert browser.get(fill(pattern, (9, 1, 1))).status_code == 204
    assert browser.get(fill(pattern, (99, 1, 1))).status_code == 204
    assert browser.get("/hpmap/tiles/0000000000000000/9/1/1").status_code == 404
    assert browser.get("/hpmap/tiles/x/9/../../communes.json").status_code == 404


def test_who_may_not_read_the_map_gets_none(pattern: str) -> None:
    make("an")
    assert served().get(fill(pattern, list_numbers([9])[0])).status_code in {303, 401}


def test_a_file_wins_over_a_service_and_no_other_host_is_asked(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HPMAP_TILE_URL", "https://tiles.example.vn/{z}/{x}/{y}.png")
    settings = read_tile_settings()
    assert settings is not None
    assert settings.url.replace("../../", "/") == pattern
    assert "tiles.example.vn" not in build_content_policy()


def test_a_file_that_cannot_be_drawn_leaves_the_map_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HPMAP_TILE_FILE", str(tmp_path / "none.mbtiles"))
    assert read_tile_settings() is None
    assert "none.mbtiles" in caplog.text
