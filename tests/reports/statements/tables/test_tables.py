"""Tables of any heading: what each kind gives."""

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


def test_a_sentence_above_a_table_is_no_project_that_its_rows_are_about() -> None:
    read = read_table(
        "Dự án đường ven sông Rế có tổng mức đầu tư 1.250 tỷ đồng, đi qua xã Kiến Hải.",
        "Biểu 1. Kết quả giải phóng mặt bằng theo xã, phường",
        [
            ("TT", "Địa bàn", "Diện tích đã bàn giao (ha)", "Số hộ còn lại"),
            ("1", "Phường Lê Chân", "12,5", "14"),
            ("2", "Xã Kiến Hải", "8", "6"),
        ],
    )
    assert find_said(read, "Xã Kiến Hải", "households_remaining").detail == ""


def test_a_task_is_done_from_one_time_to_another() -> None:
    read = read_table(
        "DANH MỤC NHIỆM VỤ",
        [
            ("TT", "Nhiệm vụ cụ thể", "Thời gian thực hiện/hoàn thành", "Cơ quan chủ trì"),
            ("1", "Lập Đề án bến Mây", "Quý I/2026 đến quý IV/2027", "Sở Xây dựng"),
            (
                "2",
                "Lập Đề án bến Lá",
                "Từ quý I đến quý III năm 2026 (trình duyệt)",
                "Sở Tài chính",
            ),
            ("3", "Trình Kế hoạch bến Gạo", "Quý II/2026", "Sở Nội vụ"),
            ("4", "Trình Kế hoạch bến Dừa", "Lập quý II/2026; làm từ 2027 đến 2030", "Sở Y tế"),
        ],
    )
    statements = [s for s in read.reading.statements if s.field != "lead"]
    said = [(s.field, s.value, s.status) for s in statements]
    assert said == [
        ("works_from_to", "2026-Q1..2027-Q4", "sure"),
        ("works_from_to", "2026-Q1..2026-Q3", "sure"),
        ("deadline", "2026-Q2", "sure"),
        ("deadline", "2026-Q2", "sure"),
    ]
    assert [row.left_over for row in list_unread_rows(read)] == [
        ("Lập quý II/2026; làm từ 2027 đến 2030",)
    ]


def test_what_a_task_is_to_result_in_is_work_where_it_says_what_to_do() -> None:
    read = read_table(
        "DANH MỤC NHIỆM VỤ",
        [
            ("TT", "Nhiệm vụ", "Kết quả/Sản phẩm", "Thời hạn"),
            ("1", "Cầu Bến Mây", "Khởi công dự án", "Quý III/2026"),
            ("2", "Đề án bến Lá", "Quyết định phê duyệt", "Quý III/2026"),
            ("3", "Kiểm tra kè Lá", "Báo cáo của Sở Xây dựng", "Quý III/2026"),
        ],
    )
    works = [s for s in read.reading.statements if s.field == "planned_work"]
    assert [(s.subject, s.value) for s in works] == [("Cầu Bến Mây", "Khởi công dự án")]
    assert [row.left_over for row in list_unread_rows(read)] == [
        ("Quyết định phê duyệt",),
        ("Báo cáo của Sở Xây dựng",),
    ]


def test_an_owner_below_the_name_in_its_cell_is_the_things_owner() -> None:
    heads = (
        "Công trình / Chủ đầu tư",
        "Nơi xây dựng",
        "Khối lượng thực hiện (%)",
        "Vốn",
        "Mốc tiếp theo",
    )
    read = read_table(
        [
            heads,
            ("", "", "", "(tỷ đồng)", ""),
            (
                "Cầu Bến Mây\nBan QLDA giao thông",
                "Phường Hưng Đạo",
                "47,5",
                "1.860",
                "Thông xe quý II/2027",
            ),
            ("Kè Cồn Dừa\nSở Xây dựng", "Xã Kiến Hải", "66", "920", "Đang thi công"),
        ]
    )
    owner = find_said(read, "Cầu Bến Mây", "owner")
    assert (owner.value, owner.subject_kind) == ("Ban QLDA giao thông", "project")
    assert find_said(read, "Cầu Bến Mây", "construction_pct").value == 47.5
    assert find_said(read, "Cầu Bến Mây", "finish").value == "2027-Q2"
    assert find_said(read, "Kè Cồn Dừa", "status").value == "under_construction"
    money = find_said(read, "Kè Cồn Dừa", "money")
    assert (money.value, money.status, money.why) == (920_000, "ask", "field")


def test_a_remark_is_used_up_and_what_a_body_is_to_do_is_no_obstacle() -> None:
    read = read_table(
        [
            ("TT", "Tên CCN", "Diện tích (ha)", "Đất CN cho thuê (ha)", "Tình trạng", "Vướng mắc"),
            ("1", "Bến Mây", "49,5", "36,2", "Đã khởi công tháng 4/2026", "Thiếu vốn"),
            (
                "2",
                "Cồn Dừa",
                "35,5",
                "26,1",
                "Đang giải phóng mặt bằng",
                "Thiếu cát; UBND xã Kiến Hải gỡ",
            ),
        ]
    )
    assert find_said(read, "Cồn Dừa", "industrial_land").value == 26.1
    assert find_said(read, "Cồn Dừa", "status").value == "preparing"
    assert find_said(read, "Cồn Dừa", "obstacle").value == "Thiếu cát"
    assert [row.left_over for row in list_unread_rows(read)] == [
        ("Thiếu cát; UBND xã Kiến Hải gỡ",)
    ]
