"""Columns of a table that no line parts: known headings, and the gaps between words below them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from reports.readers.pdf.words import DrawnWord
from reports.readers.text_layout import join_cell_text
from reports.tables.grid.headings import find_column_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.pdf.tables.text_rows import WordLine
    from reports.readers.text_layout import PageWord

CLOSE: Final = 0.9
"""Of the size of type: lines closer together may be one row."""
_FEWEST_HEADINGS: Final = 3
_FEWEST_PARTS: Final = 2
_HEADING_LINES: Final = 6
_APART: Final = 0.55
"""Of the size of type: words farther apart stand in different columns."""
_ALIGNED: Final = 1.5
_FEWEST_ALIGNED: Final = 3
_MOST: Final = 0.6
_SPACE: Final = 0.15
_STEP: Final = 0.5


def find_heading(
    lines: Sequence[WordLine],
) -> tuple[int, int, list[tuple[float, float]]] | None:
    """Return where a heading stands: its first line, how many lines, how far its parts reach.

    ``None`` where fewer than three known headings stand side by side.
    """
    best: tuple[int, int, list[tuple[float, float]]] | None = None
    most = _FEWEST_HEADINGS - 0.5
    for first, line in enumerate(lines):
        if len(cluster_words([line])) < _FEWEST_PARTS:
            if best is not None:
                break
            continue
        for count in range(1, _HEADING_LINES + 1):
            block = lines[first : first + count]
            if len(block) < count or _is_parted(block):
                break
            for by_string in (False, True):
                clusters = cluster_words(block, by_string=by_string)
                texts = [join_between(block, *cluster) for cluster in clusters]
                keys = {find_column_key(text) for text in texts} - {""}
                known = len(keys) + (0.5 if "no" in keys else 0)  # numbers tell rows apart
                if known > most:
                    best, most = (first, count, clusters), known
        if best is not None and first > best[0] + _HEADING_LINES:
            break
    return _extend_upward(lines, *best) if best is not None else None


def _extend_upward(
    lines: Sequence[WordLine], first: int, count: int, clusters: list[tuple[float, float]]
) -> tuple[int, int, list[tuple[float, float]]]:
    """Return the heading with the lines right above it that belong to one of its parts each."""
    while first > 0 and count < _HEADING_LINES + 3:
        line = lines[first - 1]
        if lines[first].top - line.bottom > 0.5 * line.size:
            break
        for x0, x1 in cluster_words([line]):
            met = sum(min(x1, right) > max(x0, left) for left, right in clusters)
            if met == 0 and find_column_key(join_between([line], x0, x1)):
                clusters = sorted([*clusters, (x0, x1)])  # a heading over others, set higher
            elif met != 1:
                return first, count, clusters
        first, count = first - 1, count + 1
    return first, count, clusters


def take_in_lower(
    clusters: Sequence[tuple[float, float]], head: Sequence[WordLine], late: Sequence[WordLine]
) -> list[tuple[float, float]]:
    """Return how far headings reach with those below them that stand beside no other one."""
    taken: list[tuple[float, float]] = []
    for left, right in cluster_words([*head, *late]):
        own = any(left < (x0 + x1) / 2 < right for x0, x1 in clusters)
        if own or not taken:
            taken.append((left, right))
        else:
            taken[-1] = (taken[-1][0], right)
    return taken if len(taken) == len(clusters) else list(clusters)


def _is_parted(block: Sequence[WordLine]) -> bool:
    return any(b.top - a.bottom > 1.5 * CLOSE * a.size for a, b in pairwise(block))


def cluster_words(
    block: Sequence[WordLine], *, by_string: bool = False
) -> list[tuple[float, float]]:
    """Return how far the groups of words reach that stand over one another or side by side.

    ``by_string`` parts words as well that the page draws apart with a space between them.
    """
    near = _SPACE if by_string else _APART
    pieces = sorted(
        (x0, x1, line.size)
        for line in block
        for x0, x1 in (join_drawn(line) if by_string else [(w.x0, w.x1) for w in line.words])
    )
    clusters: list[tuple[float, float]] = []
    for x0, x1, size in pieces:
        if clusters and x0 - clusters[-1][1] < near * size:
            clusters[-1] = (clusters[-1][0], max(clusters[-1][1], x1))
        else:
            clusters.append((x0, x1))
    return clusters


def _find_runs(word: PageWord) -> tuple[int, int]:
    return (word.first_run, word.last_run) if isinstance(word, DrawnWord) else (0, 0)


def join_between(block: Sequence[WordLine], left: float, right: float) -> str:
    """Return the text of the words that begin between two sides."""
    return join_cell_text(
        [word for line in block for word in line.words if left <= word.x0 <= right]
    )


def place_columns(
    lines: Sequence[WordLine], clusters: Sequence[tuple[float, float]]
) -> tuple[float, ...]:
    """Return the sides of the columns: between two headings where the fewest words stand."""
    words = [word for line in lines for word in line.words]
    left = min(word.x0 for word in words) - 2
    right = max(word.x1 for word in words) + 2
    counts = np.zeros(int((right - left) / _STEP) + 2, dtype=np.int32)
    begins: list[float] = []
    for line in lines:
        for x0, x1 in join_drawn(line):
            begins.append(x0)
            counts[int((x0 - left) / _STEP) : int((x1 - left) / _STEP) + 1] += 1
    sides = [left]
    for before, after in pairwise(clusters):
        start = int(((before[0] + before[1]) / 2 - left) / _STEP)
        stop = int(((after[0] + after[1]) / 2 - left) / _STEP) + 1
        edge = int((after[0] - _ALIGNED - left) / _STEP)
        aligned = sum(abs(x0 - after[0]) < _ALIGNED for x0 in begins) > _FEWEST_ALIGNED
        if aligned and start < edge < stop and counts[edge] == counts[start:stop].min():
            sides.append(left + _STEP * edge)  # what is set flush left begins at its heading
        else:
            sides.append(left + _STEP * (start + _find_valley(counts[start:stop])))
    return (*sides, right)


def split_columns(
    xs: Sequence[float], lines: Sequence[WordLine], head: Sequence[WordLine], rows: int
) -> list[tuple[float, ...]]:
    """Return the sides of each column, with those between the columns that lie under one heading.

    There are several where most rows have as many strings side by side, with nothing between.
    """
    found: list[tuple[float, ...]] = []
    for left, right in pairwise(xs):
        inside, heads = (
            [
                [part for part in join_drawn(line) if left <= part[0] and part[1] <= right]
                for line in block
            ]
            for block in (lines, head)
        )
        several = [parts for parts in inside if len(parts) > 1]
        count = min((len(parts) for parts in several), default=1)
        even = [parts for parts in several if len(parts) == count]
        if count == 1 or len(even) < max(2, _MOST * rows):
            found.append((left, right))
            continue
        even.extend(parts for parts in heads if len(parts) == count)
        sides: list[float] = []
        for index in range(count - 1):
            end = max(parts[index][1] for parts in even)
            start = min(parts[index + 1][0] for parts in even)
            if end < start:
                sides.append((end + start) / 2)
        crossed = any(x0 < side < x1 for parts in inside for x0, x1 in parts for side in sides)
        found.append((left, right) if crossed else (left, *sides, right))
    return found


def find_upper_end(head: Sequence[WordLine], parts: Sequence[tuple[float, ...]]) -> float | None:
    """Return where headings over several columns end and those of each begin.

    ``None`` where no heading has columns of its own below it.
    """
    upper: list[float] = []
    lower: list[float] = []
    for sides in parts:
        for line in head if len(sides) > 2 else ():  # noqa: PLR2004 - two sides are one column
            own = [part for part in join_drawn(line) if sides[0] <= part[0] <= sides[-1]]
            crossed = any(x0 < side < x1 for x0, x1 in own for side in sides[1:-1])
            columns = {sum(side < (x0 + x1) / 2 for side in sides) for x0, x1 in own}
            if len(columns) > 1 and not crossed:
                lower.append(line.top)
            elif own:
                upper.append(line.bottom)
    above = [bottom for bottom in upper if lower and bottom < min(lower) + 1]
    return (max(above) + min(lower)) / 2 if above else None


def join_drawn(line: WordLine) -> list[tuple[float, float]]:
    """Return how far the words of a line reach that the page draws in one string."""
    parts: list[tuple[float, float]] = []
    last_run = None
    for word in line.words:
        first_run, run = _find_runs(word)
        if parts and first_run == last_run and word.x0 - parts[-1][1] < _APART * word.size:
            parts[-1] = (parts[-1][0], word.x1)
        else:
            parts.append((word.x0, word.x1))
        last_run = run
    return parts


def _find_valley(counts: np.ndarray[tuple[int], np.dtype[np.int32]]) -> float:
    """Return the middle of the longest stretch of the lowest counts."""
    low = counts.min()
    best, length, begin = 0.0, 0, None
    for index, count in enumerate([*counts.tolist(), None]):
        if count == low:
            begin = index if begin is None else begin
        elif begin is not None:
            if index - begin > length:
                best, length = (begin + index) / 2, index - begin
            begin = None
    return best
