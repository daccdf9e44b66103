"""Columns of one meaning: the words of their headings decide, else all are asked about."""

from reports.model.extraction import ColumnChoice
from tests.reports.tables.grids import BELOW, list_values, over, read_grid

ROW = ("1", "Dự án cầu A", "Phường Đồ Sơn")


def test_an_adjusted_amount_and_this_quarters_results_count() -> None:
    """A heading in two lines: the first approval and the quarter before are named as not used."""
    read = read_grid(
        [
            [
                over("STT", rows=2),
                over("Tên dự án", rows=2),
                over("Địa điểm", rows=2),
                over("Tổng mức đầu tư (triệu đồng)", 2),
                over("Kết quả thực hiện", 2),
            ],
            [BELOW, BELOW, BELOW, "Phê duyệt lần đầu", "Điều chỉnh", "Quý I/2026", "Quý II/2026"],
            [*ROW, "1.100.000", "1.250.000", "GPMB đạt 10%", "GPMB đạt 40%"],
            ["2", "Dự án B", "Xã Kiến Hải", "3.300.000", "", "GPMB đạt 20%", "GPMB đạt 60%"],
        ]
    )
    assert list_values(read, 1)["investment_mvnd"] == ["1250000"]
    assert list_values(read, 1)["actual_clearance_pct"] == ["40"]
    assert list_values(read, 2)["investment_mvnd"] == ["3300000"]  # never adjusted
    fates = {use.heading: use.fate for use in read.columns}
    assert fates["Kết quả thực hiện · Quý I/2026"] == "unused"
    assert fates["Kết quả thực hiện · Quý II/2026"] == "used"
    assert fates["Tổng mức đầu tư (triệu đồng) · Phê duyệt lần đầu"] == "used"  # of one row
    assert read.balance.cells_unused == 3
    assert any("Quý I/2026" in message for message in read.document.messages)
    assert not read.balance.complete


def test_a_csv_heading_in_two_lines_reaches_over_the_empty_place_beside_it() -> None:
    read = read_grid(
        [
            ["STT", "Tên dự án", "Địa điểm", "Tổng mức đầu tư", "Kết quả thực hiện", "", "Ghi chú"],
            ["", "", "", "(tỷ đồng)", "Quý I/2026", "Quý II/2026", ""],
            [*ROW, "1.250,5", "GPMB đạt 10%", "GPMB đạt 40%", "Khởi công Quý IV/2026"],
        ]
    )
    assert list_values(read, 1)["investment_mvnd"] == ["1250500"]
    assert list_values(read, 1)["actual_clearance_pct"] == ["40"]
    assert list_values(read, 1)["milestone_start"] == ["2026-Q4"]


def test_heads_in_three_lines_with_parts_and_column_numbers() -> None:
    """The total of the amounts, plan and result of each part of the works, no project "2"."""
    read = read_grid(
        [
            [
                over("STT", rows=3),
                over("Tên dự án", rows=3),
                over("Địa điểm", rows=3),
                over("Tổng mức đầu tư (triệu đồng)", 3),
                over("Tiến độ thực hiện (%)", 4),
            ],
            [
                BELOW,
                BELOW,
                BELOW,
                over("Tổng số", rows=2),
                over("Trong đó", 2),
                over("GPMB", 2),
                over("Thi công xây dựng", 2),
            ],
            [BELOW, BELOW, BELOW, BELOW, "NSTP", "NSTW"] + ["Kế hoạch", "Thực hiện"] * 2,
            ["1", "2", "3", "4=5+6", "5", "6", "7", "8", "9", "10"],
            [*ROW, "1.200.000", "1.000.000", "200.000", "100", "80", "50", "45,5"],
        ]
    )
    assert [row.no for row in read.projects] == [1]
    values = list_values(read, 1)
    assert values["investment_mvnd"] == ["1200000"]
    assert values["planned_clearance_pct"] == ["100"]
    assert values["actual_clearance_pct"] == ["80"]
    assert values["planned_construction_pct"] == ["50"]
    assert values["actual_construction_pct"] == ["45.5"]


def test_two_amounts_that_nothing_tells_apart_are_asked_about_until_a_person_chooses() -> None:
    first, second = "Tổng mức đầu tư theo QĐ A (tỷ đồng)", "Tổng mức đầu tư theo QĐ B (tỷ đồng)"
    table = [
        ["STT", "Tên dự án", "Địa điểm", first, second, "Kết quả thực hiện"],
        [*ROW, "1.200,5", "1.300,5", "Thi công xây dựng đạt 20%"],
    ]
    read = read_grid(table)
    assert "investment_mvnd" not in list_values(read, 1)
    assert [entry.raw for entry in read.queue if entry.reason == "columns_compete"] == [
        f"“{first}”, “{second}”"
    ]
    assert {use.fate for use in read.columns if use.key == "investment"} == {"asked"}
    chosen = ColumnChoice("tong muc dau tu theo qd b (ty dong)", "investment")
    read = read_grid(table, choices=[chosen])
    assert list_values(read, 1)["investment_mvnd"] == ["1300500"]


