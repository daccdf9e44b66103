"""The real app on a free port of this machine, and a real browser to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
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


def own_environment(chosen: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program under test.

    With a state folder of its own it also has its own store in there, not the tests' common one.
    """
    whole = os.environ | {"PYTHONPATH": str(ROOT)} | chosen
    if "HPMAP_STATE_DIR" in chosen:
        whole.pop("DATABASE_URL", None)
    return whole


def start_app(
    environment: dict[str, str] | None = None,
    *,
    script: str = "app.py",
    port: int = 0,
    log: Path | None = None,
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the app as README says, on a free port; return the process and its address.

    What it says goes to ``log``.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # of one just killed
        probe.bind(("127.0.0.1", port))
        port = probe.getsockname()[1]
    told: Any = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
        cwd=ROOT,
        env=own_environment(environment or {}),
        stdout=told,
        stderr=told,
    )
    if log:
        told.close()
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            health = f"{address}/_stcore/health"
            with urllib.request.urlopen(health, timeout=2) as answer:  # noqa: S310 - our own
                if answer.status == 200:
                    return process, address
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    process.kill()
    message = "the app did not start within 60 s"
    raise RuntimeError(message)


def stop_app(process: subprocess.Popen[bytes]) -> None:
    """Stop the app."""
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def app_address() -> Iterator[str]:
    """Return the address of the app on real data."""
    process, address = start_app()
    yield address
    stop_app(process)


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


class Watched:
    """A page whose requests, dialogs, errors and messages are written down."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        self.received = 0
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
        self.map.locator("body[data-shown]").wait_for(timeout=30_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run to its end."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            "?.dataset.testScriptState === 'notRunning'",
            timeout=20_000,
        )

    def shown(self) -> str:
        """Return the stamp of what the map shows."""
        return self.map.locator("body").get_attribute("data-shown") or ""

    def wait_change(self, before: str) -> None:
        """Wait until the map shows something else than before."""
        for _ in range(500):
            if self.shown() != before:
                return
            self.page.wait_for_timeout(20)
        message = "the map did not change within 10 s"
        raise AssertionError(message)

    def foreign(self) -> list[str]:
        """Return the requests to any host but this machine."""
        local = ("http://127.0.0.1", "http://localhost", "ws://127.0.0.1", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]

    def _dialog(self, dialog) -> None:
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
