"""Workbooks and CSV: the template filled in, free tables, merged cells, formulas, encodings."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from reports.facts_files.excel_template import build_template_csv, build_template_xlsx
from reports.model.document import ReadLimits, TableBlock
from reports.model.errors import ReportLimitError, UnreadableReportError
from reports.open import open_document
from reports.readers.encodings.decoding import decode_text
from reports.readers.sheets.csv_dialect import find_csv_shape
from reports.readers.sheets.xlsx import read_xlsx
from tests.reports.readers.packages import changed, saved

LIMITS = ReadLimits()
HEADINGS = ["STT", "Tên dự án", "Tổng mức đầu tư (triệu đồng)", "Địa điểm", "Ghi chú"]
ROW = ["1", "Cầu mẫu", "1.198.916", "Phường Đồ Sơn", "Khởi công Quý IV/2026"]


def test_a_filled_template_comes_back() -> None:
    """What is typed under the template's headings is read; the guide and empty rows are not."""
    book = openpyxl.load_workbook(io.BytesIO(build_template_xlsx()))
    sheet = book.active
    sheet["A2"] = "TIẾN ĐỘ THỰC HIỆN MỘT SỐ CÔNG TRÌNH TRỌNG ĐIỂM QUÝ II NĂM 2026"
    for column, value in enumerate((1, "Cầu mẫu", 2405406, "Phường Hải An"), 1):
        sheet.cell(5, column, value)
    document = read_xlsx(saved(book), "mau.xlsx", LIMITS)
    *title, table = document.blocks
    assert [block.text for block in title][1].endswith("QUÝ II NĂM 2026")
    assert [[cell.text for cell in row.cells][:4] for row in table.rows] == [
        ["STT", "Danh mục dự án", "Tổng mức đầu tư (triệu đồng)", "Địa điểm"],
        ["1", "Cầu mẫu", "2.405.406", "Phường Hải An"],
    ]
    assert document.pages == 1


def test_the_csv_template_comes_back() -> None:
    data = build_template_csv() + "1,Cầu mẫu,2405406,Phường Hải An,,,,,\r\n".encode()
    document = open_document(data, "mau.csv")
    assert [cell.text for cell in document.blocks[-1].rows[1].cells][:3] == [
        "1",
        "Cầu mẫu",
        "2405406",
    ]


def test_values_are_written_as_reports_write_them() -> None:
    """As shown, decimals by comma (never three), days before months."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append([1, "x", 1198.916, 0.065, dt.date(2026, 5, 7)])
    sheet.append([2, "y", 234539.0, 6.5, dt.datetime(2026, 5, 7, 8, 30)])  # noqa: DTZ001
    sheet["D2"].number_format = "0.0%"
    sheet["C3"].number_format = '#,##0" %"'
    table = read_xlsx(saved(book), "a.xlsx", LIMITS).blocks[0]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["1", "x", "1198,9160", "6,5%", "07/05/2026"],
        ["2", "y", "234539 %", "6,5", "07/05/2026 8:30:00"],
    ]


def test_merged_cells_keep_every_column_in_place() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append(["I", "Dự án khánh thành năm 2026 (01 dự án)"])
    sheet.append(ROW)
    sheet.append(["", "", "", "", "Khánh thành Quý I/2027"])
    sheet.merge_cells("B2:E2")
    sheet.merge_cells("A3:A4")
    table = read_xlsx(saved(book), "a.xlsx", LIMITS).blocks[0]
    assert [(c.text, c.spans) for c in table.rows[1].cells] == [
        ("I", 1),
        ("Dự án khánh thành năm 2026 (01 dự án)", 4),
    ]
    assert [c.text for c in table.rows[3].cells] == ["", "", "", "", "Khánh thành Quý I/2027"]
    assert table.rows[3].cells[4].place.column == 5


def test_hidden_sheets_are_said_not_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    hidden = book.create_sheet("Nháp")
    hidden.append(["bí mật"])
    hidden.sheet_state = "hidden"
    document = read_xlsx(saved(book), "a.xlsx", LIMITS)
    assert len(document.blocks) == 1
    assert "Nháp" in document.messages[0]


def test_formulas_are_never_worked_out() -> None:
    """A formula without a stored result is named by its cell; with one the result is taken."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.append(["1", "Cầu", "=1+1", "Đồ Sơn", ""])
    with pytest.raises(UnreadableReportError, match=r"a\.xlsx.*C2"):
        read_xlsx(saved(book), "a.xlsx", LIMITS)
    worked = changed(
        saved(book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>77</v>").replace(
            b"<f>1+1</f><v/>", b"<f>1+1</f><v>77</v>"
        ),
    )
    assert read_xlsx(worked, "a.xlsx", LIMITS).blocks[0].rows[1].cells[2].text == "77"


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    """A few bytes may name seventeen thousand million cells."""
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active["A2"] = "Ghi chú chung"
    book.active.merge_cells("A2:B3")
    data = changed(
        saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"A2:B3", b"A2:XFD1048576")
    )
    cell = read_xlsx(data, "a.xlsx", LIMITS).blocks[0].rows[1].cells[0]
    assert (cell.text, cell.spans, cell.row_spans) == ("Ghi chú chung", 5, 1)


def test_a_cell_at_the_far_end_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active["A1048576"] = "cuối"
    table = read_xlsx(saved(book), "a.xlsx", LIMITS).blocks[0]
    assert [row.cells[0].text for row in table.rows] == ["STT", "cuối"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1258"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_in_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    """All that Excel writes gives the same table, with its accents composed."""
    text = "BÁO CÁO QUÝ I\n" + "".join(delimiter.join(row) + "\r\n" for row in (HEADINGS, ROW))
    document = open_document(_encoded(text, encoding), "a.csv")
    table = document.blocks[-1]
    assert isinstance(table, TableBlock)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [HEADINGS, ROW]
    assert document.blocks[0].text == "BÁO CÁO QUÝ I"


def test_prose_is_no_csv() -> None:
    """Sentences with commas, and the text report's own tables by tabs, are left to their reader."""
    assert (
        find_csv_shape("Danh mục dự án, địa điểm, tổng mức đầu tư, ghi chú.\nMột câu.\nHai câu.")
        is None
    )


def test_csv_beyond_the_limit_is_refused() -> None:
    text = "".join(";".join(row) + "\n" for row in (HEADINGS, *[ROW] * 50))
    with pytest.raises(ReportLimitError, match="100 ô"):
        open_document(text.encode(), "a.csv", limits=ReadLimits(max_cells=100))


def test_a_damaged_workbook_is_refused() -> None:
    book = openpyxl.Workbook()
    data = changed(saved(book), "xl/workbook.xml", lambda xml: xml[:100])
    with pytest.raises(UnreadableReportError, match="hỏng"):
        read_xlsx(data, "a.xlsx", LIMITS)


def test_old_vietnamese_windows_text_is_composed() -> None:
    assert (
        decode_text(_encoded("Thủy Nguyên, Đồ Sơn, Kiến Thụy", "cp1258"))
        == "Thủy Nguyên, Đồ Sơn, Kiến Thụy"
    )


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16-le-bom":
        return b"\xff\xfe" + text.encode("utf-16-le")
    if encoding == "cp1258":
        return b"".join(_cp1258(letter) for letter in text)
    return text.encode(encoding)


def _cp1258(letter: str) -> bytes:
    """Return a letter as Vietnamese Windows stores it: the vowel, then its tone."""
    import unicodedata  # noqa: PLC0415

    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", letter)
    tone = "".join(sign for sign in apart if sign in tones)
    base = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in tones))
    return (base + tone).encode("cp1258")
