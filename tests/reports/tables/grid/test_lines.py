"""Lines of a table: rows, groups, sums, parts, remarks."""

import pytest

from tests.reports.tables.grids import BELOW, HEADS, A, B, list_values, over, read_grid


def test_sums_that_name_their_unit_are_no_part_of_a_name() -> None:
    read = read_grid(
        [
            HEADS,
            ("I", "Công trình giao thông", "1.501 tỷ đồng", "", "", ""),
            ("1", "Dự án cầu A", "1.200,5 tỷ đồng", "Phường Đồ Sơn", "", ""),
            ("", "Tổng cộng", "1.200,5 tỷ đồng", "", "", ""),
        ]
    )
    assert [(row.name, row.group) for row in read.projects] == [("Dự án cầu A", "I")]


def test_sums_under_any_name_are_no_projects_and_groups_hold_for_what_follows() -> None:
    read = read_grid(
        [
            HEADS,
            ("", "Tổng cộng", "1.501", "", "", ""),
            ("A", "Dự án sử dụng ngân sách thành phố", "1.200,5", "", "", ""),
            A,
            ("", "Cộng mục A", "1.200,5", "", "", ""),
            ("II", "Dự án sử dụng vốn ngoài ngân sách", "", "", "", ""),
            B,
            ("", "Cộng", "300,5", "", "", ""),
            ("Tổng số", "", "1.501", "", "", ""),
        ]
    )
    assert [(row.name, row.group, row.funding) for row in read.projects] == [
        ("Dự án cầu A", "A", "city_budget"),
        ("Dự án đường B", "II", "non_budget"),
    ]
    assert list_values(read, 1)["investment_mvnd"] == ["1200500"]


def test_words_that_begin_like_a_sum_are_names() -> None:
    """Cổng and Công viên are no "Cộng", Tổng kho no "Tổng"."""
    names = ["Công viên cây xanh", "Cổng chào thành phố", "Tổng kho xăng dầu", "Cộng Hòa: cầu mới"]
    rows = [(str(i), name, "1,5", "Xã Kiến Hải", "", "") for i, name in enumerate(names, 1)]
    assert [row.name for row in read_grid([HEADS, *rows]).projects] == names


def test_parts_stand_under_their_whole_and_are_never_added_to_it() -> None:
    read = read_grid(
        [
            HEADS,
            A,
            ("1.1", "Dự án thành phần 1", "200", "", "GPMB đạt 50%", ""),
            ("-", "Gói thầu số 2", "100", "", "Thi công xây dựng đạt 5%", ""),
            ("", "Hạng mục cầu dẫn", "100", "", "Thi công xây dựng đạt 7%", ""),
            B,
        ]
    )
    assert [row.no for row in read.projects] == [1, 2]
    values = list_values(read, 1)
    assert values["investment_mvnd"] == ["1200500"]
    assert values["actual_clearance_pct"] == ["50~Dự án thành phần 1"]
    assert values["actual_construction_pct"] == [
        "20", "5~Gói thầu số 2", "7~Hạng mục cầu dẫn"
    ]  # fmt: skip
    assert any("3 dòng là phần" in message for message in read.document.messages)


def test_a_second_line_below_a_name_is_no_part_of_it() -> None:
    """Owner, scale, remarks: named as not used. A name that goes on is one name."""
    read = read_grid(
        [
            HEADS,
            A,
            ("", "(Chủ đầu tư: Ban quản lý dự án)", "", "", "", ""),
            B,
            ("", "Quy mô: 2 làn xe", "", "", "", ""),
            ("3", "Dự án tuyến đường từ", "5,5", "Xã Kiến Hải", "", ""),
            ("", "Cầu A đến cầu B", "", "", "", ""),
        ]
    )
    assert [row.name for row in read.projects] == [
        "Dự án cầu A",
        "Dự án đường B",
        "Dự án tuyến đường từ Cầu A đến cầu B",
    ]
    assert any("2 dòng ghi thêm" in message for message in read.document.messages)


def test_signatures_and_remarks_below_the_rows_are_named_and_change_no_name() -> None:
    read = read_grid(
        [
            HEADS,
            A,
            ("", "", "", "", "Hải Phòng, ngày 30 tháng 6 năm 2026", ""),
            ("", "NGƯỜI LẬP BIỂU", "", "", "THỦ TRƯỞNG ĐƠN VỊ", ""),
            ("", "Nguyễn Văn A", "", "", "Trần Thị B", ""),
            (over("Ghi chú: số liệu đến ngày 25/6/2026", 6),),
        ]
    )
    assert [row.name for row in read.projects] == ["Dự án cầu A"]
    assert any("4 dòng ghi chú" in message for message in read.document.messages)
    assert read.balance.cells_unused == 6


