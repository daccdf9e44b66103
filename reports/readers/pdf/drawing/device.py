"""Takes down what pdfminer works out of a page's instructions, with what pdfminer passes over."""

# ruff: noqa: D102, PLR0917 - methods that pdfminer names and describes

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pdfminer.layout import LTChar
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdftypes import resolve1
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, apply_matrix_rect, mult_matrix

from reports.readers.pdf.drawing.colours import Colour, read_colour
from reports.readers.pdf.drawing.content import Area, Box, Glyph, PageContent, Stroke
from reports.readers.refusal import FileRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

Bounds = tuple[float, float, float, float]
"""Left, lower, right and upper side, upward as in the file."""

_MAX_CHARS: Final = 60_000
"""On one page; a full page of small print has some 8,000."""
_MAX_LINES: Final = 20_000
_UNINKED: Final = frozenset({3, 7})
"""The ways to draw text without ink: not at all, and as a clipping path only."""
_STRAIGHT: Final = 0.05
"""A quarter turn is told from a slanted one within so much (radians)."""
_FLAT: Final = 0.5
_EVERYWHERE: Final = (-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Paint:
    """What is kept of the graphics state: the clip (upward coordinates), the transparency."""

    clip: Bounds = _EVERYWHERE
    alpha: float = 1.0
    blended: bool = False


class PageDevice(PDFTextDevice):
    """Takes down what is drawn."""

    def __init__(self, manager: PDFResourceManager, number: int) -> None:
        super().__init__(manager)
        self.number = number
        self.content = PageContent(0.0, 0.0)
        self.paint = Paint()
        self.off = 0
        self._left = self._upper = 0.0
        self._mode = self._run = self._order = 0
        self._figures: list[Bounds] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        box = apply_matrix_rect(ctm, page.mediabox)
        crop = cut_bounds(apply_matrix_rect(ctm, page.cropbox), box)
        left, lower, right, upper = crop if crop[2] > crop[0] and crop[3] > crop[1] else box
        self._left, self._upper = left, upper
        self.content = PageContent(right - left, upper - lower)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:  # noqa: ARG002
        self._figures.append(
            apply_matrix_rect(mult_matrix(matrix, self.ctm or MATRIX_IDENTITY), bbox)
        )

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        self._figures.pop()

    def render_image(self, name: str, stream: Any) -> None:  # noqa: ARG002
        seen_through = any(stream.get(key) is not None for key in ("SMask", "Mask"))
        if resolve1(stream.get("ImageMask")) or resolve1(stream.get("IM")):
            seen_through = True
        self._add_area(self._figures[-1], None, "picture", solid=not seen_through)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._mode = textstate.render
        self._run += 1
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: PDFGraphicState,
    ) -> float:
        try:
            text = str(font.to_unichr(cid))
        except PDFUnicodeNotDefined:
            text = f"(cid:{cid})"
        width, shift = font.char_width(cid), font.char_disp(cid)
        char = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        a, b, c, d, e, f = matrix
        angle = math.atan2(b, a) if a or b else math.atan2(-c, d)
        quarter = round(angle / (math.pi / 2))
        turn = quarter % 4 if abs(angle - quarter * math.pi / 2) < _STRAIGHT else None
        painted = graphicstate.scolor if self._mode == 1 else graphicstate.ncolor
        space = graphicstate.scs if self._mode == 1 else graphicstate.ncs
        box = self.place((char.x0, char.y0, char.x1, char.y1))
        self._order += 1
        self.content.glyphs.append(
            Glyph(
                text=text,
                box=box,
                size=float(box.x1 - box.x0 if turn in {1, 3} else char.size),
                turn=turn,
                angle=math.degrees(angle),
                font=str(font.fontname),
                colour=read_colour(painted, space),
                alpha=self.paint.alpha,
                run=self._run,
                order=self._order,
                inked=self._mode not in _UNINKED and not self.off and self.paint.alpha > 0,
                clip=self.place(self.paint.clip),
                origin=(e - self._left, self._upper - f),
            )
        )
        self._check_size()
        return float(char.adv)

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,  # noqa: ARG002
        path: Sequence[Any],
    ) -> None:
        if self.off:
            return
        drawn = read_colour(
            graphicstate.scolor if stroke else graphicstate.ncolor,
            graphicstate.scs if stroke else graphicstate.ncs,
        )
        filled = read_colour(graphicstate.ncolor, graphicstate.ncs) if fill else None
        matrix = self.ctm or MATRIX_IDENTITY
        for points, closed in split_path(path):
            placed = [apply_matrix_pt(matrix, point) for point in points]
            self._add_sides(placed, closed or fill, drawn)
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            bounds = (min(xs), min(ys), max(xs), max(ys))
            if fill:
                whole = _is_rectangle(placed)
                self._add_area(bounds, filled, "fill", solid=whole)
            if stroke and (closed or len(placed) > 4):  # noqa: PLR2004
                self._add_area(bounds, drawn, "frame", solid=False)
        self._check_size()

    def _add_sides(
        self, points: Sequence[tuple[float, float]], closed: bool, colour: Colour | None
    ) -> None:
        ends = [*points[1:], points[0]] if closed and len(points) > 1 else points[1:]
        for (x0, y0), (x1, y1) in zip(points, ends, strict=False):
            if abs(x0 - x1) > _FLAT and abs(y0 - y1) > _FLAT:
                continue
            side = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if _is_outside(side, self.paint.clip):
                continue
            upright = abs(y1 - y0) > abs(x1 - x0)
            self.content.strokes.append(Stroke(self.place(side), upright, colour))

    def _add_area(self, bounds: Any, colour: Colour | None, kind: str, *, solid: bool) -> None:
        if self.off:
            return
        self._order += 1
        opaque = solid and self.paint.alpha >= 1 and not self.paint.blended
        box = self.place(cut_bounds(bounds, self.paint.clip))
        if box.x1 >= box.x0 and box.bottom >= box.top:
            self.content.areas.append(Area(box, colour, opaque, self._order, kind))

    def place(self, bounds: Bounds) -> Box:
        x0, y0, x1, y1 = bounds
        return Box(x0 - self._left, self._upper - y1, x1 - self._left, self._upper - y0)

    def unplace(self, box: Box) -> Bounds:
        upper, lower = self._upper - box.top, self._upper - box.bottom
        return (box.x0 + self._left, lower, box.x1 + self._left, upper)

    def _check_size(self) -> None:
        content = self.content
        if len(content.glyphs) > _MAX_CHARS or len(content.strokes) > 4 * _MAX_LINES:
            raise FileRefusedError("page_too_full", page=self.number)


