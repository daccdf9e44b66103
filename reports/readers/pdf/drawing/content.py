"""What a page draws, in the order in which it is drawn: glyphs, lines, filled areas, pictures.

Places are those of the page as it is shown: turned by its /Rotate, cut to its CropBox, in points
downward from its top left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reports.model.document import UnseenReason
    from reports.readers.pdf.drawing.colours import Colour


class Box(NamedTuple):
    """A rectangle; lengths in points, downward from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Glyph:
    """A drawn letter. ``turn`` counts quarter turns to the left, ``None`` for slanted text.

    ``run`` numbers the strings that the page draws, ``order`` everything drawn. ``angle`` is in
    degrees, upward from the horizontal. ``origin`` is where the letter stands on its line.
    """

    text: str
    box: Box
    size: float
    turn: int | None
    angle: float
    font: str
    colour: Colour | None
    alpha: float
    run: int
    order: int
    inked: bool
    clip: Box
    origin: tuple[float, float]
    reason: UnseenReason = ""
    """Why it is not seen; '' if it is."""

    @property
    def across(self) -> float:
        """Return where its middle is, from the left."""
        return (self.box.x0 + self.box.x1) / 2

    @property
    def down(self) -> float:
        """Return where its middle is, from above."""
        return (self.box.top + self.box.bottom) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight horizontal or vertical line, or one side of a filled area."""

    box: Box
    upright: bool
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle, a picture or a frame; ``opaque`` if nothing shows through it."""

    box: Box
    colour: Colour | None
    opaque: bool
    order: int
    kind: str
    """``fill``, ``picture`` or ``frame`` (the outline of a closed shape)."""


@dataclass(slots=True)
class PageContent:
    """All that a page draws, and its size."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
