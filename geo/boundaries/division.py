"""Cutting a polygon in two when only the shares of its area are known.

Everything here works in metres (EPSG:9210) and is exact: the same input gives the same cut.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import shapely

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS: Final = 48
"""Halvings of an interval: far below a millimetre on any commune."""

_TOUCH: Final = 1.0
"""Metres within which two borders count as shared."""

Vector = tuple[float, float]


def find_direction(
    polygon: shapely.Geometry, first: shapely.Geometry, second: shapely.Geometry
) -> Vector:
    """Return the unit vector from where ``polygon`` borders ``first`` to where ``second``.

    A neighbour that it does not border counts with its own centre.
    """
    start, end = _find_border_centre(polygon, first), _find_border_centre(polygon, second)
    x, y = end.x - start.x, end.y - start.y
    length = math.hypot(x, y) or 1.0
    return x / length, y / length


def cut_along(
    polygon: shapely.Geometry, direction: Vector, share: float
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return the near and the far part of a straight cut square to ``direction``.

    The far part has ``share`` of the area.
    """
    along = [x * direction[0] + y * direction[1] for x, y in shapely.get_coordinates(polygon)]
    low, high = min(along), max(along)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        far = _clip_beyond(polygon, direction, middle)
        if far.area > share * polygon.area:
            low = middle
        else:
            high = middle
    return _tidy_parts(polygon, _clip_beyond(polygon, direction, (low + high) / 2))


def cut_through_point(
    polygon: shapely.Geometry, point: shapely.Point, share: float, towards: shapely.Geometry
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return the two parts of a straight cut through ``point``, the second with ``share``.

    Of the lines through the point that leave that share on one side, the one is taken whose
    part has the longest border with ``towards``.
    """

    def side(angle: float) -> shapely.Geometry:
        direction = (math.cos(angle), math.sin(angle))
        offset = point.x * direction[0] + point.y * direction[1]
        return _clip_beyond(polygon, direction, offset)

    def excess(angle: float) -> float:
        return float(side(angle).area) - share * float(polygon.area)

    angles = [math.tau * step / 72 for step in range(73)]
    values = [excess(angle) for angle in angles]
    near = towards.buffer(_TOUCH)
    candidates = [
        side(_find_root(excess, angles[i], angles[i + 1]))
        for i in range(72)
        if (values[i] > 0) != (values[i + 1] > 0)
    ]
    far = max(candidates, key=lambda part: part.boundary.intersection(near).length)
    return _tidy_parts(polygon, far)


def _find_border_centre(polygon: shapely.Geometry, other: shapely.Geometry) -> shapely.Point:
    border = polygon.boundary.intersection(other.buffer(_TOUCH))
    return border.centroid if border.length > 0 else other.centroid


def _clip_beyond(polygon: shapely.Geometry, direction: Vector, offset: float) -> shapely.Geometry:
    """Return what of the polygon lies where ``x·direction >= offset``."""
    left, bottom, right, top = polygon.bounds
    reach = 2 * max(right - left, top - bottom) + 1
    (dx, dy), centre = direction, polygon.centroid
    shift = offset - (centre.x * dx + centre.y * dy)
    x, y = centre.x + dx * shift, centre.y + dy * shift
    corners = [
        (x - dy * reach, y + dx * reach),
        (x + dy * reach, y - dx * reach),
        (x + (dy + dx) * reach, y + (dy - dx) * reach),
        (x + (dx - dy) * reach, y + (dx + dy) * reach),
    ]
    return _keep_polygons(polygon.intersection(shapely.Polygon(corners)))


def _find_root(function: Callable[[float], float], low: float, high: float) -> float:
    rising = function(low) < 0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if (function(middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _tidy_parts(
    polygon: shapely.Geometry, far: shapely.Geometry
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Return both parts, each in as few pieces as the polygon itself: bits go to the other."""
    near = _keep_polygons(polygon.difference(far))
    far, bits = _split_main_piece(far, near)
    near = _keep_polygons(shapely.union_all([near, *bits]))
    near, bits = _split_main_piece(near, far)
    return near, _keep_polygons(shapely.union_all([far, *bits]))


def _split_main_piece(
    part: shapely.Geometry, other: shapely.Geometry
) -> tuple[shapely.Geometry, list[shapely.Geometry]]:
    """Return the largest piece with the pieces that do not border ``other``, and the rest."""
    pieces = sorted(shapely.get_parts(part), key=lambda piece: -piece.area)
    reach = other.buffer(_TOUCH)
    loose = [piece for piece in pieces[1:] if piece.boundary.intersection(reach).length > 0]
    attached = [piece for piece in pieces if piece not in loose]
    return shapely.union_all(attached), loose


def _keep_polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.union_all(parts)
