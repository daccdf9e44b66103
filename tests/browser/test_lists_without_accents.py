"""What a list offers is found by what is typed without accents, as everywhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.conftest import DESKTOP, PHONE, wait_still
from tests.hostile import mostly_slow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SIZES: Final = {"desktop": DESKTOP, "phone": PHONE}


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
def test_a_table_is_searched_without_accents(browser: Browser, app_address: str) -> None:
    page = open_page(browser, f"{app_address}/danh-muc")
    page.get_by_test_id("stDataFrame").first.hover()
    page.get_by_role("button", name="Tìm trong bảng").first.click()
    page.keyboard.type("dac khu cat hai")
    page.get_by_text(re.compile(r"^[1-9]\d* kết quả$")).wait_for()
    page.close()
