"""Planning staff import a report in the browser: read, preview, accept, review, look up, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import templates

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Watched
    from tests.servers import App

pytestmark = pytest.mark.browser

HEAD = (
    "STT\tDanh mục dự án\tTổng mức đầu tư (triệu đồng)\tĐịa điểm\tTiến độ thực hiện năm 2026\t"
    "Tóm tắt kết quả thực hiện của kỳ báo cáo, khó khăn vướng mắc (Quý III/2026)\t"
    "Dự báo khả năng hoàn thành mục tiêu quý (Quý III/2026)\tKiến nghị, đề xuất\tGhi chú\n"
    "\t\t\t\tDự kiến đến hết Quý III\t\t\t\t\n"
)
REPORT = (
    "BÁO CÁO\n\nkết quả thực hiện các nhiệm vụ quý III;\n"
    "nhiệm vụ, giải pháp quý IV năm 2026\n\nPHỤ LỤC I\n\n"
    "TIẾN ĐỘ THỰC HIỆN MỘT SỐ CÔNG TRÌNH TRỌNG ĐIỂM QUÝ III NĂM 2026\n\n"
    + HEAD
    + "\tTổng số (2 dự án)\t\t\t\t\t\t\t\n"
    "I\tDự án khởi công năm 2026 (02 dự án)\t\t\t\t\t\t\t\n"
    "I.1\tDự án sử dụng ngân sách thành phố (02 dự án)\t\t\t\t\t\t\t\n"
    "1\tXây dựng cầu thử nghiệm qua sông\t1,234,567\tPhường Hải An\tThi công xây dựng (40%)\t"
    "Thi công xây dựng (35%)\tHoàn thành\t-\tKhánh thành Quý IV/2026\n\n"
    + HEAD
    + "2\tCải tạo trường học thử nghiệm\t98,765,432\tPhường Thạch Khê\tGPMB (60%)\t"
    "Vướng mắc trong xác định nguồn gốc đất\tKhông hoàn thành mục tiêu quý, phấn đấu hoàn thành "
    "mục tiêu năm\tUBND phường Hải An đẩy nhanh GPMB\tKhởi công Quý IV/2026\n"
)


@pytest.fixture(scope="module")
def empty_address(open_app: App) -> str:
    """Return the address of the app on a store that holds no report yet."""
    open_app.put(templates.bare_store())
    return open_app.address


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report of two projects over two pages."""
    path = tmp_path_factory.mktemp("report") / "bao-cao-quy-3.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_store_without_a_report_says_what_to_do(desktop: Watched, empty_address: str) -> None:
    desktop.open(empty_address)
    assert desktop.map.locator("path[data-code]").count() == 114
    assert "Nạp báo cáo" in desktop.page.get_by_test_id("stAlert").inner_text()
    for path in ("danh-muc", "nap", "xem-lai", "nguyen-van", "nguon"):
        desktop.page.goto(f"{empty_address}/{path}")
        desktop.page.locator("h2, .hp-under").first.wait_for()
        assert desktop.page.locator("[data-testid='stException']").count() == 0


def upload(watched: Watched, address: str, path: Path) -> None:
    watched.page.goto(f"{address}/nap")
    watched.page.locator("input[type=file]").set_input_files(str(path))


def test_a_report_is_previewed_accepted_reviewed_and_undone(
    desktop: Watched, empty_address: str, report: Path
) -> None:
    page = desktop.page
    upload(desktop, empty_address, report)
    page.locator(".hp-rest").wait_for()
    page.get_by_text("1.234,6 tỷ đồng").wait_for()
    page.get_by_text("Kỳ: Quý III/2026").wait_for()
    page.get_by_text("Nhận khi còn 1 câu hỏi quan trọng").click()
    desktop.settle()
    accept = page.get_by_role("button", name="Nhận toàn bộ")
    accept.click()
    page.get_by_text("Đã nhận báo cáo").wait_for()

    page.goto(f"{empty_address}/?kinds=key_project")
    desktop.map.locator("body[data-shown]").wait_for()
    desktop.settle()
    page.locator(".hp-figures").get_by_text("100.000,0 tỷ đồng").wait_for()

    page.goto(f"{empty_address}/xem-lai")
    page.get_by_text("Phường Thạch Khê").first.wait_for()
    page.locator("mark").first.wait_for()
    page.get_by_role("button", name="1. Phường Thạch Khôi").click()
    desktop.settle()

    page.goto(f"{empty_address}/?open=commune~11002")
    page.locator(".st-key-panel").get_by_text("Cải tạo trường học thử nghiệm").wait_for()

    assert desktop.foreign() == []


TABLE = (
    "STT;Danh mục dự án;Tổng mức đầu tư (triệu đồng);Địa điểm;Kết quả thực hiện;Mã hiệu\n"
    "1;Xây dựng cầu thử nghiệm;234500;Phường Hải An;Xây dựng đạt 45%;Khởi công Quý I/2027\n"
    "2;Cải tạo trường thử nghiệm;98700;Phường Đồ Sơn;GPMB đạt 80%;Khởi công Quý II/2027\n"
)


