"""Which column of which table a cell belongs to: tables may stand below and beside one another."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import TableBlock, TableCell
    from reports.model.extraction import ColumnFate, ColumnUse


class ColumnLookup:
    """Columns by the first line that they hold something in; ``enter`` says which table is read.

    A table without columns of its own is the next page's part of the one before, if as wide.
    """

    def __init__(self, columns: Sequence[ColumnUse]) -> None:
        groups: list[list[ColumnUse]] = []
        for column in columns:
            last = groups[-1][-1] if groups else None
            if last is None or last.table != column.table or column.column <= last.column:
                groups.append([])
            groups[-1].append(column)
        found = [(min(column.place.line_from for column in group), group) for group in groups]
        found.sort(key=lambda pair: pair[0])
        self._starts = [start for start, _ in found]
        self._groups = [{column.column: column for column in group} for _, group in found]
        self._by_line = {column.place.line_from: column.fate for column in columns}
        self._width = 0

    def enter(self, table: TableBlock) -> None:
        """Say which table the cells asked for next belong to."""
        cells = (cell for row in table.rows for cell in row.cells)
        self._width = max((cell.place.column + cell.spans - 1 for cell in cells), default=0)

    def find(self, cell: TableCell) -> ColumnUse | None:
        """Return the cell's column; ``None`` where nothing is known of it."""
        at = bisect_right(self._starts, cell.place.line_from) - 1
        if at < 0:
            return None
        columns = self._groups[at]
        first = next(iter(columns.values()))
        if first.table != cell.place.table and max(columns) > self._width:
            return None
        own = range(cell.place.column, cell.place.column + cell.spans)
        return next((columns[number] for number in own if number in columns), None)

    def find_by_line(self, cell: TableCell) -> ColumnFate | None:
        """Return the fate of a cell of a turned table, whose columns are its lines."""
        return self._by_line.get(cell.place.line_from)
