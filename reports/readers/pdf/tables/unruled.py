"""Tables without upright lines: columns by the gaps between words, under known headings."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from reports.readers.pdf.tables.ruled import GridCell, TableGrid
from reports.readers.pdf.tables.text_columns import (
    CLOSE,
    cluster_words,
    find_heading,
    find_upper_end,
    join_between,
    join_drawn,
    place_columns,
    split_columns,
    take_in_lower,
)
from reports.readers.pdf.tables.text_rows import (
    WordLine,
    cut_rows,
    find_marks,
    group_word_lines,
    read_number,
)
from reports.tables.grid.headings import find_column_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.text_layout import PageWord

_FEWEST_WORDS: Final = 6
_TOTALS: Final = ("tổng", "cộng")
_MAX_WORDS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table without lines, to be known again on the next page."""

    xs: tuple[float, ...]
    last: int


def find_unruled_table(
    words: Sequence[PageWord], rules: Sequence[float], before: Columns | None = None
) -> tuple[TableGrid, Columns] | None:
    """Return the table that stands among words, and its columns; ``None`` where there is none.

    ``rules`` are heights of lines across. ``before`` are the columns of a table at the end of the
    page before: rows that go on with its numbers are read by them.
    """
    if len(words) < _FEWEST_WORDS or len(words) > _MAX_WORDS:
        return None
    lines = group_word_lines(words)
    head = find_heading(lines)
    if head is not None:
        first, count, clusters = head
        return _read_under_heading(lines, first, count, clusters, rules)
    return _read_on(lines, before, rules) if before is not None else None


def _read_under_heading(
    lines: Sequence[WordLine],
    first: int,
    count: int,
    clusters: list[tuple[float, float]],
    rules: Sequence[float],
) -> tuple[TableGrid, Columns] | None:
    head, below = lines[first : first + count], lines[first + count :]
    right = (clusters[0][1] + clusters[1][0]) / 2
    numbered = find_column_key(join_between(head, *clusters[0])) == "no"
    marks = find_marks([w for line in below for w in line.words], right) if numbered else []
    body = _end_table(below, marks, clusters)
    if not body:
        return None
    xs = place_columns([*head, *_list_parted(body, clusters)], clusters)
    words = [word for line in body for word in line.words]
    marks = find_marks(words, xs[1]) if numbered else _find_row_starts(body, xs)
    if not marks:
        return None
    # Lines between the known heading and the first row are the heading's own.
    start = _find_gap_above(marks[0], body, head[-1].bottom) if numbered else body[0].top
    late = [line for line in body if line.middle < start]
    body_lines = [line for line in body if line not in late]
    if late:
        clusters = take_in_lower(clusters, head, late)
        xs = place_columns([*head, *late, *_list_parted(body_lines, clusters)], clusters)
    split = (max(line.bottom for line in [*head, *late]) + min(x.top for x in body_lines)) / 2
    parts = split_columns(xs, _list_parted(body_lines, clusters), late, len(marks))
    level = find_upper_end([*head, *late], parts)
    if level is None:
        grid = _make_grid(xs, (head[0].top - 1, split), body_lines, marks, rules)
        return grid, Columns(xs, _find_last(marks))
    xs = tuple(sorted({side for sides in parts for side in sides}))
    grid = _make_grid(xs, (head[0].top - 1, level, split), body_lines, marks, rules)
    return _set_two_levels(grid, parts), Columns(xs, _find_last(marks))


def _set_two_levels(grid: TableGrid, parts: Sequence[tuple[float, ...]]) -> TableGrid:
    """Return the table with headings over several columns in the first of its two upper rows."""
    cells = [cell for cell in grid.cells if cell.top > 1]
    left = 0
    for sides in parts:
        right = left + len(sides) - 1
        if right == left + 1:
            cells.append(GridCell(left, 0, right, 2))
        else:
            cells.append(GridCell(left, 0, right, 1))
            cells.extend(GridCell(column, 1, column + 1, 2) for column in range(left, right))
        left = right
    cells.sort(key=lambda cell: (cell.top, cell.left))
    return TableGrid(grid.xs, grid.ys, tuple(cells))


def _read_on(
    lines: Sequence[WordLine], before: Columns, rules: Sequence[float]
) -> tuple[TableGrid, Columns] | None:
    """Return the rows that go on with the numbers of a table on the page before."""
    words = [word for line in lines for word in line.words]
    marks = find_marks(words, before.xs[1])
    numbers = [read_number(mark.text) for mark in marks]
    if before.last + 1 not in numbers:
        return None
    clusters = list(pairwise(before.xs))
    start = min(marks[0].top, marks[numbers.index(before.last + 1)].top) - 1
    rest = [line for line in lines if line.middle > start]
    body = _end_table(rest, marks, clusters)
    if not body:
        return None
    xs = (
        min(before.xs[0], *(line.words[0].x0 for line in body)),
        *before.xs[1:-1],
        max(before.xs[-1], *(line.words[-1].x1 for line in body)),
    )
    own = [mark for mark in marks if body[0].top - 1 < mark.middle < body[-1].bottom + 1]
    grid = _make_grid(xs, (body[0].top - 1,), body, own, rules)
    return grid, Columns(before.xs, _find_last(own))


def _find_last(marks: Sequence[PageWord]) -> int:
    return max((read_number(mark.text) or 0 for mark in marks), default=0)


