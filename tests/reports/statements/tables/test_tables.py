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


def test_a_list_of_works_gives_size_ceremony_and_place_and_its_neighbours_tell_thousands() -> None:
    read = read_table(
        "Danh mục công trình tổ chức lễ, ngày 02/9/2025",
        [
            (
                "STT",
                "Công trình",
                "TMĐT (tỷ đồng)",
                "Quy mô (ha)",
                "Địa điểm",
                "Loại lễ",
                "Thời gian",
            ),
            ("1", "Cầu Bến Sậy", "1.250", "12,75", "Phường Lê Chân", "Khởi công", "19/8/2025"),
            ("2", "Trường Bến Gạch", "85", "0,9", "Xã Kiến Hải", "Khánh thành", "20/8/2025"),
        ],
    )
    bridge = [entry for entry in read.reading.statements if entry.subject == "Cầu Bến Sậy"]
    assert [(entry.field, entry.value) for entry in bridge] == [
        ("investment", 1_250_000),
        ("area", 12.75),
        ("start", "2025-08-19"),
        ("located_in", "Phường Lê Chân"),
    ]
    assert find_said(read, "Trường Bến Gạch", "inauguration").value == "2025-08-20"
    assert not read.queue


def test_columns_of_one_meaning_and_unclear_cells_are_asked_with_what_they_may_be() -> None:
    read = read_table(
        [
            ("TT", "Địa bàn", "Diện tích (ha)", "Diện tích (ha)", "Số hộ"),
            ("1", "Phường Lê Chân", "12", "14", "30 hộ (12 hộ tái định cư)"),
            ("2", "Xã Kiến Hải", "8", "9", "25"),
        ],
    )
    asked = [entry for entry in read.reading.statements if entry.status == "ask"]
    assert [(entry.field, entry.why, entry.candidates) for entry in asked] == [
        ("area", "field", ("12",)),
        ("area", "field", ("14",)),
        ("households", "value", ("30", "12")),
        ("area", "field", ("8",)),
        ("area", "field", ("9",)),
    ]


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


def test_figures_of_any_unit_stand_beside_their_unit_s_column() -> None:
    read = read_table(
        [
            ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026", "Thực hiện", "Tỷ lệ (%)"),
            ("1", "Số dự án khởi công", "dự án", "45", "31", "68,9"),
            ("2", "Vốn thực hiện", "tỷ đồng", "3.500", "1.800", "51,4"),
            ("3", "Hàng qua cảng", "triệu tấn", "190", "101,5", "53,4"),
        ],
    )
    assert list_said(read, "money") == [
        ("Vốn thực hiện", "money", 3_500_000, "triệu đồng"),
        ("Vốn thực hiện", "money", 1_800_000, "triệu đồng"),
    ]
    assert ("Hàng qua cảng", "count", 101.5, "triệu tấn") in list_said(read)
    assert [s.mood for s in read.reading.statements if s.field == "money"] == ["planned", "done"]


def test_a_list_of_persons_gives_nothing_and_its_rows_wait() -> None:
    read = read_table(
        [
            ("TT", "Họ và tên chủ hộ", "Địa chỉ", "Diện tích (m2)"),
            ("1", "Một người", "Thôn 3, xã Kiến Hải", "120,5"),
            ("2", "Người khác", "Thôn 4, xã Kiến Hải", "85"),
        ],
    )
    assert not [entry for entry in read.reading.statements if entry.place.table]
    assert [entry.reason for entry in read.queue] == ["unread_row", "unread_row"]


def test_a_plan_beside_what_is_disbursed_is_money_in_a_project_table_too() -> None:
    read = read_table(
        "Biểu giải ngân (đơn vị tính: triệu đồng)",
        [
            ("TT", "Dự án", "Tổng mức đầu tư", "Kế hoạch năm 2026", "Đã giải ngân", "Tỷ lệ (%)"),
            ("1", "Cầu Bến Sậy", "2.335.000", "450.000", "301.256", "66,9"),
            ("", "Tổng cộng", "2.335.000", "450.000", "301.256", "66,9"),
        ],
    )
    bridge = [entry for entry in read.reading.statements if entry.subject == "Cầu Bến Sậy"]
    assert [(entry.field, entry.value, entry.when) for entry in bridge] == [
        ("allocated", 450_000, "2026"),
        ("disbursed", 301_256, "2026-06-30"),
        ("disbursed_pct", 66.9, "2026-06-30"),
    ]
    assert len(read.projects) == 1


def test_volumes_keep_the_unit_of_their_row() -> None:
    read = read_table(
        [
            ("TT", "Hạng mục", "Đơn vị", "Khối lượng thiết kế", "Đã thực hiện"),
            ("1", "Cọc khoan nhồi", "cọc", "120", "98"),
            ("2", "Đắp nền", "m3", "45.000,5", "12.500"),
        ],
    )
    assert list_said(read, "count") == [
        ("Cọc khoan nhồi", "count", 120, "cọc"),
        ("Cọc khoan nhồi", "count", 98, "cọc"),
        ("Đắp nền", "count", 45_000.5, "m3"),
        ("Đắp nền", "count", 12_500, "m3"),
    ]


def test_numbers_on_lines_of_their_own_are_never_joined_into_one() -> None:
    read = read_table(
        [
            ("TT", "Địa bàn", "Số hộ", "Diện tích (ha)"),
            ("1", "Phường Lê Chân", "50", "3,5"),
            ("", "", "1.204", ""),
            ("2", "Xã Kiến Hải", "61", "2"),
        ],
    )
    households = find_said(read, "Phường Lê Chân", "households")
    assert (households.status, households.candidates) == ("ask", ("50", "1204"))
    assert households.stated == "50 1.204"


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
