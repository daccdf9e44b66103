"""The clearance register in a browser: taken over, kept, closed only when all is handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.clearance.register import open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases
from store.facts.facts import load_facts
from tests.browser.conftest import DESKTOP, PHONE, Watched
from tests.people import ADMIN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.servers import App

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def address(app_address: str) -> str:
    """Return the address of the app with the curated facts, which these tests change."""
    return app_address


@pytest.fixture
def cases(open_app: App, address: str) -> None:
    """Have what the reports state taken over, where that is not done yet."""
    assert address == open_app.address
    with open_app.store_here():
        if offered := list_suggested_cases(load_facts()):
            open_stated_cases([one.source for one in offered], actor=ADMIN)


def open_register(watched: Watched, address: str, query: str = "") -> None:
    watched.page.goto(f"{address}/gpmb?{query}")
    watched.page.get_by_role("heading", name="Sổ giải phóng mặt bằng").wait_for(timeout=30_000)
    watched.settle()


def fill(watched: Watched, label: str, text: str) -> None:
    field = watched.page.locator("[class*='st-key-register-case']").get_by_label(label)
    field.fill(text)
    field.press("Enter")
    watched.settle()


def part(watched: Watched, name: str) -> None:
    case = watched.page.locator("[class*='st-key-register-case']")
    case.get_by_role("radio", name=name, exact=True).click()
    watched.settle()


def save(watched: Watched, why: str, button: str) -> None:
    fill(watched, "Lý do sửa", why)
    case = watched.page.locator("[class*='st-key-register-case']")
    case.get_by_role("button", name=button, exact=True).click()
    watched.settle()


def test_a_stated_problem_is_taken_over_kept_and_handed_over(
    desktop: Watched, address: str
) -> None:
    page = desktop.page
    open_register(desktop, address)
    page.get_by_text("Sổ chưa có hồ sơ nào").wait_for()
    assert page.locator(".hp-figures").count() == 0, "there is nothing to count yet"
    page.get_by_text("Vướng mắc đã nêu, chưa có trong sổ (16)").wait_for()
    page.get_by_role("button", name="Đưa cả 16 vào sổ").click()
    done = "Đã mở 16 hồ sơ: GP-0001, GP-0002, GP-0003, GP-0004, GP-0005 và 11 mục khác."
    page.get_by_text(done).wait_for()

    open_register(desktop, address, "case=GP-0001")
    page.get_by_text("Theo báo cáo:").wait_for()
    part(desktop, "Sửa")
    fill(desktop, "Diện tích phải giải phóng (ha)", "5")
    fill(desktop, "Đã bàn giao (ha)", "3.2")
    save(desktop, "biên bản họp", "Lưu thay đổi")
    page.get_by_text("Đã lưu").wait_for()
    page.locator(".hp-figures").get_by_text("64 %").wait_for()

    part(desktop, "Đóng hồ sơ")
    save(desktop, "biên bản bàn giao", "Bàn giao xong")
    page.get_by_text("còn 1,80 ha").wait_for()
    part(desktop, "Sửa")
    fill(desktop, "Đã bàn giao (ha)", "5")
    save(desktop, "biên bản bàn giao", "Lưu thay đổi")
    page.get_by_text("Đã lưu").wait_for()
    part(desktop, "Đóng hồ sơ")
    save(desktop, "biên bản bàn giao", "Bàn giao xong")
    page.get_by_text("Đã lưu").wait_for()
    page.locator(".hp-figures").get_by_text("100 %").wait_for()
    part(desktop, "Lịch sử")
    page.get_by_text("biên bản họp").first.wait_for()
    assert desktop.foreign() == []
    assert desktop.errors == []


@pytest.mark.usefixtures("cases")
def test_the_address_keeps_the_filters(desktop: Watched, address: str) -> None:
    open_register(desktop, address, "category=land_origin")
    desktop.page.get_by_text("2 trên 16 hồ sơ").wait_for()


@pytest.mark.usefixtures("cases")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_register_fits_the_screen(browser: Browser, address: str, size: dict[str, int]) -> None:
    watched = Watched(browser.new_page(viewport=size))
    open_register(watched, address, "case=GP-0002")
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert watched.page.locator("[data-testid='stException']").count() == 0
    assert watched.barriers() == []
    watched.page.close()
