"""A real browser to look at the real app."""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from geo.paths import ROOT
from tests.servers import own_environment, start_app, stop_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

__all__ = ["ROOT", "own_environment", "start_app", "stop_app"]

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """Return where Chromium is, if it is here."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    path = chromium()
    if path is None:
        if os.environ.get("HPMAP_NEED_BROWSER"):
            pytest.fail("Chromium is needed here and is not installed")
        pytest.skip("Chromium is not installed: the browser tests are left out")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only with a browser

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        yield running
        running.close()


STILL_FOR_MS = 250


def wait_still(page: Page) -> None:
    """Wait until the script of a page has not run for a moment."""
    page.evaluate("() => { window.hpStillSince = undefined; }")
    page.wait_for_function(
        """(needed) => {
          const app = document.querySelector('[data-testid=stApp]');
          if (app?.dataset.testScriptState !== 'notRunning') {
            window.hpStillSince = undefined;
            return false;
          }
          window.hpStillSince ??= performance.now();
          return performance.now() - window.hpStillSince >= needed;
        }""",
        arg=STILL_FOR_MS,
        polling=50,
        timeout=60_000,
    )


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds, for as long as a busy machine may need."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it has not come about within a minute"
        page.wait_for_timeout(50)


ZOOM_AT_REST = """() => {
  const { map } = HPMap.state;
  return map._animatingZoom ? undefined : map.getZoom();
}"""
"""The map's zoom; nothing while it flies there, for what is pressed meanwhile is lost."""


class Watched:
    """A page whose requests, dialogs, errors and messages are written down."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.received = 0
        self.stays = False
        """Whether its reader stays when the browser asks before what is typed goes."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", self._dialog)
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    @property
    def map(self):
        """Return the map's frame."""
        return self.page.frame_locator("iframe[title*='streamlit_folium']")

    def open(self, address: str) -> None:
        """Open an address and wait until the map is drawn and the page is still."""
        self.page.goto(address)
        self.map.locator("body[data-shown]").wait_for(timeout=60_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run to its end."""
        wait_still(self.page)

    def shown(self) -> str:
        """Return the stamp of what the map shows."""
        return self.map.locator("body").get_attribute("data-shown") or ""

    def wait_change(self, before: str) -> None:
        """Wait until the map shows something else than before."""
        self.map.locator(f"body:not([data-shown={json.dumps(before)}])").wait_for(timeout=60_000)

    def foreign(self) -> list[str]:
        """Return the requests to any host but this machine."""
        local = ("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]

    def barriers(self) -> list[str]:
        """Return what axe finds serious or worse in the page's own content."""
        self.page.evaluate(AXE_SCRIPT)
        script = "() => axe.run('[data-testid=stMain]', {resultTypes: ['violations']})"
        violations = self.page.evaluate(script)["violations"]
        return [
            f"{violation['id']}: {[node['html'] for node in violation['nodes']][:3]}"
            for violation in violations
            if violation["impact"] in {"serious", "critical"}
        ]

    def _dialog(self, dialog) -> None:
        if dialog.type == "beforeunload" and not self.stays:
            dialog.accept()
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _frame(self, payload: str | bytes) -> None:
        self.received += len(payload or b"")


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Watched]:
    """Return a page the size of a laptop's."""
    page = browser.new_page(viewport=DESKTOP)
    yield Watched(page)
    page.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Watched]:
    """Return a page the size of a phone's."""
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    yield Watched(page)
    page.close()
