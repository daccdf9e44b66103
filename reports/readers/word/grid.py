"""The grid of a Word table: where its cells stand, which cover several rows, where columns end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reports.model.document import TableCell
from reports.readers.word.pieces import list_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import UnseenReason
    from reports.readers.word.pieces import Piece

_APART: Final = 227
"""In twentieths of a point (4 mm): edges nearer than this are one edge drawn by hand."""


@dataclass
class GridCell:
    """A cell while its table is read; ``column`` counts from 0, ``merge`` is ``w:vMerge``."""

    column: int
    spans: int = 1
    text: str = ""
    unseen: str = ""
    reason: UnseenReason = ""
    inside: list[Piece] = field(default_factory=list)
    merge: str = ""
    row_spans: int = 1
    merged: bool = False

    def hide(self, reason: UnseenReason) -> None:
        """Take all that the cell holds as not shown."""
        texts = [self.text, self.unseen]
        texts += [text for piece in self.inside for text in list_texts(piece, unseen=True)]
        self.text, self.unseen, self.inside = "", "\n".join(filter(None, texts)), []
        self.reason = reason if self.unseen.strip() else ""

    def take_hidden(self, other: GridCell) -> None:
        """Take over what a cell that is covered by this one holds."""
        other.hide("hidden_text")
        self.unseen = "\n".join(filter(None, (self.unseen, other.unseen)))
        self.reason = self.reason or other.reason

    def finish(self) -> TableCell:
        """Return the cell as the rest of the program knows it."""
        return TableCell(
            self.text,
            spans=self.spans,
            row_spans=self.row_spans,
            merged=self.merged,
            unseen=self.unseen,
            unseen_reason=self.reason,
        )


def fill_rows(grid: Sequence[list[GridCell]]) -> int:
    """Give every row the width of the widest; return that width."""
    width = max((sum(cell.spans for cell in row) for row in grid), default=0)
    for row in grid:
        used = sum(cell.spans for cell in row)
        row += [GridCell(column) for column in range(used, width)]
    return width


def join_edges(grid: Sequence[Sequence[GridCell]], widths: Sequence[int]) -> None:
    """Take edges of columns that nearly meet as one; ``widths`` are the grid's, from Word.

    Whoever drags the edge of some rows by a hair makes a column of a hair's width, and the cells
    of other rows then stand one column further on. Nothing is done where a cell would vanish.
    """
    numbers = _number_edges(widths)
    ends = [(cell.column, cell.column + cell.spans) for row in grid for cell in row]
    if any(last >= len(numbers) or numbers[first] == numbers[last] for first, last in ends):
        return
    for row in grid:
        for cell in row:
            last = numbers[cell.column + cell.spans]
            cell.column = numbers[cell.column]
            cell.spans = last - cell.column


def join_merged(grid: Sequence[Sequence[GridCell]]) -> None:
    """Give each cell over several rows its height, and mark the places that it covers."""
    above: dict[int, GridCell] = {}
    for row in grid:
        opened: dict[int, GridCell] = {}
        for cell in row:
            origin = above.get(cell.column) if cell.merge == "continue" else None
            if origin is not None:
                origin.row_spans += 1
                cell.hide(cell.reason or "hidden_text")
                cell.merged = True
            if cell.merge:
                opened[cell.column] = origin or cell
        above = opened


def turn_row(row: Sequence[GridCell], width: int) -> list[GridCell]:
    """Return a row that is written from right to left as it is seen from left to right."""
    for cell in row:
        cell.column = width - cell.column - cell.spans
    return list(reversed(row))


def _number_edges(widths: Sequence[int]) -> list[int]:
    """Return for each edge of the grid the number of the edge that it is taken for."""
    numbers = [0]
    position = first = 0
    for width in widths:
        position += width
        if position - first >= _APART:
            numbers.append(numbers[-1] + 1)
            first = position
        else:
            numbers.append(numbers[-1])
    return numbers
