"""A map is there before its page, gives way to the page's own, and other layers come at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESKTOP, PHONE, ZOOM_AT_REST, Watched, wait_still, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, WebSocketRoute

pytestmark = pytest.mark.browser

LAPTOP = {"width": 1366, "height": 625}
FIRST = "#hp-first-map"
BOX = """(chosen) => {
  const box = document.querySelector(chosen).getBoundingClientRect();
  return [box.left, box.top, box.width, box.height].map(Math.round);
}"""
SPOT = """() => {
  const { map, communes } = HPMap.state;
  const spots = communes.map(({ at }) => map.latLngToContainerPoint([at[1], at[0]]));
  const { x, y } = spots.find((spot, k) => {
    const hit = document.elementFromPoint(spot.x, spot.y);
    return hit && hit.dataset.code === communes[k].code;
  });
  return { x, y };
}"""
NAMES = """() => [...document.querySelectorAll('.hp-names text')].map((name) =>
  [name.textContent, name.getAttribute('x'), name.getAttribute('y')].join(' '))"""
CLASSES = "() => [...document.querySelectorAll('path[data-code]')].map((path) => path.dataset.cls)"
LAYERS_THERE = """() => performance.getEntriesByType('resource')
  .filter(({ name, responseEnd }) => name.includes('/frame/message') && responseEnd).length >= 3"""


class Held:
    """The page's socket, whose answers wait while ``holding``."""

    def __init__(self, page: Page) -> None:
        self.holding = False
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: self._pass_on(socket, message))

    def _pass_on(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if self.holding:
            self._waiting.append((socket, message))
        else:
            socket.send(message)

    def release(self) -> None:
        """Pass on what waited, and all that comes."""
        self.holding = False
        for socket, message in self._waiting:
            socket.send(message)
        self._waiting.clear()


@pytest.fixture
def held(desktop: Watched) -> Iterator[Held]:
    """Return the socket of the laptop's page."""
    desktop.page.set_viewport_size(LAPTOP)
    return Held(desktop.page)


def test_the_map_is_there_before_the_server_has_answered_the_page(
    app_address: str, desktop: Watched, held: Held
) -> None:
    held.holding = True
    desktop.page.goto(f"{app_address}/?layer=clearance")
    first = desktop.page.frame_locator(FIRST)
    first.locator("body[data-drawn]").wait_for(timeout=30_000)
    assert first.locator(".hp-legend-title").inner_text()
    assert desktop.page.locator("[data-testid=stCustomComponentV1]").count() == 0
    drawn = first.locator("body").evaluate(CLASSES)
    assert len(drawn) == 114
    names = first.locator("body").evaluate(NAMES)
    assert len(names) > 10
    box = desktop.page.evaluate(BOX, FIRST)

    held.release()
    desktop.page.locator(FIRST).wait_for(state="detached", timeout=30_000)
    assert desktop.map.locator("body").evaluate(CLASSES) == drawn
    assert desktop.map.locator("body").evaluate(NAMES) == names  # placed once, for both
    there = desktop.page.evaluate(BOX, ".st-key-map-frame")
    assert max(abs(one - other) for one, other in zip(box, there, strict=True)) <= 2
    assert desktop.errors == []
    assert desktop.foreign() == []


@pytest.mark.slow
def test_what_was_chosen_and_where_it_was_moved_to_is_handed_on(
    app_address: str, desktop: Watched, held: Held
) -> None:
    held.holding = True
    desktop.page.goto(app_address)
    first = desktop.page.frame_locator(FIRST)
    first.locator("body[data-drawn]").wait_for(timeout=30_000)
    body = first.locator("body")
    before = body.evaluate(ZOOM_AT_REST)
    first.locator(".leaflet-control-zoom-in").click()
    wait_until(desktop.page, lambda: (body.evaluate(ZOOM_AT_REST) or 0) > before)
    zoom = body.evaluate(ZOOM_AT_REST)
    first.locator("#map_div").click(position=first.locator("body").evaluate(SPOT))
    held.release()
    desktop.page.locator(FIRST).wait_for(state="detached", timeout=30_000)
    desktop.page.locator(".st-key-panel-close").wait_for()
    desktop.page.wait_for_url("**open=commune*")
    assert desktop.map.locator("body").evaluate("() => HPMap.state.map.getZoom()") == zoom


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["screen", "phone"])
def test_it_lies_where_the_page_s_own_map_will_lie(
    app_address: str, browser: Browser, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)
    held = Held(page)
    held.holding = True
    page.goto(app_address)
    page.frame_locator(FIRST).locator("body[data-drawn]").wait_for(timeout=30_000)
    box = page.evaluate(BOX, FIRST)
    held.release()
    page.locator(FIRST).wait_for(state="detached", timeout=30_000)
    wait_still(page)
    there = page.evaluate(BOX, ".st-key-map-frame")
    assert max(abs(one - other) for one, other in zip(box, there, strict=True)) <= 2
    page.close()


