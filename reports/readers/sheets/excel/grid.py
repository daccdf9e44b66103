"""From the cells of a sheet to the rows of a table: what is hidden, merged areas, empty edges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reports.model.document import TableCell
from reports.readers.sheets.excel.cell_texts import ShownText

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.model.document import UnseenReason
    from reports.readers.sheets.excel.worksheet import Area, Budget, Worksheet
    from reports.readers.sheets.layout import Rows

_EMPTY: Final = TableCell("")
_NOTHING: Final = ShownText("")


def build_rows(sheet: Worksheet, budget: Budget, *, hidden: bool = False) -> tuple[Rows, list[int]]:
    """Return the sheet's rows that hold anything, with their numbers on the sheet.

    Columns without content are left out at the edges, and are one column between others.
    ``hidden`` is for a sheet that is not shown at all. Raises ``FileRefusedError`` for a grid
    beyond the limits.
    """
    grid = _Grid(sheet, budget, hidden=hidden)
    return [grid.build_row(i) for i in range(len(grid.rows))], grid.rows


def _list_rows(sheet: Worksheet) -> list[int]:
    """Return the rows with content, and those where an area that begins in a hidden one is seen."""
    seen = {
        row
        for area in sheet.areas
        if area.top in sheet.hidden_rows and area.left in sheet.cells.get(area.top, {})
        for row in (_find_first(range(area.top, area.bottom + 1), sheet.hidden_rows.__contains__),)
        if row
    }
    return sorted(seen.union(sheet.cells))


def _list_columns(sheet: Worksheet) -> list[int]:
    filled = {column for cells in sheet.cells.values() for column in cells}
    for area in sheet.areas:
        if area.left in sheet.cells.get(area.top, {}) and sheet.hides_column(area.left):
            filled.add(
                _find_first(range(area.left, area.right + 1), sheet.hides_column) or area.left
            )
    columns: list[int] = []
    for column in sorted(filled):
        if columns and column - columns[-1] > 1:
            columns.append(columns[-1] + 1)
        columns.append(column)
    return columns


def _find_first(places: range, hides: Callable[[int], bool]) -> int:
    """Return the first place of an area that is not hidden, 0 where all are."""
    return next((place for place in places if not hides(place)), 0)


class _Grid:
    """The rows and columns of a sheet that are kept, and what covers them."""

    def __init__(self, sheet: Worksheet, budget: Budget, *, hidden: bool) -> None:
        self.sheet = sheet
        self.hidden = hidden
        self.rows = _list_rows(sheet)
        self.columns = _list_columns(sheet)
        filled = sum(map(len, sheet.cells.values()))
        budget.spend(len(self.rows) * len(self.columns) - filled)
        self.hidden_columns = {c for c in self.columns if sheet.hides_column(c)}
        self.covering: dict[tuple[int, int], TableCell] = {}
        self._taken: set[tuple[int, int]] = set()
        for area in sheet.areas:
            rows = range(bisect_left(self.rows, area.top), bisect_right(self.rows, area.bottom))
            columns = range(
                bisect_left(self.columns, area.left), bisect_right(self.columns, area.right)
            )
            budget.spend(len(rows) * len(columns))
            places = [(i, j) for i in rows for j in columns]
            if places and self._taken.isdisjoint(places):
                self._taken.update(places)
                self._cover(area, rows, columns)

    def build_row(self, i: int) -> tuple[TableCell, ...]:
        """Return the cells of a kept row."""
        cells: list[TableCell] = []
        j = 0
        while j < len(self.columns):
            cell = self.covering.get((i, j)) or self._make_cell(i, j)
            cells.append(cell)
            j += cell.spans
        return tuple(cells)

    def _make_cell(self, i: int, j: int) -> TableCell:
        shown = self.sheet.cells.get(self.rows[i], {}).get(self.columns[j])
        if shown is None:
            return _EMPTY
        why = self._find_reason(i, j)
        if why:
            return TableCell("", unseen=shown.text or shown.unseen, unseen_reason=why)
        return TableCell(shown.text, unseen=shown.unseen, unseen_reason=shown.reason)

    def _find_reason(self, i: int, j: int) -> UnseenReason:
        if self.hidden:
            return "hidden_sheet"
        if self.rows[i] in self.sheet.hidden_rows:
            return "hidden_row"
        return "hidden_column" if self.columns[j] in self.hidden_columns else ""

    def _cover(self, area: Area, rows: range, columns: range) -> None:
        """Lay a merged area over the grid, from its first row and column that are shown."""
        shown_rows = [i for i in rows if self.rows[i] not in self.sheet.hidden_rows]
        shown_columns = [j for j in columns if self.columns[j] not in self.hidden_columns]
        seen = bool(shown_rows and shown_columns)
        top = shown_rows[0] if seen else rows[0]
        start = shown_columns[0] if seen else columns[0]
        anchor = self.sheet.cells.get(area.top, {}).get(area.left, _NOTHING)
        for i in rows:
            under = [text for text in self._list_covered(i, columns, area) if text != anchor.text]
            unseen = " ".join(under)
            reason: UnseenReason = "hidden_text" if unseen else ""
            cell = TableCell("", spans=columns.stop - start, unseen=unseen, unseen_reason=reason)
            if i == top:
                cell = replace(self._make_anchor(anchor, cell, i, start), row_spans=rows.stop - top)
            elif i > top:
                cell = replace(cell, merged=True)
            self.covering[i, start] = cell
            if start > columns.start:
                self.covering[i, columns.start] = TableCell("", spans=start - columns.start)

    def _make_anchor(self, anchor: ShownText, cell: TableCell, i: int, j: int) -> TableCell:
        """Return the cell that shows what its area holds."""
        why = self._find_reason(i, j)
        text = "" if why else anchor.text
        own = anchor.text or anchor.unseen if why else anchor.unseen
        unseen = " ".join(filter(None, (own, cell.unseen)))
        reason = (why or anchor.reason) if own else cell.unseen_reason
        return replace(cell, text=text, unseen=unseen, unseen_reason=reason)

    def _list_covered(self, i: int, columns: range, area: Area) -> list[str]:
        """Return what a row holds under an area, which only the area's first cell shows."""
        row = self.rows[i]
        cells = self.sheet.cells.get(row, {})
        numbers = (self.columns[j] for j in columns)
        return [
            cells[number].text or cells[number].unseen
            for number in numbers
            if number in cells and (row, number) != (area.top, area.left)
        ]
