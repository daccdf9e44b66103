"""A clearance table of communes: imported, and read back wherever a commune is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import templates

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Watched
    from tests.servers import App

pytestmark = pytest.mark.browser

REPORT = """ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG
Số: 145/BC-UBND
Hải Phòng, ngày 15 tháng 10 năm 2026

BÁO CÁO
Kết quả giải phóng mặt bằng quý III năm 2026

Dự án đường Bến Mây có tổng mức đầu tư 1.250 tỷ đồng, đi qua xã Kiến Thụy.

Biểu 1. Kết quả giải phóng mặt bằng theo xã, phường
TT\tXã, phường\tDiện tích phải thu hồi (ha)\tSố hộ\tDiện tích đã bàn giao (ha)\tSố hộ còn lại
1\tXã Kiến Thụy\t12,5\t120\t10,2\t30
2\tXã An Lão\t8,4\t60\t8,4\t0
"""
KIEN_THUY = "11680"


@pytest.fixture(scope="module")
def address(open_app: App) -> str:
    """Return the address of the app on a store that holds no report yet."""
    open_app.put(templates.bare_store())
    return open_app.address


@pytest.mark.slow
def test_a_table_of_communes_is_read_back_wherever_the_commune_is_shown(
    desktop: Watched, address: str, tmp_path: Path
) -> None:
    page, path = desktop.page, tmp_path / "gpmb-quy-3.txt"
    path.write_text(REPORT, encoding="utf-8")
    page.goto(f"{address}/nap")
    page.locator("input[type=file]").set_input_files(str(path))
    page.locator(".hp-rest").wait_for()
    desktop.settle()
    page.get_by_role("button", name="Nhận toàn bộ").click()
    page.get_by_text("Đã nhận báo cáo").wait_for()

    page.goto(f"{address}/?open=commune~{KIEN_THUY}")
    panel = page.locator(".st-key-panel")
    panel.get_by_text("Số hộ còn lại").wait_for()
    line = panel.locator("li", has_text="Số hộ còn lại")
    assert "30 hộ" in line.inner_text()
    line.locator(".hp-source summary").click()
    assert line.get_by_role("link", name="xem nguyên văn").count() == 1

    page.goto(f"{address}/dia-ban?place={KIEN_THUY}")
    row = page.locator(".hp-matrix tr", has_text="Đất phải GPMB")
    row.wait_for()
    assert "12,5 ha" in row.inner_text()
    desktop.settle()
    page.get_by_role("button", name="Tải về").click()
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="Excel (XLSX)").click()
    file = tmp_path / "tai-ve.xlsx"
    waiting.value.save_as(file)
    sheet = openpyxl.load_workbook(file)["Điều văn bản nêu"]
    cells = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert {"Xã Kiến Thụy", "Số hộ còn lại", "30"} <= cells
    assert "Xã An Lão" not in cells

    page.goto(f"{address}/gpmb")
    page.get_by_text("Vướng mắc đã nêu, chưa có trong sổ").wait_for()
    offer = page.locator("[class*='st-key-register-o-']", has_text="Xã Kiến Thụy").last
    assert "Đã bàn giao 10,20/12,50 ha; còn 30 hộ chưa xong" in offer.inner_text()
    assert page.locator("[class*='st-key-register-o-']", has_text="Xã An Lão").count() == 0
    offer.get_by_role("button", name="Đưa vào sổ").click()
    case = page.locator("[class*='st-key-register-case']")
    case.get_by_text("dòng 12").first.wait_for()
    assert "12,5" in case.inner_text()
    assert desktop.foreign() == desktop.errors == []
