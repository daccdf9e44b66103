"""Tables as a person lays them out, before any format: cells over several places, hidden parts.

``leave_out_hidden`` makes of a table what a format that can't hide anything is given: what is
shown of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Cell:
    """A cell as it is to be seen; ``struck`` are words before its text that are crossed out.

    ``number`` and ``form`` are what a workbook stores in its place and how it shows it.
    """

    text: str = ""
    columns: int = 1
    rows: int = 1
    struck: str = ""
    number: float | None = None
    form: str = "General"


@dataclass(frozen=True)
class WrittenTable:
    """Rows of one width; ``None`` is a place that a cell above or on the left covers."""

    rows: tuple[tuple[Cell | None, ...], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.rows[0])

    def iterate_cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Yield row, column and cell, both from 0."""
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    yield number, column, cell


Block = str | WrittenTable
"""A paragraph or a table."""


def make_table(rows: Sequence[Sequence[str | Cell | None]]) -> WrittenTable:
    """Return a table of texts and cells; the places that a cell covers must be ``None``."""
    return WrittenTable(
        tuple(tuple(Cell(c) if isinstance(c, str) else c for c in row) for row in rows)
    )


def leave_out_hidden(table: WrittenTable, *, columns_only: bool = False) -> WrittenTable:
    """Return what is seen of a table: no hidden rows and columns; nothing struck out stays either.

    With ``columns_only`` hidden rows and struck-out words stay, for Word has those.
    """
    gone = frozenset() if columns_only else table.hidden_rows
    rows: list[list[Cell | None]] = [[None] * table.width for _ in table.rows]
    for row, column, cell in table.iterate_cells():
        down = [r for r in range(row, row + cell.rows) if r not in gone]
        across = [c for c in range(column, column + cell.columns) if c not in table.hidden_columns]
        if down and across:
            struck = cell.struck if columns_only else ""
            rows[down[0]][across[0]] = replace(
                cell, rows=len(down), columns=len(across), struck=struck
            )
    kept = [c for c in range(table.width) if c not in table.hidden_columns]
    return WrittenTable(
        tuple(tuple(row[c] for c in kept) for r, row in enumerate(rows) if r not in gone),
        table.hidden_rows - gone,
    )


def list_shown(blocks: Sequence[Block]) -> list[str]:
    """Return the texts of all cells that are seen, but for numbers, which a workbook shows."""
    return [
        cell.text
        for block in blocks
        if isinstance(block, WrittenTable)
        for _, _, cell in leave_out_hidden(block).iterate_cells()
        if cell.text and cell.number is None
    ]
