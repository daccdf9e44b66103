"""CSV as people and programs write it: separators, quotes, broken rows, titles, lengths."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.model.document import Document, ReadLimits, TableBlock
from reports.model.errors import ReportLimitError
from reports.open import open_document
from reports.readers.sheets.csv_dialect import find_csv_shape
from tests.examples import at_most

LIMITS = ReadLimits()
HEADINGS = ["STT", "Tên dự án", "Tổng mức đầu tư (triệu đồng)", "Địa điểm"]
ROWS = [
    ["1", "Cầu Bến Sứ", "234.539", "Phường Đồ Sơn"],
    ["2", "Kè sông Rế", "1.198.916", "Xã Kiến Thụy"],
    ["3", "Trường Sao Biển", "584.065", "Phường Hồng Bàng"],
]


def read(text: str) -> tuple[list[list[str]], Document]:
    document = open_document(text.encode(), "a.csv")
    table = document.blocks[-1]
    assert isinstance(table, TableBlock)
    return [[cell.text for cell in row.cells] for row in table.rows], document


def write(rows: list[list[str]], separator: str = ";") -> str:
    return "".join(separator.join(row) + "\n" for row in rows)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "^"])
def test_usual_separators(separator: str) -> None:
    assert read(write([HEADINGS, *ROWS], separator))[0] == [HEADINGS, *ROWS]


@pytest.mark.parametrize("sign", [";", "#", "~", "\t", "|"])
def test_a_sep_line_names_any_sign(sign: str) -> None:
    rows, document = read(f"sep={sign}\r\n" + write([HEADINGS, *ROWS], sign))
    assert rows == [HEADINGS, *ROWS]
    assert len(document.blocks) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"Cầu; ""Bến Sứ"""', 'Cầu; "Bến Sứ"'),
        ('"Cầu\nBến Sứ"', "Cầu\nBến Sứ"),
        ('"Cầu "Bến Sứ" mới"', 'Cầu "Bến Sứ" mới'),
        ('Ống 12" Bến Sứ', 'Ống 12" Bến Sứ'),
        ('"Cầu" Bến Sứ', '"Cầu" Bến Sứ'),
        ('"Cầu Bến Sứ', '"Cầu Bến Sứ'),
        (' "Cầu Bến Sứ" ', "Cầu Bến Sứ"),
        ('""', ""),
    ],
)
def test_quotation_marks(written: str, meant: str) -> None:
    """A mark quotes where a cell begins and one closes it; anywhere else it is a sign."""
    text = write([HEADINGS, ["1", written, "234.539", "Đồ Sơn"], *ROWS[1:]])
    rows, _ = read(text)
    assert rows[1:] == [["1", meant, "234.539", "Đồ Sơn"], *ROWS[1:]]


def test_marks_after_a_backslash_and_single_marks() -> None:
    escaped = [[f'"{cell}"' for cell in row] for row in [HEADINGS, *ROWS]]
    escaped[1][1] = '"Cầu \\"Bến; Sứ\\" mới"'
    assert read(write(escaped))[0][1][1] == 'Cầu "Bến; Sứ" mới'
    single = [[f"'{cell}'" for cell in row] for row in [HEADINGS, *ROWS]]
    single[1][1] = "'Cầu; Bến Sứ'"
    assert read(write(single))[0][1][1] == "Cầu; Bến Sứ"


def test_blank_lines_and_line_ends_of_the_mac() -> None:
    text = "\n\n" + write([HEADINGS, *ROWS]).replace("\n", "\r\r")
    assert read(text)[0] == [HEADINGS, *ROWS]


def test_titles_above_are_paragraphs_whatever_their_length() -> None:
    titles = "BÁO CÁO\nTiến độ; dự án quý II\nĐơn vị: triệu đồng;;;\n"
    rows, document = read(titles + write([HEADINGS, *ROWS]))
    assert rows[0] == HEADINGS
    assert [block.text for block in document.blocks[:-1]] == [
        "BÁO CÁO",
        "Tiến độ dự án quý II",
        "Đơn vị: triệu đồng",
    ]


