"""Tables by their ruling lines, as a grid of columns and rows and the cells that lie on it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

from reports.readers.pdf.drawing.content import Box
from reports.readers.pdf.tables.edges import Edge, close_sides, to_pdfplumber
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOUCH: Final = 3.0
_SAME: Final = 2.0
_THIN: Final = 5.0
"""A band thinner than this without a word is the space of a double line."""
_MAX_EDGES: Final = 20_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and where it lies on the grid: the first column and row, those after the last."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class TableGrid:
    """The upright and the horizontal lines of a table, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """Return the place of the whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def find_box(self, cell: GridCell) -> Box:
        """Return the place of a cell."""
        return Box(self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom])


def find_ruled_tables(
    edges: Sequence[Edge], middles: Sequence[tuple[float, float]], page: int
) -> list[TableGrid]:
    """Return the tables that lines make, from top to bottom; a frame around a text is none.

    ``middles`` are those of the page's words. Raises ``FileRefusedError`` for too many lines.
    """
    if len(edges) > _MAX_EDGES:
        raise FileRefusedError("page_too_full", page=page)
    lines = [to_pdfplumber(edge) for edge in close_sides(edges, middles)]
    crossings = edges_to_intersections(lines, x_tolerance=_TOUCH, y_tolerance=_TOUCH)
    tables = cells_to_tables(intersections_to_cells(crossings))
    grids = [_make_grid([Box(*cell) for cell in cells], middles) for cells in tables]
    return sorted(
        (grid for grid in grids if len(grid.cells) > 1), key=lambda grid: (grid.ys[0], grid.xs[0])
    )


def _make_grid(boxes: Sequence[Box], middles: Sequence[tuple[float, float]]) -> TableGrid:
    xs = _merge_sides(side for box in boxes for side in (box.x0, box.x1))
    ys = _merge_sides(side for box in boxes for side in (box.top, box.bottom))
    inside = [(x, y) for x, y in middles if xs[0] < x < xs[-1] and ys[0] < y < ys[-1]]
    xs = _drop_thin(xs, sorted(x for x, _ in inside))
    ys = _drop_thin(ys, sorted(y for _, y in inside))
    cells: dict[tuple[int, int], GridCell] = {}
    for box in boxes:
        cell = GridCell(
            _find_side(xs, box.x0),
            _find_side(ys, box.top),
            _find_side(xs, box.x1),
            _find_side(ys, box.bottom),
        )
        if cell.right > cell.left and cell.bottom > cell.top:
            cells.setdefault((cell.top, cell.left), cell)
    return TableGrid(xs, ys, tuple(cells[place] for place in sorted(cells)))


def _merge_sides(sides: Iterable[float]) -> tuple[float, ...]:
    merged: list[float] = []
    for side in sorted(sides):
        if not merged or side - merged[-1] > _SAME:
            merged.append(side)
    return tuple(merged)


def _drop_thin(sides: tuple[float, ...], middles: Sequence[float]) -> tuple[float, ...]:
    """Return the lines without the second one of each double line."""
    kept = [sides[0]]
    for side in sides[1:]:
        thin = side - kept[-1] < _THIN
        if thin and bisect_right(middles, side) == bisect_right(middles, kept[-1]):
            continue
        kept.append(side)
    return tuple(kept)


def _find_side(sides: Sequence[float], at: float) -> int:
    after = bisect_right(sides, at)
    near = range(max(0, after - 1), min(len(sides), after + 1))
    return min(near, key=lambda index: abs(sides[index] - at))