@pytest.mark.slow
def test_the_file_stands_beside_what_was_read_and_a_column_is_given_its_meaning(
    desktop: Watched, empty_address: str, tmp_path: Path
) -> None:
    page, path = desktop.page, tmp_path / "bang.csv"
    path.write_text(f"Tiến độ Quý III năm 2026\n{TABLE}", encoding="utf-8")
    upload(desktop, empty_address, path)
    cell = page.locator(".hp-grid td.hp-fate-unused").first
    cell.get_by_text("Khởi công Quý I/2027").wait_for()
    assert "“Mã hiệu”" in page.locator(".hp-rest").inner_text()
    desktop.settle()

    page.locator(".hp-grid a", has_text="98700").click()
    chosen = page.locator(".hp-chosen")
    assert "2. Cải tạo trường thử nghiệm" in chosen.inner_text()
    page.locator(".hp-read a", has_text="98,7 tỷ đồng").click()
    assert chosen.inner_text().strip() == "98700"

    page.get_by_label("Ý nghĩa").fill("Ghi chú")
    page.get_by_label("Ý nghĩa").press("Enter")
    page.get_by_role("button", name="Đọc lại với các cột này").click()
    page.get_by_text("đã nhớ").wait_for()
    page.locator(".hp-read", has_text="Khởi công: quý II/2027").wait_for()
    assert page.locator(".hp-grid td.hp-fate-unused").count() == 0

    desktop.settle()
    page.get_by_text("Bảng dự án (2)").click()
    page.locator(".hp-table td a").nth(1).click()
    page.locator("tr.hp-chosen", has_text="Cải tạo trường").wait_for()
    desktop.settle()
    assert desktop.barriers() == []
    page.get_by_role("button", name="Quên").click()
    page.locator(".hp-grid td.hp-fate-unused").first.wait_for()
    assert desktop.foreign() == desktop.errors == []


@pytest.mark.slow
def test_what_gave_nothing_is_accepted_only_after_a_tick_and_wrong_pages_are_said(
    desktop: Watched, empty_address: str, tmp_path: Path
) -> None:
    page, path = desktop.page, tmp_path / "giay-moi.txt"
    path.write_text("GIẤY MỜI\n\nBáo cáo Quý III năm 2026\n\nKính mời dự họp.\n", "utf-8")
    upload(desktop, empty_address, path)
    page.get_by_text("Chưa đọc được số liệu nào từ văn bản này").wait_for()
    page.get_by_text("Cách đọc tệp").click()
    page.get_by_label("Chỉ đọc các trang").fill("hai")
    page.get_by_label("Chỉ đọc các trang").press("Enter")
    desktop.settle()  # the button is drawn anew after what was typed, and pressed then
    page.get_by_role("button", name="Đọc lại tệp").click()
    page.get_by_text("không phải số trang").wait_for()

    desktop.settle()
    unknown = page.get_by_role("textbox", name="Báo cáo không nói rõ kỳ")
    if unknown.count():
        unknown.fill("2026-Q3")
        unknown.press("Enter")
        desktop.settle()
    accept = page.get_by_role("button", name="Nhận toàn bộ")
    assert accept.is_disabled()
    page.get_by_text("Tôi hiểu: nhập văn bản này sẽ không có số liệu nào").click()
    desktop.settle()
    accept.click()
    page.get_by_text("Đã nhận báo cáo").wait_for()


def have_imported(watched: Watched, address: str, path: Path) -> None:
    """Import a report unless that was done."""
    upload(watched, address, path)
    watched.page.locator(".hp-rest").wait_for()
    accept = watched.page.get_by_role("button", name="Nhận toàn bộ")
    accept.wait_for()
    watched.settle()
    despite = watched.page.get_by_text("câu hỏi quan trọng").and_(watched.page.locator("label *"))
    if despite.count():
        despite.first.click()
        watched.settle()
    if accept.is_enabled():
        accept.click()
        watched.page.get_by_text("Đã nhận báo cáo").wait_for()


@pytest.mark.slow
def test_the_same_report_again_changes_nothing(
    desktop: Watched, empty_address: str, report: Path
) -> None:
    have_imported(desktop, empty_address, report)
    upload(desktop, empty_address, report)
    desktop.page.get_by_text("đã được nạp").wait_for()
    accept = desktop.page.get_by_role("button", name="Nhận toàn bộ")
    accept.wait_for()
    assert accept.is_disabled()


@pytest.mark.slow
def test_an_import_is_undone_whole(desktop: Watched, empty_address: str, report: Path) -> None:
    page = desktop.page
    have_imported(desktop, empty_address, report)
    page.goto(f"{empty_address}/nap")
    line = page.locator("[class*='st-key-import-past']").filter(has_text="bao-cao-quy-3.txt")
    line.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("sẽ lấy đi").wait_for()
    page.get_by_role("button", name="Hoàn tác toàn bộ").click()
    page.get_by_text("Đã hoàn tác toàn bộ").wait_for()
    page.goto(f"{empty_address}/danh-muc")
    page.get_by_text("0 mục trong phạm vi").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("trong.txt", b"\n\n", "trống"),
        ("rac.pdf", bytes(range(256)) * 40, "rac.pdf"),
        ("bao-cao.rar", b"Rar!\x1a\x07\x01\x00" + bytes(99), "tệp nén"),
        ("cu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cu.docx"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(  # noqa: PLR0917 - fixtures and cases
    desktop: Watched, empty_address: str, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    upload(desktop, empty_address, path)
    message = desktop.page.get_by_test_id("stAlert").first
    message.wait_for()
    assert said in message.inner_text()
