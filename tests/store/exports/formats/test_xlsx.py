"""The workbook reads back as typed: numbers, days, texts that stay texts."""

import csv
import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from store.audit.csv_guard import is_risky
from store.exports.file_options import FileOptions, Paper
from store.exports.formats.xlsx import to_xlsx
from store.exports.tables.table import strip_unsafe_characters
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.examples import at_most
from tests.small_facts import ITEMS, no_facts, small_facts
from tests.store.exports.made import EVIL, KIM_THANH, content, data, hostile_facts
from tests.tools import soffice

SHEETS = [
    "Danh mục",
    "Địa bàn",
    "Theo xã",
    "Số liệu theo kỳ",
    "Điều văn bản nêu",
    "GPMB",
    "Nêu khác nhau",
    "Hồ sơ GPMB",
    "Các bước GPMB",
    "Kiểm tra hiện trường",
    "Nguồn",
    "Định nghĩa",
]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def header_row(sheet: Worksheet) -> int:
    return int(sheet.freeze_panes[1:].lstrip("ABCDEFGHIJ")) - 1


def column(sheet: Worksheet, title: str) -> list[object]:
    head = header_row(sheet)
    at = [cell.value for cell in sheet[head]].index(title)
    return [row[at].value for row in sheet.iter_rows(min_row=head + 1)]


def test_the_sheets_have_the_layout_of_the_office() -> None:
    book = opened(data(load_facts(), "xlsx"))
    assert book.sheetnames == SHEETS
    for sheet in book:
        head = header_row(sheet)
        assert "HẢI PHÒNG" in sheet["A1"].value
        assert "Quý I/2026" in sheet["A2"].value
        assert sheet["A3"].value.startswith("Lọc theo: ")
        assert "tonghop" in sheet["A4"].value
        if sheet.max_row > head:
            assert sheet.auto_filter.ref.startswith(f"A{head}:")
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.column_dimensions["B"].width > 5


def test_numbers_are_numbers_and_days_are_days() -> None:
    facts = load_facts()
    book = opened(data(facts, "xlsx"))
    sheet = book["Danh mục"]
    money = column(sheet, "Tổng mức đầu tư (triệu đồng)")
    assert sum(one for one in money if one is not None) == 329_455_709
    assert money[0] == 178_012_000
    head = header_row(sheet)
    at = [cell.value for cell in sheet[head]].index("Tổng mức đầu tư (triệu đồng)")
    assert "#,##0" in sheet.cell(head + 1, at + 1).number_format
    days = [one for one in column(sheet, "Khởi công") if isinstance(one, datetime)]
    words = [one for one in column(sheet, "Khởi công") if isinstance(one, str)]
    assert days
    assert "quý IV/2026" in words
    assert column(book["Nguồn"], "Số liệu đến")[0] == datetime(2025, 11, 30)  # noqa: DTZ001
    shares = column(book["Địa bàn"], "Phần vốn chia đều (đồng)")
    assert sum(one for one in shares if one is not None) == 329_455_709 * 1_000_000


def test_hostile_texts_are_texts_and_marked() -> None:
    book = opened(data(hostile_facts(), "xlsx"))
    seen = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and is_risky(cell.value):
                    assert cell.quotePrefix, cell.value
                    seen += 1
    assert seen > 50
    names = column(book["Danh mục"], "Tên dự án, khu, cụm")
    for text in EVIL:
        assert strip_unsafe_characters(text) in names or any(
            str(name).startswith(strip_unsafe_characters(text)[:30_000]) and "bỏ bớt" in str(name)
            for name in names
        )


