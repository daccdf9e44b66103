"""A planner fixes a wrong commune and undoes it; the second of two sees the first's change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

ITEM = "KP-15"


@pytest.fixture(scope="module")
def address(app_address: str) -> str:
    """Return the address of the app with the curated facts, which these tests change."""
    return app_address


@pytest.fixture
def second(browser: Browser) -> Iterator[Watched]:
    """Return the page of somebody else."""
    page = browser.new_page(viewport=DESKTOP)
    yield Watched(page)
    page.close()


def open_view(watched: Watched, address: str, view: str) -> None:
    watched.page.goto(f"{address}/sua?item={ITEM}&view={view}")
    watched.page.locator("[class*='st-key-edit-bar']").wait_for(timeout=30_000)
    watched.settle()


def fill(watched: Watched, label: str, text: str) -> None:
    watched.settle()
    typed = watched.page.locator("input:visible, textarea:visible")
    field = watched.page.get_by_label(label).and_(typed).first
    field.fill(text)
    field.press("Enter")
    watched.settle()


def tags(watched: Watched) -> Locator:
    return watched.page.locator("[data-tag]").locator("visible=true")


def add_commune(watched: Watched, former: str, today: str) -> None:
    fill(watched, "Tìm theo tên cũ", former)
    watched.page.get_by_role("button", name=f"Thêm {today}").click()
    watched.settle()
    tags(watched).filter(has_text=today).wait_for()


def save(watched: Watched, why: str, button: str = "Lưu thay đổi") -> None:
    fill(watched, "Lý do sửa", why)
    watched.page.get_by_role("button", name=button).click()
    watched.settle()


def number(watched: Watched) -> str:
    watched.settle()
    return watched.page.get_by_label("Số thứ tự").first.input_value()


def press(watched: Watched, button: str) -> None:
    watched.settle()
    watched.page.get_by_role("button", name=button).first.click()
    watched.settle()


@pytest.mark.slow
def test_a_planner_fixes_a_wrong_commune_and_undoes_it(desktop: Watched, address: str) -> None:
    page = desktop.page
    open_view(desktop, address, "communes")
    tags(desktop).filter(has_text="Phường Thạch Khôi").wait_for()
    assert tags(desktop).count() == 1
    add_commune(desktop, "xã Kim Liên, huyện Kim Thành", "Xã Phú Thái")
    tags(desktop).filter(has_text="Phường Thạch Khôi").locator("button").click()
    desktop.settle()
    save(desktop, "báo cáo ghi nhầm xã")
    page.get_by_text("Đã lưu").wait_for()
    page.get_by_text("Người dùng đặt bằng tay").wait_for()

    page.goto(f"{address}/?open=item~{ITEM}")
    panel = page.locator(".st-key-panel")
    panel.get_by_text("Người dùng đặt bằng tay").wait_for(timeout=30_000)
    panel.get_by_role("link", name="sửa").click()
    page.locator("[class*='st-key-edit-bar']").wait_for(timeout=30_000)

    open_view(desktop, address, "changes")
    page.get_by_text("báo cáo ghi nhầm xã").first.wait_for()
    fill(desktop, "Lý do hoàn tác", "xã cũ đúng")
    page.get_by_role("button", name="Hoàn tác", exact=True).first.click()
    page.get_by_text("Đã hoàn tác thay đổi").wait_for()
    open_view(desktop, address, "communes")
    page.get_by_text("Báo cáo nêu tên xã, phường").wait_for()
    tags(desktop).filter(has_text="Phường Thạch Khôi").wait_for()
    assert tags(desktop).count() == 1
    assert desktop.foreign() == []
    assert desktop.errors == []


@pytest.mark.slow
def test_the_second_editor_sees_the_firsts_change_and_decides(
    desktop: Watched, second: Watched, address: str
) -> None:
    open_view(desktop, address, "fields")
    open_view(second, address, "fields")
    fill(desktop, "Số thứ tự", "151")
    save(desktop, "theo quyết định 5")
    desktop.page.get_by_text("Đã lưu").wait_for()

    fill(second, "Số thứ tự", "152")
    save(second, "theo quyết định 6")
    box = second.page.locator("[class*='st-key-edit-conflict_box']")
    box.get_by_text("theo quyết định 5").wait_for()
    box.get_by_role("cell", name="151").wait_for()
    box.get_by_role("cell", name="152").wait_for()
    second.page.get_by_role("button", name="Giữ bản của người kia").click()
    second.page.get_by_text("Đã giữ bản của người kia").wait_for()
    assert number(second) == "151"

    fill(second, "Số thứ tự", "153")
    fill(desktop, "Số thứ tự", "154")
    save(desktop, "theo quyết định 7")
    desktop.page.get_by_text("Đã lưu").wait_for()
    save(second, "theo quyết định 8")
    second.page.get_by_role("button", name="Lưu đè bản của tôi").click()
    second.page.get_by_text("Đã lưu").wait_for()
    assert number(second) == "153"


@pytest.mark.slow
def test_a_point_is_set_by_a_click_and_by_coordinates(desktop: Watched, address: str) -> None:
    page = desktop.page
    open_view(desktop, address, "point")
    page.get_by_text("Chưa rõ vị trí chính xác").wait_for()
    body = desktop.map.locator("body[data-shown]")
    body.wait_for(timeout=30_000)
    desktop.map.locator("#map_div").click(position={"x": 400, "y": 220})
    page.get_by_text("VN-2000", exact=True).wait_for()
    save(desktop, "theo hồ sơ dự án")
    page.get_by_text("Đã lưu").wait_for()

    fill(desktop, "Hoặc gõ tọa độ", "20.7000, 106.9000")
    press(desktop, "Lấy tọa độ này")
    page.get_by_text("nằm ngoài các xã, phường của dự án").wait_for()
    fill(desktop, "Hoặc gõ tọa độ", "20.000")
    press(desktop, "Lấy tọa độ này")
    page.get_by_text("Cần đúng hai số").wait_for()

    press(desktop, "Trả về chưa rõ vị trí")
    save(desktop, "chưa chắc")
    page.get_by_text("Chưa rõ vị trí chính xác").wait_for()
    assert desktop.foreign() == []
    assert desktop.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("view", ["communes", "point", "fields", "figures", "changes", "new"])
def test_every_part_fits_the_screen(
    browser: Browser, address: str, size: dict[str, int], view: str
) -> None:
    watched = Watched(browser.new_page(viewport=size))
    open_view(watched, address, view)
    width = watched.page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]
    assert watched.page.locator("[data-testid='stException']").count() == 0
    assert watched.foreign() == []
    assert watched.barriers() == []
    watched.page.close()