def _end_table(
    lines: Sequence[WordLine], marks: Sequence[PageWord], clusters: Sequence[tuple[float, float]]
) -> list[WordLine]:
    """Return the lines that belong to the table: up to the end of its last row."""
    last = marks[-1].middle if marks else None
    body: list[WordLine] = []
    for line in lines:
        inside = last is not None and line.middle <= last + 1
        gap = line.top - body[-1].bottom if body else 0.0
        parts = cluster_words([line])
        fits = len(parts) > 1 and _lies_in_columns(parts, clusters)
        total = _is_total(line) and len(parts) > 1
        goes_on = gap < CLOSE * line.size and (
            fits or (len(parts) == 1 and _is_in_one(parts[0], clusters))
        )
        begins = last is None and fits
        if not (inside or goes_on or begins or total):
            break
        body.append(line)
    return body


def _lies_in_columns(
    parts: Sequence[tuple[float, float]], clusters: Sequence[tuple[float, float]]
) -> bool:
    """Return True if the parts of a line lie under headings, no more of them than there are."""
    met = {max(range(len(clusters)), key=lambda i: _overlap(part, clusters[i])) for part in parts}
    return len(parts) <= len(clusters) + 1 and len(met) > 1


def _is_in_one(part: tuple[float, float], clusters: Sequence[tuple[float, float]]) -> bool:
    return sum(_overlap(part, cluster) > 0 for cluster in clusters) <= 1


def _overlap(part: tuple[float, float], other: tuple[float, float]) -> float:
    return min(part[1], other[1]) - max(part[0], other[0])


def _list_parted(
    body: Sequence[WordLine], clusters: Sequence[tuple[float, float]]
) -> list[WordLine]:
    """Return the lines without those of titles that reach over several columns."""
    return [
        line
        for line in body
        if all(
            sum(_overlap(part, cluster) > 0 for cluster in clusters) <= 1
            for part in join_drawn(line)
        )
    ]


def _find_row_starts(body: Sequence[WordLine], xs: Sequence[float]) -> list[PageWord]:
    """Return the first word of each row where no numbers tell: at gaps, or with most cells."""
    starts: list[PageWord] = []
    gaps = [b.top - a.bottom for a, b in pairwise(body)]
    wide = min(gaps, default=0.0) + 0.35 * body[0].size
    uneven = any(gap > wide for gap in gaps)
    for index, line in enumerate(body):
        filled = {int(np.searchsorted(xs, (w.x0 + w.x1) / 2)) for w in line.words}
        begins = gaps[index - 1] > wide if uneven and index else 2 * len(filled) >= len(xs) - 1
        if not index or begins:
            starts.append(line.words[0])
    return starts


def _find_gap_above(mark: PageWord, body: Sequence[WordLine], head_end: float) -> float:
    """Return where the row of the first number begins, which may stand in its row's middle."""
    start = mark.top
    for line in reversed([line for line in body if line.bottom <= mark.middle]):
        if start - line.bottom > 0.5 * mark.size:
            return start
        start = line.top
    # With no gap at all the heading can't be told from the row: the number's line begins it.
    return start if start - head_end > 0.5 * mark.size else mark.top


def _make_grid(
    xs: tuple[float, ...],
    starts: Sequence[float],
    body: Sequence[WordLine],
    marks: Sequence[PageWord],
    rules: Sequence[float],
) -> TableGrid:
    words = [word for line in body for word in line.words]
    totals = [line.words[0] for line in body if _is_total(line)]
    own = [mark for mark in marks if all(abs(mark.middle - word.middle) > 1 for word in totals)]
    cuts = cut_rows(words, sorted([*own, *totals], key=lambda word: word.middle), rules)
    ys = sorted({*starts, *cuts, body[-1].bottom + 1})
    cells: list[GridCell] = []
    for row, (upper, lower) in enumerate(pairwise(ys)):
        column = 0
        reach = _find_reaches([w for w in words if upper < w.middle < lower], xs)
        while column < len(xs) - 1:
            end = max(column, reach.get(column, column)) + 1
            cells.append(GridCell(column, row, end, row + 1))
            column = end
    return TableGrid(xs, tuple(ys), tuple(cells))


def _is_total(line: WordLine) -> bool:
    """Return True if a line begins with the name of a sum: "Tổng cộng", "Cộng mục I"."""
    first = unicodedata.normalize("NFC", line.words[0].text).lower()
    return first in _TOTALS and len(join_drawn(line)) > 1


def _find_reaches(words: Sequence[PageWord], xs: Sequence[float]) -> dict[int, int]:
    """Return for columns in which a title begins the column in which it ends."""
    reaches: dict[int, int] = {}
    lines = group_word_lines(words)
    for line in lines:
        parts = [part for part in join_drawn(line) if part[0] > xs[1] - 1]
        alone = len(lines) == 1 and len(parts) == 1
        for x0, x1 in parts:
            first = int(np.searchsorted(xs, x0 + 1)) - 1
            last = int(np.searchsorted(xs, x1 - 1)) - 1
            crossed = any(
                word.x0 + 1 < side < word.x1 - 1 for word in line.words for side in xs[1:-1]
            )
            if last > first and (crossed or alone):
                reaches[first] = max(last, reaches.get(first, 0))
    return reaches
