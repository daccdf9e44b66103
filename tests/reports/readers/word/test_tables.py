"""Tables of Word: merged cells, hidden rows, tables in cells and boxes, turned tables."""

from __future__ import annotations

import pytest

from reports.model.document import ReadLimits, SourcePlace, TableBlock
from reports.model.errors import ReportLimitError
from reports.readers.word.docx import read_docx
from tests.reports.readers.word.documents import (
    cell,
    make_docx,
    paragraph,
    read,
    row,
    run,
    table,
    texts,
)

RESTART = '<w:vMerge w:val="restart"/>'
CONTINUE = "<w:vMerge/>"


def read_table(*rows: str, properties: str = "") -> TableBlock:
    (block,) = read(table(*rows, properties=properties)).blocks
    assert isinstance(block, TableBlock)
    return block


def test_a_cell_over_several_rows_says_so() -> None:
    """The places below it are cells without text; what lies in them is not shown."""
    block = read_table(
        row("1", cell("Đồ Sơn", properties=RESTART)),
        row("2", cell(properties=CONTINUE)),
        row("3", cell("cũ", properties=CONTINUE)),
        row("4", cell("Kiến Hải", properties=RESTART)),
    )
    cells = [line.cells[1] for line in block.rows]
    assert [(c.text, c.row_spans, c.merged) for c in cells] == [
        ("Đồ Sơn", 3, False),
        ("", 1, True),
        ("", 1, True),
        ("Kiến Hải", 1, False),
    ]
    assert (cells[2].unseen, cells[2].unseen_reason) == ("cũ", "hidden_text")


def test_a_merge_that_nothing_began_is_a_cell() -> None:
    block = read_table(row("1", cell("Đồ Sơn", properties=CONTINUE)), row("2", "x"))
    assert (block.rows[0].cells[1].text, block.rows[0].cells[1].merged) == ("Đồ Sơn", False)


def test_merges_are_told_by_their_column_in_the_grid() -> None:
    """A row may hold fewer cells than the one above it."""
    wide = '<w:gridSpan w:val="2"/>'
    block = read_table(
        row("a", "b", cell("nơi", properties=RESTART)),
        row(cell("rộng", properties=wide), cell(properties=CONTINUE)),
    )
    assert [c.spans for c in block.rows[1].cells] == [2, 1]
    assert (block.rows[0].cells[2].row_spans, block.rows[1].cells[1].merged) == (2, True)


def test_old_merges_along_a_row_are_one_cell() -> None:
    block = read_table(
        row(
            cell("Tiến độ", properties='<w:hMerge w:val="restart"/>'),
            cell(properties="<w:hMerge/>"),
            "x",
        )
    )
    assert [(c.text, c.spans) for c in block.rows[0].cells] == [("Tiến độ", 2), ("x", 1)]


def test_rows_of_other_lengths_are_filled_up() -> None:
    block = read_table(row("1", "2", "3"), row("a", properties='<w:gridBefore w:val="1"/>'))
    assert [c.text for c in block.rows[1].cells] == ["", "a", ""]


def test_a_table_from_right_to_left_is_turned() -> None:
    block = read_table(row("một", "hai"), row("ba", "bốn"), properties="<w:bidiVisual/>")
    assert [[c.text for c in line.cells] for line in block.rows] == [["hai", "một"], ["bốn", "ba"]]


@pytest.mark.parametrize(
    "properties", ["<w:hidden/>", '<w:trHeight w:val="1" w:hRule="exact"/>']
)  # fmt: skip
def test_hidden_rows_are_kept_apart(properties: str) -> None:
    block = read_table(row("1", "hiện"), row("2", "ẩn", properties=properties))
    assert [(c.text, c.unseen, c.unseen_reason) for c in block.rows[1].cells] == [
        ("", "2", "hidden_row"),
        ("", "ẩn", "hidden_row"),
    ]


def test_struck_rows_are_kept_apart_with_their_own_number() -> None:
    """The number that Word writes has the look of the paragraph's end."""
    struck = "<w:rPr><w:strike/></w:rPr>"
    number = cell(paragraph(properties=f'<w:pStyle w:val="ListNumber"/>{struck}'))
    block = read_table(
        row(number, cell(paragraph(run("bỏ", "<w:strike/>"), properties=struck))), row("x", "y")
    )
    assert [(c.text, c.unseen) for c in block.rows[0].cells] == [("", "1."), ("", "bỏ")]


