"""Words out of a page's letters, text on its side turned, letters drawn twice taken once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pdfplumber.utils.text import extract_words

from reports.readers.pdf.drawing.content import Area, Box, Glyph, PageContent, Stroke
from reports.readers.text_layout import PageWord
from reports.readers.word.ooxml.symbols import UNKNOWN, is_symbol_font, read_sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Turn = Callable[[Box], Box]

_WORDS: Final[dict[str, Any]] = {
    "x_tolerance_ratio": 0.15,
    "y_tolerance": 2,
    "extra_attrs": ["size"],
    "use_text_flow": False,
    "return_chars": True,
}
_DOUBLE: Final = 1.2
_DOUBLE_PART: Final = 0.35
"""A letter drawn again is shifted by fewer points, and by a smaller part of its width."""
_PRIVATE: Final = range(0xF020, 0xF100)
_SUBSET: Final = re.compile(r"^[A-Z]{6}\+|-(?:Regular|Roman)$")
_BUCKET: Final = 4.0
_MOST: Final = 0.75


@dataclass(frozen=True)
class DrawnWord(PageWord):
    """A word and the strings of the page in which it begins and ends."""

    first_run: int = 0
    last_run: int = 0


@dataclass(frozen=True, slots=True)
class GlyphWord:
    """A word and the letters that it is made of."""

    word: DrawnWord
    glyphs: tuple[Glyph, ...]


def make_words(glyphs: Iterable[Glyph]) -> list[GlyphWord]:
    """Return upright letters as words, line by line."""
    chars = [_to_char(glyph) for glyph in glyphs]
    if not chars:
        return []
    return [
        GlyphWord(
            DrawnWord(
                text=str(word["text"]),
                x0=float(word["x0"]),
                x1=float(word["x1"]),
                top=float(word["top"]),
                bottom=float(word["bottom"]),
                size=float(word["size"]),
                first_run=word["chars"][0]["glyph"].run,
                last_run=word["chars"][-1]["glyph"].run,
            ),
            tuple(char["glyph"] for char in word["chars"]),
        )
        for word in extract_words(chars, **_WORDS)
    ]


def drop_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the letters without those drawn a second time to make them bold or cast a shadow."""
    kept: list[Glyph] = []
    places: defaultdict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        column, row = int(glyph.box.x0 // _BUCKET), int(glyph.box.top // _BUCKET)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in places.get((glyph.text, x, y), ())
        )
        if not any(_is_double(glyph, other) for other in near):
            kept.append(glyph)
            places[glyph.text, column, row].append(glyph)
    return kept


def show_signs(glyphs: Iterable[Glyph]) -> None:
    """Write into the letters of symbol fonts the signs that these show for them."""
    for glyph in glyphs:
        if len(glyph.text) == 1 and ord(glyph.text) in _PRIVATE:
            font = _SUBSET.sub("", glyph.font)
            sign = read_sign(font if is_symbol_font(font) else "symbol", ord(glyph.text))
            glyph.text = glyph.text if sign == UNKNOWN else sign


def turn_upright(content: PageContent) -> PageContent:
    """Return a page whose text stands on its side, or on its head, turned so that it is read."""
    turns = Counter(
        glyph.turn for glyph in content.glyphs if not glyph.reason and not glyph.text.isspace()
    )
    if not turns:
        return content
    turn, count = turns.most_common(1)[0]
    if not turn or count < _MOST * turns.total():
        return content
    move = _choose_turn(turn, content.width, content.height)
    sideways = turn % 2 == 1
    return PageContent(
        width=content.height if sideways else content.width,
        height=content.width if sideways else content.height,
        glyphs=[turn_glyph(glyph, turn, move) for glyph in content.glyphs],
        strokes=[
            Stroke(move(stroke.box), stroke.upright != sideways, stroke.colour)
            for stroke in content.strokes
        ],
        areas=[
            Area(move(area.box), area.colour, area.opaque, area.order, area.kind)
            for area in content.areas
        ],
    )


def read_turned(glyphs: Sequence[Glyph]) -> list[GlyphWord]:
    """Return letters on their side (or head) as words; places are those of the turned text."""
    words: list[GlyphWord] = []
    for turn in (1, 3, 2):
        own = [glyph for glyph in glyphs if glyph.turn == turn]
        if own:
            move = _choose_turn(turn, 0.0, 0.0)
            words.extend(make_words(turn_glyph(glyph, turn, move) for glyph in own))
    return words


def turn_glyph(glyph: Glyph, turn: int, move: Turn) -> Glyph:
    """Return a letter in its place on the turned page."""
    left = None if glyph.turn is None else (glyph.turn - turn) % 4
    box = move(glyph.box)
    size = glyph.size if turn % 2 == 0 or left is None else _measure_size(box, left)
    x, y, *_ = move(Box(*glyph.origin, *glyph.origin))
    angle = glyph.angle - 90 * turn
    return replace(glyph, box=box, turn=left, size=size, angle=angle, origin=(x, y))


def _measure_size(box: Box, turn: int) -> float:
    return box.x1 - box.x0 if turn % 2 else box.bottom - box.top


def _choose_turn(turn: int, width: float, height: float) -> Turn:
    """Return how a place moves when the page is turned back by quarter turns to the right."""
    if turn == 1:
        return lambda box: Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if turn == 3:  # noqa: PLR2004 - quarter turns
        return lambda box: Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return lambda box: Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)


def _is_double(glyph: Glyph, other: Glyph) -> bool:
    box, before = glyph.box, other.box
    shift = min(_DOUBLE, _DOUBLE_PART * max(box.x1 - box.x0, 0.5 * glyph.size * _DOUBLE_PART))
    return (
        abs(box.x0 - before.x0) <= shift
        and abs(box.top - before.top) <= _DOUBLE
        and abs(glyph.size - other.size) < 1
        and glyph.turn == other.turn
    )


def _to_char(glyph: Glyph) -> dict[str, Any]:
    box = glyph.box
    return {
        "text": glyph.text,
        "x0": box.x0,
        "x1": box.x1,
        "top": box.top,
        "bottom": box.bottom,
        "doctop": box.top,
        "width": box.x1 - box.x0,
        "height": box.bottom - box.top,
        "upright": True,
        "size": glyph.size,
        "fontname": glyph.font,
        "glyph": glyph,
    }
