"""How fast the map opens and changes its layer, against a plain streamlit-folium map.

``python -m benchmarks.map`` starts both apps on this machine, opens each in headless Chromium in
turn, and prints a table of medians. Needs Chromium and ``tests/requirements.txt``.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
from playwright.sync_api import sync_playwright

from tests.browser.conftest import BROWSER_FLAGS, DESKTOP, chromium, start_app, stop_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Frame, Page

# In a folder of its own: Streamlit puts the script's folder first on the path.
PLAIN = str(Path(__file__).with_name("plain") / "app.py")
NAMES = {"progress": "Tiến độ", "investment": "Vốn đầu tư", "clearance": "Chậm GPMB"}
OURS_SHOWN = "(stamp) => document.body.dataset.shown && document.body.dataset.shown !== stamp"
PLAIN_SHOWN = "() => document.querySelectorAll('path.leaflet-interactive').length >= 114"


@dataclass
class Times:
    """What was measured of one app: seconds and bytes."""

    first: list[float] = field(default_factory=list)
    change: list[float] = field(default_factory=list)
    change_bytes: list[float] = field(default_factory=list)
    first_bytes: list[float] = field(default_factory=list)


@dataclass
class Traffic:
    """Bytes that came over the page's websocket and as answers to requests."""

    bytes: int = 0

    def watch(self, page: Page) -> None:
        """Count what the page receives."""
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _frame(self, payload: str | bytes) -> None:
        self.bytes += len(payload or b"")


@click.command(help=__doc__)
@click.option("--runs", default=5, help="times that each page is opened")
def main(runs: int) -> None:
    """Measure both apps in turn and print the table."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed: nothing can be measured")
    ours, our_address = start_app()
    plain, plain_address = start_app(script=PLAIN)
    measured = {"this app": Times(), "plain streamlit-folium": Times()}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
            for run in range(runs + 1):  # the first run of each warms it up and is not counted
                keep = run > 0
                measure_ours(browser, our_address, measured["this app"], keep=keep)
                measure_plain(browser, plain_address, measured["plain streamlit-folium"], keep=keep)
            browser.close()
    finally:
        stop_app(ours)
        stop_app(plain)
    report(measured)


def measure_ours(browser: Browser, address: str, times: Times, *, keep: bool) -> None:
    """Open the app once and change its layer three times."""
    page, traffic = _page(browser)
    started = time.perf_counter()
    page.goto(address)
    frame = _frame(page)
    frame.wait_for_function(OURS_SHOWN, arg="", timeout=30_000)
    first = time.perf_counter() - started
    page.wait_for_timeout(800)
    opened = traffic.bytes

    def change(key: str) -> None:
        stamp = frame.evaluate("() => document.body.dataset.shown")
        page.get_by_role("radio", name=NAMES[key]).click()
        frame.wait_for_function(OURS_SHOWN, arg=stamp, polling=10, timeout=30_000)

    _changes(page, traffic, times, change, keep=keep)
    if keep:
        times.first.append(first)
        times.first_bytes.append(opened)
    page.close()


def measure_plain(browser: Browser, address: str, times: Times, *, keep: bool) -> None:
    """Open the plain app once and change its layer three times."""
    page, traffic = _page(browser)
    started = time.perf_counter()
    page.goto(address)
    _frame(page).wait_for_function(PLAIN_SHOWN, timeout=60_000)
    first = time.perf_counter() - started
    page.wait_for_timeout(800)
    opened = traffic.bytes

    def change(key: str) -> None:
        old = _frame(page)
        old.evaluate("() => { window.old = true; }")
        page.get_by_text(key, exact=True).click()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = [one for one in page.frames if "streamlit_folium" in one.url]
            for one in found:
                try:
                    if one.evaluate(f"() => !window.old && ({PLAIN_SHOWN})()"):
                        return
                except Exception:  # noqa: BLE001, S112 - the frame is being replaced
                    continue
            page.wait_for_timeout(10)

    _changes(page, traffic, times, change, keep=keep)
    if keep:
        times.first.append(first)
        times.first_bytes.append(opened)
    page.close()


def report(measured: dict[str, Times]) -> None:
    """Print the table: medians, and how many times more the plain app takes."""
    ours, plain = measured["this app"], measured["plain streamlit-folium"]
    rows = [
        ("first map shown, s", ours.first, plain.first, "≤ 2.5"),
        ("layer change shown, s", ours.change, plain.change, "≤ 0.5"),
        ("sent per layer change, kB", _kb(ours.change_bytes), _kb(plain.change_bytes), "≤ 30"),
        ("sent over the websocket to open, kB", _kb(ours.first_bytes), _kb(plain.first_bytes), ""),
    ]
    lines = ["| median | this app | plain | plain / this | target |", "|---|---|---|---|---|"]
    for name, mine, other, target in rows:
        a, b = statistics.median(mine), statistics.median(other)
        lines.append(f"| {name} | {a:.2f} | {b:.2f} | {b / a:.1f} | {target} |")
    sys.stdout.write("\n".join(lines) + "\n")


def _changes(
    page: Page, traffic: Traffic, times: Times, change: Callable[[str], None], *, keep: bool
) -> None:
    for key in ("clearance", "investment", "progress"):
        before, started = traffic.bytes, time.perf_counter()
        change(key)
        took = time.perf_counter() - started
        page.wait_for_timeout(800)
        if keep:
            times.change.append(took)
            times.change_bytes.append(traffic.bytes - before)


def _page(browser: Browser) -> tuple[Page, Traffic]:
    page = browser.new_page(viewport=DESKTOP)
    traffic = Traffic()
    traffic.watch(page)
    return page, traffic


def _frame(page: Page) -> Frame:
    handle = page.wait_for_selector("iframe[title*='streamlit_folium']", timeout=60_000)
    frame = handle.content_frame()
    if frame is None:
        message = "the map has no frame"
        raise RuntimeError(message)
    return frame


def _kb(values: list[float]) -> list[float]:
    return [value / 1000 for value in values]


if __name__ == "__main__":
    main()
