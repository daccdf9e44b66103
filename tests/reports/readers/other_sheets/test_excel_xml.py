"""Excel 2003 XML: formats of styles, hidden parts, merged areas, places by index."""

from __future__ import annotations

import pytest

from reports.model.document import TableBlock, TableCell
from reports.model.errors import UnreadableReportError
from reports.open import open_document
from reports.readers.other_sheets.excel_xml import read_excel_xml_sheets
from reports.readers.other_sheets.sheet_pages import iterate_pages, make_budget
from reports.readers.raw_pages import RawPage
from tests.reports.readers.old_files import HEADS, ROW, make_excel_xml

STYLES = (
    '<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
    '<Style ss:ID="m" ss:Parent="p"><NumberFormat ss:Format="#,##0,,"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>'
)


def cell(text: str, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<Row {attributes}>{''.join(cells)}</Row>"


def rows_of(data: bytes) -> list[list[TableCell]]:
    budget = make_budget(10_000, 20)
    sheets = read_excel_xml_sheets(data, budget)
    pages = [page for page in iterate_pages(sheets, budget) if isinstance(page, RawPage)]
    tables = [part for page in pages for part in page.parts if isinstance(part, TableBlock)]
    return [list(found.cells) for table in tables for found in table.rows]


def test_a_workbook_is_read_with_its_sheets() -> None:
    data = make_excel_xml(row(*map(cell, HEADS)) + row(*map(cell, ROW)))
    document = open_document(data, "a.xls")
    assert (document.media, document.sheets) == ("xls", ("Quý II",))
    (table,) = document.blocks
    assert isinstance(table, TableBlock)
    assert [[c.text for c in found.cells] for found in table.rows] == [list(HEADS), list(ROW)]


def test_values_are_read_as_they_are_shown() -> None:
    cells = (
        cell("0.45", "Number", 'ss:StyleID="p"'),
        cell("234539000000", "Number", 'ss:StyleID="m"'),
        cell("2026-09-01T00:00:00.000", "DateTime", 'ss:StyleID="d"'),
        cell("1", "Boolean"),
        cell("#N/A", "Error"),
    )
    (found,) = rows_of(make_excel_xml(row(*cells), STYLES))
    assert [c.text for c in found] == [
        "45%",
        "234539",
        "01/09/2026",
        "TRUE",
        "#N/A",
    ]


def test_hidden_and_struck_out_parts_are_kept_apart() -> None:
    rich = (
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">'
        "<S>40%</S> 45%</ss:Data></Cell>"
    )
    rows = row(cell("cũ", attributes='ss:StyleID="s"'), cell("cột ẩn"), rich)
    rows += row(cell("dòng ẩn"), attributes='ss:Hidden="1"')
    data = make_excel_xml(rows, STYLES, '<Column ss:Index="2" ss:Hidden="1"/>')
    first, second = rows_of(data)
    assert [(c.text.strip(), c.unseen, c.unseen_reason) for c in first] == [
        ("", "cũ", "struck_out"),
        ("", "cột ẩn", "hidden_column"),
        ("45%", "40%", "struck_out"),
    ]
    assert (second[0].text, second[0].unseen_reason) == ("", "hidden_row")
    options = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
        "<Visible>SheetHidden</Visible></WorksheetOptions>"
    )
    ((only,),) = rows_of(make_excel_xml(row(cell("a")), options=options))
    assert (only.text, only.unseen_reason) == ("", "hidden_sheet")


def test_places_follow_index_and_merged_areas() -> None:
    rows = row(cell("a", attributes='ss:MergeAcross="1" ss:MergeDown="1"'), cell("b"))
    rows += row(cell("c", attributes='ss:Index="3"')) + row(cell("d"), attributes='ss:Index="9"')
    first, second, third = rows_of(make_excel_xml(rows))
    assert [(c.text, c.spans, c.row_spans) for c in first] == [("a", 2, 2), ("b", 1, 1)]
    assert [(c.text, c.spans, c.merged) for c in second] == [("", 2, True), ("c", 1, False)]
    assert third[0].text == "d"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b"<Styles>", b'<Styles><a b="">'), "hỏng"),
        ((b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook'), "XML|không được phép"),
        ((b"<Cell >", b'<Cell ss:Formula="=A1"/><Cell >'), "công thức"),
    ],
)
def test_what_cannot_be_read_is_refused(change: tuple[bytes, bytes], words: str) -> None:
    data = make_excel_xml(row(cell("a"))).replace(*change)
    with pytest.raises(UnreadableReportError, match=words):
        open_document(data, "a.xls")
