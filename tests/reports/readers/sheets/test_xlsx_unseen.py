"""What a workbook holds and does not show is never taken for what is shown."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from reports.model.document import ReadOptions
from reports.model.unseen import describe_unseen, reveal_unseen
from tests.reports.readers.packages import changed, saved
from tests.reports.readers.sheets.workbooks import (
    HEADINGS,
    ROW,
    list_texts,
    list_unseen,
    make_book,
    read_book,
)

SECOND = ["2", "Đường mẫu", "5.000.000", "Phường An Biên", "-"]


def test_hidden_columns_keep_their_place_without_text() -> None:
    book = make_book(ROW)
    book.active.column_dimensions.group("C", "D", hidden=True)
    document = read_book(book)
    assert list_texts(document)[1] == ["1", "Cầu mẫu", "", "", "Khởi công Quý IV/2026"]
    assert list_unseen(document)[:2] == [(h, "hidden_column") for h in HEADINGS[2:4]]


def test_columns_and_rows_without_width_are_hidden() -> None:
    data = saved(make_book(ROW, SECOND))
    data = changed(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"<sheetData>", b'<cols><col min="5" max="5" width="0"/></cols><sheetData>'
        ).replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'),
    )
    document = read_book(data)
    assert list_texts(document)[1:] == [[*ROW[:4], ""], [""] * 5]
    assert {reason for _, reason in list_unseen(document)} == {"hidden_row", "hidden_column"}


def test_rows_that_a_filter_or_an_outline_hides_are_not_shown() -> None:
    book = make_book(ROW, SECOND)
    book.active.auto_filter.ref = "A1:E3"
    book.active.row_dimensions.group(2, 2, hidden=True)
    document = read_book(book)
    assert list_texts(document)[1] == [""] * 5
    assert list_unseen(document) == [(text, "hidden_row") for text in ROW]
    assert "dòng ẩn (trang tính “Sheet”)" in describe_unseen(document)[0]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_read_only_when_wanted(state: str) -> None:
    book = make_book(ROW)
    hidden = book.create_sheet("Nháp", 0)
    hidden.append(HEADINGS)
    hidden.append(SECOND)
    hidden.sheet_state = state
    document = read_book(book)
    assert document.sheets == ("Sheet",)
    assert list_texts(document)[1] == ROW
    assert ["Nháp" in message for message in document.messages] == [True]
    document = read_book(book, ReadOptions(unseen=True))
    assert document.sheets == ("Sheet", "Nháp")
    shown, unseen = document.blocks
    assert (shown.sheet, unseen.sheet, unseen.place.page) == ("Sheet", "Nháp", 2)
    assert [cell.unseen for cell in unseen.rows[1].cells] == SECOND
    assert [cell.text for cell in reveal_unseen(document).blocks[1].rows[1].cells] == SECOND


def test_an_empty_hidden_sheet_is_not_worth_a_word() -> None:
    book = make_book(ROW)
    book.create_sheet("Trống").sheet_state = "hidden"
    assert read_book(book).messages == ()


def test_struck_out_cells_and_pieces_are_not_shown() -> None:
    book = make_book(ROW, SECOND)
    old = TextBlock(InlineFont(strike=True), "Khởi công năm 2025")
    book.active["E2"] = CellRichText(old, " ", TextBlock(InlineFont(b=True), "Khởi công năm 2026"))
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    document = read_book(book)
    assert list_texts(document)[1][4] == "Khởi công năm 2026"
    assert list_texts(document)[2] == [""] * 5
    assert list_unseen(document)[0] == ("Khởi công năm 2025", "struck_out")


def coloured(ink: Color | str, ground: Color | str | None) -> list[tuple[str, str]]:
    book = make_book(ROW)
    book.active["D2"].font = Font(color=ink)
    if ground is not None:
        book.active["D2"].fill = PatternFill("solid", fgColor=ground)
    return list_unseen(read_book(book))


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("FFFFFFFF", None),
        ("FFFFFFFF", "FFFFFFFF"),
        ("FFFCFCFC", "FFFFFFFF"),
        (Color(theme=0), None),
        (Color(theme=0), Color(rgb="FFFFFFFF")),
        (Color(indexed=9), None),
        ("FFC00000", "FFC00000"),
        (Color(theme=4), Color(theme=4)),
    ],
)
def test_writing_in_the_colour_of_its_ground_is_not_seen(ink: Any, ground: Any) -> None:
    assert coloured(ink, ground) == [("Phường Đồ Sơn", "same_colour")]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("FFFFFFFF", "FF4472C4"),
        (Color(theme=0), Color(theme=4)),
        (Color(theme=0), Color(theme=0, tint=-0.5)),
        (Color(theme=1), None),
        ("FF808080", None),
        (Color(indexed=64), None),
    ],
)
def test_writing_in_another_colour_is_seen(ink: Any, ground: Any) -> None:
    assert coloured(ink, ground) == []


def test_a_format_that_shows_nothing_hides() -> None:
    book = make_book(ROW, SECOND)
    book.active["C2"] = 117269
    book.active["C2"].number_format = ";;;"
    book.active["D2"].number_format = ";;;"
    document = read_book(book)
    assert list_texts(document)[1] == ["1", "Cầu mẫu", "", "", "Khởi công Quý IV/2026"]
    assert list_unseen(document) == [("117269", "hidden_text"), ("Phường Đồ Sơn", "hidden_text")]


def test_zeros_that_a_sheet_does_not_show_are_empty() -> None:
    book = make_book(["1", "Cầu mẫu", 0, "Phường Đồ Sơn", "-"])
    assert list_texts(read_book(book))[1][2] == "0"
    book.active.sheet_view.showZeros = False
    assert list_texts(read_book(book))[1][2] == ""


def test_what_stands_above_the_table_is_hidden_too() -> None:
    book = make_book(ROW)
    book.active.insert_rows(1, 2)
    book.active["A1"] = "Đơn vị: tỷ đồng"
    book.active["A2"] = "Đơn vị: triệu đồng"
    book.active.row_dimensions[1].hidden = True
    document = read_book(book)
    assert [(block.text, block.unseen) for block in document.blocks[:2]] == [
        ("", "Đơn vị: tỷ đồng"),
        ("Đơn vị: triệu đồng", ""),
    ]


@pytest.mark.parametrize("hides", ["row", "column"])
def test_an_area_that_begins_in_a_hidden_place_is_seen_in_the_rest(hides: str) -> None:
    """Also where nothing else stands in the row or column in which it is seen."""
    book = make_book(ROW)
    sheet = book.active
    if hides == "row":
        sheet["B3"] = "Thi công đạt 45%"
        sheet.merge_cells("B3:B4")
        sheet.row_dimensions[3].hidden = True
    else:
        sheet["F2"] = "Thi công đạt 45%"
        sheet.merge_cells("F2:G2")
        sheet.column_dimensions["F"].hidden = True
    document = read_book(book)
    assert "Thi công đạt 45%" in [text for row in list_texts(document) for text in row]
    assert list_unseen(document) == []
