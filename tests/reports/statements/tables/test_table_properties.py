"""Tables of any columns and cells: no number of one is silent, and nothing is made up."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.model.document import TableBlock
from reports.statements.reader import read_tables
from reports.tables.grid.stitching import stitch_tables
from reports.tables.project_rows import is_project_table
from tests.reports.tables.grids import make_document

HEADINGS = (
    "STT", "Tên cụm công nghiệp", "Địa bàn", "Chủ đầu tư", "Diện tích (ha)", "Số hộ", "Số căn",
    "Kế hoạch vốn (tỷ đồng)", "Giải ngân (triệu đồng)", "Tỷ lệ (%)", "Thời hạn", "Ghi chú",
    "Chủ trì", "Nội dung", "Đơn vị tính", "Cột lạ", "Vướng mắc", "Số hộ · Đã nhận tiền", "",
)  # fmt: skip
CONTENTS = (
    "", "", "-", "1", "2", "I", "a)", "12,5", "1.204", "44.87", "1,234,567", "61/80 hộ", "120%",
    "~2.923", "khoảng 50", "31.480 m2; 1.204 căn", "Phường Lê Chân", "Xã Kiến Hải", "H. TIÊN LÃNG",
    "UBND huyện Kiến Thụy", "Cộng I", "Tổng cộng", "chưa có", "đã thành lập", "30/9/2026",
    "quý III", "Sở Xây dựng", "tỷ đồng", "12 - 15", "vướng 3 hộ", "Bến Gạch", "#N/A", "9" * 40,
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Return rows of one width below a row of headings."""
    width = draw(st.integers(2, 7))
    heads = draw(st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width))
    body = st.lists(st.sampled_from(CONTENTS), min_size=width, max_size=width)
    return [heads, *draw(st.lists(body, min_size=1, max_size=4))]


@given(st.lists(tables(), min_size=1, max_size=1))
@example([[["Đơn vị tính", "Diện tích (ha)", "Đơn vị tính"], ["", "12", "khoảng 50"]]])
def test_every_number_is_used_asked_about_or_listed(grids: list[list[list[str]]]) -> None:
    document = make_document(*grids)
    assert extract_document(document).balance.exact
    stitched = stitch_tables(document)
    read = read_tables(stitched, document, get_default_geocoder())
    listed = {text for entry in read.unread for text in entry.left_over}
    for table in stitched:
        if is_project_table(table):
            continue
        for line in (line for row in table.rows for line in row.lines):
            for cell in line.cells:
                text = " ".join(cell.text.split())
                key = (cell.place.table, cell.place.row, cell.place.column)
                known = key in read.cells | read.asked or any(text in one for one in listed)
                marks = {table.mark_column, table.column("unit")}
                mark = cell.place.column - 1 in marks or not re.search(r"\d{2}", text)
                assert known or mark, (text, table.headings)


@given(tables())
def test_what_is_said_stands_in_the_row(grid: list[list[str]]) -> None:
    document = make_document(grid)
    read = extract_document(document)
    rows = {
        row.place.line_from: " | ".join(" ".join(c.text.split()) for c in row.cells if c.text)
        for block in document.blocks
        if isinstance(block, TableBlock)
        for row in block.rows
    }
    for entry in read.reading.statements:
        if entry.place.table:
            assert entry.sentence[entry.start : entry.end] == entry.stated
            lines = range(entry.place.line_from, entry.place.line_to + 1)
            words = " ".join(rows[line] for line in lines)
            assert all(word in words for word in entry.stated.split())
            assert entry.status == "sure" or entry.why
