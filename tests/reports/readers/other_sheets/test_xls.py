"""Workbooks of Excel 97: values as shown, what is hidden or struck out, merged areas."""

from __future__ import annotations

import datetime as dt

import pytest
import xlwt

from reports.model.document import ReadLimits, TableBlock, TableCell
from reports.model.errors import ReportLimitError, UnreadableReportError
from reports.open import open_document
from reports.readers.other_sheets.sheet_pages import iterate_pages, make_budget
from reports.readers.other_sheets.xls import read_xls_sheets
from reports.readers.raw_pages import RawPage
from tests.reports.readers.old_files import HEADS, ROW, make_xls, save_xls


def rows_of(data: bytes) -> list[list[TableCell]]:
    budget = make_budget(10_000, 20)
    pages = [
        p for p in iterate_pages(read_xls_sheets(data, budget), budget) if isinstance(p, RawPage)
    ]
    tables = [part for page in pages for part in page.parts if isinstance(part, TableBlock)]
    return [list(row.cells) for table in tables for row in table.rows]


def styled(code: str = "General", **font: object) -> xlwt.XFStyle:
    style = xlwt.XFStyle()
    style.num_format_str = code
    style.font = xlwt.Font()
    for name, value in font.items():
        setattr(style.font, name, value)
    return style


def test_a_workbook_is_read_with_its_sheets() -> None:
    document = open_document(make_xls([HEADS, ROW]), "a.xls")
    assert document.media == "xls"
    assert document.sheets == ("Quý II",)
    (table,) = document.blocks
    assert isinstance(table, TableBlock)
    assert table.sheet == "Quý II"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(HEADS), list(ROW)]


def test_values_are_read_as_they_are_shown() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, 234_539_000_000, styled("#,##0,,"))
    sheet.write(0, 1, 0.45, styled("0%"))
    sheet.write(0, 2, dt.date(2026, 9, 1), styled("dd/mm/yyyy"))
    sheet.write(0, 3, 235, styled('#,##0" tỷ"'))
    sheet.write(0, 4, 7, styled(";;;"))
    ((*shown, empty),) = rows_of(save_xls(book))
    assert [cell.text for cell in shown] == [
        "234539",
        "45%",
        "01/09/2026",
        "235 tỷ",
    ]
    assert (empty.text, empty.unseen, empty.unseen_reason) == ("", "7", "hidden_text")


def test_hidden_parts_and_struck_out_text_are_kept_apart() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "cũ", styled(struck_out=True))
    sheet.write(0, 1, "trắng", styled(colour_index=xlwt.Style.colour_map["white"]))
    sheet.write(0, 2, "cột ẩn")
    sheet.write(0, 3, "thấy")
    sheet.write_rich_text(0, 4, [("40% ", styled(struck_out=True).font), ("45%", xlwt.Font())])
    sheet.write(1, 3, "dòng ẩn")
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    other = book.add_sheet("b")
    other.write(0, 0, "trang ẩn")
    other.visibility = 1
    first, second, hidden = rows_of(save_xls(book))
    assert [(cell.text, cell.unseen.strip(), cell.unseen_reason) for cell in first] == [
        ("", "cũ", "struck_out"),
        ("", "trắng", "same_colour"),
        ("", "cột ẩn", "hidden_column"),
        ("thấy", "", ""),
        ("45%", "40%", "struck_out"),
    ]
    assert (second[3].text, second[3].unseen, second[3].unseen_reason) == (
        "",
        "dòng ẩn",
        "hidden_row",
    )
    assert (hidden[0].text, hidden[0].unseen_reason) == ("", "hidden_sheet")


def test_merged_areas_span_rows_and_columns() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write_merge(0, 1, 0, 1, "gộp")
    sheet.write(0, 2, "x")
    sheet.write(1, 2, "y")
    first, second = rows_of(save_xls(book))
    assert [(cell.text, cell.spans, cell.row_spans) for cell in first] == [
        ("gộp", 2, 2),
        ("x", 1, 1),
    ]
    assert [(cell.text, cell.spans, cell.merged) for cell in second] == [
        ("", 2, True),
        ("y", 1, False),
    ]


def test_limits_and_damage_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPMAP_SOFFICE", "/nowhere/soffice")
    data = make_xls([("a",) * 200] * 10)
    with pytest.raises(ReportLimitError, match="ô"):
        open_document(data, "a.xls", limits=ReadLimits(max_cells=1000))
    with pytest.raises(UnreadableReportError, match="hỏng"):
        open_document(data[:3000] + bytes(len(data) - 3000), "a.xls")
