"""A quarter full of changes in a browser: every question answered, a figure mended and given back.

The store holds the five real reports and an approved quarter (``tests.store.planners_way``).
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from store.audit.approvals import approve_period
from store.facts.facts import load_facts
from store.facts.item_snapshot import build_item_snapshot
from tests import templates
from tests.browser.test_edit_page import fill, press, save
from tests.people import APPROVER
from tests.reports.next_quarter import RENAMED, write_next_quarter
from tests.servers import store_in
from tests.shared_reference import needs_shared
from tests.store.planners_way import answer_all, bring, list_reports

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from playwright.sync_api import Locator

    from tests.browser.conftest import Watched
    from tests.servers import App

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_shared]

Q1, Q3 = "2026-Q1", "2026-Q3"


@pytest.fixture
def app(open_app: App, tmp_path_factory: pytest.TempPathFactory) -> App:
    """Return the app on a store with the five reports, everything answered, a quarter approved."""
    state = tmp_path_factory.mktemp("five")
    shutil.copyfile(templates.bare_store(), state / "store.sqlite")
    with store_in(state):
        for path in list_reports():
            bring(path.read_bytes(), path.name)
            answer_all()
        approve_period(Q1, APPROVER, "đã đối chiếu")
    open_app.put(state / "store.sqlite")
    return open_app


def snapshot(app: App, period: str) -> pd.DataFrame:
    with app.store_here():
        return build_item_snapshot(load_facts(), period).set_index("item")


def box(watched: Watched, words: str) -> Locator:
    """Return the question that holds some words."""
    boxes = watched.page.locator("[class*='st-key-import-question']")
    return boxes.filter(has_text=words)


def answer(watched: Watched, words: str, button: str) -> None:
    box(watched, words).get_by_role("button", name=button).first.click()
    box(watched, words).wait_for(state="detached")
    watched.settle()


def mend_and_give_back(desktop: Watched, app: App) -> None:
    """Correct an amount on the page for editing, and undo that."""
    page = desktop.page
    page.goto(f"{app.address}/sua?item=KP-24&view=figures")
    page.locator("[class*='st-key-edit-bar']").wait_for(timeout=30_000)
    desktop.settle()
    chosen = page.get_by_label("Số liệu của kỳ")
    chosen.click()
    page.get_by_role("option", name="Tổng mức đầu tư").first.click()
    desktop.settle()
    unsaved = page.locator(".hp-unsaved")
    assert unsaved.count() == 0
    fill(desktop, "Tổng mức đầu tư", "1.300.000")
    page.get_by_text("1.300 tỷ đồng").first.wait_for()
    assert unsaved.count() == 1
    save(desktop, "theo quyết định điều chỉnh")
    page.get_by_text("Đã lưu").wait_for()
    unsaved.wait_for(state="detached")
    assert snapshot(app, Q3).loc["KP-24", "investment_mvnd"] == 1_300_000
    page.goto(f"{app.address}/sua?item=KP-24&view=changes")
    page.get_by_text("theo quyết định điều chỉnh").first.wait_for(timeout=30_000)
    fill(desktop, "Lý do hoàn tác", "nhập nhầm")
    press(desktop, "Hoàn tác")
    page.get_by_text("Đã hoàn tác thay đổi").wait_for()
    assert snapshot(app, Q3).loc["KP-24", "investment_mvnd"] == 1_228_240


def test_the_third_quarter_is_asked_about_accepted_and_mended(
    desktop: Watched, app: App, tmp_path: Path
) -> None:
    before = snapshot(app, Q1)
    page, path = desktop.page, tmp_path / "quy-3.docx"
    path.write_bytes(write_next_quarter())
    page.goto(f"{app.address}/nap")
    page.locator("input[type=file]").set_input_files(str(path))
    page.get_by_text("Kỳ: Quý III/2026").wait_for(timeout=60_000)
    desktop.settle()
    page.get_by_text("5 câu hỏi giữ lại số liệu").wait_for()
    page.get_by_role("button", name="5 câu hỏi cần trả lời trước").click()
    desktop.settle()

    answer(desktop, RENAMED, "Seraphin Hải Dương")
    answer(desktop, "Bến K15", "Không xác định được")
    answer(desktop, "Phường Hải Dương", "Lấy địa bàn của báo cáo")
    answer(desktop, "KP-09", "Đã ra khỏi danh mục")
    amount = box(desktop, "12,282,400")
    amount.get_by_text("Câu trả lời khác, sửa lại").click()
    desktop.settle()
    typed = amount.get_by_role("textbox").last
    typed.fill("1.228.240 triệu đồng")
    typed.press("Enter")
    desktop.settle()
    amount.get_by_role("button", name="Ghi câu trả lời này").click()
    amount.wait_for(state="detached")
    page.get_by_role("button", name="Nhận toàn bộ").click()
    page.get_by_text("Đã nhận báo cáo").wait_for(timeout=30_000)

    known = snapshot(app, Q3)
    assert known.loc["KP-24", "investment_mvnd"] == 1_228_240
    assert known.loc["KP-14", "communes"] == ("10525",)
    assert not known.loc["KP-09", "listed"]
    assert known.loc["KP-16", "investment_mvnd"] == 2_205_000
    assert "KP-33" not in known.index

    mend_and_give_back(desktop, app)
    assert snapshot(app, Q1).equals(before)
    assert desktop.foreign() == []
    assert desktop.errors == []
