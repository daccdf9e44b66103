"""Columns of a table that no line parts: known headings, and the gaps between words below them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from reports.readers.text_layout import join_cell_text
from reports.tables.grid.headings import find_column_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.readers.pdf.tables.text_rows import WordLine

CLOSE: Final = 0.9
"""Of the size of type: lines closer together may be one row."""
_FEWEST_HEADINGS: Final = 3
_HEADING_LINES: Final = 4
_APART: Final = 0.55
"""Of the size of type: words farther apart stand in different columns."""
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
            clusters = cluster_words(block)
            texts = [join_between(block, *cluster) for cluster in clusters]
            keys = {find_column_key(text) for text in texts} - {""}
            if len(keys) > most:
                best, most = (first, count, clusters), len(keys)
        if best is not None and first > best[0] + _HEADING_LINES:
            break
    return best


def _is_parted(block: Sequence[WordLine]) -> bool:
    return any(b.top - a.bottom > 1.5 * CLOSE * a.size for a, b in pairwise(block))


def cluster_words(block: Sequence[WordLine]) -> list[tuple[float, float]]:
    """Return how far the groups of words reach that stand over one another or side by side."""
    words = sorted((word for line in block for word in line.words), key=lambda word: word.x0)
    clusters: list[tuple[float, float]] = []
    for word in words:
        if clusters and word.x0 - clusters[-1][1] < _APART * word.size:
            clusters[-1] = (clusters[-1][0], max(clusters[-1][1], word.x1))
        else:
            clusters.append((word.x0, word.x1))
    return clusters


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
        for x0, x1 in cluster_words([line]):
            counts[int((x0 - left) / _STEP) : int((x1 - left) / _STEP) + 1] += 1
    sides = [left]
    for before, after in pairwise(clusters):
        start = int(((before[0] + before[1]) / 2 - left) / _STEP)
        stop = int(((after[0] + after[1]) / 2 - left) / _STEP) + 1
        sides.append(left + _STEP * (start + _find_valley(counts[start:stop])))
    return (*sides, right)


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
