"""Tables as wholes: heads, one below and beside another, on other sheets, inside cells, none."""

from dataclasses import replace

from reports.extract import extract_document
from reports.model.document import TableBlock
from reports.model.head.document_head import add_document_metadata
from tests.reports.tables.grids import HEADS, A, B, list_values, make_document, over, read_grid


def test_a_heading_without_rows_is_named() -> None:
    read = read_grid([("Chủ đầu tư", "Tiến độ thực hiện", "Ghi chú")])
    assert "Bảng 1" in read.document.messages[0]


def test_a_second_table_below_with_columns_of_its_own() -> None:
    other = ("STT", "Tên dự án", "Địa điểm", "Tổng mức đầu tư (triệu đồng)", "Kết quả thực hiện")
    read = read_grid(
        [
            HEADS,
            A,
            ("", "", "", "", "", ""),
            (over("Biểu 2. Dự án khu vực phía Nam", 6),),
            other,
            ("1", "Dự án kè C", "Xã Kiến Hải", "5.500.000", "GPMB đạt 35%"),
        ]
    )
    assert [row.name for row in read.projects] == ["Dự án cầu A", "Dự án kè C"]
    amounts = [v.value for row in read.projects for v in row.values if v.field == "investment_mvnd"]
    assert amounts == ["1200500", "5500000"]


def test_two_tables_side_by_side() -> None:
    heads = HEADS[:4]
    read = read_grid(
        [
            (*heads, "", *heads),
            (*A[:4], "", "3", "Dự án kè C", "50,5", "Xã Kiến Hải"),
            (*B[:4], "", "4", "Dự án D", "60,5", "Phường Hồng Bàng"),
        ]
    )
    assert sorted((row.no, row.name) for row in read.projects) == [
        (1, "Dự án cầu A"),
        (2, "Dự án đường B"),
        (3, "Dự án kè C"),
        (4, "Dự án D"),
    ]
    assert "gap_in_numbers" not in {entry.reason for entry in read.queue}


def test_a_table_on_its_side_is_read_by_columns() -> None:
    rows = list(zip(HEADS, A, B, strict=True))
    read = read_grid(rows)
    assert [row.name for row in read.projects] == ["Dự án cầu A", "Dự án đường B"]
    (money,) = [v for v in read.projects[1].values if v.field == "investment_mvnd"]
    assert (money.value, money.place.row, money.place.column) == ("300500", 3, 3)


def test_sheets_of_two_quarters_are_two_periods() -> None:
    """The later one is read, the other named; a person may ask for the earlier one."""
    first = [HEADS, (*A[:4], "Thi công xây dựng đạt 5%", "")]
    tables = ("Quý I năm 2026", first, "Quý II năm 2026", [HEADS, A])
    read = read_grid(*tables, sheets=("Quý I.2026", "Quý II.2026"))
    assert list_values(read, 1)["actual_construction_pct"] == ["20"]
    assert read.document.period == "2026-Q2"
    assert read.balance.in_other_periods == 2
    assert any("“Quý I.2026”" in message for message in read.document.messages)
    earlier = read_grid(*tables, sheets=("Quý I.2026", "Quý II.2026"), period="2026-Q1")
    assert list_values(earlier, 1)["actual_construction_pct"] == ["5"]
    assert earlier.document.period == "2026-Q1"


def test_a_table_that_is_about_something_else_is_named_as_not_read() -> None:
    rows = [("Họ tên", "Chức vụ", "Điện thoại", "Phòng"), ("A", "B", "C", "D")]
    read = read_grid([*rows])
    assert not read.projects
    assert read.balance.cells_asked == 8  # no heading is known: every line is asked about
    known = [("TT", "Nội dung", "Đơn vị tính", "Kết quả"), ("1", "Thu ngân sách", "tỷ", "5")]
    read = read_grid(known)
    assert any("1 dòng chưa đọc" in message for message in read.document.messages)
    assert (read.balance.cells_asked, read.balance.cells_unused) == (4, 4)
    assert [entry.reason for entry in read.queue] == ["unread_row"]


def test_the_head_of_the_document_is_read_above_the_grid() -> None:
    assert add_document_metadata(make_document([HEADS, A])).period == "2026-Q2"


def test_the_lines_of_a_table_inside_a_cell_are_asked_about_at_that_cell() -> None:
    document = make_document([HEADS, A], [("Hạng mục", "Tiến độ"), ("Phần cầu", "đạt 45%")])
    outer = document.blocks[2]
    assert isinstance(outer, TableBlock)
    place = outer.rows[1].cells[4].place
    inner = replace(document.blocks[3], inside=place)
    read = extract_document(replace(document, blocks=(*document.blocks[:3], inner)))
    assert read.balance.exact
    asked = [entry for entry in read.queue if entry.reason == "unattached_line"]
    assert [(entry.raw, entry.place) for entry in asked] == [
        ("Hạng mục | Tiến độ", place),
        ("Phần cầu | đạt 45%", place),
    ]


def test_a_row_broken_over_pages_within_its_name_and_amount_is_one() -> None:
    first = [HEADS, ("1", "Dự án thử", "4.572.0", "Xã Kiến", "GPMB đạt", "")]
    read = read_grid(first, [HEADS, ("", "nghiệm kè sông", "00", "Hải", "35%", "")])
    (project,) = read.projects
    assert (project.name, project.location_raw) == ("Dự án thử nghiệm kè sông", "Xã Kiến Hải")
    assert list_values(read, 1)["investment_mvnd"] == ["4572000000"]
    assert list_values(read, 1)["actual_clearance_pct"] == ["35"]


def test_rows_of_another_sheet_without_a_heading_are_asked_about() -> None:
    codes = [("Mã", "Tên"), ("GT", "Giao thông")]
    read = read_grid([HEADS, A, B], codes, sheets=["Biểu 1", "Danh mục mã"])
    assert [row.no for row in read.projects] == [1, 2]
    asked = [entry.raw for entry in read.queue if entry.reason == "unattached_line"]
    assert asked == ["Mã | Tên", "GT | Giao thông"]


def test_prose_of_projects_without_a_table_is_read_as_statements() -> None:
    reading = read_grid("Dự án cầu A: thi công xây dựng đạt 20%.").reading
    (share,) = [s for s in reading.statements if s.field == "construction_pct"]
    assert (share.value, share.place.line_from, share.status) == (20.0, 3, "sure")


def test_titles_over_all_columns_inside_a_table_are_no_heads() -> None:
    heads = [*HEADS[:2], "Tổng mức đầu tư", *HEADS[3:]]
    title, unit = [over("BIỂU TIẾN ĐỘ CÁC DỰ ÁN", 6)], [over("Đơn vị tính: tỷ đồng", 6)]
    read = read_grid([title, unit, heads, A, B])
    assert [row.no for row in read.projects] == [1, 2]
    assert list_values(read, 1)["investment_mvnd"] == ["1200500"]