def split_path(path: Sequence[Any]) -> list[tuple[list[tuple[float, float]], bool]]:
    """Return the connected pieces of a path: the points that it goes through, if it is closed."""
    pieces: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    closed = False
    for kind, *numbers in path:
        if kind == "m" and points:
            pieces.append((points, closed))
            points, closed = [], False
        if kind == "h":
            closed = True
        elif len(numbers) >= 2:  # noqa: PLR2004 - an x and a y
            points.append((float(numbers[-2]), float(numbers[-1])))
    if points:
        pieces.append((points, closed))
    return pieces


def _is_rectangle(points: Sequence[tuple[float, float]]) -> bool:
    corners = {(round(x, 1), round(y, 1)) for x, y in points}
    return len({x for x, _ in corners}) == 2 == len({y for _, y in corners})  # noqa: PLR2004


def cut_bounds(box: Bounds, other: Bounds) -> Bounds:
    """Return what is in both; its sides are crossed where nothing is."""
    return (
        max(box[0], other[0]),
        max(box[1], other[1]),
        min(box[2], other[2]),
        min(box[3], other[3]),
    )


def _is_outside(box: Bounds, clip: Bounds) -> bool:
    return box[2] < clip[0] or box[0] > clip[2] or box[3] < clip[1] or box[1] > clip[3]
