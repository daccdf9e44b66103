"""Which letters leave ink on the page: by drawing the page with its text and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.readers.pdf.drawing.colours import Colour
    from reports.readers.pdf.drawing.content import Box

_SCALE: Final = 1.5
_MAX_PIXELS: Final = 4_000_000
_SEEN: Final = 6
"""Of 255: a fainter difference is not seen."""
_MAX_OBJECTS: Final = 200_000
_MAX_DEPTH: Final = 8


class InkMap:
    """Where the text of a page is seen; places are in points from its top left.

    ``ground`` is the page without its text, ``scale`` its pixels for a point.
    """

    def __init__(
        self, ink: np.ndarray[Any, Any], ground: np.ndarray[Any, Any], scale: float
    ) -> None:
        self.ground = ground
        self.scale = scale
        self._sums = np.zeros((ink.shape[0] + 1, ink.shape[1] + 1), dtype=np.int32)
        self._sums[1:, 1:] = ink.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)

    def has_ink(self, box: Box) -> bool:
        """Return True if text is seen within the box."""
        x0, y0, x1, y1 = self._find_pixels(box)
        sums = self._sums
        return bool(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0] > 0)

    def find_ground(self, box: Box) -> Colour | None:
        """Return the mean colour of what lies under the text; ``None`` outside the page."""
        x0, y0, x1, y1 = self._find_pixels(box)
        if x1 <= x0 or y1 <= y0:
            return None
        red, green, blue = self.ground[y0:y1, x0:x1].reshape(-1, 3).mean(axis=0) / 255
        return (float(red), float(green), float(blue))

    def _find_pixels(self, box: Box) -> tuple[int, int, int, int]:
        height, width = self._sums.shape
        x0 = min(max(int(box.x0 * self.scale), 0), width - 1)
        y0 = min(max(int(box.top * self.scale), 0), height - 1)
        x1 = min(max(int(np.ceil(box.x1 * self.scale)), x0), width - 1)
        y1 = min(max(int(np.ceil(box.bottom * self.scale)), y0), height - 1)
        return x0, y0, x1, y1


def draw_ink(page: Any, width: float, height: float) -> InkMap | None:
    """Return where the text of a pdfium page is seen; ``None`` where that can't be told.

    The page's text is taken off its drawn objects: draw nothing else from ``page`` afterwards.
    """
    shown_width, shown_height = page.get_size()
    if abs(shown_width - width) > 1 or abs(shown_height - height) > 1:
        return None
    scale = min(_SCALE, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    options = {"scale": scale, "may_draw_forms": False, "draw_annots": False, "rev_byteorder": True}
    full = page.render(**options).to_numpy().astype(np.int16)
    for text in _list_texts(page):
        pdfium.FPDFPageObj_SetIsActive(text, False)
    bare = page.render(**options).to_numpy().astype(np.int16)
    return InkMap((np.abs(full - bare) >= _SEEN).any(axis=2), bare[:, :, :3], scale)


def _list_texts(page: Any) -> Iterator[Any]:
    """Yield the text objects of a page, those in its forms too."""
    left = _MAX_OBJECTS
    open_at: list[tuple[Any, int]] = [(page.raw, 0)]
    while open_at:
        holder, depth = open_at.pop()
        count = pdfium.FPDFFormObj_CountObjects if depth else pdfium.FPDFPage_CountObjects
        get = pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject
        for index in range(min(left, count(holder))):
            left -= 1
            child = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(child)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                yield child
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                open_at.append((child, depth + 1))
