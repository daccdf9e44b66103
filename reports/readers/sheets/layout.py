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
    top = find_heading_row([[cell.text for cell in row] for row in rows])
    if top is None:
        texts = (sum(1 for cell in row if cell.text.strip()) for row in rows)
        top = next((index for index, count in enumerate(texts) if count > 1), 0)
    above = (" ".join(filter(None, (cell.text.strip() for cell in row))) for row in rows[:top])
    return (*(Paragraph(text) for text in above), make_table(rows[top:]))