def test_a_heading_in_several_lines_is_whole() -> None:
    """Lines above the known headings that head columns are part of the heading."""
    head = ";;Kết quả thực hiện;;Ghi chú\nSTT;Danh mục dự án;Địa điểm;Tổng mức đầu tư;\n;;;(tỷ);\n"
    rows, document = read(head + "1;Cầu;Đồ Sơn;234,539;x\n2;Kè;Đồ Sơn;4,5;y\n")
    assert [row[3] for row in rows] == ["", "Tổng mức đầu tư", "(tỷ)", "234,539", "4,5"]
    assert len(document.blocks) == 1


def test_a_table_with_unknown_headings_is_a_table() -> None:
    """Rows of one length are cells, whatever is above them."""
    rows = [["Mã", "Mô tả", "Giá trị"], ["A1", "cầu", "5"], ["A2", "kè", "6"], ["A3", "đê", "7"]]
    document = open_document(write(rows).encode(), "a.csv")
    assert document.media == "csv"
    assert isinstance(document.blocks[0], TableBlock)


@pytest.mark.parametrize(
    "text",
    [
        "Một câu, hai câu, ba câu.\nBốn câu, năm câu, sáu câu.\nBảy câu, tám câu, chín câu.\n",
        "Thành phố đã khởi công; đạt 45%.\nĐã bàn giao; đạt 80%.\nCòn vướng; chậm 5%.\n",
        "Danh mục dự án, địa điểm, tổng mức đầu tư, ghi chú.\nMột câu.\nHai câu.",
        "| STT | Tên dự án |\n|---|---|\n| 1 | Cầu |\n| 2 | Kè |\n| 3 | Đê |\n",
    ],
)
def test_prose_and_markdown_are_no_csv(text: str) -> None:
    assert find_csv_shape(text) is None


def test_a_press_text_of_sentences_with_commas_is_no_csv() -> None:
    """Its words are those of headings, and its commas are as many in most lines."""
    paragraphs = (
        "HẢI PHÒNG: NHIỀU CÔNG TRÌNH VÀO GIAI ĐOẠN NƯỚC RÚT",
        "Hải Phòng, ngày 05 tháng 4 năm 2026",
        (
            "Dự án đầu tư xây dựng cầu Bến Thử có tổng mức đầu tư 1.250 tỷ đồng, "
            "khởi công tháng 9, dự kiến hoàn thành năm sau. Đến nay, dự án cầu Bến Thử đã đạt 45%."
        ),
        "Dự án xây dựng Bảo tàng Sông Thử có diện tích 3,2 ha; đã giải phóng mặt bằng đạt 80%.",
        "Nếu được bố trí vốn, dự án xây dựng Nhà hát Biển Thử sẽ khởi công trong năm 2027.",
    )
    assert find_csv_shape("\n\n".join(paragraphs)) is None


def test_a_decimal_comma_within_quotes() -> None:
    rows = [["1", "Cầu", '"234,539"', "Đồ Sơn"], ["2", "Kè", '"4,5"', "Đồ Sơn"]]
    assert [row[2] for row in read(write([HEADINGS, *rows], ","))[0]][1:] == ["234,539", "4,5"]


def test_a_comma_that_parted_a_number_joins_it_where_only_one_way_fits() -> None:
    rows = [["1", "Cầu", "234,539", "Đồ Sơn"], ["2", "Kè", "4,5", "Đồ Sơn"], ROWS[2]]
    found, document = read(write([HEADINGS, *rows], ","))
    assert found[1:] == rows
    assert "dòng 2, 3" in document.messages[0]
    assert "234,539" in document.messages[0]


def test_a_row_that_is_too_long_is_named_and_not_read() -> None:
    """Nobody knows which of its cells is whose."""
    text = write([HEADINGS, ROWS[0], ["2", "Kè", "nối dài", "1.198.916", "Kiến Thụy"], ROWS[2]])
    document = open_document(text.encode(), "a.csv")
    (table,) = document.blocks
    assert isinstance(table, TableBlock)
    assert {cell.text for cell in table.rows[2].cells} == {""}
    assert [cell.unseen for cell in table.rows[2].cells][1:3] == ["Kè", "nối dài"]
    assert any("dòng 3 của tệp có nhiều ô" in message for message in document.messages)


