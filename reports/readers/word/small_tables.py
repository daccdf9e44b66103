"""Small tables in a cell: lists of what the cell says, written as lines of its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.readers.word.pieces import RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROWS: Final = 10
_COLUMNS: Final = 4
_PAIR: Final = 2
_NUMBER_HEADS: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "s tt", "no"})
_ITEM_HEAD: Final = re.compile(
    r"\b(?:danh muc|ten (?:du an|cong trinh)|tong muc dau tu|dia diem|chu dau tu)\b"
)
_VALUE_START: Final = re.compile(r"\s*[-+<>≥≤~]?\s*\d|.*%")


def is_item_head(texts: Iterable[str]) -> bool:
    """Return True if a line of cells is the heading of a table of items."""
    folded = [_fold_head(text) for text in texts]
    return any(text in _NUMBER_HEADS or _ITEM_HEAD.search(text) for text in folded)


def _fold_head(text: str) -> str:
    return fold_text(text).strip(" .\n")


def is_small(table: RawTable, columns: int) -> bool:
    """Return True if a table in a cell is a list of what the cell says, not a table of items.

    ``columns`` is how many cells the row around it has: in a row of many, a numbered list is only
    a list too; where there are one or two, they may just lay the page out.
    """
    width = sum(cell.spans for cell in table.rows[0]) if table.rows else 0
    if not 1 <= width <= _COLUMNS or len(table.rows) > _ROWS:
        return False
    if any(isinstance(inner, RawTable) for _, _, inner in table.inside):
        return False
    if any("%" in cell.text for row in table.rows for cell in row):
        return False  # figures of parts: whose they are is asked about, with the table as it is
    head = [fold_text(cell.text) for cell in table.rows[0]]
    if columns > _PAIR:
        return not any(_ITEM_HEAD.search(text) for text in head)
    return not is_item_head(head)


def write_small_table(table: RawTable) -> list[str]:
    """Return the rows of a small table as lines: “Phần cầu: đạt 45%”.

    Of more than two columns with headings, each value has its heading before it.
    """
    rows = _join_numbers(_fill_merged(table))
    heads = rows[0] if len(rows) > 1 and len(rows[0]) > _PAIR and _is_head(rows[0]) else []
    return [_write_row(row, heads) for row in (rows[1:] if heads else rows)]


def _join_numbers(rows: list[list[str]]) -> list[list[str]]:
    """Return rows whose first column is a running number with the number before the next cell."""
    numbered = rows and len(rows[0]) > _PAIR and _fold_head(rows[0][0]) in _NUMBER_HEADS
    if not numbered:
        return rows
    head, *others = rows
    joined = [[f"{row[0].rstrip('.')}. {row[1]}" if row[0] else row[1], *row[2:]] for row in others]
    return [head[1:], *joined]


def _write_row(row: list[str], heads: list[str]) -> str:
    first, *others = row
    if heads:
        pairs = zip(heads[1:], others, strict=False)
        values = [f"{head} {value}".strip() for head, value in pairs if value]
    else:
        values = [value for value in others if value]
    if not (first and values):
        return first or ", ".join(values)
    return f"{first.rstrip(': ')}: {', '.join(values)}"


def _fill_merged(table: RawTable) -> list[list[str]]:
    """Return the texts of a table; a cell over several rows gives its text to each of them."""
    rows: list[list[str]] = []
    for row in table.rows:
        texts: list[str] = []
        for cell in row:
            at = len(texts)
            above = rows[-1][at] if cell.merged and rows and at < len(rows[-1]) else ""
            text = " ".join((above or cell.text).split())
            texts += [text] + [""] * (cell.spans - 1)
        rows.append(texts)
    return rows


def _is_head(row: list[str]) -> bool:
    return all(row[1:]) and not any(_VALUE_START.match(text) for text in row[1:])
