"""Tables in a picture by their ruling lines: straightening, finding lines, cells, rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from pdfplumber.table import (
    Table,
    cells_to_tables,
    edges_to_intersections,
    intersections_to_cells,
    merge_edges,
)
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_DARK: Final = 0.7
"""Of the paper's brightness: below it a pixel is ink."""
_FAINT: Final = 0.86
_RUN_ACROSS: Final = 110
_RUN_DOWN: Final = 60
"""Lengths in pixels at 300 dots per inch above which a run of ink is no letter."""
_FULL: Final = 0.96
_TOLERANCE: Final = 9
_FEWEST_CELLS: Final = 2
_SAMPLE: Final = 60_000
_MAX_ANGLE: Final = 3.0
_STEP: Final = 0.1
_STRAIGHT: Final = 0.15
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
    lines: tuple[Box, ...]

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


def deskew_picture(picture: np.ndarray) -> np.ndarray:
    """Return the picture turned so that its lines of text run level (up to 3 degrees)."""
    angle = _measure_slant(binarise_picture(picture))
    if abs(angle) < _STRAIGHT:
        return picture
    turned = Image.fromarray(picture).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned)


def find_grids(picture: np.ndarray) -> list[TableGrid]:
    """Return the ruled tables of a straight page from top to bottom."""
    # Pale lines are seen among what is faint, lines under a watermark among what is dark.
    masks = (_binarise_faint(picture), binarise_picture(picture))
    across = [run for mask in masks for run in _find_runs(mask, _RUN_ACROSS)]
    down = [run for mask in masks for run in _find_runs(mask.T, _RUN_DOWN)]
    edges = [_make_edge(x0, y, x1, y) for y, x0, x1 in across]
    edges += [_make_edge(x, y0, x, y1) for x, y0, y1 in down]
    if not across or not down:
        return []
    merged = merge_edges(
        edges,
        snap_x_tolerance=_TOLERANCE,
        snap_y_tolerance=_TOLERANCE,
        join_x_tolerance=3 * _TOLERANCE,
        join_y_tolerance=3 * _TOLERANCE,
    )
    crossings = edges_to_intersections(merged, 2 * _TOLERANCE, 2 * _TOLERANCE)
    groups = cells_to_tables(intersections_to_cells(crossings))
    no_page: Any = None  # the table's geometry needs none
    tables = [Table(no_page, group) for group in groups if len(group) >= _FEWEST_CELLS]
    lines = tuple(_round_box((e["x0"], e["top"], e["x1"], e["bottom"])) for e in merged)
    grids = [TableGrid(_round_box(table.bbox), _build_rows(table), lines) for table in tables]
    return sorted(grids, key=lambda grid: grid.box[1])


def erase_lines(
    picture: np.ndarray, grids: Sequence[TableGrid], enlarged: float = 1.0
) -> np.ndarray:
    """Return the picture with the ruling lines of its tables painted over.

    ``enlarged`` is its pixels for one of the scan's: specks beside the lines are as large.
    """
    if not grids:
        return picture
    result = picture.copy()
    paper = int(np.percentile(picture[::8, ::8], 90))
    dark = binarise_picture(picture)
    reach = _REACH + (round(_SPECKS * enlarged) if enlarged >= _COARSE else 0)
    for left, top, right, bottom in grids[0].lines:
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
    usual = np.median(thick) + 2
    picture[across, begin:end][:, thick <= usual] = paper


def _find_runs(dark: np.ndarray, length: int) -> list[tuple[int, int, int]]:
    """Return the straight lines along the rows as (row, from, to), thick ones once."""
    height, width = dark.shape
    if width <= length or not height:
        return []
    near = dark.copy()
    near[1:] |= dark[:-1]
    sums = np.zeros((height, width + 1), dtype=np.int32)
    np.cumsum(near, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) >= _FULL * length
    lines: list[list[int]] = []
    open_lines: list[list[int]] = []
    for row in np.flatnonzero(full.any(axis=1)):
        padded = np.concatenate(([0], full[row].astype(np.int8), [0]))
        change = np.flatnonzero(np.diff(padded))
        now: list[list[int]] = []
        for begin, end in zip(change[::2], change[1::2] + length - 1, strict=True):
            for line in open_lines:
                if row - line[3] <= 2 and begin <= line[2] and end >= line[1]:  # noqa: PLR2004
                    line[1], line[2] = min(line[1], int(begin)), max(line[2], int(end))
                    line[3] = int(row)
                    break
            else:
                line = [int(row), int(begin), int(end), int(row)]
                lines.append(line)
                now.append(line)
        open_lines = [line for line in open_lines if row - line[3] <= 2] + now  # noqa: PLR2004
    return [
        ((first + last) // 2, begin, end)
        for first, begin, end, last in lines
        if last - first < _TOLERANCE * 2
    ]


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


def _measure_slant(dark: np.ndarray) -> float:
    """Return by how many degrees the page's lines fall to the right."""
    ys, xs = np.nonzero(dark[::2, ::2])
    if len(ys) < 100:  # noqa: PLR2004 - an empty page
        return 0.0
    if len(ys) > _SAMPLE:
        chosen = np.random.default_rng(0).choice(len(ys), _SAMPLE, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    best, score = 0.0, -1.0
    for angle in np.arange(-_MAX_ANGLE, _MAX_ANGLE + _STEP / 2, _STEP):
        level = (ys - xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(level - level.min()).astype(np.float64)
        value = float((counts**2).sum())
        if value > score * (1 + 1e-9):
            best, score = float(angle), value
    return best


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
