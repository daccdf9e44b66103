"""Where the cells of a workbook's sheet stand: merged areas, empty edges, other places."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from reports.model.document import ReadLimits
from reports.model.errors import ReportLimitError, UnreadableReportError
from tests.reports.readers.packages import changed, saved
from tests.reports.readers.sheets.workbooks import (
    HEADINGS,
    ROW,
    list_texts,
    list_unseen,
    make_book,
    read_book,
)


def test_an_area_over_rows_shows_its_value_once() -> None:
    book = make_book(ROW, ["2", "Đường mẫu", "5.000.000", "", "-"], ["3", "Kè mẫu", "7", "", "-"])
    book.active.merge_cells("D2:D4")
    rows = read_book(book).blocks[0].rows
    places = [(r.cells[3].text, r.cells[3].row_spans, r.cells[3].merged) for r in rows[1:]]
    assert places == [("Phường Đồ Sơn", 3, False), ("", 1, True), ("", 1, True)]


def test_what_lies_under_a_merged_area_is_not_shown() -> None:
    """LibreOffice may keep the values of the cells that it merges."""
    book = make_book(ROW, ["2", "Đường mẫu", "5.000.000", "Phường An Biên", "-"])
    data = changed(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="D2:D3"/></mergeCells>'
        ),
    )
    document = read_book(data)
    assert list_texts(document)[2] == ["2", "Đường mẫu", "5.000.000", "", "-"]
    assert list_unseen(document) == [("Phường An Biên", "hidden_text")]


def test_a_merged_heading_is_shown_beside_its_hidden_first_column() -> None:
    book = make_book(ROW)
    book.active["D1"] = None
    book.active.merge_cells("C1:D1")
    book.active.column_dimensions["C"].hidden = True
    document = read_book(book)
    cells = document.blocks[0].rows[0].cells
    assert [(c.text, c.spans, c.place.column) for c in cells[2:4]] == [
        ("", 1, 3),
        ("Tổng mức đầu tư (triệu đồng)", 1, 4),
    ]


def test_a_merged_area_is_shown_below_its_hidden_first_row() -> None:
    book = make_book(ROW, ["2", "Đường mẫu", "5.000.000", "", "-"], ["3", "Kè mẫu", "7", "", "-"])
    book.active.merge_cells("D2:D4")
    book.active.row_dimensions[2].hidden = True
    rows = read_book(book).blocks[0].rows
    places = [(r.cells[3].text, r.cells[3].row_spans, r.cells[3].merged) for r in rows[1:]]
    assert places == [("", 1, False), ("Phường Đồ Sơn", 2, False), ("", 1, True)]


def test_a_table_may_begin_anywhere() -> None:
    book = openpyxl.Workbook()
    for row, texts in enumerate((HEADINGS, ROW), 20):
        for column, text in enumerate(texts, 28):
            book.active.cell(row, column, text)
    assert list_texts(read_book(book)) == [HEADINGS, ROW]


def test_columns_without_content_are_one_between_others() -> None:
    book = make_book(ROW)
    book.active["K1"] = "Kiến nghị"
    table = read_book(book).blocks[0]
    assert [cell.text for cell in table.rows[0].cells] == [*HEADINGS, "", "Kiến nghị"]


def test_formatting_alone_costs_nothing() -> None:
    """Far more formatted cells than the limit allows cells with content."""
    blank = b"".join(b'<row r="%d">%s</row>' % (row, b'<c s="0"/>' * 20) for row in range(100, 600))
    data = changed(
        saved(make_book(ROW)),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>"),
    )
    assert list_texts(read_book(data, limits=ReadLimits(max_cells=100))) == [HEADINGS, ROW]


def test_cells_scattered_over_the_sheet_are_refused_before_their_grid_is_made() -> None:
    book = openpyxl.Workbook()
    for number in range(1, 200):
        book.active.cell(number, number, "x")
    with pytest.raises(ReportLimitError, match="ô"):
        read_book(book, limits=ReadLimits(max_cells=10_000))


def test_areas_over_one_another_are_refused_in_time() -> None:
    areas = b'<mergeCell ref="A1:E3"/>' * 2_000
    data = changed(
        saved(make_book(ROW, ROW)),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>"
        ),
    )
    with pytest.raises(ReportLimitError, match="ô"):
        read_book(data, limits=ReadLimits(max_cells=10_000))


def test_time_is_limited() -> None:
    with pytest.raises(ReportLimitError, match="giây"):
        read_book(make_book(ROW), limits=ReadLimits(max_seconds=0))


def test_cells_and_rows_without_address_follow_one_another() -> None:
    data = changed(
        saved(make_book(ROW)),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml),
    )
    assert list_texts(read_book(data)) == [HEADINGS, ROW]


def test_bytes_that_are_no_text_in_a_part_are_damage_in_words() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    with zipfile.ZipFile(io.BytesIO(saved(book))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = b'<?xml version="1.0" encoding="utf-16"?>' + b"\xff\xd8\x00<" * 40
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(UnreadableReportError, match="hỏng"):
        read_book(made.getvalue())