def test_content_controls_stand_around_rows_cells_and_tables() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    inner = table(
        control(row("1", control(cell("hai")))),
        row("3", cell(control(paragraph("bốn")))),
    )
    inner = inner.replace("<w:p><w:pPr></w:pPr><w:sdt>", "<w:sdt>")
    assert texts(read(control(inner))) == [[["1", "hai"], ["3", "bốn"]]]


def test_a_small_table_in_a_cell_is_lines_of_its_text() -> None:
    inner = table(
        row("Hạng mục", "Tiến độ"),
        row("Phần cầu", "đạt 45 trụ"),
        row("Đường dẫn", "đạt 20 trụ"),
    )
    document = read(table(row("1", cell("Theo hạng mục:", inner, "hết")), row("2", "x")))
    assert texts(document)[0][0] == [
        "1",
        "Theo hạng mục:\nHạng mục: Tiến độ\nPhần cầu: đạt 45 trụ\nĐường dẫn: đạt 20 trụ\nhết",
    ]


def test_a_small_table_of_three_columns_names_its_headings() -> None:
    inner = table(
        row("Hạng mục", "Kế hoạch", "Thực hiện"),
        row("Cầu", "60 trụ", "45 trụ"),
        row("Đường", "", "20 trụ"),
    )
    document = read(table(row("1", cell(inner)), row("2", "x")))
    assert (
        texts(document)[0][0][1]
        == "Cầu: Kế hoạch 60 trụ, Thực hiện 45 trụ\nĐường: Thực hiện 20 trụ"
    )


def test_a_small_table_of_percentages_stays_a_table_for_a_person_to_judge() -> None:
    """What its parts say is not the item's own progress."""
    inner = table(row("Hạng mục", "Tiến độ"), row("Phần cầu", "đạt 45%"))
    outer, small = read(table(row("1", cell("Theo hạng mục:", inner)), row("2", "x"))).blocks
    assert outer.rows[0].cells[1].text == "Theo hạng mục:"
    assert (small.inside.row, small.inside.column) == (1, 2)


def test_a_numbered_list_in_a_row_of_items_is_lines_of_its_text() -> None:
    inner = table(row("STT", "Hạng mục", "Tiến độ"), row("1", "Phần cầu", "xong mố"))
    document = read(table(row("1", "Cầu", cell(inner)), row("2", "x", "y")))
    assert texts(document)[0][0][2] == "Hạng mục: Tiến độ\n1. Phần cầu: xong mố"


def test_larger_tables_in_cells_name_the_cell_at_every_depth() -> None:
    deep = table(row("STT", "Tên"), row("1", "sâu"))
    inner = table(row("TT", "Dự án"), row("1", cell("giữa", deep)))
    blocks = read("<w:p/>", table(row("a", "b"), row(cell("ngoài", inner), "c"))).blocks
    assert [block.inside for block in blocks] == [
        None,
        SourcePlace(2, 2, table=1, row=2, column=1),
        SourcePlace(4, 4, table=2, row=2, column=2),
    ]
    assert blocks[0].rows[1].cells[0].text == "ngoài"


def test_a_table_of_one_cell_is_a_frame() -> None:
    """What it holds stands in the document as if the frame were not there."""
    inner = table(row("STT", "Danh mục dự án"), row("1", "Cầu"))
    document = read(table(row(cell("Phụ lục", inner))))
    assert texts(document) == ["Phụ lục", [["STT", "Danh mục dự án"], ["1", "Cầu"]]]
    assert document.blocks[1].inside is None


def box(inner: str) -> str:
    return f"<w:txbxContent>{inner}</w:txbxContent>"


