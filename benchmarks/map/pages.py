"""The map of either app in a browser: opened, changed, reloaded, left and come back to."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tests.browser.conftest import DESKTOP

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Frame, Page

WAIT_MS = 120_000
STILL_MS = 800
NAMES = {"progress": "Tiến độ", "investment": "Vốn đầu tư", "clearance": "Chậm GPMB"}
OURS_SHOWN = "(stamp) => document.body.dataset.shown && document.body.dataset.shown !== stamp"
OURS_DRAWN = "(drawn) => document.body.dataset.drawn && document.body.dataset.drawn !== drawn"
FIRST_DRAWN = """() => Array.from(
  document.querySelectorAll("#hp-first-map, iframe[title*='streamlit_folium']"),
  (frame) => frame.contentDocument && frame.contentDocument.body
).some((body) => body && body.dataset.drawn)"""
PLAIN_SHOWN = "() => document.querySelectorAll('path.leaflet-interactive').length >= 114"
COLOURED = """() => document.body.dataset.shown
  && document.querySelectorAll('path[data-code]').length >= 114
  && document.querySelector('.hp-legend-title')"""
LEFT = """() => !document.querySelector("iframe[title*='streamlit_folium']")
  && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"""
NOW = "performance.timeOrigin + performance.now()"
NOTE_CLICKS = f'addEventListener("click", () => {{ window.clickedAt ??= {NOW}; }}, true)'
FORGET_CLICKS = "() => { window.clickedAt = undefined; }"
CLICKED_AT = "() => window.clickedAt"
ITEMS = "Danh mục"


@dataclass
class Traffic:
    """Bytes that came over a page's websockets."""

    bytes: int = 0

    def watch(self, page: Page) -> None:
        """Count what the page receives."""
        page.on("websocket", lambda socket: socket.on("framereceived", self._take_frame))

    def _take_frame(self, payload: str | bytes) -> None:
        self.bytes += len(payload or b"")


@dataclass
class MapPage:
    """A page with a map in a context of its own: nothing is in its cache."""

    context: BrowserContext
    page: Page
    traffic: Traffic = field(default_factory=Traffic)

    @classmethod
    def make(cls, browser: Browser) -> MapPage:
        """Return an empty page in a new context."""
        context = browser.new_context(viewport=DESKTOP)
        made = cls(context, context.new_page())
        made.page.set_default_timeout(WAIT_MS)
        made.page.add_init_script(NOTE_CLICKS)
        made.traffic.watch(made.page)
        return made

    def close(self) -> None:
        """Close the page and forget its cache."""
        self.context.close()


class MapApp(Protocol):
    """What is done in the same way with either app; each returns seconds until it is shown."""

    def open(self, at: MapPage, address: str) -> float:
        """Open the map."""

    def reload(self, at: MapPage) -> float:
        """Load the page anew."""

    def change(self, at: MapPage, key: str) -> float:
        """Change the layer; the time is the browser's own, from its click to what is shown."""


class ThisApp:
    """The app's own map."""

    def open(self, at: MapPage, address: str) -> float:
        """Open the map."""
        started = time.perf_counter()
        at.page.goto(address, wait_until="commit")
        at.page.wait_for_function(FIRST_DRAWN, timeout=WAIT_MS)
        return time.perf_counter() - started

    def wait_answering(self, at: MapPage) -> None:
        """Wait until the page's own map, which answers clicks, has taken the first one's place."""
        find_frame(at.page).wait_for_function(OURS_SHOWN, arg="", timeout=WAIT_MS)

    def reload(self, at: MapPage) -> float:
        """Load the page anew."""
        started = time.perf_counter()
        at.page.reload(wait_until="commit")
        at.page.wait_for_function(FIRST_DRAWN, timeout=WAIT_MS)
        return time.perf_counter() - started

    def change(self, at: MapPage, key: str) -> float:
        """Change the layer."""
        frame = find_frame(at.page)
        drawn = frame.evaluate("() => document.body.dataset.drawn")
        at.page.evaluate(FORGET_CLICKS)
        at.page.get_by_role("radio", name=NAMES[key]).click()
        shown = f"(drawn) => ({OURS_DRAWN})(drawn) && {NOW}"
        shown_at = frame.wait_for_function(shown, arg=drawn, polling=10, timeout=WAIT_MS)
        return float(shown_at.json_value() - at.page.evaluate(CLICKED_AT)) / 1000

    def wait_coloured(self, at: MapPage) -> None:
        """Wait for the legend and all communes with their colours."""
        find_frame(at.page).wait_for_function(COLOURED, timeout=WAIT_MS)

    def leave(self, at: MapPage) -> float:
        """Go from the map to the leaders' page by the menu, until nothing of the map is left."""
        started = time.perf_counter()
        at.page.get_by_role("link", name="Điều hành").first.click()
        at.page.wait_for_url("**/dieu-hanh**")
        at.page.wait_for_function(LEFT, polling=10)
        return time.perf_counter() - started

    def come_back(self, at: MapPage) -> float:
        """Go from the leaders' page back to the map by the menu."""
        started = time.perf_counter()
        at.page.get_by_role("link", name="Bản đồ").first.click()
        find_frame(at.page).wait_for_function(OURS_SHOWN, arg="", polling=10, timeout=WAIT_MS)
        return time.perf_counter() - started


class PlainApp:
    """The plain streamlit-folium app."""

    def open(self, at: MapPage, address: str) -> float:
        """Open the map."""
        started = time.perf_counter()
        at.page.goto(address, wait_until="commit")
        find_frame(at.page).wait_for_function(PLAIN_SHOWN, timeout=WAIT_MS)
        return time.perf_counter() - started

    def reload(self, at: MapPage) -> float:
        """Load the page anew."""
        started = time.perf_counter()
        at.page.reload(wait_until="commit")
        find_frame(at.page).wait_for_function(PLAIN_SHOWN, timeout=WAIT_MS)
        return time.perf_counter() - started

    def change(self, at: MapPage, key: str) -> float:
        """Change the layer: a new frame takes the old one's place."""
        find_frame(at.page).evaluate("() => { window.old = true; }")
        started = time.perf_counter()
        at.page.evaluate(FORGET_CLICKS)
        at.page.get_by_text(key, exact=True).click()
        while time.perf_counter() - started < WAIT_MS / 1000:
            for one in at.page.frames:
                shown_at = _find_time_shown(one) if "streamlit_folium" in one.url else None
                if shown_at:
                    return float(shown_at - at.page.evaluate(CLICKED_AT)) / 1000
            at.page.wait_for_timeout(10)
        raise TimeoutError("the plain app's map did not change")


def _find_time_shown(frame: Frame) -> float | None:
    """Return the browser's time if a frame is new and shows its map."""
    try:
        now: float = frame.evaluate(f"() => !window.old && ({PLAIN_SHOWN})() && {NOW}")
    except Exception:  # noqa: BLE001 - the frame is being replaced
        return None
    return now or None


def find_frame(page: Page) -> Frame:
    """Return the map's frame once it is there."""
    handle = page.wait_for_selector("iframe[title*='streamlit_folium']", timeout=WAIT_MS)
    frame = handle.content_frame() if handle else None
    if frame is None:
        message = "the map has no frame"
        raise RuntimeError(message)
    return frame
