"""How fast the table of items is with thousands of rows, and what it sends.

``python -m benchmarks.table`` makes a store with every item of the reports many times over, starts
the app on it, works in its table in headless Chromium, and prints a table of medians; below it, the
same rows written in three ways, without a browser. Needs Chromium and ``tests/requirements.txt``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd
from playwright.sync_api import sync_playwright
from streamlit import dataframe_util
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from benchmarks.many_data import many_data
from geo.i18n import format_number
from layers.tables.item_table import build_item_table, format_item_table
from store.facts.filters import Filters
from tests.browser.conftest import (
    BROWSER_FLAGS,
    DESKTOP,
    chromium,
    own_environment,
    start_app,
    stop_app,
)
from tests.many_facts import many_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

TABLE = "[data-testid='stDataFrame']"
IDLE = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState==='notRunning'"
NUMBERS = ("investment_bvnd", "construction", "clearance")


@dataclass
class Measured:
    """Seconds until something was shown, and bytes that came over the websocket for it."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    received: dict[str, list[int]] = field(default_factory=dict)

    def note(self, step: str, seconds: float, received: int) -> None:
        """Add one run of a step."""
        self.seconds.setdefault(step, []).append(seconds)
        self.received.setdefault(step, []).append(received)


class Traffic:
    """Bytes that a page received over its websocket."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))

    def _frame(self, payload: str | bytes) -> None:
        self.bytes += len(payload or b"")


@click.command(help=__doc__)
@click.option("--times", default=65, help="copies of every item")
@click.option("--runs", default=5, help="times that the page is opened")
def main(times: int, runs: int) -> None:
    """Measure and print."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is not installed: nothing can be measured")
    with tempfile.TemporaryDirectory() as folder:
        data = many_data(Path(folder), times)
        own = {"HPMAP_DATA_DIR": str(data), "HPMAP_STATE_DIR": str(Path(folder) / "state")}
        # The store is made before: starting must not wait for it.
        made = [sys.executable, "-m", "store", "init"]
        subprocess.run(made, env=own_environment(own), check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        process, address = start_app(own)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
                rows, measured = measure(browser, address, runs)
                browser.close()
        finally:
            stop_app(process)
    report(rows, measured)
    compare(times)


def measure(browser: Browser, address: str, runs: int) -> tuple[str, Measured]:
    """Open the table and work in it; the first run warms the server up and is not counted."""
    measured, rows = Measured(), ""
    for run in range(runs + 1):
        page = browser.new_page(viewport=DESKTOP)
        traffic = Traffic(page)
        kept = measured if run else Measured()
        step(page, traffic, kept, "open", lambda page=page: _open(page, address))
        rows = page.locator(".hp-under").first.inner_text()
        step(page, traffic, kept, "choose a row", lambda page=page: _choose_row(page))
        step(page, traffic, kept, "group by kind", lambda page=page: _group(page))
        page.close()
    return rows, measured


def step(
    page: Page, traffic: Traffic, measured: Measured, name: str, act: Callable[[], None]
) -> None:
    """Time one step until what it brings is shown; count its bytes until the page is still."""
    before, started = traffic.bytes, time.perf_counter()
    act()
    seconds = time.perf_counter() - started
    page.wait_for_function(IDLE, timeout=60_000)
    page.wait_for_timeout(700)
    measured.note(name, seconds, traffic.bytes - before)


def _open(page: Page, address: str) -> None:
    page.goto(f"{address}/danh-muc")
    page.locator(f"{TABLE} canvas").first.wait_for(timeout=300_000)


def _choose_row(page: Page) -> None:
    box = page.locator(TABLE).last.bounding_box()
    if box is None:
        raise RuntimeError("the table has no place on the page")
    page.mouse.click(box["x"] + 90, box["y"] + 35 + 14)
    page.locator(".st-key-panel .hp-title").wait_for(timeout=60_000)


def _group(page: Page) -> None:
    page.locator(".st-key-items-group input").click()
    page.get_by_role("option", name="Loại", exact=True).click()
    page.wait_for_function(f'() => document.querySelectorAll("{TABLE}").length === 2')


def report(rows: str, measured: Measured) -> None:
    """Print what was measured in the browser."""
    lines = [rows, "", "| median | seconds | received, kB |", "|---|---|---|"]
    for name, seconds in measured.seconds.items():
        received = statistics.median(measured.received[name]) / 1000
        lines.append(f"| {name} | {statistics.median(seconds):.2f} | {received:.0f} |")
    sys.stdout.write("\n".join(lines) + "\n\n")


def compare(times: int) -> None:
    """Print what writing the same rows takes: aligned texts, plain numbers, a pandas Styler."""
    facts = many_facts(times)
    build_item_table(facts, Filters())  # what is reckoned once, for any way of writing
    table = build_item_table(facts, Filters())
    numbers = table.astype(dict.fromkeys(NUMBERS, "float64"))
    ways: dict[str, Callable[[], ArrowData]] = {
        "aligned texts (in use)": lambda: _arrow(
            format_item_table(build_item_table(facts, Filters()))
        ),
        "numbers in the browser's format": lambda: _arrow(numbers),
        "pandas Styler": lambda: _styled(numbers),
    }
    lines = [f"| {len(table)} rows written as | ms of the processor | kB |", "|---|---|---|"]
    for name, way in ways.items():
        taken = []
        for _ in range(5):
            started = time.process_time()
            proto = way()
            taken.append(time.process_time() - started)
        size = proto.ByteSize() / 1000
        lines.append(f"| {name} | {1000 * statistics.median(taken):.0f} | {size:.0f} |")
    sys.stdout.write("\n".join(lines) + "\n")


def _arrow(frame: pd.DataFrame) -> ArrowData:
    proto = ArrowData()
    proto.data = dataframe_util.convert_pandas_df_to_arrow_bytes(frame)
    return proto


def _styled(frame: pd.DataFrame) -> ArrowData:
    proto = _arrow(frame)
    write = {
        name: lambda value: "" if pd.isna(value) else format_number(float(value), 1, "vi")
        for name in NUMBERS
    }
    marshall_styler(proto, frame.style.format(write), "table")
    return proto


if __name__ == "__main__":
    main()
