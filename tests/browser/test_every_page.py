"""Every page at a laptop's and a phone's size: as it is kept, within its width, for everybody.

axe (https://github.com/dequelabs/axe-core, from a package) looks at our own content; Streamlit's
frame round it is left out where a page cannot change it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests import templates
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    ROOT,
    own_environment,
    start_app,
    stop_app,
)
from tests.browser.looks import MOST_DIFFERENT, dress, find_difference, picture_at_rest
from tests.browser.page_list import page_addresses
from tests.browser.test_page_frame import find_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES: Final = {"desktop": DESKTOP, "phone": PHONE}
PAGES: Final = page_addresses() | {
    "trinh-chieu": "dieu-hanh?present=1",
    "hien-truong": "hpmap/phone/",
}
PASSWORD: Final = "mot cau dai de nho"  # noqa: S105 - of an account that lives for one test
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


MAP: Final = "iframe[title*=streamlit_folium]"
DRAWN: Final = "body[data-shown]:not([data-surroundings=coming])"
WITH_MAP: Final = ".st-key-map-frame, .st-key-maps-difference"


def opened(browser: Browser, address: str, size: str) -> Page:
    """Return a page that has come to rest."""
    phone = size == "phone"
    page = browser.new_page(viewport=SIZES[size], has_touch=phone, is_mobile=phone, bypass_csp=True)
    page.goto(address)
    rest(page)
    return page


def rest(page: Page) -> None:
    """Wait until a page has come to rest: one of Streamlit's, or one of our own."""
    if page.locator("#root").count():
        content = page.locator("[data-testid=stMain] [data-testid=stHtml]").first
        content.wait_for(state="attached", timeout=60_000)
        page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            "?.dataset.testScriptState === 'notRunning'",
            timeout=60_000,
        )
    # By its element: the frame may come after the script's end, its address later still.
    if page.locator(WITH_MAP).count():
        page.locator(MAP).first.wait_for(timeout=60_000)
    for number in range(page.locator(MAP).count()):
        shown = page.frame_locator(MAP).nth(number).locator(DRAWN)
        shown.wait_for(timeout=60_000)


@pytest.fixture(scope="module")
def guarded_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of an app with one account, whose password is to be changed."""
    state = {"HPMAP_STATE_DIR": str(templates.copy_state(tmp_path_factory.mktemp("guarded")))}
    command = [sys.executable, "-m", "store", "account", "add", "quantri"]
    command += ["--role", "administrator", "--password-stdin"]
    subprocess.run(
        command, cwd=ROOT, env=own_environment(state), input=PASSWORD, text=True, check=True
    )
    process, address = start_app(state)
    yield address
    stop_app(process)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_is_kept_within_its_width_and_open_to_everybody(
    browser: Browser, app_address: str, name: str, size: str
) -> None:
    page = opened(browser, f"{app_address}/{PAGES[name]}", size)
    try:
        assert_fit(page, f"{name}-{size}")
    finally:
        page.close()


@pytest.mark.parametrize("size", SIZES)
def test_so_are_the_pages_for_coming_in(browser: Browser, guarded_address: str, size: str) -> None:
    page = opened(browser, f"{guarded_address}/danh-muc", size)
    try:
        assert_fit(page, f"dang-nhap-{size}")
        page.get_by_label("Tên tài khoản").fill("quantri")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(re.compile(r"/tai-khoan\?next=%2Fdanh-muc$"))
        rest(page)
        assert_fit(page, f"tai-khoan-{size}")
    finally:
        page.context.close()


def assert_fit(page: Page, name: str) -> None:
    """No fault, no English, nothing wider than the screen, as kept, nothing serious to axe."""
    dress(page)
    picture_at_rest(page)
    assert page.locator("[data-testid='stException']").count() == 0
    assert page.get_by_text("gặp lỗi của chương trình").count() == 0
    assert find_english(page) == set()
    wide = page.evaluate(
        "() => Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]')?.scrollWidth ?? 0)"
        " - document.documentElement.clientWidth"
    )
    assert wide <= 1, f"{wide} px wider than the screen"
    assert find_difference(page, name) <= MOST_DIFFERENT
    found = serious(page)
    assert found == [], json.dumps(found, ensure_ascii=False, indent=1)


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
