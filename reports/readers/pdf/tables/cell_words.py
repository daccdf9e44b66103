"""Giving each word of a page to the cell of a table that most of it lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reports.model.document import TableCell
from reports.readers.pdf.words import make_words, read_turned
from reports.readers.raw_pages import make_table
from reports.readers.text_layout import join_cell_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import TableBlock, UnseenReason
    from reports.readers.pdf.drawing.content import Box, Glyph
    from reports.readers.pdf.tables.ruled import GridCell, TableGrid
    from reports.readers.pdf.words import GlyphWord

_REAL_GAP: Final = 0.04
"""Of the letters' size: within a word they stand closer."""
_NEAR: Final = 1.2
"""Of the letters' size: how far from a line a word may be parted."""
_FARTHER: Final = 0.03
_WHOLE: Final = 0.75


class CellPlan:
    """Finds the cell at a place."""

    def __init__(self, grid: TableGrid) -> None:
        self.grid = grid
        self._at: dict[tuple[int, int], GridCell] = {}
        for cell in grid.cells:
            for row in range(cell.top, cell.bottom):
                for column in range(cell.left, cell.right):
                    self._at.setdefault((row, column), cell)

    def find_cell(self, x: float, y: float) -> GridCell | None:
        """Return the cell that a place lies in; ``None`` where the table has a hole."""
        column = bisect_right(self.grid.xs, x) - 1
        row = bisect_right(self.grid.ys, y) - 1
        return self._at.get((row, column))


def fill_table(
    grid: TableGrid,
    words: Iterable[GlyphWord],
    turned: Iterable[Glyph],
    unseen: Iterable[Glyph],
) -> TableBlock:
    """Return the table with the words, letters on their side and unseen letters of its cells."""
    plan = CellPlan(grid)
    upright: defaultdict[GridCell, list[GlyphWord]] = defaultdict(list)
    for word in words:
        for cell, part in _give_word(word, plan):
            upright[cell].append(part)
    sideways = _give_glyphs(turned, plan)
    hidden = _give_glyphs(unseen, plan)
    texts: dict[GridCell, TableCell] = {}
    for cell in grid.cells:
        own = [part.word for part in upright[cell]]
        text = join_cell_text(own) if own else ""
        side = join_cell_text([part.word for part in read_turned(sideways[cell])])
        gone = hidden[cell]
        texts[cell] = TableCell(
            "\n".join(filter(None, (text, side))),
            spans=cell.right - cell.left,
            row_spans=cell.bottom - cell.top,
            unseen=join_unseen(gone),
            unseen_reason=find_reason(gone),
        )
    return make_table(tuple(_list_row(row, grid, texts, plan)) for row in range(len(grid.ys) - 1))


def join_unseen(glyphs: Sequence[Glyph]) -> str:
    """Return unseen letters as text, in the order in which the page draws slanted ones."""
    straight = [glyph for glyph in glyphs if glyph.turn == 0]
    slanted = "".join(glyph.text for glyph in glyphs if glyph.turn is None)
    parts = (
        join_cell_text([word.word for word in make_words(straight)]) if straight else "",
        join_cell_text([word.word for word in read_turned(glyphs)]),
        slanted.strip(),
    )
    return " ".join(filter(None, parts))


def find_reason(glyphs: Sequence[Glyph]) -> UnseenReason:
    """Return why most of the letters are not seen; '' for none."""
    reasons = [glyph.reason for glyph in glyphs]
    return max(dict.fromkeys(reasons), key=reasons.count) if reasons else ""


def _list_row(
    row: int, grid: TableGrid, texts: dict[GridCell, TableCell], plan: CellPlan
) -> Iterable[TableCell]:
    column = 0
    while column < len(grid.xs) - 1:
        x = (grid.xs[column] + grid.xs[column + 1]) / 2
        y = (grid.ys[row] + grid.ys[row + 1]) / 2
        cell = plan.find_cell(x, y)
        if cell is None or cell.left != column:
            yield TableCell("")
            column += 1
            continue
        spans = cell.right - cell.left
        yield texts[cell] if cell.top == row else TableCell("", spans=spans, merged=True)
        column = cell.right


def _give_glyphs(glyphs: Iterable[Glyph], plan: CellPlan) -> defaultdict[GridCell, list[Glyph]]:
    given: defaultdict[GridCell, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        cell = plan.find_cell(glyph.across, glyph.down)
        if cell is not None:
            given[cell].append(glyph)
    return given


def _give_word(word: GlyphWord, plan: CellPlan) -> Iterable[tuple[GridCell, GlyphWord]]:
    """Yield a word's cell, or its parts' cells where a real gap stands near a line."""
    box, y = word.word, word.word.middle
    parts = [word.glyphs]
    for line in plan.grid.xs:
        if box.x0 + 0.5 < line < box.x1 - 0.5 and _is_line_at(line, y, plan):
            parts = [piece for part in parts for piece in _split_at(part, line)]
    for part in parts:
        own = make_words(part) if len(parts) > 1 else [word]
        for piece in own:
            middle = (piece.word.x0 + piece.word.x1) / 2
            cell = plan.find_cell(middle, y)
            if cell is not None:
                yield cell, piece


def _is_line_at(line: float, y: float, plan: CellPlan) -> bool:
    return plan.find_cell(line - 0.1, y) is not plan.find_cell(line + 0.1, y)


def _split_at(glyphs: tuple[Glyph, ...], line: float) -> list[tuple[Glyph, ...]]:
    """Return the letters left and right of a line: parted at the widest gap near it.

    A letter may reach over the line: it stays with its word. Strings that the page draws apart
    are parted before those that it draws in one go, and most of all where other text is drawn
    in between.
    """
    if not glyphs[0].box.x0 < line < glyphs[-1].box.x1:
        return [glyphs]
    best, widest = 0, 0.0
    for index, (before, after) in enumerate(pairwise(glyphs), 1):
        size = after.size or 1.0
        distance = abs((before.box.x1 + after.box.x0) / 2 - line) / size
        if distance > _NEAR:
            continue
        gap = (after.box.x0 - before.box.x1) / size
        if after.run not in {before.run, before.run + 1}:
            gap += 1
        elif after.run != before.run:
            gap += _REAL_GAP
        if gap >= _REAL_GAP and gap - _FARTHER * distance > widest:
            best, widest = index, gap - _FARTHER * distance
    if best:
        return [glyphs[:best], glyphs[best:]]
    left = line - glyphs[0].box.x0
    if max(left, glyphs[-1].box.x1 - line) >= _WHOLE * (left + glyphs[-1].box.x1 - line):
        return [glyphs]
    cut = sum(glyph.across < line for glyph in glyphs)
    return [part for part in (glyphs[:cut], glyphs[cut:]) if part]


def is_within(x: float, y: float, box: Box) -> bool:
    """Return True for a place in a box."""
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom
