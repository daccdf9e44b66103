"""Where the rows of a table lie: in communes of today, in parts, in none if no report says so."""

from __future__ import annotations

from tests.reports.statements.tables.readings import (
    find_said,
    list_said,
    list_unread_rows,
    read_table,
)


def test_a_body_s_percentage_is_its_own_and_a_former_district_has_no_commune() -> None:
    read = read_table(
        "Kết quả giải ngân vốn đầu tư công",
        [
            ("TT", "Chủ đầu tư", "Kế hoạch vốn (tỷ đồng)", "Giải ngân (tỷ đồng)", "Tỷ lệ (%)"),
            ("1", "UBND huyện Kiến Thụy", "210", "84", "40"),
            ("2", "Sở Xây dựng", "95,5", "19,1", "20"),
        ],
    )
    assert list_said(read) == [
        ("UBND huyện Kiến Thụy", "allocated", 210_000, "triệu đồng"),
        ("UBND huyện Kiến Thụy", "disbursed", 84_000, "triệu đồng"),
        ("UBND huyện Kiến Thụy", "disbursed_pct", 40, "%"),
        ("Sở Xây dựng", "allocated", 95_500, "triệu đồng"),
        ("Sở Xây dựng", "disbursed", 19_100, "triệu đồng"),
        ("Sở Xây dựng", "disbursed_pct", 20, "%"),
    ]
    assert all(not entry.communes for entry in read.reading.statements)
    assert {s.subject_kind for s in read.reading.statements if s.place.table} == {"body"}


def test_parts_of_a_row_are_places_of_its_project() -> None:
    read = read_table(
        [
            ("TT", "Dự án / địa bàn", "Số hộ", "Tỷ lệ GPMB (%)"),
            ("1", "Dự án đường Bến Gạch", "210", "85,5"),
            ("a", "Xã Kiến Hải", "120", "90"),
            ("b", "Phường Lê Chân", "90", "79,5"),
            ("2", "Dự án đường Bến Sậy", "40", "100"),
        ],
    )
    part = find_said(read, "Xã Kiến Hải", "households")
    assert (part.subject_kind, part.detail) == ("commune", "Dự án đường Bến Gạch")
    assert len(part.communes) == 1
    assert find_said(read, "Dự án đường Bến Sậy", "households").communes == ()


def test_a_table_of_another_province_gives_no_commune() -> None:
    read = read_table(
        "Danh sách cụm công nghiệp tỉnh Nam Định",
        [
            ("TT", "Tên CCN", "Địa điểm", "Diện tích (ha)"),
            ("1", "Bến Gạch", "Xã Kiến Hải", "12"),
            ("2", "Bến Sậy", "Phường Lê Chân", "9,5"),
        ],
    )
    said = [entry for entry in read.reading.statements if entry.place.table]
    assert {entry.province for entry in said} == {"Nam Định"}
    assert all(not entry.communes for entry in said)


def test_a_table_about_a_park_s_works_places_the_park_itself() -> None:
    read = read_table(
        "Tiến độ bồi thường dự án hạ tầng Khu công nghiệp Vinh Quang",
        [
            ("TT", "Địa bàn", "Diện tích (ha)", "Số hộ"),
            ("1", "Xã Vĩnh Bảo", "40", "310"),
            ("2", "Xã Vĩnh Hải", "60", "402"),
        ],
    )
    placed = [s for s in read.reading.statements if s.field == "located_in" and s.place.table]
    assert {(s.subject_kind, s.item) for s in placed} == {("park", "KCN-VINH-QUANG")}


def test_the_place_of_a_row_tells_what_a_divided_commune_leaves_out() -> None:
    read = read_table(
        "Vốn của các dự án",
        [
            ("STT", "Dự án", "Địa điểm", "Kế hoạch vốn (tỷ đồng)"),
            ("1", "Cầu Bến Mây", "xã Lê Thiện, huyện An Dương", "300"),
            ("2", "Cầu Gò Sương", "xã Kiến Thụy", "200"),
        ],
    )
    places = [s for s in read.reading.statements if s.field == "located_in"]
    assert [(s.communes, s.left_out) for s in places] == [
        (("11593",), ("11602",)),
        (("11680",), ()),
    ]


def test_clearance_by_hamlet_is_read_in_the_commune_that_reports_it() -> None:
    read = read_table(
        "ỦY BAN NHÂN DÂN XÃ KIẾN HẢI",
        "Kiến Hải, ngày 05 tháng 8 năm 2026",
        "BÁO CÁO",
        "Kết quả giải phóng mặt bằng dự án đường nối Bến Mây - Cồn Dừa",
        [
            ("TT", "Thôn", "Tổng số hộ", "Hộ nhận tiền", "Kinh phí đã chi (triệu đồng)", "Lý do"),
            ("1", "Thôn Lá", "86", "80", "12.460", "Chưa thống nhất giá đất ở"),
            ("2", "Thôn Gạo", "52", "47", "7.115,5", ""),
        ],
    )
    paid = find_said(read, "Thôn Lá", "compensation")
    assert (paid.value, paid.status) == (12_460, "sure")
    assert find_said(read, "Thôn Gạo", "households_paid").value == 47
    assert find_said(read, "Thôn Lá", "obstacle").cause == "land_price"
    assert not list_unread_rows(read)