def test_a_merged_place_holds_for_all_its_rows_and_a_merged_amount_is_asked_about() -> None:
    read = read_grid(
        [
            HEADS,
            ("1", "Dự án A", over("900,5", 1, 2), over("Phường Đồ Sơn", 1, 2), "GPMB đạt 1%", ""),
            ("2", "Dự án B", BELOW, BELOW, "GPMB đạt 30%", ""),
        ]
    )
    assert [[place.code for place in row.communes] for row in read.projects] == [["11455"]] * 2
    assert all("investment_mvnd" not in list_values(read, number) for number in (1, 2))
    asked = [entry for entry in read.queue if entry.reason == "merged_value"]
    assert [(entry.raw, entry.place.row) for entry in asked] == [("900,5", 2), ("900,5", 3)]


def test_one_item_over_several_lines_is_one_row() -> None:
    """The running number reaches over them: results and notes stand one below the other."""
    read = read_grid(
        [
            HEADS,
            (
                over("1", 1, 2),
                over("Dự án A", 1, 2),
                over("9,5", 1, 2),
                over("Xã Kiến Hải", 1, 2),
                "Thi công xây dựng đạt 20%",
                "",
            ),
            (BELOW, BELOW, BELOW, BELOW, "GPMB đạt 100%", "Khánh thành Quý III/2026"),
            B,
        ]
    )
    values = list_values(read, 1)
    assert values["actual_construction_pct"] == ["20"]
    assert values["actual_clearance_pct"] == ["100"]
    assert values["milestone_inauguration"] == ["2026-Q3"]


def test_an_empty_place_is_asked_about_unless_the_name_tells_it() -> None:
    read = read_grid(
        [
            HEADS,
            ("1", "Dự án cầu A", "1,5", "", "", ""),
            ("2", "Trường học tại phường Đồ Sơn", "1,5", "", "", ""),
        ]
    )
    assert [len(row.communes) for row in read.projects] == [0, 1]
    assert [entry.place.row for entry in read.queue if entry.reason == "unplaced"] == [2]


def test_a_bare_numbered_line_above_dotted_ones_is_a_group() -> None:
    read = read_grid(
        [
            HEADS,
            ("1", "Lĩnh vực giao thông", "", "", "", ""),
            ("1.1", *A[1:]),
            ("1.2", *B[1:]),
            ("2", "Lĩnh vực giáo dục", "", "", "", ""),
            ("a)", "Trường học C", "9,5", "Xã Kiến Hải", "", ""),
            ("b)", "Trường học D", "9,5", "Xã Kiến Hải", "", ""),
        ]
    )
    assert [(row.name, row.group_title) for row in read.projects] == [
        ("Dự án cầu A", "Lĩnh vực giao thông"),
        ("Dự án đường B", "Lĩnh vực giao thông"),
        ("Trường học C", "Lĩnh vực giáo dục"),
        ("Trường học D", "Lĩnh vực giáo dục"),
    ]


def test_numbers_may_begin_anew_in_every_group() -> None:
    group = ("I", "Dự án nhóm một", "", "", "", ""), ("II", "Dự án nhóm hai", "", "", "", "")
    read = read_grid([HEADS, group[0], A, B, group[1], A, B])
    assert len(read.projects) == 4
    assert "gap_in_numbers" not in {entry.reason for entry in read.queue}


def test_numbers_filled_in_ahead_are_no_projects() -> None:
    empty = [(str(number), "", "", "", "", "") for number in (3, 4, 5)]
    assert [row.no for row in read_grid([HEADS, A, B, *empty]).projects] == [1, 2]


def test_ditto_marks_repeat_the_place_above() -> None:
    rows = [(str(n), f"Dự án {n}", "1,5", where, "", "") for n, where in enumerate(
        ("Phường Đồ Sơn", "nt", '"', "-nt-", "Như trên"), 1)]  # fmt: skip
    read = read_grid([HEADS, *rows])
    assert [[place.code for place in row.communes] for row in read.projects] == [["11455"]] * 5


def test_an_owner_in_the_cell_of_a_name_is_no_part_of_it() -> None:
    name = "Dự án cầu A\n(Chủ đầu tư: Ban quản lý dự án)"
    read = read_grid([HEADS, ("1", name, *A[2:])])
    assert [row.name for row in read.projects] == ["Dự án cầu A"]
    assert "not_understood" in {entry.reason for entry in read.queue}


@pytest.mark.parametrize(
    "name",
    [
        "Tổng A+B",
        "Tổng B",
        "Bình quân chung",
        "Toàn thành phố (2 dự án)",
        "Toàn ngành",
        "Trong đó: vốn ngân sách",
    ],
)
def test_sums_and_means_under_any_name_are_no_projects(name: str) -> None:
    read = read_grid([HEADS, A, B, ("", name, "3", "", "", "")])
    assert [row.no for row in read.projects] == [1, 2]


def test_lines_with_nothing_but_a_name_are_groups() -> None:
    groups = ("", "Dự án khởi công năm 2026", "", "", "", ""), ("*", "Phường khác", "", "", "", "")
    read = read_grid([HEADS, groups[0], A, groups[1], B])
    assert [row.no for row in read.projects] == [1, 2]
