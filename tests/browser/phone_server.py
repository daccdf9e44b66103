"""The app on one port that is stopped and started again, and what an inspector does with it."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError as NotThere

from tests.browser.conftest import PHONE, ROOT, Watched, own_environment

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

AT_AEON = {"longitude": 106.298, "latitude": 20.902, "accuracy": 12}
WAIT_MS = 60_000


class Server:
    """The app on one port and one store, which can be stopped and started again."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self.settings: dict[str, str] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the app and programs beside it are started with."""
        return own_environment({"HPMAP_STATE_DIR": str(self._state), **self.settings})

    def start(self) -> None:
        """Start the app and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self._port)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                health = f"{self.address}/_stcore/health"
                with urllib.request.urlopen(health, timeout=2):  # noqa: S310 - our own
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.stop()
        message = "the app did not start within 90 s"
        raise RuntimeError(message)

    def stop(self) -> None:
        """Stop the app, as a lost connection looks from the phone."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def rows(self, query: str, visit: str) -> list[tuple[Any, ...]]:
        """Return what a query about a visit finds in the store's file."""
        store = sqlite3.connect(f"file:{self._state / 'store.sqlite'}?mode=ro", uri=True)
        try:
            return store.execute(query, (visit,)).fetchall()
        finally:
            store.close()


def new_phone(browser: Browser) -> BrowserContext:
    """Return a phone that has never been here before and tells where it is."""
    return browser.new_context(
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        locale="vi-VN",
        geolocation=AT_AEON,
        permissions=["geolocation"],
    )


def opened(context: BrowserContext, server: Server) -> Watched:
    """Return the field page, opened once while connected."""
    watched = Watched(context.new_page())
    watched.page.set_default_timeout(WAIT_MS)
    watched.page.goto(f"{server.address}/hpmap/phone/")
    watched.page.locator("body[data-worker='ready']").wait_for()
    watched.page.locator(".card").first.wait_for()
    return watched


def begin(watched: Watched, words: str = "aeon") -> str:
    """Begin a visit to the project that the words find; return its id."""
    page = watched.page
    page.get_by_label("Tìm theo tên hoặc mã").fill(words)
    page.locator(".card").first.tap()
    page.get_by_role("button", name="Ghi lượt kiểm tra").tap()
    page.locator("#done").wait_for()
    return page.url.rpartition("/")[2]


def finish(watched: Watched) -> None:
    watched.page.get_by_role("button", name="Xong, đưa vào hàng gửi").tap()
    watched.page.locator("#records").wait_for()


def send_now(watched: Watched) -> None:
    """Press the button, unless the page has sent by itself what waited, as it may at any time."""
    button = watched.page.locator("#send")
    try:
        button.tap(timeout=5_000)
    except NotThere:
        if button.is_visible():
            raise


def wait_state(watched: Watched, visit: str, state: str) -> None:
    line = watched.page.locator(f"[data-visit='{visit}'][data-state='{state}']")
    line.wait_for(timeout=WAIT_MS)
