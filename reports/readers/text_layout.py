"""Words on a page, put together to lines, lines to paragraphs; for PDF and for scans alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from reports.model.document import Paragraph
from reports.model.markup import SUPERSCRIPT, SUPERSCRIPTS
from reports.model.wrapped_text import join_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALL: Final = 0.8
"""A raised mark is at most this part of its line's size."""
_BULLET: Final = re.compile(r"(?:[-–+*•]|\(?\d{1,2}[.)]|[a-zđ][.)])(?:\s|$)")
_MARK: Final = re.compile(rf"([{SUPERSCRIPT}]{{1,3}})\s*")
_NUMBER_LINES: Final = re.compile(r"[\d.,\s]+")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*|\d+")
_PAGE_NUMBER: Final = re.compile(r"[-–—\s]*\d{1,4}[-–—\s]*")
_ENDS: Final = (".", ";", ":", "!", "?", "…", ")", "/")
_SHORT: Final = 0.12
_INDENT: Final = 0.8
_GAP: Final = 0.9
_FOOTNOTE_SIZE: Final = 0.4


@dataclass(frozen=True)
class PageWord:
    """A word and its box; lengths in points or pixels, downward. ``size`` is that of its type."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class TextLine:
    """A line of words, left to right."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    confidence: float

    @property
    def height(self) -> float:
        """Return its height."""
        return self.bottom - self.top


def group_lines(words: Sequence[PageWord]) -> list[TextLine]:
    """Return the words as lines from top to bottom; raised small numbers become superscripts."""
    rows: list[list[PageWord]] = []
    for word in sorted(words, key=lambda word: (-word.size, word.middle)):
        for row in rows:
            first = row[0]
            if _measure_overlap(word, first) > 0.5 * min(
                word.bottom - word.top, first.bottom - first.top
            ):
                row.append(word)
                break
        else:
            rows.append([word])
    rows.sort(key=lambda row: row[0].middle)
    return [_make_line(sorted(row, key=lambda word: word.x0)) for row in rows]


def join_cell_text(words: Sequence[PageWord]) -> str:
    """Return a cell's text: wrapped lines joined, list items on lines of their own.

    A number or word that was broken without a hyphen, for want of room, is one again where only
    one reading is possible.
    """
    lines = group_lines(words)
    texts = [line.text for line in lines]
    whole = "\n".join(texts)
    if len(texts) > 1 and _NUMBER_LINES.fullmatch(whole):
        joined = "".join(text.strip() for text in texts)
        return joined if _GROUPED.fullmatch(joined) else whole
    made: list[str] = []
    for text in texts:
        if made and not _BULLET.match(text):
            made[-1] = join_wrapped(made[-1], text)
        else:
            made.append(text)
    return "\n".join(made)


def group_paragraphs(words: Sequence[PageWord], right: float) -> Iterator[Paragraph]:
    """Yield the paragraphs of words outside of tables; ``right`` is where full lines end."""
    lines = group_lines(words)
    if not lines:
        return
    left = _find_left_margin(lines)
    group: list[TextLine] = []
    footnote = ""
    for line in lines:
        mark = _MARK.match(line.text)
        if (
            group
            and not mark
            and not _starts_paragraph(group[-1], line, left, right, bool(footnote))
        ):
            group.append(line)
            continue
        if group:
            yield _make_paragraph(group, footnote)
        footnote = mark[1].translate(SUPERSCRIPTS) if mark else ""
        group = [line]
    yield _make_paragraph(group, footnote)


def _make_paragraph(lines: Sequence[TextLine], footnote: str) -> Paragraph:
    text = " ".join(line.text for line in lines)
    if footnote:
        text = _MARK.sub("", text, count=1)
    letters = sum(len(line.text) for line in lines) or 1
    confidence = sum(line.confidence * len(line.text) for line in lines) / letters
    return Paragraph(text, footnote=footnote, confidence=round(confidence, 3))


def _starts_paragraph(
    before: TextLine, line: TextLine, left: float, right: float, in_footnote: bool
) -> bool:
    """Return True if a new paragraph begins with ``line``."""
    if in_footnote and abs(line.size - before.size) > _FOOTNOTE_SIZE:
        return True
    if line.top - before.bottom > _GAP * before.height:
        return True
    if _BULLET.match(line.text) and before.text.rstrip().endswith(_ENDS):
        return True
    if _PAGE_NUMBER.fullmatch(before.text):
        return True
    width = right - left
    if before.x1 < right - _SHORT * width:
        return True
    return line.x0 > left + _INDENT * line.height and line.x0 > before.x0 + _INDENT * line.height


def _find_left_margin(lines: Sequence[TextLine]) -> float:
    """Return the leftmost start that more than one line shares, or the leftmost of all."""
    starts = sorted(line.x0 for line in lines)
    for first, second in pairwise(starts):
        if second - first < 3:  # noqa: PLR2004 - the same start but for rounding
            return first
    return starts[0]


def _make_line(words: Sequence[PageWord]) -> TextLine:
    size = median(word.size for word in words for _ in word.text)
    baseline = median(word.bottom for word in words if word.size > _SMALL * size)
    text = ""
    end = 0.0
    for word in words:
        raised = (
            word.text.isdigit()
            and word.size <= _SMALL * size
            and word.bottom < baseline - 0.1 * size
        )
        piece = word.text.translate(_RAISED) if raised else word.text
        joined = raised or (text and word.x0 - end < 0.12 * size)
        text += piece if joined or not text else f" {piece}"
        end = word.x1
    letters = sum(len(word.text) for word in words) or 1
    return TextLine(
        text=text,
        x0=words[0].x0,
        x1=max(word.x1 for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        size=size,
        confidence=sum(word.confidence * len(word.text) for word in words) / letters,
    )


def _measure_overlap(word: PageWord, other: PageWord) -> float:
    return min(word.bottom, other.bottom) - max(word.top, other.top)
