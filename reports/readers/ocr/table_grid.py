"""Tables in a picture by their ruling lines: straightening, finding lines, cells, rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from pdfplumber.table import (
    Table,
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)

from reports.readers.ocr.ruling_lines import find_broken_lines, find_solid_lines
from reports.readers.pdf.tables.unruled import find_unruled_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.text_layout import PageWord

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_DARK: Final = 0.7
"""Of the paper's brightness: below it a pixel is ink."""
_FAINT: Final = 0.86
_RUN_ACROSS: Final = 110
_RUN_DOWN: Final = 60
"""Lengths in pixels at 300 dots per inch above which a run of ink is no letter."""
_TOLERANCE: Final = 9
_FEWEST_CELLS: Final = 2
_POINTS: Final = 72 / 300
"""For a pixel."""
_LONG_RULE: Final = 600
_FEWEST_LINES: Final = 3
_NEAR_LINE: Final = 6
_FRAME: Final = 45
"""A line so near to where others end is the table's own side."""
_REACH: Final = 4
_COARSE: Final = 1.3
_SPECKS: Final = 1.5


@dataclass(frozen=True)
class TableGrid:
    """A table's box and its rows: per column a cell's box (``None`` below one that reaches down).

    Each entry comes with the number of columns that it covers.
    """

    box: Box
    rows: tuple[tuple[tuple[Box | None, int], ...], ...]

    @property
    def boxes(self) -> list[Box]:
        """Return the boxes of all cells."""
        return [box for row in self.rows for box, _ in row if box is not None]


def binarise_picture(picture: np.ndarray) -> np.ndarray:
    """Return where a picture is dark against its paper."""
    paper = np.percentile(picture[::8, ::8], 90)
    return np.asarray(picture < _DARK * paper)


def _binarise_faint(picture: np.ndarray) -> np.ndarray:
    """Return where a picture is a little darker than its paper: thin lines are pale in a scan."""
    paper = np.percentile(picture[::8, ::8], 90)
    return np.asarray(picture < _FAINT * paper)


def find_ruling(picture: np.ndarray) -> tuple[list[TableGrid], list[Box]]:
    """Return the ruled tables of a straight page from top to bottom, and all ruling lines.

    Rules across without a line down make no table.
    """
    # Pale lines are seen among what is faint, lines under a watermark among what is dark.
    masks = (_binarise_faint(picture), binarise_picture(picture))
    across = [run for mask in masks for run in find_solid_lines(mask, _RUN_ACROSS)]
    down = [run for mask in masks for run in find_solid_lines(mask.T, _RUN_DOWN)]
    across.extend(find_broken_lines(_take_lines_off(masks[1], down, sideways=True)))
    down.extend(find_broken_lines(_take_lines_off(masks[1], across, sideways=False).T))
    if not down:
        long = [line for line in across if line[2] - line[1] >= _LONG_RULE]
        return [], [(begin, at, end, at) for at, begin, end in long]
    if not across:
        return [], []
    drawn = _merge_lines(across, down)
    across = [(e["top"], e["x0"], e["x1"]) for e in drawn if e["orientation"] == "h"]
    down = [(e["x0"], e["top"], e["bottom"]) for e in drawn if e["orientation"] == "v"]
    tops, sides = _close_open_sides(down, across), _close_open_sides(across, down)
    merged = _merge_lines([*across, *tops], [*down, *sides]) if tops or sides else drawn
    crossings = edges_to_intersections(merged, 2 * _TOLERANCE, 2 * _TOLERANCE)
    groups = cells_to_tables(intersections_to_cells(crossings))
    no_page: Any = None  # the table's geometry needs none
    tables = [Table(no_page, group) for group in groups if len(group) >= _FEWEST_CELLS]
    lines = [_round_box((e["x0"], e["top"], e["x1"], e["bottom"])) for e in drawn]
    grids = [TableGrid(_round_box(table.bbox), _build_rows(table)) for table in tables]
    # Bands between rules without columns are read by their words.
    grids = [grid for grid in grids if any(len(row) > 1 for row in grid.rows)]
    return sorted(grids, key=lambda grid: grid.box[1]), lines


def _merge_lines(
    across: Sequence[tuple[int, int, int]], down: Sequence[tuple[int, int, int]]
) -> list[dict[str, Any]]:
    edges = [_make_edge(x0, y, x1, y) for y, x0, x1 in across]
    edges += [_make_edge(x, y0, x, y1) for x, y0, y1 in down]
    return merge_edges(
        edges,
        snap_x_tolerance=_TOLERANCE,
        snap_y_tolerance=_TOLERANCE,
        join_x_tolerance=3 * _TOLERANCE,
        join_y_tolerance=3 * _TOLERANCE,
    )


def _take_lines_off(
    dark: np.ndarray, lines: Sequence[tuple[int, int, int]], *, sideways: bool
) -> np.ndarray:
    """Return a page without its lines of one direction, so that those across stand alone."""
    bare = dark.copy()
    turned = bare.T if sideways else bare
    for place, begin, end in lines:
        turned[max(0, place - _NEAR_LINE) : place + _NEAR_LINE + 1, begin:end] = False
    return bare


