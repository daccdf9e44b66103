"""Which letters of a page a person sees: what is off the page, without ink, covered, struck out.

``mark_unseen`` writes the reason into each glyph that is not seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from reports.readers.pdf.drawing.colours import measure_luminance
from reports.readers.pdf.drawing.content import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.readers.pdf.drawing.content import Glyph, PageContent, Stroke
    from reports.readers.pdf.drawing.ink import InkMap

_TINY: Final = 1.5
"""Points; smaller letters are not read by anyone."""
_COVERS: Final = 2.0
_SAME: Final = 0.08
_WHITE: Final = 0.97
_MOST: Final = 0.5
_STRIKE_BAND: Final = (0.12, 0.55)
"""Where a line strikes a letter out: so far above its foot, in parts of its size."""
_SHORTEST_STRIKE: Final = 2.5
_THICKEST_STRIKE: Final = 2.0
_END: Final = 2.5
_STEP: Final = 4.0
_TALLEST: Final = 60.0


def mark_unseen(content: PageContent, ink: InkMap | None) -> None:
    """Write into the page's glyphs why they are not seen, but for lines through them.

    Without ``ink`` only white letters on nothing dark are taken for letters in the page's colour.
    """
    covered = _find_covered(content)
    for glyph in content.glyphs:
        if glyph.reason:
            continue
        if not (0 <= glyph.across <= content.width and 0 <= glyph.down <= content.height):
            glyph.reason = "off_page"
        elif not glyph.inked or glyph.size < _TINY or glyph.order in covered:
            glyph.reason = "invisible"
        elif not _is_in(glyph, glyph.clip):
            glyph.reason = "off_page"
    for word in _list_pieces(content.glyphs):
        if ink is not None:
            _judge_ink(word, ink)
        elif all(_is_white(glyph) for glyph in word) and not _has_dark_ground(word[0], content):
            for glyph in word:
                glyph.reason = "same_colour"


def mark_struck_out(content: PageContent) -> None:
    """Write into glyphs that a line strikes them out; such lines are taken off the page's lines.

    A line that goes on beside the letters is one of a table, or a rule.
    """
    bands: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in content.glyphs:
        if not glyph.reason and glyph.turn == 0 and not glyph.text.isspace():
            bands[int(glyph.origin[1] // _STEP)].append(glyph)
    for band in bands.values():
        band.sort(key=lambda glyph: glyph.box.x0)
    starts = {number: [glyph.box.x0 for glyph in band] for number, band in bands.items()}
    left: list[Stroke] = []
    for stroke in content.strokes:
        struck = _find_struck(stroke, bands, starts)
        for glyph in struck:
            glyph.reason = "struck_out"
        if not struck:
            left.append(stroke)
    content.strokes[:] = left


def _find_struck(
    stroke: Stroke, bands: dict[int, list[Glyph]], starts: dict[int, list[float]]
) -> list[Glyph]:
    box = stroke.box
    width = box.x1 - box.x0
    if stroke.upright or width < _SHORTEST_STRIKE or box.bottom - box.top > _THICKEST_STRIKE:
        return []
    middle = (box.top + box.bottom) / 2
    first, last = int(middle // _STEP), int((middle + _TALLEST) // _STEP)
    hit: list[Glyph] = []
    for number in range(first, last + 1):
        if number not in bands:
            continue
        begin = bisect_left(starts[number], box.x0 - _TALLEST)
        end = bisect_right(starts[number], box.x1)
        for glyph in bands[number][begin:end]:
            part = (glyph.origin[1] - middle) / glyph.size if glyph.size else 0.0
            within = box.x0 - 1 <= glyph.across <= box.x1 + 1
            if within and _STRIKE_BAND[0] <= part <= _STRIKE_BAND[1]:
                hit.append(glyph)
    if not hit:
        return []
    x0, x1 = min(glyph.box.x0 for glyph in hit), max(glyph.box.x1 for glyph in hit)
    room = _END + 0.5 * hit[0].size
    ends_with_text = box.x0 >= x0 - room and box.x1 <= x1 + room
    inked = sum(glyph.box.x1 - glyph.box.x0 for glyph in hit)
    return hit if ends_with_text and inked >= _MOST * width else []


def _find_covered(content: PageContent) -> frozenset[int]:
    """Return the orders of glyphs over which something opaque was drawn later."""
    first = min((glyph.order for glyph in content.glyphs), default=0)
    covers = [
        area
        for area in content.areas
        if area.opaque
        and area.order > first
        and area.box.x1 - area.box.x0 >= _COVERS
        and area.box.bottom - area.box.top >= _COVERS
    ]
    if not covers or content.width > 1e4 or content.height > 1e4:  # noqa: PLR2004 - 3.5 m
        return frozenset()
    height, width = int(content.height) + 2, int(content.width) + 2
    last: np.ndarray[Any, Any] = np.zeros((height, width), dtype=np.int32)
    for area in covers:
        x0, top, x1, bottom = (max(0, round(side)) for side in area.box)
        last[top:bottom, x0:x1] = area.order
    found: set[int] = set()
    for glyph in content.glyphs:
        x, y = int(glyph.across), int(glyph.down)
        if 0 <= x < width and 0 <= y < height and last[y, x] > glyph.order:
            found.add(glyph.order)
    return frozenset(found)


def _list_pieces(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each word that the page draws in one go; those seen so far."""
    piece: list[Glyph] = []
    for glyph in glyphs:
        if piece and (glyph.run != piece[-1].run or glyph.text.isspace()):
            yield piece
            piece = []
        if not glyph.reason and not glyph.text.isspace():
            piece.append(glyph)
    if piece:
        yield piece


def _judge_ink(word: Sequence[Glyph], ink: InkMap) -> None:
    inked = sum(ink.has_ink(_find_core(glyph)) for glyph in word)
    if inked >= _MOST * len(word):
        return
    colour, ground = word[0].colour, ink.find_ground(word[0].box)
    alike = (
        colour is not None
        and ground is not None
        and max(abs(a - b) for a, b in zip(colour, ground, strict=True)) < _SAME
    )
    # A font that pdfium can't draw may miss single letters; a person sees them.
    gone = not inked and len(word) > 1 and all(glyph.text.isascii() for glyph in word)
    if alike or gone:
        for glyph in word:
            glyph.reason = "same_colour" if alike else "invisible"


def _find_core(glyph: Glyph) -> Box:
    """Return the part of a glyph's box that its neighbours above and below don't reach."""
    box = glyph.box
    if not glyph.text.isalnum() or glyph.turn != 0:
        return box
    inset = 0.15 * (box.bottom - box.top)
    return Box(box.x0, box.top + inset, box.x1, box.bottom - inset)


def _is_white(glyph: Glyph) -> bool:
    return glyph.colour is not None and measure_luminance(glyph.colour) >= _WHITE


def _has_dark_ground(glyph: Glyph, content: PageContent) -> bool:
    under = [a for a in content.areas if a.order < glyph.order and _is_in(glyph, a.box)]
    under = [area for area in under if area.kind != "frame"]
    if not under:
        return False
    colour = under[-1].colour
    return colour is None or measure_luminance(colour) < _WHITE


def _is_in(glyph: Glyph, box: Box) -> bool:
    return box.x0 <= glyph.across <= box.x1 and box.top <= glyph.down <= box.bottom
