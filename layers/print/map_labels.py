"""Where the names of communes stand on a printed map: legible, and none over another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layers.print.map_svg import MapDrawing

LABEL_PT: Final = 7.5
"""Points of a name on paper: read at arm's length."""

FEW: Final = 25
"""Of so many communes every one is named: what has no room in its own has a line to its name."""

_LETTER: Final = 0.5
_LINE: Final = 1.25
"""Width of a letter and height of a line, in parts of the type's size."""

_DISTANCES: Final = (1.6, 2.6, 3.8, 5.2, 7.0, 9.0)
"""How far a name may be moved, in its own heights."""

_DIRECTIONS: Final = 12
_POINTS_PER_MM: Final = 72 / 25.4

_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapLabel:
    """A name in units of the drawing: its middle, and the point that a line leads to, if any."""

    x: float
    y: float
    text: str
    tip: tuple[float, float] | None = None


def place_labels(
    names: Iterable[tuple[str, str]], drawing: MapDrawing, *, drawing_width: float, width_mm: float
) -> list[MapLabel]:
    """Return names, by code in the order of their weight, as many as do not touch each other.

    ``drawing_width`` is the drawing's width in its own units, ``width_mm`` the same on paper. Up to
    ``FEW`` names may be moved away from their commune, first of all those that are wider than it
    and would hide it; of more, only those with room are placed.
    """
    em = LABEL_PT * drawing_width / (width_mm * _POINTS_PER_MM)
    wanted = list(names)
    left, top, side = drawing.inset
    taken: list[_Box] = [(left, top, left + side, top + side)]
    spots = [drawing.spots[code] for code, _ in wanted]
    labels: list[MapLabel] = []
    for code, name in wanted:
        x, y, room = drawing.spots[code]
        half_width = len(name) * em * _LETTER / 2
        places = list(_list_places(x, y, em * _LINE, moved=len(wanted) <= FEW))
        if half_width > room:
            places.append(places.pop(0))
        for at_x, at_y in places:
            box = _make_box(at_x, at_y, half_width, em * _LINE / 2)
            inside = box[0] >= 0 and box[2] <= drawing_width and box[1] >= 0
            if not inside or box[3] > drawing.height:
                continue
            moved = (at_x, at_y) != (x, y)
            if moved and any(_is_covered(spot, box) for spot in spots):
                continue
            if not any(_has_overlap(box, other) for other in taken):
                taken.append(box)
                labels.append(MapLabel(at_x, at_y, name, (x, y) if moved else None))
                break
    return labels


def _list_places(
    x: float, y: float, height: float, *, moved: bool
) -> Iterator[tuple[float, float]]:
    yield x, y
    for distance in _DISTANCES if moved else ():
        for step in range(_DIRECTIONS):
            angle = 2 * math.pi * step / _DIRECTIONS
            yield (
                x + 1.6 * distance * height * math.cos(angle),
                y + distance * height * math.sin(angle),
            )


def _make_box(x: float, y: float, half_width: float, half_height: float) -> _Box:
    return x - half_width, y - half_height, x + half_width, y + half_height


def _is_covered(spot: tuple[float, float, float], box: _Box) -> bool:
    """Return True if a box lies over the middle of a commune."""
    x, y, room = spot
    near = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    return math.dist((x, y), near) < room / 2


def _has_overlap(box: _Box, other: _Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
