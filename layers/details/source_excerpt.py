"""A document's own words round a place, with the words that a value was read from marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.document import Block, Document, SourcePlace

AROUND: Final = 4
_GAP: Final = re.compile(r"\s*(?:\[…\]|…)\s*")
_SHORTEST: Final = 2


@dataclass(frozen=True)
class ExcerptRun:
    """A run of words, ``marked`` when a value was read from it."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class ExcerptLine:
    """One paragraph or table row: its line in the document, its cells as pieces.

    A paragraph has one cell. ``inside`` says that the place asked for covers the line.
    """

    number: int
    cells: tuple[tuple[ExcerptRun, ...], ...]
    inside: bool


def extract_excerpt(
    document: Document,
    line_from: int,
    line_to: int,
    raw: str,
    *,
    around: int = AROUND,
    after: int | None = None,
) -> tuple[ExcerptLine, ...]:
    """Return the lines ``line_from`` to ``line_to`` of a document with ``around`` lines beside.

    ``after`` is how many stand behind them, where they are not as many as before.

    ``raw`` is marked where it stands within these lines; words left out of it are written ``[…]``.
    """
    wanted = [part for part in _GAP.split(raw.strip()) if len(part) >= _SHORTEST]
    last = max(line_to, line_from)
    end = last + (around if after is None else after)
    lines = []
    for place, texts in _iterate_lines(document):
        if place.line_to < line_from - around or place.line_from > end:
            continue
        inside = place.line_from <= last and place.line_to >= line_from
        cells = tuple(_mark_runs(text, wanted if inside else []) for text in texts)
        lines.append(ExcerptLine(place.line_from, cells, inside))
    return tuple(lines)


def _iterate_lines(document: Document) -> Iterator[tuple[SourcePlace, tuple[str, ...]]]:
    for block in document.blocks:
        yield from _iterate_block_lines(block)


def _iterate_block_lines(block: Block) -> Iterator[tuple[SourcePlace, tuple[str, ...]]]:
    if isinstance(block, Paragraph):
        mark = f"{block.footnote} " if block.footnote else ""
        yield block.place, (mark + block.text,)
        return
    for row in block.rows:
        yield row.place, tuple(cell.text for cell in row.cells)


def _mark_runs(text: str, wanted: list[str]) -> tuple[ExcerptRun, ...]:
    """Return a text cut into pieces, every stretch that one of the wanted runs covers marked."""
    spans = sorted(span for part in wanted for span in _find_spans(text, part))
    pieces: list[ExcerptRun] = []
    position = 0
    for start, end in spans:
        if end <= position:
            continue
        if start > position:
            pieces.append(ExcerptRun(text[position:start]))
        pieces.append(ExcerptRun(text[max(start, position) : end], marked=True))
        position = end
    if position < len(text):
        pieces.append(ExcerptRun(text[position:]))
    return tuple(pieces)


def _find_spans(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Yield where a run of words stands, whatever the white space between them."""
    words = [re.escape(word) for word in part.split()]
    for match in re.finditer(r"\s+".join(words), text):
        yield match.span()
