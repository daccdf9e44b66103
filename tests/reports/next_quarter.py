"""A made-up report of the third quarter: the real list of key projects with planted changes.

``PLANTED`` says of each what the next quarter tells otherwise. Only with the shared reports at
hand.
"""

from __future__ import annotations

import io
from typing import Final

import docx

from tests.reports.appendix import COLUMNS, Rows, one_table

NAME, AMOUNT, PLACE, PLANNED, ACTUAL, NOTE = 1, 2, 3, 4, 5, 8
TITLE: Final = (
    "BÁO CÁO",
    "kết quả thực hiện các nhiệm vụ quý III năm 2026",
    "PHỤ LỤC IV",
    "TIẾN ĐỘ THỰC HIỆN MỘT SỐ CÔNG TRÌNH TRỌNG ĐIỂM QUÝ III NĂM 2026",
)
RENAMED: Final = "Nhà máy điện rác Seraphin Hải Dương (đốt rác phát điện)"
NEW: Final = "Dự án đầu tư xây dựng cầu Bến Rừng 2"
GONE: Final = "9"
_CHANGED: Final = (
    ("2", ACTUAL, "77", "92"),
    ("15", PLANNED, "16", "40"),
    ("22", PLANNED, "90", "97"),
    ("23", PLANNED, "22", "35"),
    ("30", PLANNED, "36", "50"),
    ("2", NOTE, "Quý III/2026", "Quý IV/2026"),
    ("16", NAME, "Dự án Nhà máy xử lý rác thải Seraphin Hải Dương", RENAMED),
    ("14", PLACE, "Phường Lê Thanh Nghị", "Phường Hải Dương"),
    ("24", AMOUNT, "1,228,240", "12,282,400"),
    ("21", AMOUNT, "1,296,200", "1.296,200"),
    ("29", PLACE, "Khúc Thừa Dụ", "Khúc Thửa Dụ"),
    ("15", PLACE, "Thạch Khôi", "Thạch Khoi"),
)
"""Number of the project, column, the words of the first quarter and those of the third."""


def write_next_quarter() -> bytes:
    """Return the report of the third quarter as Word writes it."""
    rows = _plant(one_table())
    document = docx.Document()
    for line in TITLE:
        document.add_paragraph(line)
    table = document.add_table(len(rows), COLUMNS)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.rows[number].cells[column].text = text
    for column in range(COLUMNS):
        if column != PLANNED:  # the one heading with a second line
            table.cell(0, column).merge(table.cell(1, column))
            table.cell(0, column).text = rows[0][column]
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _plant(table: Rows) -> Rows:
    """Return the table of the next quarter."""
    rows = [list(row) for row in table]
    for row in rows[:2]:
        row[:] = [text.replace("Quý I", "Quý III") for text in row]
    by_number = {row[0]: row for row in rows}
    for number, column, before, after in _CHANGED:
        row = by_number[number]
        assert before in row[column], (number, before)
        row[column] = row[column].replace(before, after)
    rows.remove(by_number[GONE])
    new = ["32", NEW, "1,900,000", "Phường Thủy Nguyên", "Chuẩn bị đầu tư", "Đang lập dự án",
           "Hoàn thành", "-", "Khởi công Quý IV/2026"]  # fmt: skip
    rows.insert(rows.index(by_number["31"]) + 1, new)
    return rows