def _close_open_sides(
    lines: Sequence[tuple[int, int, int]], others: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Return the sides of tables without a frame: where lines end together and none goes on.

    ``lines`` run one way and ``others`` the other; each is (place, from, to).
    """
    sides: list[tuple[int, int, int]] = []
    for end in (1, 2):
        groups: list[list[tuple[int, int, int]]] = []
        for line in sorted(lines, key=lambda line: line[end]):
            if groups and line[end] - groups[-1][-1][end] <= _TOLERANCE:
                groups[-1].append(line)
            else:
                groups.append([line])
        for group in groups:
            at = round(sum(line[end] for line in group) / len(group))
            first, last = min(line[0] for line in group), max(line[0] for line in group)
            crossed = [other for other in others if other[1] <= last and other[2] >= first]
            framed = any(abs(other[0] - at) <= _FRAME for other in crossed)
            goes_on = any(
                line[1] < at - _FRAME and line[2] > at + _FRAME
                for line in lines
                if first <= line[0] <= last
            )
            if len(group) >= _FEWEST_LINES and last > first and not framed and not goes_on:
                inside = [o for o in crossed if group[0][1] < o[0] < group[0][2]]
                if inside:
                    sides.append((at, min(o[1] for o in inside), max(o[2] for o in inside)))
    return sides


def find_unruled_grid(words: Sequence[PageWord], lines: Sequence[Box] = ()) -> TableGrid | None:
    """Return the table without upright lines among the words of a page, told by its headings."""
    points = [_scale_word(word, _POINTS) for word in words]
    rules = [top * _POINTS for left, top, right, bottom in lines if right - left > bottom - top]
    found = find_unruled_table(points, sorted(rules))
    if found is None:
        return None
    grid = found[0]
    places = {(cell.left, cell.top): cell for cell in grid.cells}
    rows: list[tuple[tuple[Box | None, int], ...]] = []
    for top in range(len(grid.ys) - 1):
        cells: list[tuple[Box | None, int]] = []
        column = 0
        while column < len(grid.xs) - 1:
            cell = places.get((column, top))
            spans = cell.right - cell.left if cell else 1
            box = _round_box([side / _POINTS for side in grid.find_box(cell)]) if cell else None
            cells.append((box, spans))
            column += spans
        rows.append(tuple(cells))
    return TableGrid(_round_box([side / _POINTS for side in grid.box]), tuple(rows))


def _scale_word(word: PageWord, scale: float) -> PageWord:
    return replace(
        word,
        x0=word.x0 * scale,
        x1=word.x1 * scale,
        top=word.top * scale,
        bottom=word.bottom * scale,
        size=word.size * scale,
    )


def erase_lines(picture: np.ndarray, lines: Sequence[Box], enlarged: float = 1.0) -> np.ndarray:
    """Return the picture with its ruling lines painted over.

    ``enlarged`` is its pixels for one of the scan's: specks beside the lines are as large.
    """
    if not lines:
        return picture
    result = picture.copy()
    paper = int(np.percentile(picture[::8, ::8], 90))
    dark = binarise_picture(picture)
    reach = _REACH + (round(_SPECKS * enlarged) if enlarged >= _COARSE else 0)
    for left, top, right, bottom in lines:
        if right - left >= bottom - top:
            _paint_over_line(
                result, dark, slice(max(0, top - reach), bottom + reach + 1), left, right, paper
            )
        else:
            _paint_over_line(
                result.T, dark.T, slice(max(0, left - reach), right + reach + 1), top, bottom, paper
            )
    return result


def _paint_over_line(  # noqa: PLR0917 - one place, called twice
    picture: np.ndarray, dark: np.ndarray, across: slice, begin: int, end: int, paper: int
) -> None:
    """Paint a line over where it is no thicker than a line: letters that touch it stay."""
    begin, end = max(0, begin - 6), end + 7
    thick = dark[across, begin:end].sum(axis=0)
    inked = thick[thick > 0]
    if not inked.size:
        return
    usual = np.median(inked) + 2
    picture[across, begin:end][:, thick <= usual] = paper


def _build_rows(table: Table) -> tuple[tuple[tuple[Box | None, int], ...], ...]:
    edges = sorted({cell[0] for cell in table.cells})
    rows: list[tuple[tuple[Box | None, int], ...]] = []
    for row in table.rows:
        cells: list[tuple[Box | None, int]] = []
        covered = float("-inf")
        for edge, cell in zip(edges, row.cells, strict=True):
            if cell is not None:
                spans = sum(1 for other in edges if cell[0] <= other < cell[2] - _TOLERANCE)
                covered = cell[2]
                cells.append((_round_box(cell), max(1, spans)))
            elif edge >= covered - _TOLERANCE:
                cells.append((None, 1))
        rows.append(tuple(cells))
    return tuple(rows)


def _make_edge(x0: int, top: int, x1: int, bottom: int) -> dict[str, Any]:
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if top == bottom else "v",
        "object_type": "line",
    }


def _round_box(box: Sequence[float]) -> Box:
    left, top, right, bottom = (round(value) for value in box)
    return left, top, right, bottom
