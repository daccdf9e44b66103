"""Tables of any heading: what each kind gives, and that nothing of one is silent."""

from __future__ import annotations

from tests.reports.statements.tables.readings import (
    find_said,
    list_said,
    list_unread_rows,
    read_table,
)


def test_clearance_by_commune_gives_area_and_households_with_the_commune_and_the_sum_is_none() -> (
    None
):
    read = read_table(
        "Tiến độ giải phóng mặt bằng dự án xây dựng đường ven sông Rế",
        [
            ("TT", "Địa bàn", "Diện tích (ha)", "Số hộ", "Số hộ đã nhận tiền"),
            ("1", "Phường Lê Chân", "khoảng 12,5", "140", "96"),
            ("2", "Xã Kiến Hải", "8", "61", "-"),
            ("", "Tổng cộng", "20,5", "201", ""),
        ],
    )
    area = find_said(read, "Phường Lê Chân", "area")
    assert (area.value, area.unit, area.qualifier) == (12.5, "ha", "about")
    assert len(area.communes) == 1
    assert area.detail == "dự án xây dựng đường ven sông Rế"
    assert find_said(read, "Phường Lê Chân", "households_paid").value == 96
    assert find_said(read, "Xã Kiến Hải", "households").value == 61
    total = find_said(read, "dự án xây dựng đường ven sông Rế", "households")
    assert (total.value, total.subject_kind, total.communes) == (201, "works", ())
    assert not list_unread_rows(read)
    assert read.balance.in_rows == 3


def test_clusters_take_units_and_words_from_the_line_above_and_points_as_decimals() -> None:
    read = read_table(
        "DANH SÁCH CÁC CỤM CÔNG NGHIỆP (CCN)",
        "ĐVT: diện tích - ha; vốn - tỷ đồng; DT: diện tích; CN: công nghiệp; CĐT: chủ đầu tư",
        [
            ("Stt", "Tên CCN", "Địa điểm", "DT đất", "Đất CN", "Vốn hạ tầng", "CĐT", "Lấp đầy (%)"),
            ("I", "H. TIÊN LÃNG", "", "", "", "", "", ""),
            ("1", "Bến Gạch", "Xã Tiên Lãng", "31.25", "20.10", "90", "chưa có", "75.5"),
            ("", "Cộng I", "", "31.25", "20.10", "90", "", "75.5"),
        ],
    )
    assert list_said(read)[:4] == [
        ("Bến Gạch", "area", 31.25, "ha"),
        ("Bến Gạch", "industrial_land", 20.10, "ha"),
        ("Bến Gạch", "investment", 90_000, "triệu đồng"),
        ("Bến Gạch", "occupancy_pct", 75.5, "%"),
    ]
    assert find_said(read, "Bến Gạch", "area").subject_kind == "cluster"
    assert not [s for s in read.reading.statements if s.field == "owner"]
    total = find_said(read, "H. TIÊN LÃNG", "area")
    assert (total.subject_kind, total.communes, total.detail) == ("district", (), "Cộng I")


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


def test_a_cell_with_several_quantities_gives_several_statements() -> None:
    read = read_table(
        [
            ("STT", "Dự án nhà ở xã hội", "Diện tích, số căn", "Thời gian khởi công"),
            ("1", "Khu chung cư Bình Minh", "21.480 m2; 1.204 căn hộ", "15/9/2025"),
            ("2", "Khu chung cư Hải Âu", "3,2 ha", "Quý I/2026"),
        ],
    )
    assert list_said(read) == [
        ("Khu chung cư Bình Minh", "area", 21_480, "m2"),
        ("Khu chung cư Bình Minh", "dwellings", 1_204, "căn"),
        ("Khu chung cư Bình Minh", "start", "2025-09-15", ""),
        ("Khu chung cư Hải Âu", "area", 3.2, "ha"),
        ("Khu chung cư Hải Âu", "start", "2026-Q1", ""),
    ]


def test_an_unknown_column_of_a_known_table_is_asked_about_once_and_its_cells_are_listed() -> None:
    read = read_table(
        [
            ("TT", "Địa bàn", "Số hộ", "Mức độ nhạy cảm"),
            ("1", "Phường Lê Chân", "140", "cao 7"),
            ("2", "Xã Kiến Hải", "61", "thấp 2"),
        ],
    )
    assert [entry.reason for entry in read.queue] == ["unknown_column"]
    assert [entry.left_over for entry in list_unread_rows(read)] == [("cao 7",), ("thấp 2",)]
    assert {entry.why for entry in list_unread_rows(read)} == {"unknown_column"}


def test_a_table_whose_rows_nothing_reads_is_in_the_queue_row_by_row() -> None:
    read = read_table(
        [
            ("STT", "Địa điểm", "Loại cây", "Ghi chú"),
            ("1", "Phường Lê Chân", "Phượng vĩ", "120"),
            ("2", "Xã Kiến Hải", "Bằng lăng", "80"),
        ],
    )
    assert [entry.reason for entry in read.queue] == ["unread_row", "unread_row"]
    assert (read.balance.in_rows, read.balance.in_queue) == (0, 2)
    assert [entry.left_over for entry in list_unread_rows(read)] == [
        ("Phường Lê Chân", "Phượng vĩ", "120"),
        ("Xã Kiến Hải", "Bằng lăng", "80"),
    ]


def test_tasks_give_who_leads_and_by_when() -> None:
    read = read_table(
        [
            ("TT", "Nội dung công việc", "Cơ quan thực hiện", "Thời hạn hoàn thành"),
            ("1", "Phê duyệt phương án bồi thường", "UBND xã Kiến Hải", "30/9/2026"),
        ],
    )
    task = "Phê duyệt phương án bồi thường"
    assert find_said(read, task, "lead").value == "UBND xã Kiến Hải"
    deadline = find_said(read, task, "deadline")
    assert (deadline.value, deadline.mood) == ("2026-09-30", "required")