def test_short_rows_are_named_and_group_lines_are_not() -> None:
    text = write([HEADINGS, ["I", "Nhóm A"], ROWS[0], ["2", "Kè", "1.198.916"], ROWS[2]])
    rows, document = read(text)
    assert len(rows) == 5
    assert [message for message in document.messages if "ít ô hơn" in message]
    assert "dòng 4 của tệp" in document.messages[0]


def test_trailing_separators_add_no_columns() -> None:
    rows = [HEADINGS, *[[*row, "", ""] for row in ROWS]]
    found, document = read(write(rows))
    assert [row[:4] for row in found] == [HEADINGS, *ROWS]
    assert not document.messages


def test_a_row_broken_without_quotes_is_put_together() -> None:
    text = write([HEADINGS, *ROWS]).replace("Kè sông Rế", "Kè sông\nRế")
    found, document = read(text)
    assert found[2][1] == "Kè sông\nRế"
    assert "dòng 3" in document.messages[0]


def test_a_column_without_a_heading_is_kept() -> None:
    rows = [[*row, "ghi thêm"] for row in ROWS]
    assert read(write([HEADINGS, *rows]))[0][1:] == rows


def test_many_cells_are_refused() -> None:
    with pytest.raises(ReportLimitError, match="40 ô"):
        open_document(
            write([HEADINGS, *ROWS * 10]).encode(), "a.csv", limits=ReadLimits(max_cells=40)
        )


def test_quotes_that_are_never_closed_cost_little() -> None:
    """Each is looked for within one cell's length only, not to the end of the file."""
    text = write([HEADINGS, *([["1", '"Cầu', "5", "Đồ Sơn"]] * 2000)])
    rows, _ = read(text)
    assert len(rows) == 2001
    assert rows[7] == ["1", '"Cầu', "5", "Đồ Sơn"]


@settings(max_examples=at_most(60), deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.text(st.sampled_from("aÊđộ5 ;,|^\t\"'\n\\.-"), max_size=8),
            min_size=4,
            max_size=4,
        ),
        min_size=2,
        max_size=6,
    ),
    separator=st.sampled_from(";,\t|^"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example([["", "'5", "'-5,5", "'5a"]] * 2, ";", "utf-8", "\n")
@example([["", "", "", " ."]] * 2, ";", "utf-8", "\n")
def test_a_quoted_table_comes_back(
    rows: list[list[str]], separator: str, encoding: str, line_end: str
) -> None:
    """Random cells, written in quotes, are read as they were.

    Only blanks are tidied, and the apostrophe goes that marks a number as text.
    """
    table = [HEADINGS, *([str(i), *row[1:]] for i, row in enumerate(rows, 1))]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in table]
    text = line_end.join(separator.join(row) for row in quoted).replace("\n", line_end)
    document = open_document(text.encode(encoding), "a.csv")
    found = document.blocks[-1]
    assert isinstance(found, TableBlock)
    tidy = [[_tidy(cell) for cell in row] for row in table]
    assert [[cell.text for cell in row.cells] for row in found.rows] == tidy


def _tidy(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell.split("\n"))
    return re.sub(r"\A'(?=-?5[5. ,]*\Z)", "", "\n".join(filter(None, lines)))


def test_random_plain_tables_come_back() -> None:
    """Without quotes: any separator that stands in no cell, rows of any words."""
    chosen = random.Random(5)  # noqa: S311
    words = ["cầu", "kè", "đê", "trường", "5", "12,5", "1.200", "xã", "(mới)", "m²", "A-1"]
    for _ in range(60):
        separator = chosen.choice(";\t|^")
        rows = [
            [str(i), *(" ".join(chosen.choices(words, k=chosen.randint(1, 4))) for _ in range(3))]
            for i in range(1, chosen.randint(3, 9))
        ]
        assert read(write([HEADINGS, *rows], separator))[0] == [HEADINGS, *rows]


def test_commas_of_a_heading_without_quotes() -> None:
    """``Kiến nghị, đề xuất`` is one column where no other cell begins with a blank."""
    headings = [*HEADINGS, "Kiến nghị, đề xuất", "Ghi chú"]
    rows = [[*row, "-", "x"] for row in ROWS]
    assert read(write([headings, *rows], ","))[0] == [headings, *rows]
