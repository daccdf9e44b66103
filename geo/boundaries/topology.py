"""Polygons that share their borders: cleaned, checked and simplified without tearing.

A coverage is a set of polygons that do not overlap and whose shared borders have the same
vertices on both sides. All functions return new arrays and keep the order of the polygons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import VN2000_HAI_PHONG, WGS84

if TYPE_CHECKING:
    from collections.abc import Sequence

    Geometries = Sequence[shapely.Geometry] | np.ndarray

GAP_WIDTH_M: Final = 100.0
"""Strips between communes narrower than this many metres are drawing faults, and closed."""

DEGREE_M: Final = 111_000.0
"""Metres in a degree of latitude, near enough for widths of gaps."""


def make_valid_coverage(geometries: Geometries, *, gap_width: float) -> np.ndarray:
    """Return the polygons as a valid coverage.

    Overlaps go to the polygon with the longer border there, and so do gaps between polygons
    narrower than ``gap_width`` (in the units of the coordinates). Wider gaps stay.
    """
    valid = [extract_polygons(shapely.make_valid(geometry)) for geometry in geometries]
    inner = np.asarray(shapely.coverage_clean(valid, gap_width=0.0))
    if not find_gaps(inner):
        return inner
    return np.asarray(shapely.coverage_clean(inner, gap_width=gap_width))


def extract_polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a geometry, as one polygon or multipolygon."""
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    parts = shapely.get_parts(geometry)
    parts = shapely.get_parts(parts[shapely.get_type_id(parts) >= shapely.GeometryType.POLYGON])
    return shapely.union_all(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def find_gaps(geometries: Geometries) -> list[shapely.Polygon]:
    """Return the holes among the polygons that lie between two or more of them.

    A hole within one polygon (a lagoon, a neighbour's exclave) is that polygon's own shape and
    no gap.
    """
    whole = shapely.union_all(list(geometries))
    tree = shapely.STRtree(list(geometries))
    gaps = []
    for part in shapely.get_parts(whole):
        for ring in shapely.get_rings(part)[1:]:
            hole = shapely.Polygon(ring)
            if len(tree.query(hole, predicate="intersects")) > 1:
                gaps.append(hole)
    return gaps


def find_broken_edges(geometries: Geometries) -> list[int]:
    """Return the positions of the polygons whose borders do not match their neighbours'."""
    edges = shapely.coverage_invalid_edges(list(geometries))
    return [i for i, edge in enumerate(edges) if not shapely.is_empty(edge)]


def measure_overlap(geometries: Geometries) -> float:
    """Return the area covered more than once, in the square of the coordinates' units."""
    total = float(shapely.area(list(geometries)).sum())
    return max(0.0, total - float(shapely.union_all(list(geometries)).area))


def round_coordinates(geometries: Geometries, decimals: int) -> np.ndarray:
    """Return the polygons with rounded coordinates, shared vertices alike, none repeated.

    Rings that vanish in the rounding are left out.
    """
    rounded = shapely.transform(
        np.asarray(geometries, dtype=object), lambda points: np.round(points, decimals)
    )
    return np.asarray([_drop_empty_rings(geometry) for geometry in rounded])


def simplify_coverage(geometries: Geometries, *, tolerance: float, decimals: int) -> np.ndarray:
    """Return polygons (EPSG:4326) simplified with their shared borders kept the same.

    Visvalingam-Whyatt on the whole coverage: corners that span less than ``tolerance`` squared
    (metres, in VN-2000 / TM-3 105-45) go, then coordinates are rounded to ``decimals`` of a
    degree.
    """
    metric = gpd.GeoSeries(list(geometries), crs=WGS84).to_crs(VN2000_HAI_PHONG)
    simple = shapely.coverage_simplify(metric.to_numpy(), tolerance)
    degrees = gpd.GeoSeries(simple, crs=VN2000_HAI_PHONG).to_crs(WGS84)
    return round_coordinates(degrees.to_numpy(), decimals)


def is_sound_coverage(geometries: Geometries) -> bool:
    """Return whether the polygons are valid, none is empty, and none overlap or gape."""
    array = np.asarray(geometries, dtype=object)
    return bool(
        shapely.is_valid(array).all()
        and not shapely.is_empty(array).any()
        and shapely.coverage_is_valid(array)
        and not find_gaps(array)
    )


def _drop_empty_rings(geometry: shapely.Geometry) -> shapely.Geometry:
    polygons = []
    for part in shapely.get_parts(geometry):
        shell, *holes = shapely.get_rings(part)
        if shapely.Polygon(shell).area > 0:
            inner_rings = [hole for hole in holes if shapely.Polygon(hole).area > 0]
            polygons.append(shapely.remove_repeated_points(shapely.Polygon(shell, inner_rings)))
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
