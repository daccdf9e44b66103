"""The parts of a workbook's package: texts and their escapes, formulas, errors, what lies over."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from reports.model.document import Paragraph, ReadOptions, TableBlock
from reports.model.errors import UnreadableReportError
from tests.reports.readers.packages import changed, saved
from tests.reports.readers.sheets.workbooks import (
    HEADINGS,
    ROW,
    list_texts,
    make_book,
    read_book,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = "xl/worksheets/sheet1.xml"


def with_cell(cell: str, change: Callable[[bytes], bytes] | None = None) -> bytes:
    """Return a workbook whose C2 is written so."""
    book = make_book(["1", "Cầu mẫu", "@@", "Phường Đồ Sơn", "-"])
    book.active["C2"] = 4711
    book.active["C2"].number_format = "dd/mm/yyyy"

    def write(xml: bytes) -> bytes:
        begin = xml.index(b'<c r="C2"')
        end = xml.index(b"</c>", begin) + 4
        return xml[:begin] + cell.encode() + xml[end:]

    data = changed(saved(book), SHEET, write)
    return changed(data, "xl/workbook.xml", change) if change else data


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="C2" t="inlineStr"><is><t>a_x000D_&#10;B</t></is></c>', "a\nB"),
        ('<c r="C2" t="inlineStr"><is><t>a_x0009_b</t></is></c>', "a b"),
        ('<c r="C2" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
        ('<c r="C2" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "😀"),
        ('<c r="C2" t="str"><f>A1</f><v>a_x000D_B</v></c>', "a\nB"),
        ('<c r="C2" t="inlineStr"><is><t>Cầu</t><rPh sb="0" eb="1"><t>kau</t></rPh></is></c>',
         "Cầu"),
        ('<c r="C2" t="inlineStr"><is><t>Thi công&#10;đạt 45%</t></is></c>', "Thi công đạt 45%"),
        ('<c r="C2" t="inlineStr"><is><t>GPMB 80%&#10;thi công 45%</t></is></c>',
         "GPMB 80%\nthi công 45%"),
        ('<c r="C2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="C2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="C2" s="1" t="d"><v>2026-09-01</v></c>', "01/09/2026"),
        ('<c r="C2" t="n"><v>1.5E3</v></c>', "1500"),
        ('<c r="C2" s="99"><v>5</v></c>', "5"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_stored(cell: str, shown: str) -> None:
    assert list_texts(read_book(with_cell(cell)))[1][2] == shown


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    data = with_cell(
        '<c r="C2" s="1"><v>44804</v></c>',
        lambda xml: re.sub(rb"<workbookPr[^>]*>", b'<workbookPr date1904="1"/>', xml),
    )
    assert list_texts(read_book(data))[1][2] == "01/09/2026"


@pytest.mark.parametrize("cell", ["<f>1+1</f><v></v>", "<f>1+1</f>", '<f t="shared" si="0"/>'])
def test_a_formula_without_result_is_named(cell: str) -> None:
    with pytest.raises(UnreadableReportError, match=r"“Sheet”, ô C2 "):
        read_book(with_cell(f'<c r="C2">{cell}</c>'))


def test_results_that_are_all_zero_and_to_be_worked_out_anew_are_none() -> None:
    """XlsxWriter stores 0 as the result of every formula, and asks Excel to work them out."""
    zero = '<c r="C2"><f>1+1</f><v>0</v></c>'
    with pytest.raises(UnreadableReportError, match="ô C2 "):
        read_book(with_cell(zero))
    settled = with_cell(zero, lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""))
    assert list_texts(read_book(settled))[1][2] == "0"


def test_an_error_is_shown_and_named_never_a_number() -> None:
    document = read_book(with_cell('<c r="C2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>'))
    assert list_texts(document)[1][2] == "#DIV/0!"
    assert "“Sheet” có 1 ô báo lỗi: C2 (#DIV/0!)" in document.messages[0]


def test_a_strict_workbook_is_read() -> None:
    """It differs in the names of its XML, and may store days as text."""
    data = with_cell('<c r="C2" s="1" t="d"><v>2026-09-01T00:00:00</v></c>')
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels",
                 "_rels/.rels", "xl/theme/theme1.xml"):  # fmt: skip
        data = changed(data, part, to_strict)
    assert list_texts(read_book(data)) == [
        HEADINGS,
        ["1", "Cầu mẫu", "01/09/2026", "Phường Đồ Sơn", "-"],
    ]


def to_strict(xml: bytes) -> bytes:
    for old, new in (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
        (b"http://schemas.openxmlformats.org/drawingml/2006/main",
         b"http://purl.oclc.org/ooxml/drawingml/main"),
    ):  # fmt: skip
        xml = xml.replace(old, new)
    return xml


def test_sheets_are_blocks_of_their_own_and_can_be_chosen() -> None:
    book = make_book(ROW)
    for name in ("Quý I", "Quý II"):
        sheet = book.create_sheet(name)
        sheet.append(HEADINGS)
        sheet.append(["1", name, "7", "-", "-"])
    book.create_sheet("Trống")
    document = read_book(book)
    assert document.sheets == ("Sheet", "Quý I", "Quý II", "Trống")
    assert [(b.sheet, b.place.page) for b in document.blocks] == [
        ("Sheet", 1), ("Quý I", 2), ("Quý II", 3),
    ]  # fmt: skip
    chosen = read_book(book, ReadOptions(pages=((2, 2),)))
    assert [(b.sheet, b.place.page) for b in chosen.blocks] == [("Quý I", 2)]
    assert chosen.unread_pages == (1, 3, 4)
    assert "Sheet, Quý II, Trống" in chosen.messages[0]


def test_comments_are_named_with_their_cells() -> None:
    book = make_book(ROW)
    book.active["C2"].comment = Comment("Số này chưa duyệt", "an")
    assert "“Sheet” có 1 ghi chú" in read_book(book).messages[0]
    assert "C2 “Số này chưa duyệt”" in read_book(book).messages[0]


def test_pictures_as_large_as_a_table_are_named() -> None:
    book = make_book(ROW)
    for size, address in (((40, 40), "A9"), ((500, 400), "B9")):
        picture = io.BytesIO()
        Image.new("1", size).save(picture, "PNG")
        book.active.add_image(SheetImage(picture), address)
    (message,) = read_book(book).messages
    assert "“Sheet” có 1 hình" in message


BOX = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>0</xdr:col><xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr>"
    '<xdr:cNvPr id="2" name="Box"{hidden}/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{text}</a:t>'
    '</a:r><a:r><a:rPr strike="sngStrike"/><a:t>cũ</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    "</xdr:twoCellAnchor></xdr:wsDr>"
)


def with_box(row: int, text: str, hidden: str = "") -> list[Any]:
    book = make_book()
    book.active.insert_rows(1, 3)
    book.active["A1"] = "PHỤ LỤC"
    book.active.append(ROW)
    data = io.BytesIO(saved(book))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/drawings/drawing1.xml", BOX.format(row=row, text=text, hidden=hidden))
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
        )
    return list(read_book(data.getvalue()).blocks)


@pytest.mark.parametrize(("row", "index"), [(1, 1), (40, 2)])
def test_the_words_of_a_text_box_stand_where_it_stands(row: int, index: int) -> None:
    blocks = with_box(row, "Đơn vị tính: tỷ đồng")
    assert [isinstance(block, TableBlock) for block in blocks].count(True) == 1
    box = blocks[index]
    assert isinstance(box, Paragraph)
    assert (box.text, box.unseen, box.unseen_reason) == (
        "Đơn vị tính: tỷ đồng", "cũ", "struck_out",
    )  # fmt: skip


def test_a_hidden_text_box_is_not_shown() -> None:
    box = with_box(40, "nháp", ' hidden="1"')[2]
    assert (box.text, box.unseen, box.unseen_reason) == ("", "nháp cũ", "hidden_text")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"(?s)^(.{200}).*", rb"\1"),
        (rb'r="', b'r="?'),
        (rb'Target="', b'Target="../../'),
        (rb'="1', b'="x1'),
        (rb"<v>", b"<v>x"),
        (rb"(?s).+", b"<a/>"),
        (rb"(?s).+", b""),
    ],
)
def test_a_damaged_part_is_refused_or_read(part: str, old: bytes, new: bytes) -> None:
    book = make_book(["1", "Cầu mẫu", 5, "Đồ Sơn", "-"])
    book.active.column_dimensions["C"].hidden = True
    with contextlib.suppress(UnreadableReportError):
        read_book(changed(saved(book), part, lambda xml: re.sub(old, new, xml)))


def test_a_workbook_with_macros_is_read_like_any_other() -> None:
    book = make_book(ROW)
    data = io.BytesIO(saved(book))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    types = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    data_with_macros = changed(
        data.getvalue(), "[Content_Types].xml", lambda xml: xml.replace(types, macros)
    )
    assert list_texts(read_book(data_with_macros)) == [HEADINGS, ROW]


def test_a_sheet_that_is_a_chart_is_named() -> None:
    book = make_book(ROW)
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book.active, range_string="Sheet!A1:A2"))
    book.create_chartsheet("Biểu đồ").add_chart(chart)
    document = read_book(book)
    assert document.unread_pages == (2,)
    assert "“Biểu đồ” chỉ là một biểu đồ" in document.messages[0]
