"""Streamlit's own files: compressed, kept for good, and nothing but them."""

import gzip
import subprocess
import sys

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from geo.paths import ROOT
from web.browser_files.static_files import FOR_GOOD, StaticFilesMiddleware, list_static_files

APP = Starlette(
    routes=[Route("/{path:path}", lambda _request: PlainTextResponse("passed on"))],
    middleware=[Middleware(StaticFilesMiddleware)],
)
SCRIPT = next(address for address in list_static_files() if address.endswith(".js"))


def ask(path: str, encoding: str = "gzip", method: str = "GET") -> httpx2.Response:
    return TestClient(APP).request(method, path, headers={"Accept-Encoding": encoding})


def test_a_script_comes_whole_and_compressed_and_is_kept_for_good() -> None:
    answer = ask(SCRIPT)
    source = list_static_files()[SCRIPT].read_bytes()
    assert answer.content == source
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == FOR_GOOD
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) == len(gzip.compress(source, 9, mtime=0))


def test_the_map_frame_s_script_is_kept_too() -> None:
    frame = [address for address in list_static_files() if "/streamlit_folium." in address]
    assert [address for address in frame if address.endswith(".js")]
    for address in frame:
        assert ask(address).headers["cache-control"] == FOR_GOOD


def test_a_proxy_asks_again_while_a_file_is_not_as_small_as_it_will_be() -> None:
    assert ask(SCRIPT, "gzip, br").headers["cache-control"] == f"{FOR_GOOD}, s-maxage=60"
    assert ask(SCRIPT, "gzip").headers["cache-control"] == FOR_GOOD


@pytest.mark.parametrize(
    ("path", "encoding", "method"),
    [
        (SCRIPT, "identity", "GET"),
        (SCRIPT, "gzip", "POST"),
        ("/static/../index.html", "gzip", "GET"),
        ("/static/js/none.js", "gzip", "GET"),
        ("/static//etc/passwd", "gzip", "GET"),
        (SCRIPT.replace("/static/", "/media/"), "gzip", "GET"),
    ],
)
def test_everything_else_is_passed_on(path: str, encoding: str, method: str) -> None:
    answer = ask(path, encoding, method)
    assert "content-encoding" not in answer.headers
    assert answer.text == "passed on" or answer.status_code == 405


def test_the_frames_files_are_found_without_importing_its_package() -> None:
    """Its component registers only where a page imports it: a request may come before any does."""
    script = (
        "import sys; from web.browser_files.static_files import list_static_files as all_files;"
        "assert any('streamlit_folium' in address for address in all_files());"
        "assert 'streamlit_folium' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
