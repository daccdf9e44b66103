"""Rows of a table that no line parts: by running numbers, by lines and by the gaps between."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from reports.readers.pdf.tables.ruled import GridCell, TableGrid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.readers.text_layout import PageWord

_MARK: Final = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVXLC]{1,6}(?:\.\d{1,2})?|[A-Z])[.):/]?"
)
_NUMBER: Final = re.compile(r"\(?(\d{1,3})[.):/]?")
_CLEAR: Final = 1.25
"""How much wider the gap between rows is than those between the lines of one."""
_SAME_LINE: Final = 0.5


@dataclass(frozen=True, slots=True)
class WordLine:
    """The words of one line of a page, from the left."""

    words: tuple[PageWord, ...]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Return the size of its type."""
        return median(word.size for word in self.words)


def group_word_lines(words: Iterable[PageWord]) -> list[WordLine]:
    """Return the words as lines from above; a line is what stands at one height."""
    rows: list[list[PageWord]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        last = rows[-1][0] if rows else None
        height = word.bottom - word.top
        if last is not None and abs(word.middle - last.middle) < _SAME_LINE * min(
            height, last.bottom - last.top
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [
        WordLine(
            tuple(sorted(row, key=lambda word: word.x0)),
            min(word.top for word in row),
            max(word.bottom for word in row),
        )
        for row in rows
    ]


def find_marks(words: Iterable[PageWord], right: float) -> list[PageWord]:
    """Return the running numbers and group marks that stand alone left of ``right``."""
    marks: list[PageWord] = []
    for line in group_word_lines(words):
        own = [word for word in line.words if (word.x0 + word.x1) / 2 < right]
        if len(own) == 1 and _MARK.fullmatch(own[0].text):
            marks.append(own[0])
    return marks


def read_number(text: str) -> int | None:
    """Return a running number; ``None`` for anything else."""
    number = _NUMBER.fullmatch(text)
    return int(number[1]) if number else None


def cut_rows(
    words: Sequence[PageWord], marks: Sequence[PageWord], rules: Sequence[float]
) -> list[float]:
    """Return the heights between the rows that the marks begin, one fewer than marks.

    ``rules`` are the heights of lines across the table: where one stands between two marks it
    parts their rows; elsewhere the widest gap does.
    """
    lines = group_word_lines(words)
    first = marks[0].middle if marks else 0.0
    above = any(line.bottom < first - 0.3 * (line.bottom - line.top) for line in lines)
    return [_cut_between(before, after, lines, rules, above) for before, after in pairwise(marks)]


def split_bands(grid: TableGrid, words: Sequence[PageWord]) -> TableGrid:
    """Return a table with those of its rows parted that hold several running numbers."""
    cuts: dict[int, list[float]] = {}
    for row in range(len(grid.ys) - 1):
        top, bottom = grid.ys[row], grid.ys[row + 1]
        band = [w for w in words if top < w.middle < bottom and grid.xs[0] < w.x0 < grid.xs[-1]]
        marks = find_marks(band, grid.xs[1])
        if len(marks) > 1 and _follow_one_another(marks) and _holds_only(band, marks, grid.xs[1]):
            cuts[row] = cut_rows(band, marks, ())
    if not cuts:
        return grid
    ys = [*grid.ys, *(cut for band in cuts.values() for cut in band)]
    moved = [row + sum(len(cuts[r]) for r in cuts if r < row) for row in range(len(grid.ys))]
    cells: list[GridCell] = []
    for cell in grid.cells:
        top, bottom = moved[cell.top], moved[cell.bottom]
        if cell.bottom == cell.top + 1 and cell.top in cuts:
            cells.extend(replace(cell, top=y, bottom=y + 1) for y in range(top, bottom))
        else:
            cells.append(replace(cell, top=top, bottom=bottom))
    cells.sort(key=lambda cell: (cell.top, cell.left))
    return TableGrid(grid.xs, tuple(sorted(ys)), tuple(cells))


def _follow_one_another(marks: Sequence[PageWord]) -> bool:
    numbers = [read_number(mark.text) for mark in marks]
    return all(a is not None and b == a + 1 for a, b in pairwise(numbers))


def _holds_only(band: Sequence[PageWord], marks: Sequence[PageWord], right: float) -> bool:
    """Return True if the first column has nothing but running numbers."""
    return sum((word.x0 + word.x1) / 2 < right for word in band) == len(marks)


def _cut_between(
    before: PageWord,
    after: PageWord,
    lines: Sequence[WordLine],
    rules: Sequence[float],
    above: bool,
) -> float:
    ruled = [rule for rule in rules if before.middle < rule < after.middle]
    if ruled:
        return ruled[-1]
    between = [line for line in lines if before.middle - 1 < line.middle < after.middle + 1]
    gaps: list[tuple[float, float]] = []
    low = between[0].bottom if between else before.bottom
    for line in between[1:]:
        gaps.append((line.top - low, (line.top + low) / 2))
        low = max(low, line.bottom)
    if not gaps:
        return (before.middle + after.middle) / 2
    gaps.sort(reverse=True)
    usual = before.size
    if len(gaps) == 1 or gaps[0][0] > max(_CLEAR * gaps[1][0], gaps[1][0] + 0.15 * usual):
        return gaps[0][1]
    if above:  # numbers stand in the middle of their rows
        return (before.middle + after.middle) / 2
    return after.top - min(1.0, 0.1 * usual)
