"""Tables as they are drawn in text: frames, bars, columns under each other, tabs."""

from __future__ import annotations

import random

import pytest

from reports.model.document import Paragraph, ReadLimits, TableBlock
from reports.model.errors import ReportLimitError
from reports.readers.text import read_text

FRAMED = """\
+-----+-----------+-------+
| STT | Tên dự án | Vốn   |
+-----+-----------+-------+
| 1   | Cầu       | 1.200 |
|     | Bến Sứ    |       |
| 2   | Kè        | 5     |
+-----+-----------+-------+
"""
BOXED = """\
┌─────┬──────────────────┐
│ STT │ Kết quả          │
│     ├──────────┬───────┤
│     │ Quý I    │ Quý II│
├─────┼──────────┼───────┤
│ 1   │ đạt 5%   │ 45%   │
├─────┼──────────┼───────┤
│ 2   │ chưa     │ 6%    │
│     │ bàn giao │       │
└─────┴──────────┴───────┘
"""
ALIGNED = """\
STT   Danh mục dự án            Tổng mức đầu tư   Địa điểm
---   --------------            ---------------   --------
1     Cầu Bến Sứ                        234.539   Phường Đồ Sơn
2     Đường Hoa Lau                   1.198.916   Phường Thạch Khôi
      giai đoạn 2
3     Kè sông Rế                                  Xã Kiến Hải
"""
LETTERHEAD = """\
ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
THÀNH PHỐ HẢI PHÒNG             Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND               Hải Phòng, ngày 3 tháng 7 năm 2026
"""


def cells(text: str) -> list[list[str]]:
    tables = [
        block for block in read_text(text.encode(), "a").blocks if isinstance(block, TableBlock)
    ]
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_a_frame_of_signs() -> None:
    """A line without a number goes on with the row above; rules are no rows."""
    document = read_text(f"Trước\n{FRAMED}Sau\n".encode(), "a")
    first, table, last = document.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert isinstance(table, TableBlock)
    assert cells(FRAMED) == [
        ["STT", "Tên dự án", "Vốn"],
        ["1", "Cầu Bến Sứ", "1.200"],
        ["2", "Kè", "5"],
    ]
    assert (table.rows[1].place.line_from, table.rows[1].place.line_to) == (5, 6)


def test_a_frame_of_box_signs_with_a_heading_over_two_columns() -> None:
    (table,) = read_text(BOXED.encode(), "a").blocks
    assert isinstance(table, TableBlock)
    assert [(cell.text, cell.spans) for cell in table.rows[0].cells] == [("STT", 1), ("Kết quả", 2)]
    assert cells(BOXED)[1:] == [
        ["", "Quý I", "Quý II"],
        ["1", "đạt 5%", "45%"],
        ["2", "chưa bàn giao", "6%"],
    ]


def test_columns_under_each_other() -> None:
    assert cells(ALIGNED) == [
        ["STT", "Danh mục dự án", "Tổng mức đầu tư", "Địa điểm"],
        ["1", "Cầu Bến Sứ", "234.539", "Phường Đồ Sơn"],
        ["2", "Đường Hoa Lau", "1.198.916", "Phường Thạch Khôi"],
        ["", "giai đoạn 2", "", ""],
        ["3", "Kè sông Rế", "", "Xã Kiến Hải"],
    ]


def test_a_letterhead_is_no_table() -> None:
    (paragraph,) = read_text(LETTERHEAD.encode(), "a").blocks
    assert isinstance(paragraph, Paragraph)


def test_bars_without_outer_ones() -> None:
    text = "STT | Tên | Vốn\n--- | --- | ---\n1 | Cầu | 5\n2 | Kè | 6\n\nHết"
    assert cells(text) == [["STT", "Tên", "Vốn"], ["1", "Cầu", "5"], ["2", "Kè", "6"]]


def test_rows_without_their_last_tabs() -> None:
    """A group's line that a short row stands before is no part of that row."""
    text = "STT\tTên\tVốn\tNơi\n1\tCầu\t1,2\n2\tKè\nII. Nhóm B\n3\tĐê\t5\tKiến\n"
    assert cells(text) == [
        ["STT", "Tên", "Vốn", "Nơi"],
        ["1", "Cầu", "1,2"],
        ["2", "Kè"],
        ["3", "Đê", "5", "Kiến"],
    ]


def test_many_rows_with_tabs_are_one_table() -> None:
    text = "STT\tTên\tVốn\n" + "".join(f"{n}\tCầu số {n}\t{n}\n" for n in range(1, 20_001))
    (table,) = read_text(text.encode(), "a").blocks
    assert isinstance(table, TableBlock)
    assert len(table.rows) == 20_001


@pytest.mark.parametrize("line", ["a\tb\txyz\n", "| a | b |\n", "a  b  c\n"])
def test_too_many_cells_are_refused(line: str) -> None:
    with pytest.raises(ReportLimitError, match="60 ô"):
        read_text((line * 50).encode(), "a", limits=ReadLimits(max_cells=60))


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(ReportLimitError, match="dòng dài 600 ký tự"):
        read_text(("đường " * 100).encode(), "a", limits=ReadLimits(max_line_length=500))


def test_random_tables_come_back_however_they_are_drawn() -> None:
    chosen = random.Random(7)  # noqa: S311
    words = ["cầu", "kè", "đê", "trường", "5", "12,5", "1.200", "xã", "(mới)", "m²"]
    for _ in range(30):
        width = chosen.randint(3, 6)
        rows = [
            [
                str(i),
                *(" ".join(chosen.choices(words, k=chosen.randint(1, 3))) for _ in range(width)),
            ]
            for i in range(1, chosen.randint(5, 9))
        ]
        lengths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        padded = [[c.ljust(n) for c, n in zip(row, lengths, strict=True)] for row in rows]
        rule = "+" + "+".join("-" * (n + 2) for n in lengths) + "+"
        framed = [rule, *(line for row in padded for line in (f"| {' | '.join(row)} |", rule))]
        drawn = {
            "tabs": "\n".join("\t".join(row) for row in rows),
            "bars": "\n".join(f"| {' | '.join(row)} |" for row in rows),
            "frame": "\n".join(framed),
            "blanks": "\n".join("   ".join(row) for row in padded),
        }
        for kind, text in drawn.items():
            assert cells(text) == rows, kind
