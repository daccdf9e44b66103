"""Where the tables of a sheet begin, and what stands above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph, TableCell
from reports.readers.raw_pages import make_table
from reports.tables.grid.headings import find_column_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Block

Rows = list[tuple[TableCell, ...]]
"""The rows of a sheet, each with its cells as shown."""

_HEADING_WITHIN: Final = 40
_HEADING_KEYS: Final = 3
_HEADING_LENGTH: Final = 120


def find_heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the row with a project table's headings, ``None`` for none."""
    for index, row in enumerate(rows[:_HEADING_WITHIN]):
        if len(row) <= _HEADING_KEYS or any(len(cell) > _HEADING_LENGTH for cell in row):
            continue
        keys = set(find_column_keys(row)) - {""}
        if len(keys) >= _HEADING_KEYS and "name" in keys:
            return index
    return None


def split_sheet(rows: Rows) -> tuple[Block, ...]:
    """Return what stands above the heading row as paragraphs, the rest as a table.

    Where no row has a project table's headings (they may stand down the first column), the lines
    of a single text at the beginning are taken for titles.
    """
    texts = [[cell.text for cell in row] for row in rows]
    if not any(any(row) for row in texts):  # a hidden sheet lies as if it were shown
        texts = [[cell.unseen for cell in row] for row in rows]
    top = find_heading_row(texts)
    if top is None:
        counts = (sum(1 for text in row if text.strip()) for row in texts)
        top = next((index for index, count in enumerate(counts) if count > 1), 0)
    return (*(_join_cells(row) for row in rows[:top]), make_table(rows[top:]))


def _join_cells(row: Sequence[TableCell]) -> Paragraph:
    """Return a row as a paragraph, with what it does not show."""
    return Paragraph(
        " ".join(filter(None, (cell.text.strip() for cell in row))),
        unseen=" ".join(filter(None, (cell.unseen.strip() for cell in row))),
        unseen_reason=next((cell.unseen_reason for cell in row if cell.unseen), ""),
    )
