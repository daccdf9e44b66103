"""Planning staff's pages in a browser: a place over the periods, the table, saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import wait_still, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

TABLE = "[data-testid='stDataFrame']"
KIM_THANH = "hd.huyen-kim-thanh"


@pytest.fixture(params=["desktop", pytest.param("phone", marks=pytest.mark.slow)])
def watched(request: pytest.FixtureRequest) -> Watched:
    """Return a page of either size."""
    page: Watched = request.getfixturevalue(request.param)
    return page


def assert_calm(watched: Watched) -> None:
    """No request elsewhere, no fault, nothing wider than the screen."""
    assert watched.foreign() == []
    assert watched.errors == []
    assert watched.page.locator("[data-testid='stException']").count() == 0
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert watched.page.evaluate(wide) <= 0


def cells(table: Locator, column: int) -> list[str]:
    """Return what the rows in view say in a column (from 0)."""
    found = table.locator("table[role=grid] tbody tr")
    texts = found.locator(f"td[aria-colindex='{column + 1}']").all_text_contents()
    return [text.strip() for text in texts]


@pytest.mark.slow
def test_a_place_is_found_by_typing_without_accents_and_stays_in_the_address(
    watched: Watched, app_address: str
) -> None:
    page = watched.page
    page.goto(f"{app_address}/dia-ban")
    page.get_by_role("textbox").first.press_sequentially("kim thanh", delay=30)
    page.get_by_role("button", name="Huyện Kim Thành (cũ) → 4").click()
    page.get_by_role("heading", name="Huyện Kim Thành (cũ)").wait_for()
    page.wait_for_url(f"**/dia-ban?place={KIM_THANH}")
    page.reload()
    matrix = page.locator(".hp-matrix")
    matrix.get_by_text("KP-18").first.wait_for()
    matrix.locator("summary").first.click()
    assert matrix.locator("q").first.is_visible()
    assert_calm(watched)


@pytest.mark.slow
def test_the_head_and_the_names_stay_in_sight_while_a_matrix_is_scrolled(
    desktop: Watched, app_address: str
) -> None:
    desktop.page.goto(f"{app_address}/dia-ban?place=hp.quan-hai-an")
    matrix = desktop.page.locator(".hp-matrix")
    matrix.wait_for()
    matrix.evaluate("box => { box.scrollTop = 900; }")
    top = matrix.bounding_box()
    head = matrix.locator("thead th").first.bounding_box()
    assert top is not None
    assert head is not None
    assert abs(head["y"] - top["y"]) < 4


@pytest.mark.slow
def test_numbers_written_in_vietnamese_sort_as_numbers(desktop: Watched, app_address: str) -> None:
    page = desktop.page
    page.goto(f"{app_address}/danh-muc?cols=investment_bvnd,item,name&sort=name&kinds=key_project")
    table = page.locator(TABLE)
    table.locator("canvas").first.wait_for()
    wait_still(page)
    for direction in (False, True):
        table.click(position={"x": 90, "y": 17})
        wait_still(page)
        texts = [text for text in cells(table, 0) if "," in text]
        numbers = [float(text.replace(".", "").replace(",", ".")) for text in texts]
        assert len(numbers) >= 5
        assert numbers == sorted(numbers, reverse=direction)
    assert numbers[0] == 178012.0
    assert_calm(desktop)


@pytest.mark.slow
def test_a_row_chosen_opens_the_item_and_goes_into_the_address(
    watched: Watched, app_address: str
) -> None:
    page = watched.page
    page.goto(f"{app_address}/danh-muc?kinds=key_project")
    table = page.locator(TABLE)
    table.locator("canvas").first.wait_for()
    wait_still(page)
    table.click(position={"x": 90, "y": 35 + 14})
    page.locator(".st-key-panel").get_by_role("heading", name="Nhà máy nhiệt điện LNG").wait_for()
    page.wait_for_url("**open=item*KP-25*")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**open=item*KP-12*")
    assert_calm(watched)


@pytest.mark.slow
def test_a_saved_view_is_reproduced_by_its_address_alone(
    desktop: Watched, app_address: str
) -> None:
    page = desktop.page
    page.goto(f"{app_address}/danh-muc?cols=item,forecast&group=district&forecasts=misses")
    page.get_by_role("button", name="Khung nhìn đã lưu").click()
    page.get_by_label("Lưu trang đang xem với tên").fill("<b>Chậm</b> {{ 1/0 }}")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu khung nhìn.").wait_for()
    link = page.get_by_role("link", name="<b>Chậm</b> {{ 1/0 }}")
    address = link.get_attribute("href") or ""
    page.goto(f"{app_address}/")
    page.goto(f"{app_address}/{address}")
    page.locator(TABLE).nth(1).locator("canvas").first.wait_for()
    wait_still(page)
    assert page.get_by_text("Đang lọc theo: dự báo mục tiêu quý").is_visible()
    (missed,) = {" ".join(text.split()) for text in cells(page.locator(TABLE).nth(1), 1)}
    assert missed == "Không đạt mục tiêu quý phấn đấu đạt mục tiêu năm"
    assert_calm(desktop)


@pytest.mark.slow
def test_a_table_offers_no_download_of_its_own(desktop: Watched, app_address: str) -> None:
    page = desktop.page
    page.goto(f"{app_address}/danh-muc")
    table = page.locator(TABLE)
    table.locator("canvas").first.wait_for()
    table.hover()
    page.get_by_role("button", name="Tìm trong bảng").first.wait_for()
    assert not page.get_by_role("button", name="Tải CSV").first.is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["danh-muc?group=commune", "dia-ban", "dia-ban?place=11560"])
def test_the_pages_fit_both_screens(watched: Watched, app_address: str, path: str) -> None:
    watched.page.goto(f"{app_address}/{path}")
    watched.page.locator(".hp-under").first.wait_for()
    wait_still(watched.page)
    assert_calm(watched)


@pytest.mark.slow
def test_the_table_goes_back_to_its_first_look(desktop: Watched, app_address: str) -> None:
    page = desktop.page
    page.goto(f"{app_address}/danh-muc?cols=item,name&sort=name")
    page.get_by_role("button", name="Cột và thứ tự").click()
    page.get_by_role("button", name="Trở lại cách bày ban đầu").click()
    page.wait_for_url(lambda address: "cols=" not in address)
    assert_calm(desktop)


ON_PAPER = """() => ({
  rows: document.querySelectorAll('.hp-printed tbody tr').length,
  seen: document.querySelector('.hp-printed')?.checkVisibility() ?? false,
  page: document.querySelector('#root').checkVisibility(),
  failed: [...document.querySelectorAll('.hp-on-paper')].some((one) => one.checkVisibility()),
})"""


def begin_print(watched: Watched) -> dict[str, int | bool]:
    """Let the page be as it is printed, and say what of it is."""
    watched.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    watched.page.emulate_media(media="print")
    told: dict[str, int | bool] = watched.page.evaluate(ON_PAPER)
    return told


def end_print(watched: Watched) -> None:
    watched.page.emulate_media(media="screen")
    watched.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")


@pytest.mark.slow
def test_the_whole_list_is_printed_not_the_rows_in_sight(
    desktop: Watched, app_address: str
) -> None:
    page = desktop.page
    page.goto(f"{app_address}/danh-muc?period=2026-Q1&cols=item,status")
    wait_still(page)
    wait_until(page, lambda: begin_print(desktop)["rows"] > 0)  # once its script is there
    assert begin_print(desktop) == {"rows": 78, "seen": True, "page": False, "failed": False}
    assert "Quý I/2026" in page.locator(".hp-printed").inner_text()
    end_print(desktop)
    assert page.evaluate(ON_PAPER)["rows"] == 0
    page.route("**/hpmap/paper/**", lambda route: route.abort())
    assert begin_print(desktop) == {"rows": 0, "seen": False, "page": True, "failed": True}
    end_print(desktop)
    assert_calm(desktop)
