"""The field page on a weak line: what moves is waited for, and nothing waits for what fails."""

from __future__ import annotations

import hashlib
import http.client
import io
import time
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.browser.phone_server import (
    Server,
    begin,
    finish,
    new_phone,
    opened,
    send_now,
    wait_state,
)
from tests.store.pictures import phone_photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.conftest import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECONDS = 12
"""How long the large photo takes on the slow line."""
IDLE_MS = 3_000
IMPATIENT = f"""() => {{
  HPPhone.patience.photo = {{ idle: {IDLE_MS}, answer: 15000 }};
  HPPhone.patience.text = {{ idle: {IDLE_MS}, answer: 15000 }};
}}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("slow-state"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = new_phone(browser)
    yield made
    made.close()


@pytest.fixture
def inspector(context: BrowserContext, server: Server) -> Watched:
    watched = opened(context, server)
    watched.page.evaluate(IMPATIENT)
    return watched


@pytest.fixture
def small(tmp_path: Path) -> list[Path]:
    """Return small photos, each another one."""
    paths = []
    for shade in (30, 90, 150):
        paths.append(tmp_path / f"anh-{shade}.jpg")
        paths[-1].write_bytes(phone_photo(shade=shade))
    return paths


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a photo that no compression makes small."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 80).convert("RGB").save(out, "JPEG", quality=90)
    path = tmp_path / "anh-lon.jpg"
    path.write_bytes(out.getvalue())
    return path


def visit_with(inspector: Watched, words: str, photos: list[Path]) -> str:
    """Record a visit with photos and queue it; return its id."""
    page = inspector.page
    page.locator("#tab-near").tap()
    visit = begin(inspector, words)
    page.get_by_label("Ghi chú").fill(f"lượt {words}")
    if photos:
        page.set_input_files("#choose", photos)
        page.locator("#photos li").nth(len(photos) - 1).wait_for()
    finish(inspector)
    return visit


def slow_down(page: Page, bytes_per_second: float) -> None:
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 100,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_per_second,
        },
    )


def is_held(server: Server, visit: str) -> bool:
    return server.rows("SELECT count(*) FROM visits WHERE visit = ?", visit) == [(1,)]


def test_a_photo_that_takes_long_arrives_and_no_visit_waits_for_it(
    inspector: Watched, server: Server, large: Path
) -> None:
    page = inspector.page
    slow_down(page, large.stat().st_size / SECONDS)
    first = visit_with(inspector, "aeon", [large])
    page.get_by_text("Đang gửi ảnh").wait_for()
    behind = visit_with(inspector, "cát bi", [])
    wait_state(inspector, behind, "confirmed")
    assert page.locator(f"[data-visit='{first}'][data-state='sending']").count() == 1
    wait_state(inspector, first, "confirmed")
    sent = [url for url in inspector.requests if url.endswith("/photos")]
    assert len(sent) == 1  # in one go, not over and over from its first byte
    assert server.rows("SELECT count(*) FROM photos WHERE visit = ?", first) == [(1,)]
    assert inspector.errors == []


def test_a_photo_that_gets_stuck_stops_nothing_else(
    inspector: Watched, server: Server, small: list[Path]
) -> None:
    page = inspector.page
    stuck: list[str] = []

    def hold(route: Any) -> None:
        sha256 = route.request.headers["x-hpmap-sha256"]
        if not stuck:
            stuck.append(sha256)
        if sha256 != stuck[0]:
            route.continue_()  # the one that is stuck is never answered

    page.context.route("**/hpmap/phone/visits/*/photos", hold)
    first = visit_with(inspector, "aeon", small[:2])
    behind = visit_with(inspector, "cát bi", small[2:])
    wait_state(inspector, behind, "confirmed")
    page.get_by_text("còn ảnh chưa gửi được").wait_for()
    page.locator(f"[data-visit='{first}']").get_by_text("1/2 ảnh đã được nhận").wait_for()
    assert server.rows("SELECT count(*) FROM photos WHERE visit = ?", first) == [(1,)]
    page.context.unroute("**/hpmap/phone/visits/*/photos")
    send_now(inspector)
    wait_state(inspector, first, "confirmed")
    assert server.rows("SELECT count(*) FROM photos WHERE visit = ?", first) == [(2,)]


def test_a_visit_whose_text_gets_stuck_stops_nothing_else(
    inspector: Watched, server: Server
) -> None:
    page = inspector.page

    def lose(route: Any) -> None:
        if "lượt aeon" in route.request.post_data:
            route.abort()
        else:
            route.continue_()

    page.context.route("**/hpmap/phone/visits", lose)
    first = visit_with(inspector, "aeon", [])
    behind = visit_with(inspector, "cát bi", [])
    wait_state(inspector, behind, "confirmed")
    wait_state(inspector, first, "waiting")
    assert not is_held(server, first)
    page.context.unroute("**/hpmap/phone/visits")
    send_now(inspector)
    wait_state(inspector, first, "confirmed")


def test_the_texts_of_all_visits_go_before_any_photo(
    inspector: Watched, server: Server, context: BrowserContext, small: list[Path]
) -> None:
    context.set_offline(True)
    visits = [
        visit_with(inspector, words, [photo])
        for words, photo in zip(("aeon", "cát bi", "LNG"), small, strict=True)
    ]
    held: list[int] = []

    def count(route: Any) -> None:
        held.append(sum(is_held(server, visit) for visit in visits))
        route.continue_()

    context.route("**/hpmap/phone/visits/*/photos", count)
    context.set_offline(False)
    send_now(inspector)
    for visit in visits:
        wait_state(inspector, visit, "confirmed")
    assert held == [3, 3, 3]


def test_the_server_lets_a_slow_photo_pause(server: Server) -> None:
    """Longer than an idle connection is kept open between two requests."""
    photo = phone_photo()

    def in_two_halves() -> Iterator[bytes]:
        yield photo[:100]
        time.sleep(8)
        yield photo[100:]

    line = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=60)
    line.request(
        "POST",
        f"/hpmap/phone/visits/{uuid.uuid4()}.{'0' * 12}/photos",
        in_two_halves(),
        {
            "Content-Type": "image/jpeg",
            "Content-Length": str(len(photo)),
            "X-Hpmap-Phone": "1",
            "X-Hpmap-Sha256": hashlib.sha256(photo).hexdigest(),
        },
    )
    answer = line.getresponse()
    assert (answer.status, b"no_visit" in answer.read()) == (404, True)  # it was read to its end
    line.close()
