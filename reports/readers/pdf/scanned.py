"""Which pages must be recognised from their picture: scans, bad text, writing in pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from reports.model.document import Paragraph, TableCell
from reports.readers.pdf.drawing.content import Box
from reports.readers.pdf.garbled import measure_garbled_share
from reports.readers.pdf.words import drop_doubles, make_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import Block
    from reports.readers.pdf.drawing.content import Glyph, PageContent
    from reports.readers.pdf.drawing.ink import InkMap
    from reports.readers.raw_pages import PicturePart, ScanReason

_MOST: Final = 0.5
"""A picture over so much of a page may be the page itself."""
_DARK: Final = 0.82
"""Of the paper's brightness: below it there is ink."""
_ROWS: Final = 10.0
"""So many points of strokes, counted along the rows of a picture, make a letter."""
_FEWEST_LETTERS: Final = 8
"""Fewer are specks on an empty page."""
_AS_MUCH: Final = 0.7
"""A picture with so many letters for each one of the text holds the page."""
_LITTLE_TEXT: Final = 40
_GARBLED: Final = 0.3
_FEWEST_JUDGED: Final = 20
_PICTURE_LETTERS: Final = 30
_PICTURE_SHARE: Final = 0.03
_PAPER_SHARE: Final = 0.5
"""Of a picture with writing so much is paper; photographs have none."""
_WRITTEN_OVER: Final = 0.3
_LAYER_CONFIDENCE: Final = 0.5
"""How sure an earlier recognition is taken to be, that does not say it itself."""
_TOUCH: Final = 2.0
_MOST_PICTURES: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Picture:
    box: Box
    letters: float
    paper: float


@dataclass(frozen=True, slots=True)
class PictureSurvey:
    """What stands on a page besides its text.

    ``coverage`` is the part of the page under pictures; ``letters`` about how many letters of
    writing they hold, ``drawn`` how many all drawings have.
    """

    pictures: tuple[_Picture, ...] = ()
    coverage: float = 0.0
    letters: float = 0.0
    drawn: float = 0.0


def survey_pictures(content: PageContent, ink: InkMap | None) -> PictureSurvey:
    """Return what the pictures of a page hold, by the page as drawn without its text."""
    boxes = _join_pieces(area.box for area in content.areas if area.kind == "picture")
    seen = sum(not glyph.reason for glyph in content.glyphs)
    if ink is None or (not boxes and seen > _LITTLE_TEXT):
        return PictureSurvey()
    ground = ink.ground.mean(axis=2)
    paper = float(np.percentile(ground[::4, ::4], 90)) if ground.size else 0.0
    dark = ground < _DARK * paper
    starts = np.zeros(dark.shape, dtype=bool)
    starts[:, 1:] = dark[:, 1:] & ~dark[:, :-1]
    unit = _ROWS * ink.scale
    covered = np.zeros(dark.shape, dtype=bool)
    pictures: list[_Picture] = []
    for box in boxes:
        place = _find_pixels(box, ink.scale, dark.shape)
        part = starts[place]
        if part.size:
            covered[place] = True
            light = float((ground[place] >= _DARK * paper).mean())
            pictures.append(_Picture(box, float(part.sum()) / unit, light))
    return PictureSurvey(
        tuple(pictures),
        float(covered.mean()) if covered.size else 0.0,
        float((starts & covered).sum()) / unit,
        float(starts.sum()) / unit,
    )


def judge_page(content: PageContent, survey: PictureSurvey) -> ScanReason:
    """Return why a page can't be read by its text; '' where it can, or is empty."""
    seen = [g for g in content.glyphs if not g.reason and not g.text.isspace()]
    if len(seen) >= _FEWEST_JUDGED and _measure_garbled(seen) >= _GARBLED:
        return "garbled"
    scan = survey.letters >= _FEWEST_LETTERS and survey.coverage >= _MOST
    if scan and survey.letters >= _AS_MUCH * len(seen):
        return "layer" if _has_layer(content) else "picture"
    if any(_is_written_over(picture, seen) for picture in survey.pictures):
        return "picture"
    if len(seen) < _LITTLE_TEXT and survey.drawn >= _FEWEST_LETTERS:
        return "drawn"
    return ""


