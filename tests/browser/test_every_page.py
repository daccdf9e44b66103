"""Every page at a laptop's and a phone's size: as it is kept, within its width, for everybody.

axe (https://github.com/dequelabs/axe-core, from a package) looks at our own content; Streamlit's
frame round it is left out where a page cannot change it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.looks import MOST_DIFFERENT, difference
from tests.browser.page_list import page_addresses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SIZES: Final = {"desktop": DESKTOP, "phone": PHONE}
PAGES: Final = page_addresses()
SERIOUS: Final = {"serious", "critical"}
STREAMLITS_OWN: Final = (
    "[data-testid='stHeader']",
    "[data-testid='stSidebar']",
    "[data-testid='stDataFrame'] canvas",
    "[data-testid='stDataFrameResizable']",
    "[data-testid='stElementToolbar']",
    "[data-testid='stMainMenu']",
    "[data-testid='stToolbar']",
)
"""Parts whose markup is Streamlit's alone."""


def opened(browser: Browser, address: str, size: str) -> Page:
    """Return a page that has come to rest."""
    phone = size == "phone"
    page = browser.new_page(viewport=SIZES[size], has_touch=phone, is_mobile=phone)
    page.goto(address)
    page.locator("[data-testid=stMain] [data-testid=stHtml]").first.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.dataset.testScriptState === 'notRunning'",
        timeout=60_000,
    )
    for frame in page.frames[1:]:
        if "streamlit_folium" in frame.url:
            frame.locator("body[data-shown]").wait_for(timeout=60_000)
    page.wait_for_timeout(1200)
    return page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_is_kept_within_its_width_and_open_to_everybody(
    browser: Browser, app_address: str, name: str, size: str
) -> None:
    page = opened(browser, f"{app_address}/{PAGES[name]}", size)
    try:
        assert page.locator("[data-testid='stException']").count() == 0
        assert page.get_by_text("gặp lỗi của chương trình").count() == 0
        wide = page.evaluate(
            "() => Math.max(document.documentElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]')?.scrollWidth ?? 0)"
            " - document.documentElement.clientWidth"
        )
        assert wide <= 1, f"{wide} px wider than the screen"
        assert difference(f"{name}-{size}", page.screenshot()) <= MOST_DIFFERENT
        found = serious(page)
        assert found == [], json.dumps(found, ensure_ascii=False, indent=1)
    finally:
        page.close()


def serious(page: Page) -> list[dict[str, Any]]:
    """Return what axe finds serious in every frame of our own."""
    found: list[dict[str, Any]] = []
    for frame in page.frames:
        if frame.is_detached() or not frame.url.startswith("http"):
            continue
        frame.evaluate(AXE_SCRIPT)
        told = frame.evaluate(
            "(out) => axe.run({exclude: out.filter(s => document.querySelector(s)).map(s => [s])},"
            " {resultTypes: ['violations'], iframes: false})",
            list(STREAMLITS_OWN),
        )
        for violation in told["violations"]:
            if violation["impact"] not in SERIOUS:
                continue
            nodes = [node["html"][:300] for node in violation["nodes"]]
            found.append({"rule": violation["id"], "nodes": nodes[:5]})
    return found
