"""How soon a browser shows the map, against a plain streamlit-folium map.

``python -m benchmarks.map`` starts both apps on this machine and opens each in turn in headless
Chromium, in a browser just started with nothing in its cache; changes the layer three times,
reloads, goes to another page and back, and prints a table of medians; then opens both once over a
line of 1 Mbit/s. Needs Chromium and ``tests/requirements.txt``.

``--runs 1 --line none`` is the shortest run that compares (some 30 s); ``--only app`` leaves the
plain app out.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click
from playwright.sync_api import Playwright, sync_playwright

from benchmarks.map.pages import STILL_MS, MapApp, MapPage, PlainApp, ThisApp
from benchmarks.map.slow_line import open_slow_line
from benchmarks.yardstick import PLAIN, describe_yardstick
from tests.browser.conftest import BROWSER_FLAGS, chromium, start_app, stop_app

LAYERS = ("clearance", "investment", "progress")
OURS, OTHER = "this app", "plain app"
FIRST, ANSWERS = "first map in a cold browser, s", "  the same: answers clicks, s"
CHANGE, RELOAD = "layer change shown, s", "reload, s"
LEAVE, BACK = "from the map to another page, s", "from there back to the map, s"
CHANGE_KB, OPEN_KB = "sent per layer change, kB", "sent over the websocket to open, kB"
LINE_S, LINE_KB = "first visit at 1 Mbit/s: legend and communes, s", "  the same: received, kB"
TARGETS = {
    FIRST: "≤ 0.9 × plain",
    CHANGE: "≤ 0.4 × plain",
    RELOAD: "≤ 1.0",
    LEAVE: "≤ 0.7",
    BACK: "≤ 0.7",
    CHANGE_KB: "≤ 30",
    LINE_S: "≤ 9",
    LINE_KB: "≤ 950",
}


@dataclass
class Measured:
    """What was measured of one app, by the table's lines."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def note(self, line: str, value: float, *, keep: bool = True) -> None:
        """Add one value, unless it only warmed the server up."""
        if keep:
            self.values.setdefault(line, []).append(value)


@click.command(help=__doc__)
@click.option("--runs", default=5, help="times that each page is opened")
@click.option("--line", default="1", help="Mbit/s of the slow line; none leaves it out")
@click.option("--only", type=click.Choice(["app", "all"]), default="all")
def main(*, runs: int, line: str, only: str) -> None:
    """Measure both apps in turn and print the table."""
    if chromium() is None:
        sys.exit("Chromium is not installed: nothing can be measured")
    measured = {OURS: Measured(), OTHER: Measured()}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        apps: dict[str, tuple[MapApp, str]] = {}
        process, address = start_app({"HPMAP_STATE_DIR": str(folder / "state")})
        stack.callback(stop_app, process)
        apps[OURS] = (ThisApp(), address)
        if only == "all":
            own = {"PLAIN_DIR": str(folder / "plain")}
            process, address = start_app(own, script=str(PLAIN / "app.py"))
            stack.callback(stop_app, process)
            apps[OTHER] = (PlainApp(), address)
        playwright = stack.enter_context(sync_playwright())
        for run in range(runs + 1):  # the first run of each warms it up and is not counted
            for name, (app, address) in apps.items():
                measure(playwright, app, address, measured[name], keep=run > 0)
        if line != "none":
            for name, (app, address) in apps.items():
                measure_slowly(playwright, app, address, measured[name], float(line))
    sys.stdout.write(format_table(measured) + "\n")
    if only == "all":
        sys.stdout.write(f"\n{describe_yardstick()}\n")


def measure(
    playwright: Playwright, app: MapApp, address: str, measured: Measured, *, keep: bool
) -> None:
    """Open the map once, change its layer three times, reload; leave and come back if ours."""
    browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
    at = MapPage.make(browser)
    started = time.perf_counter()
    measured.note(FIRST, app.open(at, address), keep=keep)
    if isinstance(app, ThisApp):
        app.wait_answering(at)
    measured.note(ANSWERS, time.perf_counter() - started, keep=keep)
    at.page.wait_for_timeout(STILL_MS)
    measured.note(OPEN_KB, at.traffic.bytes / 1000, keep=keep)
    for key in LAYERS:
        before = at.traffic.bytes
        measured.note(CHANGE, app.change(at, key), keep=keep)
        at.page.wait_for_timeout(STILL_MS)
        measured.note(CHANGE_KB, (at.traffic.bytes - before) / 1000, keep=keep)
    measured.note(RELOAD, app.reload(at), keep=keep)
    if isinstance(app, ThisApp):
        at.page.wait_for_timeout(STILL_MS)
        measured.note(LEAVE, app.leave(at), keep=keep)
        at.page.wait_for_timeout(STILL_MS)
        measured.note(BACK, app.come_back(at), keep=keep)
    browser.close()


def measure_slowly(
    playwright: Playwright, app: MapApp, address: str, measured: Measured, megabits: float
) -> None:
    """Open the map once over a slow line, with nothing in the browser's cache."""
    port = urlsplit(address).port or 80
    with open_slow_line(port, megabits * 1e6) as line:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        at = MapPage.make(browser)
        measured.note(LINE_S, app.open(at, line.address))
        if isinstance(app, ThisApp):
            app.wait_coloured(at)
        measured.note(LINE_KB, line.received / 1000)
        browser.close()


def format_table(measured: dict[str, Measured]) -> str:
    """Return the table: medians of both apps, ours as a share of the plain app's, the targets."""
    ours, plain = measured[OURS].values, measured[OTHER].values
    lines = ["| median | this app | plain app | this / plain | target |", "|---|---|---|---|---|"]
    for name in (FIRST, ANSWERS, CHANGE, RELOAD, LEAVE, BACK, CHANGE_KB, OPEN_KB, LINE_S, LINE_KB):
        if name not in ours:
            continue
        mine = statistics.median(ours[name])
        other = statistics.median(plain[name]) if name in plain else None
        shown = f"{other:.2f} | {mine / other:.2f}" if other else " | "
        lines.append(f"| {name} | {mine:.2f} | {shown} | {TARGETS.get(name, '')} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
