"""What a list offers is found by what is typed without accents, as everywhere else."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import TimeoutError as LateError

from geo.text import fold_text
from tests.browser.conftest import DESKTOP, PHONE, wait_still
from tests.browser.page_list import page_addresses
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

SIZES: Final = {"desktop": DESKTOP, "phone": PHONE}
FILTERS: Final = "[data-testid=stPopoverBody]"


def open_page(browser: Browser, address: str, size: str = "desktop") -> Page:
    """Return a page that has come to rest."""
    phone = size == "phone"
    page = browser.new_page(viewport=SIZES[size], has_touch=phone, is_mobile=phone)
    page.goto(address)
    page.locator("[data-testid=stMain] [data-testid=stHtml]").first.wait_for(state="attached")
    wait_still(page)
    return page


@pytest.mark.parametrize("size", mostly_slow(SIZES, 1))
def test_a_commune_is_chosen_in_the_filter_without_accents(
    browser: Browser, app_address: str, size: str
) -> None:
    page = open_page(browser, f"{app_address}/danh-muc", size)
    page.get_by_role("button", name="Bộ lọc").click()
    field = page.get_by_role("combobox", name="Xã, phường, đặc khu")
    field.click()
    field.press_sequentially("hai an")
    page.get_by_role("option").nth(1).wait_for()
    assert page.get_by_role("option").all_inner_texts() == ["Phường Hải An", "Phường An Hải"]
    field.press("Enter")
    page.wait_for_url("**communes=11413**")
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", page_addresses())
def test_every_list_of_a_page_finds_without_accents(
    browser: Browser, app_address: str, name: str
) -> None:
    page = open_page(browser, f"{app_address}/{page_addresses()[name]}")
    missed = misses_in(page, "[data-testid=stMain]")
    if page.get_by_role("button", name="Bộ lọc").count():
        page.get_by_role("button", name="Bộ lọc").first.click()
        page.locator(FILTERS).get_by_role("combobox").first.wait_for()
        wait_still(page)  # opening it runs the page: its lists come one after the other
        missed += misses_in(page, FILTERS)
    page.close()
    assert missed == []


def misses_in(page: Page, place: str) -> list[str]:
    """Return an option of each list there that isn't found without its accents.

    Lists are told apart by their names: their number may change.
    """
    lists = page.locator(f"{place} [role=combobox]:visible:enabled")
    names = lists.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert all(names)
    fields = (page.locator(f'{place} [role=combobox][aria-label="{name}"]') for name in names)
    return [miss for field in fields if (miss := miss_in(page, field.first))]


def miss_in(page: Page, field: Locator) -> str:
    """Return an option with accents that the list doesn't find without; '' for none."""
    open_list(page, field)
    texts = page.get_by_role("option").all_inner_texts()
    marked = [text for text in texts if fold_text(text) != text.casefold()]
    missed = marked[-1] if marked else ""
    # Once more where the page ran just then and closed the list.
    for _ in range(5 if marked else 0):
        wait_still(field.page)
        field.fill(fold_text(missed))
        found = page.get_by_role("option", name=missed, exact=True).first
        with suppress(LateError):
            found.wait_for(timeout=8_000)
        if found.is_visible():
            assert page.get_by_role("option", name="Select").count() == 0
            missed = ""
            break
        field.fill("")
    field.fill("")
    field.blur()
    return missed


def open_list(page: Page, field: Locator) -> None:
    """Open a list. A run of the page may close it again; a press of an arrow never closes it."""
    options = page.get_by_role("option")
    field.click()
    for _ in range(10):
        with suppress(LateError):
            options.first.wait_for(timeout=4_000)
            return
        wait_still(page)
        field.press("ArrowDown")
    options.first.wait_for()


@pytest.mark.slow
def test_a_table_is_searched_without_accents(browser: Browser, app_address: str) -> None:
    page = open_page(browser, f"{app_address}/danh-muc")
    page.get_by_test_id("stDataFrame").first.hover()
    page.get_by_role("button", name="Tìm trong bảng").first.click()
    page.keyboard.type("dac khu cat hai")
    page.get_by_text(re.compile(r"^[1-9]\d* kết quả$")).wait_for()
    page.close()
