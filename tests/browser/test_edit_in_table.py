"""A cell of the table is typed into where it stands, saved, read back and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.conftest import DESKTOP, Watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

ROW: Final = 29
HEAD: Final = 35
ITEM, BUILT, AMOUNT, STATUS = range(4)
MIDDLES: Final = (37, 140, 260, 400)
"""Where a cell of each column is hit, in pixels from the left of the table."""

WIDE: Final = "communes,milestone,asked_to_act,name"
"""Columns that leave no room over: none before them is wider than it asks to be."""

QUERY: Final = f"cols=item,construction,investment_bvnd,status,{WIDE}&period=2026-Q1"


def open_table(watched: Watched, address: str) -> Locator:
    page = watched.page
    page.goto(f"{address}/danh-muc?{QUERY}")
    page.get_by_text("Sửa ngay trong bảng").first.click()
    page.get_by_text("cột có biểu tượng bút").wait_for()
    table = page.get_by_test_id("stDataFrame")
    table.locator("canvas").first.wait_for()
    watched.settle()
    return table


def read(table: Locator, row: int, column: int) -> str:
    cell = table.locator(f"[role=grid] tbody tr [aria-colindex='{column + 1}']").nth(row)
    return " ".join((cell.text_content() or "").split())


def hit(watched: Watched, table: Locator, row: int, column: int, *, twice: bool = False) -> None:
    place = {"x": MIDDLES[column], "y": HEAD + ROW * row + ROW // 2}
    if twice:
        table.dblclick(position=place)
        watched.page.locator("#portal textarea, #portal input").first.wait_for()
    else:
        table.click(position=place)
    table.locator(f"#glide-cell-{column}-{row}[aria-selected=true]").wait_for(state="attached")
    watched.page.wait_for_timeout(200)


def type_text(watched: Watched, text: str, *, offered: str = "") -> None:
    """Type into the cell that is hit and take it; of a list, once it offers what is meant."""
    page = watched.page
    page.keyboard.type(text, delay=20)
    if offered:
        page.locator("#portal").get_by_text(offered).wait_for()
        page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    watched.settle()


def wait_for_drafts(watched: Watched, cells: int) -> None:
    watched.page.get_by_role("heading", name=f"{cells} ô đang sửa, chưa lưu").wait_for()
    watched.settle()


def asks_before_leaving(watched: Watched) -> bool:
    """Return whether the browser asks before what is typed goes with its page, and stay there."""
    before, watched.stays = len(watched.dialogs), True
    watched.page.evaluate("() => setTimeout(() => location.reload(), 0)")
    watched.page.wait_for_timeout(500)
    watched.stays = False
    return len(watched.dialogs) == before + 1


@pytest.mark.slow
def test_cells_are_typed_into_saved_read_back_and_undone(
    desktop: Watched, browser: Browser, app_address: str
) -> None:
    page = desktop.page
    table = open_table(desktop, app_address)
    before = [read(table, row, column) for row in (0, 1) for column in (BUILT, AMOUNT, STATUS)]
    hit(desktop, table, 0, BUILT, twice=True)
    type_text(desktop, "12,5")
    wait_for_drafts(desktop, 1)
    hit(desktop, table, 1, AMOUNT)
    page.keyboard.press("Enter")
    page.locator("#portal textarea").wait_for()
    page.keyboard.press("Control+A")
    type_text(desktop, "25.000,5 tỷ")
    wait_for_drafts(desktop, 2)
    hit(desktop, table, 1, STATUS, twice=True)
    type_text(desktop, "Đang thi", offered="Đang thi công")
    wait_for_drafts(desktop, 3)
    assert asks_before_leaving(desktop)
    side = page.locator(".st-key-items-side")
    for text in ("12,5", "25.000.500", "Đang thi công"):
        side.locator("b", has_text=text).first.wait_for()
    page.get_by_label("Lý do sửa").fill("theo rà soát")
    page.get_by_label("Lý do sửa").press("Enter")
    desktop.settle()
    page.get_by_role("button", name="Lưu 3 ô thành một lần sửa").click()
    page.get_by_text("Đã lưu 3 ô thành lần sửa số").wait_for()
    desktop.settle()
    assert page.get_by_text("chưa lưu").count() == 0
    assert page.locator(".hp-unsaved").count() == 0
    other = Watched(browser.new_page(viewport=DESKTOP))
    seen = open_table(other, app_address)
    rows = [read(seen, row, ITEM) for row in range(5)]
    assert read(seen, rows.index("KP-25"), BUILT) == "12,5"
    assert read(seen, rows.index("KP-12"), AMOUNT) == "25.000.500"
    assert read(seen, rows.index("KP-12"), STATUS) == "Đang thi công"
    other.page.close()
    page.get_by_role("button", name="Hoàn tác cả lần sửa này").click()
    page.get_by_text("mọi ô trở lại như trước").wait_for()
    desktop.settle()
    assert [
        read(table, row, column) for row in (0, 1) for column in (BUILT, AMOUNT, STATUS)
    ] == before
    assert desktop.errors == []


@pytest.mark.slow
def test_the_lists_of_an_open_cell_speak_vietnamese(desktop: Watched, app_address: str) -> None:
    page = desktop.page
    table = open_table(desktop, app_address)
    hit(desktop, table, 0, STATUS, twice=True)
    portal = page.locator("#portal")
    portal.get_by_text("Đang thi công").wait_for()
    page.keyboard.type("zzz")
    portal.get_by_text("Không có gì để chọn").wait_for()
    said = " ".join(page.locator("#portal").all_text_contents())
    assert not {"option", "results", "Select", "focused"} & set(said.replace(",", " ").split())
    page.keyboard.press("Escape")
    assert desktop.errors == []


@pytest.mark.slow
def test_the_open_table_fits_a_phone(phone: Watched, app_address: str) -> None:
    open_table(phone, app_address)
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.page.evaluate(wide) <= 0
    assert phone.barriers() == []