@pytest.mark.parametrize(
    "drawn",
    [
        "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>",
        "<w:pict><v:group><v:shape><v:textbox>{}</v:textbox></v:shape></v:group></w:pict>",
        (
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
            "<a:graphicData><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{}"
            "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
        ),
    ],
)
def test_tables_in_text_boxes_follow_their_paragraph(drawn: str) -> None:
    """Of two versions of one box only the first is read."""
    inner = box(paragraph("Biểu 1") + table(row("1", "2"), row("3", "4")))
    document = read(paragraph("Phụ lục:", run(drawn.replace("{}", inner))), paragraph("hết"))
    assert texts(document) == ["Phụ lục:", "Biểu 1", [["1", "2"], ["3", "4"]], "hết"]


def test_a_box_in_a_cell_is_in_its_text() -> None:
    drawn = f"<w:pict><v:shape><v:textbox>{box(paragraph('45%'))}</v:textbox></v:shape></w:pict>"
    document = read(table(row("1", cell(paragraph("đạt", run(drawn)))), row("2", "x")))
    assert texts(document)[0][0] == ["1", "đạt\n45%"]


def test_a_hidden_shape_is_not_seen() -> None:
    drawn = (
        '<w:drawing><wp:anchor><wp:docPr id="1" name="x" hidden="1"/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{box(paragraph('cũ'))}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing>"
    )
    (block,) = read(paragraph("mới", run(drawn))).blocks
    assert (block.text, block.unseen, block.unseen_reason) == ("mới", "cũ", "hidden_text")


def test_tables_too_deep_in_one_another_are_refused_in_true_words() -> None:
    inner = paragraph("đáy")
    for _ in range(12):
        inner = table(row(cell(inner), "x"))
    with pytest.raises(ReportLimitError, match="lồng vào nhau"):
        read_docx(make_docx(inner), "a.docx", ReadLimits())


def test_edges_drawn_by_hand_that_nearly_meet_are_one() -> None:
    """A heading whose edges were dragged by a hair stands over its own columns."""

    def wide(text: str, columns: int) -> str:
        return cell(text, properties=f'<w:gridSpan w:val="{columns}"/>')

    rows = (row("STT", wide("Tên", 2), "Nơi"), row(wide("1", 2), "Cầu", "Đồ Sơn"))
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{n}"/>' for n in (700, 40, 3000, 2000))
    for widths, expected in (
        (grid, [[1, 1, 1], [1, 1, 1]]),
        ("<w:tblGrid>", [[1, 2, 1], [2, 1, 1]]),
    ):
        data = table(*rows).replace("<w:tblGrid/>", f"{widths}</w:tblGrid>")
        (block,) = read(data).blocks
        assert [[c.spans for c in line.cells] for line in block.rows] == expected


def test_narrow_columns_that_hold_cells_stay() -> None:
    grid = '<w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="3000"/></w:tblGrid>'
    (block,) = read(table(row("1", "a"), row("2", "b")).replace("<w:tblGrid/>", grid)).blocks
    assert [[c.text for c in line.cells] for line in block.rows] == [["1", "a"], ["2", "b"]]


def test_a_table_of_items_in_a_layout_of_one_column_stands_by_itself() -> None:
    inner = table(row("Danh mục dự án", "Địa điểm"), row("Cầu", "Đồ Sơn"))
    document = read(table(row("Phụ lục I"), row(cell(inner))))
    assert texts(document) == ["Phụ lục I", [["Danh mục dự án", "Địa điểm"], ["Cầu", "Đồ Sơn"]]]


def test_lines_parted_by_tabs_below_a_heading_of_items_are_a_table() -> None:
    def line(*parts: str) -> str:
        return paragraph("<w:r><w:tab/></w:r>".join(run(part) for part in parts))

    rows = (("STT", "Tên dự án", "Địa điểm"), ("1", "Cầu", "Đồ Sơn"), ("2", "", "Kiến Hải"))
    document = read(paragraph("Biểu"), *(line(*parts) for parts in rows), paragraph("hết"))
    assert texts(document) == ["Biểu", [list(parts) for parts in rows], "hết"]
    signature = read(line("Nơi nhận", "", "CHỦ TỊCH"), line("Lưu", "", "(ký)"))
    assert texts(signature) == ["Nơi nhận CHỦ TỊCH", "Lưu (ký)"]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    large = '<w:framePr w:dropCap="drop" w:lines="3"/>'
    assert texts(read(paragraph("T", properties=large), paragraph("hành phố"))) == ["Thành phố"]
