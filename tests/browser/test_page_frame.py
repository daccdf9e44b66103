"""The frame round every page: its language, its menu, and links that stay inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Watched, wait_still

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
