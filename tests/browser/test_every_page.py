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
    Watched,
    own_environment,
    start_app,
    stop_app,
    wait_still,
)
from tests.browser.lists import misses_in
from tests.browser.looks import MOST_DIFFERENT, dress, find_difference
from tests.browser.page_list import page_addresses
from tests.browser.page_words import find_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES: Final = {"desktop": DESKTOP, "phone": PHONE}
PAGES: Final = page_addresses() | {
    "trinh-chieu": "dieu-hanh?present=1",
    "hien-truong": "hpmap/phone/",
}
ENLARGED: Final = {"width": 341, "height": 156}
"""A window of 1366x625 enlarged to 400 % shows so much of a page (WCAG 1.4.10, reflow)."""

FILTERS: Final = "[data-testid=stPopoverBody]"
TITLES: Final[dict[str, str]] = {}
"""The page of every title seen."""

PASSWORD: Final = "mot cau dai de nho"  # noqa: S105 - of an account that lives for one test
SERIOUS: Final = {"serious", "critical"}
OUT_OF_REACH: Final = """async () => {
  const main = document.querySelector('[data-testid=stMain]');
  const parts = 'a[href], button, input, textarea, summary, [tabindex="0"]';
  const lost = [];
  for (const part of main.querySelectorAll(parts)) {
    const box = part.matches('[type=checkbox], [type=radio], [type=file]')
      ? part.closest('label, section') ?? part.parentElement : part;
    if (part.disabled || part.closest('[inert], [data-testid=stDataFrame]')) continue;
    if (!box.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    box.scrollIntoView({ block: 'center', inline: 'center' });
    await new Promise(requestAnimationFrame);
    // What stands left of the screen is kept off it for the eyes and is no part.
    const spots = [...box.getClientRects()].filter(({ width, height }) => width > 2 && height > 2)
      .map(({ left, top, width, height }) => [left + width / 2, top + height / 2]);
    if (!spots.length || spots.every(([x]) => x < 0)) continue;
    if (!spots.some(([x, y]) => box.contains(document.elementFromPoint(x, y)))) {
      lost.push((part.innerText || part.ariaLabel || part.outerHTML).slice(0, 60));
    }
  }
  return lost;
}"""

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


def open_at_rest(browser: Browser, address: str, size: str) -> Watched:
    """Return a page that has come to rest."""
    phone = size == "phone"
    page = browser.new_page(viewport=SIZES[size], has_touch=phone, is_mobile=phone, bypass_csp=True)
    watched = Watched(page)
    page.goto(address)
    rest(page)
    return watched


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


def make_page_fixture(size: str) -> Any:
    """Return a fixture that is a page's name and the page at rest; tests look at it one by one."""

    @pytest.fixture(scope="module")
    def page_at_rest(
        browser: Browser, app_address: str, request: pytest.FixtureRequest
    ) -> Iterator[tuple[str, Watched]]:
        watched = open_at_rest(browser, f"{app_address}/{PAGES[request.param]}", size)
        yield request.param, watched
        watched.page.close()

    return page_at_rest


desktop_page = make_page_fixture("desktop")
phone_page = make_page_fixture("phone")


def looks_at(page: str, names: Iterable[str]) -> pytest.MarkDecorator:
    """Return the mark of a test of several pages, each of which is opened once for all tests."""
    return pytest.mark.parametrize(page, names, indirect=True)


@looks_at("desktop_page", PAGES)
def test_a_page_is_as_it_is_kept_within_its_width_and_open_to_everybody(
    desktop_page: tuple[str, Watched],
) -> None:
    name, watched = desktop_page
    assert_fit(watched.page, f"{name}-desktop")


@looks_at("phone_page", PAGES)
def test_so_it_is_on_a_phone(phone_page: tuple[str, Watched]) -> None:
    name, watched = phone_page
    assert_fit(watched.page, f"{name}-phone")


@looks_at("desktop_page", page_addresses())
def test_a_page_says_what_it_is_and_all_that_opens_speaks_vietnamese(
    desktop_page: tuple[str, Watched],
) -> None:
    name, watched = desktop_page
    page = watched.page
    assert (watched.foreign(), watched.errors) == ([], [])
    page.wait_for_function("document.documentElement.lang === 'vi'")
    assert page.title().endswith(" – Bản đồ dự án Hải Phòng")
    assert TITLES.setdefault(page.title(), name) == name
    assert page.locator("h1").count() == 1
    for table in page.locator("[data-testid=stDataFrame]:visible").all():
        table.hover()
        page.locator("[data-testid=stElementToolbar]:visible").first.wait_for()
        assert find_english(page) == set()
    for button in page.locator("[data-testid=stPopover] button:visible").all():
        button.click()
        wait_still(page)
        assert find_english(page) == set()
        page.keyboard.press("Escape")
    marked = page.locator("[data-testid=stTopNav] :is([aria-current=page], [data-current])")
    assert marked.count() == 1


@looks_at("phone_page", page_addresses())
def test_on_a_phone_one_menu_has_all_pages(phone_page: tuple[str, Watched]) -> None:
    page = phone_page[1].page
    menu = page.get_by_role("button", name="Mở danh sách trang")
    box = menu.bounding_box()
    assert box is not None
    assert PHONE["width"] - 16 < box["x"] + box["width"] <= PHONE["width"]
    menu.click()
    page.locator("[data-testid=stSidebarNav] [aria-current=page]").wait_for()
    assert find_english(page) == set()


@looks_at("desktop_page", page_addresses())
def test_every_list_of_a_page_finds_without_accents(desktop_page: tuple[str, Watched]) -> None:
    name, watched = desktop_page
    page = watched.page
    missed = misses_in(page, "[data-testid=stMain]")
    if name == "danh-muc":  # the filters are the same wherever they are
        page.get_by_role("button", name="Bộ lọc").first.click()
        page.locator(FILTERS).get_by_role("combobox").first.wait_for()
        wait_still(page)  # opening it runs the page: its lists come one after the other
        missed += misses_in(page, FILTERS)
        page.keyboard.press("Escape")
    assert missed == []


@looks_at("desktop_page", page_addresses())
def test_enlarged_to_400_percent_everything_is_within_reach(
    desktop_page: tuple[str, Watched],
) -> None:
    page = desktop_page[1].page
    page.set_viewport_size(ENLARGED)
    wait_still(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= ENLARGED["width"]
    assert page.evaluate(OUT_OF_REACH) == []


@pytest.mark.parametrize("size", SIZES)
def test_so_are_the_pages_for_coming_in(browser: Browser, guarded_address: str, size: str) -> None:
    page = open_at_rest(browser, f"{guarded_address}/danh-muc", size).page
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
    assert find_difference(page, name) <= MOST_DIFFERENT
    assert page.locator("[data-testid='stException']").count() == 0
    assert page.get_by_text("gặp lỗi của chương trình").count() == 0
    assert find_english(page) == set()
    wide = page.evaluate(
        "() => Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]')?.scrollWidth ?? 0)"
        " - document.documentElement.clientWidth"
    )
    assert wide <= 1, f"{wide} px wider than the screen"
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
