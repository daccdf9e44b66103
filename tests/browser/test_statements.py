"""Sentences are looked at, accepted with questions open, and answered: on a laptop and a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import templates
from tests.browser.conftest import Watched
from tests.servers import start_app, stop_app
from tests.statements_by_hand import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1366, "height": 625}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the app whose reader knows one report by hand."""
    state = templates.copy_state(tmp_path_factory.mktemp("statements"))
    process, address = start_app(
        {"HPMAP_STATE_DIR": str(state)}, script="tests/browser/statements_app.py"
    )
    yield address
    stop_app(process)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report as a text file."""
    path = tmp_path_factory.mktemp("report") / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(params=[LAPTOP, PHONE], ids=["1366", "390"])
def watched(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Return a page of a laptop's size, and of a phone's."""
    page = browser.new_page(viewport=request.param)
    yield Watched(page)
    page.close()


def is_wide(watched: Watched) -> bool:
    script = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return bool(watched.page.evaluate(script))


def upload(watched: Watched, address: str, report: Path) -> None:
    watched.page.goto(f"{address}/nap")
    watched.page.locator("input[type=file]").set_input_files(str(report))
    watched.page.locator(".hp-sentences mark").first.wait_for()
    watched.settle()


@pytest.mark.slow
def test_sentences_stand_beside_what_they_say(watched: Watched, address: str, report: Path) -> None:
    page = watched.page
    upload(watched, address, report)
    line = page.locator(".hp-balance").inner_text()
    assert line == (
        "Câu: 9 = 2 đọc + 3 hỏi + 1 chưa hiểu + 3 không có gì cho bản đồ"
        " · Câu, hàng chưa hiểu hết: 1"
    )
    assert "Không dòng nào bị mất" not in page.locator("body").inner_text()
    page.locator(".hp-sentences mark a", has_text="45%").click()
    assert "khoảng 45 %" in page.locator("tr.hp-chosen").inner_text()
    page.locator(".hp-statements td a", has_text="7").first.click()
    assert "13/52 hộ" in page.locator(".hp-sentences .hp-chosen").inner_text()
    page.get_by_text("Cần hỏi (3)").click()
    page.locator(".hp-statements tbody tr").nth(2).wait_for()
    page.wait_for_function("() => document.querySelectorAll('.hp-sentences > div').length === 3")
    page.get_by_text("Chưa hiểu hết (1)").click()
    page.wait_for_function("() => document.querySelectorAll('.hp-sentences > div').length === 1")
    page.locator("tr.hp-is-unread").wait_for()
    watched.settle()
    assert "320 tỷ đồng" in page.locator(".hp-statements tbody").inner_text()
    watched.settle()
    assert not is_wide(watched)
    assert watched.barriers() == []
    assert watched.foreign() == watched.errors == []


def have_imported(watched: Watched, address: str, report: Path) -> None:
    """Accept the report with its questions open, unless that was done."""
    upload(watched, address, report)
    accept = watched.page.get_by_role("button", name="Nhận toàn bộ")
    if accept.is_enabled():
        accept.click()
        watched.page.get_by_text("Đã nhận báo cáo").wait_for()


@pytest.mark.slow
def test_questions_are_answered_by_the_keyboard_and_taken_back(
    watched: Watched, address: str, report: Path
) -> None:
    page = watched.page
    have_imported(watched, address, report)
    page.goto(f"{address}/xem-lai")
    accept = page.get_by_role("button", name="Nhận", exact=False).first
    page.locator(".hp-context mark.hp-own").first.wait_for()
    watched.settle()
    if (page.viewport_size or {})["width"] == LAPTOP["width"]:
        for shown in (accept, page.get_by_label("Giá trị"), page.locator(".hp-own").first):
            box = shown.bounding_box()
            assert box
            assert box["y"] + box["height"] <= LAPTOP["height"]
    assert not is_wide(watched)
    assert watched.barriers() == []

    page.locator("h3").first.click()
    page.keyboard.press("2")
    page.get_by_text("Đã trả lời 1 câu").wait_for()
    watched.settle()
    assert page.get_by_label("Giá trị").input_value() == "850"
    page.get_by_text("Áp dụng cho cả 1 câu").click()
    page.locator("h3").first.click()
    page.keyboard.press("a")
    page.get_by_text("Đã trả lời 2 câu").wait_for()
    watched.settle()

    assert page.get_by_label("Giá trị").input_value() == "320 tỷ đồng"
    page.locator("h3").first.click()
    page.keyboard.press("x")
    page.get_by_text("Đã bỏ câu này").wait_for()
    page.get_by_text("Không còn chỗ nào chờ xem lại").wait_for()

    page.get_by_text("chỗ đã quyết định").click()
    back = page.get_by_role("button", name="Mở lại")
    back.first.wait_for()
    while back.count():
        back.first.click()
        watched.settle()
    page.locator(".hp-context mark.hp-own").first.wait_for()
    watched.settle()
    assert watched.foreign() == watched.errors == []
