"""Grids of any shape: every cell that shows something is used, asked about or named as not used.

And nothing comes from anywhere else: each value's words stand in a cell that is shown, in the row
of its project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reports.extract import extract_document
from reports.model.document import TableBlock, TableCell
from tests.reports.tables.grids import BELOW, make_document, over

if TYPE_CHECKING:
    from reports.model.document import Document

HEADINGS = (
    "STT", "Tên dự án", "Tổng mức đầu tư (triệu đồng)", "Tổng mức đầu tư (tỷ đồng)",
    "Tổng mức đầu tư điều chỉnh", "Địa điểm", "Kết quả thực hiện", "GPMB (%)", "Thi công (%)",
    "Tiến độ thực hiện", "Kế hoạch quý II", "Khó khăn, vướng mắc", "Kiến nghị", "Ghi chú",
    "Dự báo khả năng hoàn thành", "Chủ đầu tư", "Quy mô", "Thời gian khởi công", "Cột lạ", "",
)  # fmt: skip
CONTENTS = (
    "", "", "-", "1", "2.", "I", "a)", "1.1", "234.539", "1.198.916", "45", "12,5", "0,8", "100%",
    "Thi công xây dựng đạt 45%", "GPMB còn 20% chưa bàn giao", "chậm 5%", "Phường Đồ Sơn", "nt",
    "Xã Kiến Hải", "Xã Không Có", "Hoàn thành", "Không hoàn thành mục tiêu", "Tổng cộng", "Cộng",
    "Dự án cầu A", "Gói thầu số 2", "(Chủ đầu tư: Ban quản lý)", "Khởi công Quý IV/2026",
    "Còn 12 hộ chưa nhận tiền bồi thường", "NGƯỜI LẬP BIỂU", "Ghi chú: số liệu tạm tính",
    "Đề nghị UBND xã Kiến Hải đẩy nhanh", "2", "3", "4", "5", "235 tỷ", "1,2E+06", "#N/A",
)  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> list[list[TableCell]]:
    """Return rows of cells of one width, some merged, some not shown."""
    width = draw(st.integers(1, 8))
    rows: list[list[TableCell]] = []
    lines = draw(st.integers(0, 3))
    for _ in range(lines):
        heads = draw(st.lists(st.sampled_from(HEADINGS), min_size=width, max_size=width))
        rows.append([TableCell(head) for head in heads])
    for _ in range(draw(st.integers(0, 6))):
        texts = draw(st.lists(st.sampled_from(CONTENTS), min_size=width, max_size=width))
        rows.append([TableCell(text) for text in texts])
    for _ in range(draw(st.integers(0, 3))):
        if not rows:
            break
        _merge(draw, rows)
    for row in rows:
        for column, cell in enumerate(row):
            if cell.text and draw(st.integers(0, 9)) == 0:
                row[column] = TableCell(
                    "", spans=cell.spans, unseen=f"ẨN {cell.text}", unseen_reason="hidden_row"
                )
    return rows


def _merge(draw: st.DrawFn, rows: list[list[TableCell]]) -> None:
    """Merge a cell with the one on its right or with the one below."""
    at = draw(st.integers(0, len(rows) - 1))
    column = draw(st.integers(0, len(rows[at]) - 1))
    cell = rows[at][column]
    if cell.spans > 1 or cell.merged:
        return
    if draw(st.booleans()) and column + 1 < len(rows[at]) and not rows[at][column + 1].merged:
        after = rows[at].pop(column + 1)
        rows[at][column] = over(cell.text, 1 + after.spans, cell.row_spans)
    elif at + 1 < len(rows) and column < len(rows[at + 1]) and len(rows[at]) == len(rows[at + 1]):
        rows[at][column] = over(cell.text, 1, 2)
        rows[at + 1][column] = BELOW


def list_shown(document: Document) -> set[str]:
    """Return the texts of all cells that are shown."""
    return {
        " ".join(cell.text.split())
        for block in document.blocks
        if isinstance(block, TableBlock)
        for row in block.rows
        for cell in row.cells
        if cell.text
    }


@given(st.lists(grids(), min_size=1, max_size=3))
def test_every_cell_is_accounted_for_and_every_value_is_shown(
    tables: list[list[list[TableCell]]],
) -> None:
    document = make_document(*tables)
    read = extract_document(document)
    assert read.balance.exact
    shown = list_shown(document)
    for project in read.projects:
        for value in project.values:
            words = " ".join(value.raw.split())
            assert "ẨN" not in words
            assert any(words in text or text in words for text in shown)
    assert all("ẨN" not in row.name for row in read.projects)