def list_picture_parts(content: PageContent, survey: PictureSurvey) -> tuple[PicturePart, ...]:
    """Return the pictures with writing on a page of text, as parts of its width and height."""
    width, height = max(content.width, 1.0), max(content.height, 1.0)
    parts: list[PicturePart] = []
    for picture in survey.pictures:
        x0, top, x1, bottom = _cut_to_page(picture.box, width, height)
        share = (x1 - x0) * (bottom - top) / (width * height)
        if share >= _PICTURE_SHARE and _holds_writing(picture):
            parts.append((x0 / width, top / height, x1 / width, bottom / height))
    return tuple(parts)


def reveal_layer(content: PageContent) -> None:
    """Make the letters without ink of a scan's text layer seen."""
    for glyph in content.glyphs:
        if glyph.reason == "invisible":
            glyph.reason = ""


def doubt_parts(parts: Iterable[Block]) -> tuple[Block, ...]:
    """Return what was read of a text layer, no surer than an unknown earlier recognition."""
    doubted: list[Block] = []
    for part in parts:
        if isinstance(part, Paragraph):
            doubted.append(replace(part, confidence=min(part.confidence, _LAYER_CONFIDENCE)))
        else:
            rows = (
                replace(row, cells=tuple(_doubt_cell(cell) for cell in row.cells))
                for row in part.rows
            )
            doubted.append(replace(part, rows=tuple(rows)))
    return tuple(doubted)


def _doubt_cell(cell: TableCell) -> TableCell:
    return replace(cell, confidence=min(cell.confidence, _LAYER_CONFIDENCE))


def _has_layer(content: PageContent) -> bool:
    hidden = [g for g in content.glyphs if g.reason == "invisible" and not g.text.isspace()]
    return len(hidden) >= _FEWEST_JUDGED and _measure_garbled(hidden) < _GARBLED


def _measure_garbled(glyphs: Sequence[Glyph]) -> float:
    upright = [glyph for glyph in glyphs if glyph.turn == 0] or list(glyphs)
    words = make_words(drop_doubles(upright))
    return measure_garbled_share(" ".join(word.word.text for word in words))


def _holds_writing(picture: _Picture) -> bool:
    return picture.letters >= _PICTURE_LETTERS and picture.paper >= _PAPER_SHARE


def _is_written_over(picture: _Picture, seen: Sequence[Glyph]) -> bool:
    """Return True for a picture with writing, such as a blank form, that text stands upon."""
    if not _holds_writing(picture):
        return False
    box = picture.box
    over = sum(box.x0 < g.across < box.x1 and box.top < g.down < box.bottom for g in seen)
    return over > _FEWEST_LETTERS and picture.letters >= _WRITTEN_OVER * over


def _join_pieces(boxes: Iterable[Box]) -> list[Box]:
    """Return the boxes with those that touch as one: scanners cut a page into strips."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x0))[:_MOST_PICTURES]:
        own = box
        for other in [other for other in joined if _touches(own, other)]:
            joined.remove(other)
            own = Box(
                min(own.x0, other.x0),
                min(own.top, other.top),
                max(own.x1, other.x1),
                max(own.bottom, other.bottom),
            )
        joined.append(own)
    return joined


def _touches(one: Box, other: Box) -> bool:
    return (
        one.x0 <= other.x1 + _TOUCH
        and other.x0 <= one.x1 + _TOUCH
        and one.top <= other.bottom + _TOUCH
        and other.top <= one.bottom + _TOUCH
    )


def _cut_to_page(box: Box, width: float, height: float) -> Box:
    return Box(
        min(max(box.x0, 0.0), width),
        min(max(box.top, 0.0), height),
        min(max(box.x1, 0.0), width),
        min(max(box.bottom, 0.0), height),
    )


def _find_pixels(box: Box, scale: float, shape: tuple[Any, ...]) -> tuple[slice, slice]:
    own = _cut_to_page(box, shape[1] / scale, shape[0] / scale)
    return (
        slice(int(own.top * scale), int(np.ceil(own.bottom * scale))),
        slice(int(own.x0 * scale), int(np.ceil(own.x1 * scale))),
    )
