"""A tile service is asked when an operator names one, and only then."""

from __future__ import annotations

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import start_app, stop_app
from tests.tile_files import list_numbers, write_mbtiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Tiles(BaseHTTPRequestHandler):
    """Answers every request with one pixel."""

    def do_GET(self) -> None:
        """Answer with the pixel."""
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(ONE_PIXEL)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def tile_host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.slow
def test_an_operator_s_tiles_are_drawn_under_the_communes(desktop: Watched, tile_host: str) -> None:
    process, address = start_app(
        {
            "HPMAP_TILE_URL": tile_host + "/{z}/{x}/{y}.png",
            "HPMAP_TILE_CREDIT": "<b>Sở Xây dựng</b>",
        }
    )
    try:
        desktop.open(address)
        desktop.map.locator("img.leaflet-tile").first.wait_for()
        assert any(url.startswith(tile_host) for url in desktop.requests)
        credit = desktop.map.locator(".leaflet-control-attribution").inner_text()
        assert "<b>Sở Xây dựng</b>" in credit
    finally:
        stop_app(process)


@pytest.mark.slow
def test_an_operator_s_file_is_drawn_without_asking_another_host(
    desktop: Watched, tmp_path: Path
) -> None:
    path = write_mbtiles(tmp_path / "nen.mbtiles", list_numbers([8, 9, 10]))
    process, address = start_app(
        {"HPMAP_TILE_FILE": str(path), "HPMAP_TILE_CREDIT": "<b>Sở Xây dựng</b>"}
    )
    try:
        desktop.open(address)
        desktop.map.locator("img.leaflet-tile-loaded").first.wait_for()
        assert any("/hpmap/tiles/" in url for url in desktop.requests)
        assert all(url.startswith(address) for url in desktop.requests if url.startswith("http"))
        credit = desktop.map.locator(".leaflet-control-attribution").inner_text()
        assert "<b>Sở Xây dựng</b>" in credit
    finally:
        stop_app(process)


@pytest.mark.slow
def test_without_one_no_tile_is_drawn(desktop: Watched, app_address: str) -> None:
    desktop.open(app_address)
    assert desktop.map.locator("img.leaflet-tile").count() == 0
    assert "Ranh giới gần đúng" in desktop.map.locator(".leaflet-control-attribution").inner_text()
