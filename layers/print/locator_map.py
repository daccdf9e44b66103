"""A small map of where a project lies in the city, as SVG: shapes and a dot, never a text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries.active import get_active_layer
from geo.crs import to_metric
from layers.print.map_svg import OFFSHORE

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH: Final = 320
_PAD: Final = 6
_SIMPLE_M: Final = 250.0
_DOT: Final = 5


@lru_cache(maxsize=2)
def _load_outlines(
    _version: str,
) -> tuple[Mapping[str, shapely.Geometry], shapely.Geometry]:
    """Return the communes and the city without the island far offshore, in metres (VN-2000)."""
    frame = to_metric(get_active_layer().frame)
    shapes = shapely.coverage_simplify(frame.geometry.to_numpy(), _SIMPLE_M)
    communes = dict(zip(frame["code"], shapes, strict=True))
    city = [shape for code, shape in communes.items() if code != OFFSHORE]
    return communes, shapely.union_all(city)


@lru_cache(maxsize=256)
def draw_locator(communes: tuple[str, ...], point: tuple[float, float] | None = None) -> str:
    """Return the city with some communes filled and a dot at ``point`` (lon, lat, EPSG:4326).

    '' where nothing of it lies on the drawing: no place is known, or only the island offshore.
    Raises ``BoundaryError`` or ``BoundarySourceError`` where there are no boundaries.
    """
    shapes, city = _load_outlines(get_active_layer().version)
    chosen = [shapes[code] for code in communes if code in shapes and code != OFFSHORE]
    if not chosen:
        return ""
    west, south, east, north = city.bounds
    unit = (east - west) / (WIDTH - 2 * _PAD)
    height = (north - south) / unit + 2 * _PAD
    corner = np.array([west, north])

    def place(geometry: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(
            geometry, lambda points: (points - corner) / (unit, -unit) + (_PAD, _PAD)
        )

    parts = [f'<path d="{_format_path(place(city))}" fill="#e9ebee" stroke="#2f3a43"/>']
    parts += [
        f'<path d="{_format_path(place(shape))}" fill="#d6453d" stroke="#7f1020"/>'
        for shape in chosen
    ]
    if point is not None:
        at = place(
            to_metric(gpd.GeoDataFrame(geometry=[shapely.Point(point)], crs=4326)).geometry[0]
        )
        parts.append(
            f'<circle cx="{at.x:.1f}" cy="{at.y:.1f}" r="{_DOT}" fill="#101828" stroke="#fff"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}">'
        f"{''.join(parts)}</svg>"
    )


def _format_path(geometry: shapely.Geometry) -> str:
    rings = (
        ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)
    )
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)[:-1]) + "Z"
        for ring in rings
    )