@pytest.mark.slow
def test_other_pages_have_none(app_address: str, desktop: Watched) -> None:
    desktop.page.goto(f"{app_address}/danh-muc")
    desktop.settle()
    assert desktop.page.locator(FIRST).count() == 0


@pytest.mark.slow
def test_another_layer_is_drawn_before_the_server_has_answered(
    app_address: str, desktop: Watched, held: Held
) -> None:
    desktop.open(f"{app_address}/?layer=clearance")
    frame = desktop.map.locator("body")
    inside = desktop.page.locator("iframe[title*='streamlit_folium']").element_handle()
    inside.content_frame().wait_for_function(LAYERS_THERE)
    desktop.page.wait_for_timeout(100)  # the last of them is being kept
    before, drawn = frame.evaluate(CLASSES), frame.get_attribute("data-drawn")
    held.holding = True
    desktop.page.get_by_role("radio", name="Tiến độ").click()
    desktop.map.locator(f"body:not([data-drawn='{drawn}'])").wait_for()
    early = frame.evaluate(CLASSES)
    assert early != before
    names = frame.evaluate(NAMES)
    stamp = desktop.shown()

    held.release()
    desktop.wait_change(stamp)
    desktop.settle()
    assert frame.evaluate(CLASSES) == early
    assert frame.evaluate(NAMES) == names
    assert "layer=progress" in desktop.page.url
    kept = desktop.page.evaluate("() => [...window.hpPlacements.values()]")
    assert 1 < len(kept) <= 24
    assert all(isinstance(spots, str) for spots in kept)  # nothing that would hold a frame


@pytest.mark.slow
def test_with_a_filter_no_layer_is_fetched_ahead(app_address: str, desktop: Watched) -> None:
    desktop.open(f"{app_address}/?kinds=key_project")
    desktop.page.wait_for_timeout(1200)  # longer than the pause after a drawing
    assert [url for url in desktop.requests if "/frame/message" in url] == []


@pytest.mark.slow
def test_a_page_without_a_map_is_not_covered(app_address: str, desktop: Watched) -> None:
    """What a page says in place of its map, a fault above all, must be seen."""
    hide = "document.querySelector('.st-key-map-frame')?.classList.remove('st-key-map-frame')"
    desktop.page.add_init_script(f"setInterval(() => {{ {hide} }}, 1)")
    desktop.page.goto(app_address)
    desktop.page.locator(FIRST).wait_for(state="attached")
    desktop.page.locator(FIRST).wait_for(state="detached", timeout=30_000)


@pytest.mark.slow
def test_a_layer_of_other_facts_is_not_shown_ahead(
    app_address: str, desktop: Watched, held: Held
) -> None:
    desktop.open(f"{app_address}/?layer=clearance")
    desktop.page.wait_for_timeout(2000)  # by then the layers are there
    frame = desktop.map.locator("body")
    drawn = frame.get_attribute("data-drawn")
    frame.evaluate("() => { HPMap.state.data.version = 'newer'; }")
    held.holding = True
    desktop.page.get_by_role("radio", name="Tiến độ").click()
    desktop.page.wait_for_timeout(1000)
    assert frame.get_attribute("data-drawn") == drawn
    stamp = desktop.shown()
    held.release()
    desktop.wait_change(stamp)
