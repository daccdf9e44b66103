"""Follows a page's instructions as pdfminer does, and its clips, transparency and layers too."""

# ruff: noqa: N802 - instructions of PDF, by pdfminer's names

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, apply_matrix_rect, mult_matrix

from reports.readers.pdf.drawing.device import Bounds, PageDevice, Paint, cut_bounds, split_path
from reports.readers.pdf.drawing.layers import is_layer_off

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdftypes import PDFStream
    from pdfminer.utils import Matrix

    from reports.readers.pdf.drawing.content import Box, Glyph, PageContent


def read_page_content(
    page: PDFPage, manager: PDFResourceManager, layers_off: frozenset[int], number: int
) -> PageContent:
    """Return what the page draws. Raises ``FileRefusedError`` for a page of too many pieces."""
    device = PageDevice(manager, number)
    interpreter = _Interpreter(manager, device)
    interpreter.layers_off = layers_off
    interpreter.process_page(page)
    return device.content


def read_appearance(
    page: PDFPage, manager: PDFResourceManager, stream: PDFStream, place: Box
) -> list[Glyph]:
    """Return the letters that a form field or an annotation at a place of the page draws."""
    device = PageDevice(manager, 0)
    matrix = find_page_matrix(page)
    device.begin_page(page, matrix)
    own = _read_numbers(stream.get("Matrix"), 6) or MATRIX_IDENTITY
    drawn = apply_matrix_rect(own, _read_numbers(stream.get("BBox"), 4) or (0, 0, 1, 1))
    left, lower, right, upper = device.unplace(place)
    width, height = drawn[2] - drawn[0], drawn[3] - drawn[1]
    if width <= 0 or height <= 0:
        return []
    across, down = (right - left) / width, (upper - lower) / height
    moved = (across, 0, 0, down, left - drawn[0] * across, lower - drawn[1] * down)
    interpreter = _Interpreter(manager, device)
    resources = resolve1(stream.get("Resources")) or {}
    interpreter.render_contents(resources, [stream], ctm=mult_matrix(own, moved))
    return device.content.glyphs


def place_on_page(page: PDFPage, rectangle: Any) -> Box | None:
    """Return where a rectangle of the file lies on the page as shown; ``None`` for none."""
    bounds = _read_numbers(rectangle, 4)
    if bounds is None:
        return None
    device = PageDevice(PDFResourceManager(), 0)
    matrix = find_page_matrix(page)
    device.begin_page(page, matrix)
    x0, y0, x1, y1 = bounds
    return device.place(
        apply_matrix_rect(matrix, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    )


def find_page_matrix(page: PDFPage) -> Matrix:
    """Return how the file's places move for the page's /Rotate, from the page's corner."""
    x0, y0, x1, y1 = page.mediabox
    turned: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    return turned.get(page.rotate, (1, 0, 0, 1, -x0, -y0))


def _read_numbers(value: Any, count: int) -> Any:
    """Return a list of so many numbers as a tuple; ``None`` for anything else."""
    found = resolve1(value)
    numbers = tuple(resolve1(number) for number in found) if isinstance(found, list) else ()
    good = len(numbers) == count and all(isinstance(n, (int, float)) for n in numbers)
    return numbers if good else None


class _Interpreter(PDFPageInterpreter):
    """Follows clips, transparency and layers as well."""

    device: PageDevice
    layers_off: frozenset[int] = frozenset()

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self._paints: list[Paint] = []
        self._marks: list[bool] = []
        self._clips = False

    def do_q(self) -> None:
        super().do_q()
        self._paints.append(self.device.paint)

    def do_Q(self) -> None:
        super().do_Q()
        if self._paints:
            self.device.paint = self._paints.pop()

    def do_gs(self, name: Any) -> None:
        super().do_gs(name)
        states = dict_value(self.resources.get("ExtGState") or {})
        state = resolve1(states.get(name.name if isinstance(name, PSLiteral) else name))
        if not isinstance(state, dict):
            return
        alpha, blend, mask = (resolve1(state.get(key)) for key in ("ca", "BM", "SMask"))
        paint = self.device.paint
        if isinstance(alpha, (int, float)):
            paint = replace(paint, alpha=float(alpha))
        if blend is not None:
            plain = getattr(blend, "name", "") in {"Normal", "Compatible"}
            paint = replace(paint, blended=not plain)
        if isinstance(mask, dict):
            paint = replace(paint, blended=True)
        self.device.paint = paint

    def do_BMC(self, tag: Any) -> None:
        super().do_BMC(tag)
        self._marks.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:
        super().do_BDC(tag, props)
        off = False
        if getattr(tag, "name", "") == "OC" and isinstance(props, PSLiteral):
            named = dict_value(self.resources.get("Properties") or {})
            off = is_layer_off(named.get(props.name), self.layers_off)
        self._marks.append(off)
        self.device.off += off

    def do_EMC(self) -> None:
        super().do_EMC()
        if self._marks:
            self.device.off -= self._marks.pop()

    def do_W(self) -> None:
        self._clips = True

    def do_W_a(self) -> None:
        self._clips = True

    def do_Do(self, name: Any) -> None:
        found = resolve1(self.xobjmap.get(getattr(name, "name", name)))
        attributes = getattr(found, "attrs", {})
        off = is_layer_off(attributes.get("OC"), self.layers_off)
        paint, outer = self.device.paint, self.device.off
        self.device.off += off
        try:
            bounds = _read_numbers(attributes.get("BBox"), 4)
            if bounds is not None:
                matrix = _read_numbers(attributes.get("Matrix"), 6) or MATRIX_IDENTITY
                self._clip_to(apply_matrix_rect(mult_matrix(matrix, self.ctm), bounds))
            super().do_Do(name)
        finally:
            self.device.paint, self.device.off = paint, outer
            self.device.set_ctm(self.ctm)

    def subinterp(self) -> PDFPageInterpreter:
        inner = super().subinterp()
        if isinstance(inner, _Interpreter):
            inner.layers_off = self.layers_off
        return inner

    def _clip_to(self, bounds: Bounds) -> None:
        paint = self.device.paint
        self.device.paint = replace(paint, clip=cut_bounds(paint.clip, bounds))

    def _end_path(self) -> None:
        """Take the path as a clip where ``W`` came before the instruction that ends it."""
        if not self._clips:
            return
        self._clips = False
        points = [point for piece, _ in split_path(self.curpath) for point in piece]
        placed = [apply_matrix_pt(self.ctm, point) for point in points]
        if placed:
            xs, ys = [x for x, _ in placed], [y for _, y in placed]
            self._clip_to((min(xs), min(ys), max(xs), max(ys)))

    def do_n(self) -> None:
        self._end_path()
        super().do_n()

    def do_S(self) -> None:
        self._end_path()
        super().do_S()

    def do_f(self) -> None:
        self._end_path()
        super().do_f()

    def do_F(self) -> None:
        self.do_f()

    def do_f_a(self) -> None:
        self._end_path()
        super().do_f_a()

    def do_B(self) -> None:
        self._end_path()
        super().do_B()

    def do_B_a(self) -> None:
        self._end_path()
        super().do_B_a()