def test_libreoffice_opens_it_and_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    file.write_bytes(data(hostile_facts(), "xlsx"))
    # Separator comma, quotes, UTF-8, from line 1; texts as they are, not as shown.
    read = soffice(tmp_path, file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    rows = list(csv.reader(read.read_text("utf-8").splitlines(keepends=True)))
    cells = [cell for row in rows for cell in row]
    for text in ("=1+1", "-5", "@SUM(A1:A9)", "=cmd|' /C calc'!A0", "+84 225 123", "_x003D_1+1"):
        assert text in cells
    assert not [cell for cell in cells if cell.startswith(("#NAME", "Err:"))]
    assert "2" not in [cell for row in rows for cell in row[2:3]]


@pytest.mark.slow
def test_libreoffice_prints_the_real_one(tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    file.write_bytes(data(load_facts(), "xlsx", Filters(district=KIM_THANH)))
    assert soffice(tmp_path, file, "pdf").read_bytes().startswith(b"%PDF")


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    long = small_facts(items=[{**row, "name": "dài" * 13_333} for row in ITEMS])
    names = column(opened(data(long, "xlsx"))["Danh mục"], "Tên dự án, khu, cụm")
    assert all(len(str(name)) <= 32_767 for name in names)
    assert "bỏ bớt 7399 ký tự" in str(names[0])


def test_nothing_chosen_is_a_workbook_with_headers() -> None:
    for facts in (no_facts(), small_facts()):
        book = opened(data(facts, "xlsx", Filters(text="không có gì")))
        assert book.sheetnames == SHEETS
        assert column(book["Danh mục"], "Mã") == []


@settings(max_examples=at_most(5))
@given(st.text(max_size=40))
def test_any_name_comes_back_as_it_was_cleaned(name: str) -> None:
    base = small_facts()
    items = base.items.assign(name=[name] * len(base.items))
    facts = replace(base, items=items, version=name.encode().hex())
    names = column(opened(data(facts, "xlsx"))["Danh mục"], "Tên dự án, khu, cụm")
    expected = strip_unsafe_characters(name)
    assert {str(one or "") for one in names} == {expected}


def test_the_made_content_is_read_once_for_all_sheets() -> None:
    tables = content(small_facts()).tables
    assert [table.title for table in tables] == SHEETS


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages_make_a_workbook(language: str) -> None:
    book = opened(data(small_facts(), "xlsx", language=language))
    assert len(book.sheetnames) == len(SHEETS)


WIDTHS = {9: (842, 595), 8: (1191, 842)}


@pytest.mark.parametrize(("paper", "number"), [("a4", 9), ("a3", 8), ("", 9)])
def test_the_columns_asked_for_are_printed_in_their_order(paper: Paper, number: int) -> None:
    wanted = ("name", "status_text", "investment_mvnd", "area_ha")
    options = FileOptions(columns=wanted, paper=paper)
    sheet = opened(to_xlsx(replace(content(load_facts()), options=options)))["Danh mục"]
    head = header_row(sheet)
    titles = [cell.value for cell in sheet[head]]
    assert titles[:5] == ["STT", "Tên dự án, khu, cụm", "Tình trạng",
                          "Tổng mức đầu tư (triệu đồng)", "Diện tích (ha)"]  # fmt: skip
    assert sheet.print_area == f"'Danh mục'!$A$1:$E${sheet.max_row}"
    assert int(sheet.page_setup.paperSize) == number
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sum(one or 0 for one in column(sheet, titles[3])) == 329_455_709
    assert len(titles) == len(set(titles))


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "number"), [("a4", 9), ("a3", 8)])
def test_it_prints_on_its_paper_with_numbered_pages(
    tmp_path: Path, paper: Paper, number: int
) -> None:
    options = FileOptions(columns=("name", "kind_text", "status_text"), paper=paper)
    file = tmp_path / "export.xlsx"
    file.write_bytes(to_xlsx(replace(content(load_facts()), options=options)))
    with pdfplumber.open(io.BytesIO(soffice(tmp_path, file, "pdf").read_bytes())) as printed:
        first, second = printed.pages[0], printed.pages[1]
        assert (round(first.width), round(first.height)) == WIDTHS[number]
        for page in (first, second):
            assert "Tên dự án, khu, cụm" in page.extract_text()
        assert "Trang 1/" in first.extract_text()
