"""Watermarks and stamps over a page's text: told by angle, size, colour and what they cross."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

from reports.readers.pdf.drawing.colours import is_light, is_vivid, measure_luminance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.readers.pdf.drawing.content import Area, Box, Glyph, PageContent

_LARGE: Final = 2.2
_FAINT: Final = 0.8
_CROSSED: Final = 0.3
_FEWEST_CROSSED: Final = 3
_SLANTED_PAGE: Final = 0.5
_DARK: Final = 0.5
_FRAME_WIDTH: Final = (25.0, 0.45)
_FRAME_HEIGHT: Final = (10.0, 0.3)
"""Of a stamp: at least so many points, at most this part of the page."""
_MOST_FRAMES: Final = 6
"""More frames of one colour are the cells of a table."""
_CELL: Final = 12.0
_MOST_IN_PLACE: Final = 60
_MOST_STAMPS: Final = 40
"""Both keep a hostile page from costing the square of its pieces."""


def mark_watermarks(content: PageContent) -> None:
    """Write into the glyphs of watermarks and stamps that they are; take stamps' lines away."""
    shown = [glyph for glyph in content.glyphs if not glyph.reason]
    seen = [glyph for glyph in shown if not glyph.text.isspace()]
    if not seen:
        return
    slanted = [glyph for glyph in shown if glyph.turn is None]
    if len(slanted) < _SLANTED_PAGE * len(seen):
        _mark(slanted)
    body = median(glyph.size for glyph in seen if glyph.turn is not None or not slanted)
    runs: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in shown:
        if not glyph.reason:
            runs[glyph.run].append(glyph)
    places = _index_places(seen)
    for run in runs.values():
        letters = [glyph for glyph in run if not glyph.text.isspace()]
        if letters and _is_watermark(letters, body, places, content):
            _mark(run)
    _mark_stamps(content, seen)


def _is_watermark(
    run: Sequence[Glyph],
    body: float,
    places: dict[tuple[int, int], list[Glyph]],
    content: PageContent,
) -> bool:
    first = run[0]
    large = median(glyph.size for glyph in run) >= _LARGE * body
    faint = first.alpha < _FAINT or (
        is_light(first.colour) and not _lies_on_dark(first, content.areas)
    )
    if not (large or faint or is_vivid(first.colour)):
        return False
    if large and faint:
        return True
    crossed = [_count_crossed(glyph, places) for glyph in run]
    if large:
        return sum(crossed) >= _FEWEST_CROSSED
    return sum(map(bool, crossed)) >= _CROSSED * len(run) and len(run) > 1


def _index_places(glyphs: Iterable[Glyph]) -> dict[tuple[int, int], list[Glyph]]:
    places: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        place = places[int(glyph.across // _CELL), int(glyph.down // _CELL)]
        if len(place) < _MOST_IN_PLACE:
            place.append(glyph)
    return places


def _count_crossed(glyph: Glyph, places: dict[tuple[int, int], list[Glyph]]) -> int:
    """Return how many letters of another colour have their middle within a glyph's core."""
    x0, top, x1, bottom = glyph.box
    inset = 0.2 * (bottom - top)
    top, bottom = top + inset, bottom - inset
    count = 0
    for column in range(int(x0 // _CELL), int(x1 // _CELL) + 1):
        for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
            count += sum(
                x0 < other.across < x1 and top < other.down < bottom
                for other in places.get((column, row), ())
                if other.run != glyph.run
                and (other.colour != glyph.colour or other.size < glyph.size / _LARGE)
            )
    return count


def _lies_on_dark(glyph: Glyph, areas: Sequence[Area]) -> bool:
    """Return True if a letter stands on a filled area that is darker than the page."""
    under = [
        area
        for area in areas
        if area.kind != "frame" and area.order < glyph.order and _holds(area.box, glyph)
    ]
    if not under:
        return False
    colour = under[-1].colour
    return colour is None or measure_luminance(colour) < _DARK


def _mark_stamps(content: PageContent, seen: Sequence[Glyph]) -> None:
    frames = [area for area in content.areas if area.kind == "frame" and is_vivid(area.colour)]
    counts = Counter(area.colour for area in frames)
    for frame in frames[:_MOST_STAMPS]:
        width, height = frame.box.x1 - frame.box.x0, frame.box.bottom - frame.box.top
        if counts[frame.colour] > _MOST_FRAMES or not (
            _FRAME_WIDTH[0] <= width <= _FRAME_WIDTH[1] * content.width
            and _FRAME_HEIGHT[0] <= height <= _FRAME_HEIGHT[1] * content.height
        ):
            continue
        inside = [
            glyph
            for glyph in seen
            if _holds(frame.box, glyph) and is_vivid(glyph.colour) and not glyph.reason
        ]
        if not inside:
            continue
        _mark(inside)
        content.strokes[:] = [
            stroke
            for stroke in content.strokes
            if stroke.colour != frame.colour or not _overlaps(stroke.box, frame.box)
        ]


def _mark(glyphs: Iterable[Glyph]) -> None:
    for glyph in glyphs:
        glyph.reason = "watermark"


def _holds(box: Box, glyph: Glyph) -> bool:
    return box.x0 <= glyph.across <= box.x1 and box.top <= glyph.down <= box.bottom


def _overlaps(box: Box, other: Box) -> bool:
    return (
        box.x0 <= other.x1 + 1
        and box.x1 >= other.x0 - 1
        and box.top <= other.bottom + 1
        and box.bottom >= other.top - 1
    )
