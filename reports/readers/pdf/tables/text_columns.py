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
_HEADING_LINES: Final = 4
_APART: Final = 0.55
"""Of the size of type: words farther apart stand in different columns."""
_SPACE: Final = 0.15
_STEP: Final = 0.5


def find_heading(
    lines: Sequence[WordLine],
) -> tuple[int, int, list[tuple[float, float]]] | None:
    """Return where a heading stands: its first line, how many lines, how far its parts reach.

    ``None`` where fewer than three known headings stand side by side.
    """
    best: tuple[int, int, list[tuple[float, float]]] | None = None
    most = _FEWEST_HEADINGS - 1
    for first, line in enumerate(lines):
        if len(cluster_words([line])) < _FEWEST_HEADINGS:
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
                if len(keys) > most:
                    best, most = (first, count, clusters), len(keys)
        if best is not None and first > best[0] + _HEADING_LINES:
            break
    return _extend_upward(lines, *best) if best is not None else None


def _extend_upward(
    lines: Sequence[WordLine], first: int, count: int, clusters: list[tuple[float, float]]
) -> tuple[int, int, list[tuple[float, float]]]:
    """Return the heading with the lines right above it that belong to one of its parts each."""
    while first > 0 and count < 2 * _HEADING_LINES:
        line = lines[first - 1]
        if lines[first].top - line.bottom > 0.5 * line.size:
            break
        if not all(
            sum(min(x1, right) > max(x0, left) for left, right in clusters) == 1
            for x0, x1 in cluster_words([line])
        ):
            break
        first, count = first - 1, count + 1
    return first, count, clusters


def _is_parted(block: Sequence[WordLine]) -> bool:
    return any(b.top - a.bottom > 1.5 * CLOSE * a.size for a, b in pairwise(block))


def cluster_words(
    block: Sequence[WordLine], *, by_string: bool = False
) -> list[tuple[float, float]]:
    """Return how far the groups of words reach that stand over one another or side by side.

    ``by_string`` parts words as well that the page draws apart with a space between them.
    """
    words = sorted((word for line in block for word in line.words), key=lambda word: word.x0)
    clusters: list[tuple[float, float]] = []
    last_run = 0
    for word in words:
        first_run, run = _find_runs(word)
        gap = word.x0 - clusters[-1][1] if clusters else 0.0
        near = _SPACE if by_string and first_run != last_run else _APART
        if clusters and gap < near * word.size:
            clusters[-1] = (clusters[-1][0], max(clusters[-1][1], word.x1))
        else:
            clusters.append((word.x0, word.x1))
        last_run = run
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
    for line in lines:
        for x0, x1 in join_drawn(line):
            counts[int((x0 - left) / _STEP) : int((x1 - left) / _STEP) + 1] += 1
    sides = [left]
    for before, after in pairwise(clusters):
        start = int(((before[0] + before[1]) / 2 - left) / _STEP)
        stop = int(((after[0] + after[1]) / 2 - left) / _STEP) + 1
        sides.append(left + _STEP * (start + _find_valley(counts[start:stop])))
    return (*sides, right)


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
