"""OpenDocument sheets: the displayed text, repeated, hidden, merged and struck-out cells."""

from __future__ import annotations

import pytest

from reports.model.document import TableBlock, TableCell
from reports.model.errors import UnreadableReportError
from reports.open import open_document
from reports.readers.other_sheets.ods import read_ods_sheets
from reports.readers.other_sheets.sheet_pages import iterate_pages, make_budget
from reports.readers.raw_pages import RawPage
from reports.readers.refusal import FileRefusedError
from tests.reports.readers.old_files import HEADS, ROW, make_fods, make_ods, ods_cell, ods_row

STRUCK = (
    '<style:style style:name="s" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="t" style:family="text">'
    '<style:text-properties style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="w" style:family="table-cell" style:parent-style-name="p"/>'
    '<style:style style:name="p" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="h" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def rows_of(data: bytes, max_cells: int = 10_000) -> list[list[TableCell]]:
    budget = make_budget(max_cells, 20)
    pages = [
        p for p in iterate_pages(read_ods_sheets(data, budget), budget) if isinstance(p, RawPage)
    ]
    tables = [part for page in pages for part in page.parts if isinstance(part, TableBlock)]
    return [list(row.cells) for table in tables for row in table.rows]


def sheet(rows: str, columns: str = "", attributes: str = "") -> str:
    return f'<table:table table:name="Quý II" {attributes}>{columns}{rows}</table:table>'


@pytest.mark.parametrize("make", [make_ods, make_fods])
def test_a_sheet_is_read_as_it_is_shown(make: type) -> None:
    document = open_document(make(sheet(ods_row(*HEADS) + ods_row(*ROW))), "a.ods")
    assert document.media == "ods"
    assert document.sheets == ("Quý II",)
    (table,) = document.blocks
    assert isinstance(table, TableBlock)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(HEADS), list(ROW)]


def test_repeated_empty_cells_and_rows_cost_nothing() -> None:
    three = 'table:number-columns-repeated="3"'
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = (
        f"<table:table-row>{ods_cell('a')}{ods_cell('a')}{empty}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
        f"<table:table-row>{ods_cell('b', three)}</table:table-row>"
    )
    assert [[cell.text for cell in row] for row in rows_of(make_ods(sheet(rows)))] == [
        ["a", "a", ""],
        ["b", "b", "b"],
    ]


def test_repeated_content_beyond_the_limit_is_refused() -> None:
    rows = ods_row("a", attributes='table:number-rows-repeated="1048576"')
    with pytest.raises(FileRefusedError, match="too_many_cells"):
        rows_of(make_ods(sheet(rows)))


def test_hidden_and_struck_out_parts_are_kept_apart() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    rows = (
        "<table:table-row>"
        + ods_cell("cũ", 'table:style-name="s"')
        + ods_cell("trắng", 'table:style-name="w"')
        + ods_cell('<text:span text:style-name="t">40%</text:span><text:s text:c="2"/>45%')
        + ods_cell("cột ẩn")
        + "</table:table-row>"
        + ods_row("x", attributes='table:visibility="filter"')
        + f'<table:table-row-group table:display="false">{ods_row("y")}</table:table-row-group>'
    )
    other = sheet(ods_row("trang ẩn"), attributes='table:style-name="h"')
    found = rows_of(make_ods(sheet(rows, columns) + other, STRUCK))
    assert [(cell.text.strip(), cell.unseen, cell.unseen_reason) for cell in found[0]] == [
        ("", "cũ", "struck_out"),
        ("", "trắng", "same_colour"),
        ("45%", "40%", "struck_out"),
        ("", "cột ẩn", "hidden_column"),
    ]
    assert [row[0].unseen_reason for row in found[1:]] == [
        "hidden_row",
        "hidden_row",
        "hidden_sheet",
    ]
    assert all(not row[0].text for row in found[1:])


def test_merged_areas_notes_and_breaks() -> None:
    merged = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    rows = (
        f"<table:table-row>{ods_cell('gộp', merged)}<table:covered-table-cell/>"
        "<table:table-cell><office:annotation><text:p>ghi chú</text:p></office:annotation>"
        "<text:p>Một<text:line-break/>Hai</text:p><text:p>Ba</text:p></table:table-cell>"
        "</table:table-row><table:table-row>"
        '<table:covered-table-cell table:number-columns-repeated="2"/>'
        f"{ods_cell('y')}</table:table-row>"
    )
    first, second = rows_of(make_ods(sheet(rows)))
    assert [(c.text, c.spans, c.row_spans) for c in first] == [
        ("gộp", 2, 2),
        ("Một\nHai\nBa", 1, 1),
    ]
    assert [(c.text, c.spans, c.merged) for c in second] == [("", 2, True), ("y", 1, False)]


def test_values_without_a_text_are_shown() -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="12.5"/>'
        '<table:table-cell office:value-type="percentage" office:value="0.45"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-09-01"/>'
    )
    (row,) = rows_of(make_ods(sheet(f"<table:table-row>{cells}</table:table-row>")))
    assert [cell.text for cell in row] == ["12,5", "45%", "01/09/2026"]


def test_the_stated_value_tells_how_a_shown_number_is_meant() -> None:
    """A file of an English program shows 234,539 and 09/01/26."""

    def value(text: str, kind: str, stated: str) -> str:
        name = "date-value" if kind == "date" else "value"
        return ods_cell(text, f'office:value-type="{kind}" office:{name}="{stated}"')

    cells = (
        value("234,539", "float", "234539")
        + value("234.539", "float", "234539")
        + value("1,198.9", "float", "1198.916")
        + value("12.5%", "percentage", "0.125")
        + value("235 tỷ", "float", "235")
        + value("234,539 triệu", "float", "234539000000")
        + value("09/01/26", "date", "2026-09-01")
        + value("Tháng 9/2026", "date", "2026-09-01")
    )
    (row,) = rows_of(make_ods(sheet(f"<table:table-row>{cells}</table:table-row>")))
    assert [cell.text for cell in row] == [
        "234539",
        "234539",
        "1198,9",
        "12,5%",
        "235 tỷ",
        "234539 triệu",
        "01/09/2026",
        "Tháng 9/2026",
    ]


def test_a_look_that_divides_tells_how_a_shown_number_is_meant() -> None:
    """Milliards of đồng: 234.539 tỷ is no 234,539 tỷ, whatever else it might be rounded from."""
    styles = (
        '<number:number-style xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
        ' style:name="n"><number:number number:display-factor="1000000000"/></number:number-style>'
        '<style:style style:name="a" style:family="table-cell" style:data-style-name="n"/>'
    )
    value = 'table:style-name="a" office:value-type="float" office:value="234539000000"'
    row = f"<table:table-row>{ods_cell('234.539 tỷ', value)}</table:table-row>"
    assert [cell.text for cell in rows_of(make_ods(sheet(row), styles))[0]] == ["234,5390 tỷ"]


def test_only_parts_that_are_read_may_declare_no_document_type() -> None:
    rows = sheet(ods_row(*HEADS) + ods_row(*ROW))
    manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD"><m/>'
    assert open_document(make_ods(rows, manifest=manifest), "a.ods").blocks
    with pytest.raises(UnreadableReportError, match="không được phép"):
        open_document(make_ods(rows.replace("<table:table ", "<!DOCTYPE a><table:table ")), "a.ods")