def test_a_person_may_say_what_an_unknown_column_is_and_that_one_is_not_wanted() -> None:
    table = [
        ["STT", "Tên dự án", "Địa điểm", "Vốn đầu tư (tỷ đồng)", "Mức đạt", "Kết quả thực hiện"],
        [*ROW, "1.200,5", "35", "Thi công xây dựng đạt 20%"],
    ]
    read = read_grid(table)
    assert {use.heading: use.fate for use in read.columns}["Mức đạt"] == "unused"
    choices = [
        ColumnChoice("muc dat", "actual_clearance", "%"),
        ColumnChoice("ket qua thuc hien", "ignore"),
    ]
    values = list_values(read_grid(table, choices=choices), 1)
    assert values["actual_clearance_pct"] == ["35"]
    assert "actual_construction_pct" not in values


def test_a_bare_number_is_a_percentage_only_where_the_heading_says_so() -> None:
    """A share below one under (%) may be 80 % or 0.8 %; a number without unit is asked about."""
    table = [
        ["STT", "Tên dự án", "Địa điểm", "Vốn đầu tư (tỷ đồng)", "GPMB (%)", "Tiến độ thi công"],
        [*ROW, "1.200,5", "80", "45"],
        ["2", "Dự án B", "Xã Kiến Hải", "1.200,5", "0,8", "45%"],
    ]
    read = read_grid(table)
    assert list_values(read, 1)["actual_clearance_pct"] == ["80"]
    assert "actual_construction_pct" not in list_values(read, 1)
    assert list_values(read, 2)["actual_construction_pct"] == ["45"]
    assert "actual_clearance_pct" not in list_values(read, 2)
    (share,) = [entry for entry in read.queue if entry.reason == "ambiguous_number"]
    assert [value for value, _ in share.candidates] == ["80", "0.8"]
    assert share.field == "actual_clearance_pct"


def test_a_unit_above_the_table_holds_and_one_that_disagrees_is_asked_about() -> None:
    heads = ["STT", "Tên dự án", "Địa điểm", "Tổng mức đầu tư", "Kết quả thực hiện"]
    row = [*ROW, "1.200,5", "Thi công xây dựng đạt 20%"]
    read = read_grid("Đơn vị tính: tỷ đồng", [heads, row])
    assert list_values(read, 1)["investment_mvnd"] == ["1200500"]
    heads[3] = "Tổng mức đầu tư (triệu đồng)"
    read = read_grid("(ĐVT: tỷ đồng)", [heads, row])
    assert "investment_mvnd" not in list_values(read, 1)
    assert "unknown_unit" in {entry.reason for entry in read.queue}
    said = ColumnChoice("tong muc dau tu (trieu dong)", "investment", "triệu đồng")
    row[3] = "1.200.500"
    read = read_grid("(ĐVT: tỷ đồng)", [heads, row], choices=[said])
    assert list_values(read, 1)["investment_mvnd"] == ["1200500"]


def test_obstacles_in_a_column_of_their_own() -> None:
    read = read_grid(
        [
            ["STT", "Tên dự án", "Địa điểm", "Kết quả thực hiện", "Khó khăn, vướng mắc GPMB"],
            [*ROW, "Thi công đạt 20%", "Còn 12 hộ chưa nhận tiền bồi thường; thiếu kinh phí"],
            ["2", "Dự án B", "Xã Kiến Hải", "Thi công đạt 20%", "Không"],
        ]
    )
    assert next(entry.statement for entry in read.clearance if entry.project_no == 1) == (
        "Còn 12 hộ chưa nhận tiền bồi thường"
    )
    assert not [entry for entry in read.clearance if entry.project_no == 2]


def test_a_grouped_amount_among_plain_whole_millions_has_no_decimals() -> None:
    heads = ["STT", "Tên dự án", "Địa điểm", "Tổng mức đầu tư (triệu đồng)", "Kết quả thực hiện"]
    rows = [
        [str(number), f"Dự án {number}", "Phường Đồ Sơn", amount, "GPMB đạt 1%"]
        for number, amount in enumerate(("1198916", "234.539", "584065"), 1)
    ]
    assert list_values(read_grid([heads, *rows]), 2)["investment_mvnd"] == ["234539"]
    alone = read_grid([heads, rows[1]])
    assert "investment_mvnd" not in list_values(alone, 2)
