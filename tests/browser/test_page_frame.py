"""Round every page: no word of Streamlit's English, title and language, links that stay inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Watched, wait_still
from tests.browser.page_list import page_addresses

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES: Final = page_addresses()
ON_A_PHONE: Final = ("ban-do", "danh-muc", "sua")
"""Pages whose menu is looked at on a phone: it is one menu; words are looked for on every page."""

TITLES: Final[dict[str, str]] = {}
"""The page of every title seen."""

ENGLISH: Final = re.compile(
    r"\b(a[dn]d|all|apply|available|browse|clear|click|close|collapse|column|content|copy|data|date"
    r"|delete|download|drag|drop|edit|enter|error|expand|file|filter|filters|find|format|fullscreen"
    r"|hide|home|items?|limit|loading|local|logo|main|more|navigate|navigation|next|none|open"
    r"|options?|pages?|password|press|previous|print|remove|result|results|running|scale|search"
    r"|select|selected|settings|show|sidebar|skip|sort|submit|table|toggle|toolbar|type|undo|update"
    r"|upload|value|values|view|visualization|with|bytes|dd|yyyy)\b",
    re.IGNORECASE,
)
"""Words of an interface that are no Vietnamese syllables."""

MEANT: Final = re.compile(
    r"\b(Tab|Shift|Enter|Esc|Ctrl|XML values and headers|Telin Park|Open Street Map|OpenStreetMap"
    r"|GeoJSON|GeoPackage|ODK Collect|ODK Central)\b|[\w.+-]+@[\w.-]+|\S+\.\w{2,4}\b|https?://\S+"
)
"""Names, keys, addresses and files, which are the same in every language."""

SHOWN: Final = """() => {
  const told = [];
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const own = (element) => element.closest('[class*="st-key-carried-"], noscript, script,'
    + ' style, iframe, [data-testid="stIconMaterial"]');
  const names = ['aria-label', 'placeholder', 'title', 'alt'];
  for (const element of document.querySelectorAll(names.map((name) => `[${name}]`).join())) {
    if (!seen(element) || own(element)) continue;
    for (const name of names) told.push(element.getAttribute(name));
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (!place || own(place) || place.closest('[lang="en"], q, .hp-quote')) continue;
    if (!seen(place)) continue;
    told.push(texts.currentNode.nodeValue);
  }
  return told.filter(Boolean);
}"""


def opened(browser: Browser, address: str, size: dict[str, int]) -> Page:
    """Return a page that has come to rest, without an error or a foreign request."""
    page = browser.new_page(viewport=size)
    watched = Watched(page)
    page.goto(address)
    page.locator(".hp-language").wait_for(timeout=60_000)
    page.wait_for_function("document.documentElement.lang === 'vi'", timeout=60_000)
    wait_still(page)
    assert page.locator("[data-testid='stException']").count() == 0
    assert (watched.foreign(), watched.errors) == ([], [])
    return page


def find_english(page: Page) -> set[str]:
    """Return the texts of a page with English words in them."""
    texts = {text.strip() for text in page.evaluate(SHOWN)}
    return {text for text in texts if ENGLISH.search(MEANT.sub("", text))}


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *(pytest.param(name, DESKTOP, id=f"{name}-desktop") for name in PAGES),
        *(pytest.param(name, PHONE, id=f"{name}-phone") for name in ON_A_PHONE),
    ],
)
def test_a_page_speaks_vietnamese_and_says_what_it_is(
    browser: Browser, app_address: str, name: str, size: dict[str, int]
) -> None:
    page = opened(browser, f"{app_address}/{PAGES[name]}", size)
    try:
        assert page.title().endswith(" – Bản đồ dự án Hải Phòng")
        assert TITLES.setdefault(page.title(), name) == name
        assert page.locator("h1").count() == 1
        assert find_english(page) == set()
        for table in page.locator("[data-testid=stDataFrame]:visible").all():
            table.hover()
            page.locator("[data-testid=stElementToolbar]:visible").first.wait_for()
            assert find_english(page) == set()
        for button in page.locator("[data-testid=stPopover] button:visible").all():
            button.click()
            wait_still(page)
            assert find_english(page) == set()
            page.keyboard.press("Escape")
        if size == DESKTOP:
            marked = page.locator("[data-testid=stTopNav] :is([aria-current=page], [data-current])")
            assert marked.count() == 1
        else:
            menu = page.get_by_role("button", name="Mở danh sách trang")
            box = menu.bounding_box()
            assert box is not None
            assert size["width"] - 16 < box["x"] + box["width"] <= size["width"]
            menu.click()
            assert page.locator("[data-testid=stSidebarNav] [aria-current=page]").count() == 1
            assert find_english(page) == set()
    finally:
        page.close()


def test_a_link_stays_in_the_document_and_back_leads_back(
    browser: Browser, app_address: str
) -> None:
    page = opened(browser, f"{app_address}/du-an?item=KP-25", DESKTOP)
    try:
        page.evaluate("window.hpStayed = true")
        page.get_by_role("link", name="Xem trên bản đồ").click()
        page.wait_for_url("**/?open=item~KP-25*", timeout=30_000)
        frame = page.frame_locator("iframe[title*='streamlit_folium']")
        frame.locator("body[data-shown]").wait_for(timeout=30_000)
        page.locator(".st-key-panel", has_text="LNG").wait_for()
        wait_still(page)
        assert page.evaluate("window.hpStayed") is True
        page.wait_for_function(
            "document.querySelector('iframe[title*=streamlit_folium]').contentWindow"
            ".HPMap.state.map.getZoom() > 11",
            timeout=30_000,
        )
        page.go_back()
        page.wait_for_url("**/du-an?item=KP-25", timeout=30_000)
        page.locator("h2", has_text="LNG").wait_for()
        page.go_forward()
        page.wait_for_url("**/?*open=item*KP-25*", timeout=30_000)
        assert page.evaluate("window.hpStayed") is True
    finally:
        page.close()


def test_a_link_begins_with_what_its_address_says(browser: Browser, app_address: str) -> None:
    """What was filtered before is gone, as in a new document."""
    page = opened(browser, f"{app_address}/danh-muc?kinds=housing", DESKTOP)
    try:
        page.get_by_text("Đang lọc").first.wait_for()
        page.evaluate("window.hpStayed = true")
        page.evaluate(
            "() => { const link = document.createElement('a'); link.href = 'danh-muc?funding=ppp';"
            " document.querySelector('[data-testid=stHtml]').append(link); link.click(); }"
        )
        page.wait_for_url("**/danh-muc?funding=ppp", timeout=30_000)
        wait_still(page)
        assert "housing" not in page.url
        assert page.evaluate("window.hpStayed") is True
    finally:
        page.close()


def test_on_a_phone_the_menu_goes_once_a_page_is_chosen(browser: Browser, app_address: str) -> None:
    page = opened(browser, f"{app_address}/tro-giup", PHONE)
    try:
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebarNavLink").filter(has_text="Điều hành").click()
        page.wait_for_url("**/dieu-hanh")
        wait_still(page)
        page.get_by_role("link", name="Kỳ này có gì mới").click()
        page.wait_for_url("**tab=news*")
    finally:
        page.close()


def test_the_language_is_changed_in_the_header(browser: Browser, app_address: str) -> None:
    page = opened(browser, f"{app_address}/du-an?item=KP-25", DESKTOP)
    try:
        page.evaluate("window.hpStayed = true")
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**item=KP-25&lang=en", timeout=30_000)
        page.wait_for_function("document.documentElement.lang === 'en'")
        title = "Nhà máy nhiệt điện LNG Hải Phòng – Hải Phòng project map"
        page.wait_for_function("title => document.title === title", arg=title)
        assert page.get_by_role("button", name="Navigate to home page").count() == 1
        page.get_by_role("link", name="Tiếng Việt").click()
        page.wait_for_function("document.documentElement.lang === 'vi'")
        assert page.evaluate("window.hpStayed") is True
    finally:
        page.close()


def test_what_a_document_says_is_not_translated(browser: Browser, app_address: str) -> None:
    page = opened(browser, f"{app_address}/nguon", DESKTOP)
    try:
        page.evaluate(
            "() => { document.querySelector('[data-testid=stMain] [data-testid=stHtml]').append("
            "Object.assign(document.createElement('p'),"
            " { id: 'probe', textContent: 'Upload', title: 'Close' })); }"
        )
        page.wait_for_timeout(300)
        assert page.locator("#probe").inner_text() == "Upload"
        assert page.locator("#probe").get_attribute("title") == "Close"
    finally:
        page.close()
