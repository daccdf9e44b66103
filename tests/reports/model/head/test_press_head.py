"""Articles and lists without a letterhead: title, date line, the place they speak of."""

from __future__ import annotations

import pytest

from reports.model.head.document_scope import read_document_scope
from tests.reports.sample_report import read


@pytest.mark.parametrize(
    ("line", "issued", "dated", "as_of"),
    [
        ("Ngày 05/3/2026", "2026-03-05", "2026-03-05", "2026-03-05"),
        ("Thứ Năm, 05/03/2026 14:20", "2026-03-05", "2026-03-05", "2026-03-05"),
        ("Hải Phòng, ngày 05 tháng 3 năm 2026", "2026-03-05", "2026-03-05", "2026-03-05"),
        ("12/4/2019", "2019-04-12", "2019-04-12", "2019-04-12"),
        ("Tháng 9/2022", "", "2022-09", "2022-09-30"),
        ("Hải Dương, tháng 9 năm 2022", "", "2022-09", "2022-09-30"),
        ("Năm 2023", "", "2023", "2023-12-31"),
        ("Năm 2025", "", "2025", ""),
        ("Số liệu đến hết ngày 20/11/2025", "", "2025-11-20", "2025-11-20"),
        ("Cập nhật 02/12/2025", "", "2025-12-02", "2025-12-02"),
        ("Tổng hợp đến đầu năm 2024", "", "2024-Q1", "2024-03-31"),
    ],
)
def test_the_line_below_the_title_dates_it(line: str, issued: str, dated: str, as_of: str) -> None:
    document = read(f"Tiến độ một số công trình ở Hải Phòng\n\n{line}\n\nHai cầu đã xong.")
    assert document.title == "Tiến độ một số công trình ở Hải Phòng"
    assert (document.issued, document.dated, document.as_of) == (issued, dated, as_of)


def test_a_text_whose_second_line_is_no_date_has_no_title() -> None:
    document = read("Hai cầu đã xong.\n\nNgày 05/3/2026, thành phố khánh thành cầu thứ ba.")
    assert (document.title, document.issued) == ("", "")


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("Hải Phòng: ba cây cầu mới", "city", "thành phố Hải Phòng"),
        ("Hưng Yên: ba cây cầu mới", "other_province", "Hưng Yên"),
        ("Các dự án trọng điểm của Bắc Giang tăng tốc", "other_province", "Bắc Giang"),
        ("Tỉnh Thái Bình lập hai cụm công nghiệp", "other_province", "Thái Bình"),
        ("Báo cáo tiến độ các dự án do Bộ Xây dựng quản lý", "ministry", "Bộ Xây dựng"),
        ("Đầu tư công của huyện Tiên Lãng", "district", "huyện Tiên Lãng"),
        ("Các cụm công nghiệp trên địa bàn tỉnh Hải Dương", "former_hai_duong", ""),
        ("Giải ngân của thành phố Hải Phòng (trước sáp nhập)", "former_city", ""),
        ("Cao tốc Hà Nội - Hải Phòng thông xe", "unknown", ""),
        ("Bắc Ninh lập ba cụm công nghiệp", "other_province", "Bắc Ninh"),
        ("THÁI BÌNH ĐẨY NHANH GIẢI PHÓNG MẶT BẰNG", "other_province", "Thái Bình"),
        ("Tiến độ các dự án trọng điểm Quảng Ninh", "other_province", "Quảng Ninh"),
        ("Thủ đô Hà Nội khởi công cầu", "other_province", "thành phố Hà Nội"),
        ("Giải ngân vốn đầu tư công của cả nước", "ministry", "cả nước"),
        ("Bắc Ninh và Hải Phòng ký kết hợp tác", "city", ""),
        ("Tiến độ đền bù ở xã Tiên Lãng", "commune", "xã Tiên Lãng"),
        ("Ba cây cầu mới", "unknown", ""),
    ],
)
def test_the_title_says_whose_figures_they_are(title: str, kind: str, name: str) -> None:
    scope = read_document_scope(read(f"{title}\n\nNgày 05/3/2026\n\nVốn là 15 tỷ đồng."))
    assert scope.kind == kind
    assert name in {"", scope.name, scope.province, scope.district}


def test_the_city_of_before_the_merger_is_another() -> None:
    text = "Hải Phòng: ba cây cầu mới\n\nTháng 5/2024\n\nVốn là 15 tỷ đồng."
    assert read_document_scope(read(text)).kind == "former_city"


def test_data_up_to_a_day_outweigh_the_day_of_the_paper() -> None:
    text = "Giải ngân đến hết ngày 31/5/2025 của thành phố Hải Phòng\n\nTháng 7/2025\n\nĐạt 30%."
    document = read(text)
    assert (document.as_of, read_document_scope(document).kind) == ("2025-05-31", "former_city")


def test_places_of_the_text_tell_where_the_title_does_not() -> None:
    head = "Tiến độ đền bù một khu công nghiệp\n\nNgày 05/3/2026\n\n"
    away = "Ở huyện Vụ Bản có 5 hộ. Tỉnh Nam Định đã chi 2 tỷ đồng."
    here = "UBND xã Vĩnh Bảo và UBND xã Vĩnh Hải đã chi 2 tỷ đồng."
    nowhere = "Xã Tân Thuận và xã Minh Quang đã chi 2 tỷ đồng."
    assert read_document_scope(read(head + away)).kind == "other_province"
    assert read_document_scope(read(head + here)).kind == "city"
    assert read_document_scope(read(head + nowhere)).kind == "unknown"


def test_a_district_that_only_says_where_a_project_lies_is_not_whose_report_it_is() -> None:
    head = "UBND TỈNH HẢI DƯƠNG\n\nBÁO CÁO\nVề dự án hồ chứa, huyện Thanh Hà\n\nTháng 4/2024"
    assert read_document_scope(read(head)).kind == "former_hai_duong"
    own = head.replace("dự án hồ chứa,", "kinh tế của")
    assert read_document_scope(read(own)).district == "huyện Thanh Hà"


def test_hai_duong_alone_is_the_former_province_before_the_merger_only() -> None:
    text = "Hải Dương lập ba cụm công nghiệp\n\nTháng {month}\n\nVốn là 15 tỷ đồng."
    assert read_document_scope(read(text.format(month="3/2024"))).kind == "former_hai_duong"
    assert read_document_scope(read(text.format(month="3/2026"))).kind == "unknown"


def test_a_text_about_many_provinces_is_nobodys() -> None:
    body = "Tỉnh Hưng Yên đạt 50%. Tỉnh Ninh Bình đạt 60%. Tỉnh Thanh Hóa đạt 70%."
    scope = read_document_scope(read(f"Giải ngân tăng\n\nNgày 05/3/2026\n\n{body}"))
    assert (scope.kind, scope.is_elsewhere) == ("ministry", True)


def test_the_title_of_a_table_may_stand_in_several_lines() -> None:
    document = read("Biểu 2\nTIẾN ĐỘ ĐỀN BÙ\nKHU VỰC MỘT\n(Số liệu đến 20/11/2025)\n\nHai hộ.")
    assert document.title == "TIẾN ĐỘ ĐỀN BÙ KHU VỰC MỘT"
    assert document.dated == "2025-11-20"


def test_a_quarter_with_its_year_behind_a_slash_is_a_period() -> None:
    document = read("BÁO CÁO\n\nTiến độ các dự án quý III/2025")
    assert (document.period, document.as_of) == ("2025-Q3", "2025-09-30")
