"""The geometry of exports: items and places as points, communes as polygons, EPSG:4326."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries.web import find_label_point
from geo.crs import WGS84
from store.column_values import list_cells

if TYPE_CHECKING:
    from geo.boundaries.layer import BoundaryLayer
    from store.exports.tables.content import ExportContent


def make_item_frame(content: ExportContent) -> gpd.GeoDataFrame:
    """Return the items table with ``precision`` and a geometry each (EPSG:4326).

    A point of its own where one is known; otherwise one point per commune, at the commune's label
    point, together a MultiPoint. An item without a place has no geometry.
    """
    points = map_label_points(content.layer)
    frame = content.get_table("items").frame()
    own = _map_own_points(content)
    precisions: list[str] = []
    shapes: list[shapely.Geometry | None] = []
    for item, codes in list_cells(frame, "item", "commune_codes"):
        label_points = [points[code] for code in codes.split() if code in points]
        precisions.append("point" if item in own else "commune" if label_points else "unknown")
        shapes.append(shapely.Point(own[item]) if item in own else _make_point_shape(label_points))
    accuracy = [map_own_accuracy(content).get(item) for item in frame["item"]]
    return _add_geometry(frame.assign(accuracy_m=_to_number_series(accuracy)), precisions, shapes)


def make_place_frame(content: ExportContent) -> gpd.GeoDataFrame:
    """Return the places table with ``precision`` and a point each (EPSG:4326), as above."""
    points = map_label_points(content.layer)
    frame = content.get_table("places").frame()
    shapes = [shapely.Point(points[code]) if code in points else None for code in frame["commune"]]
    precisions = ["unknown" if shape is None else "commune" for shape in shapes]
    return _add_geometry(frame, precisions, shapes)


def make_commune_frame(content: ExportContent) -> gpd.GeoDataFrame:
    """Return the communes table with the boundaries in use (MultiPolygon, EPSG:4326)."""
    frame = content.get_table("communes").frame()
    by_code = dict(zip(content.layer.frame["code"], content.layer.frame.geometry, strict=True))
    shapes = [_to_multipolygon(by_code[code]) for code in frame["commune"]]
    frame["boundaries"] = content.layer.provider
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=WGS84), crs=WGS84)


@lru_cache(maxsize=1)
def map_label_points(layer: BoundaryLayer) -> dict[str, tuple[float, float]]:
    """Return the label point (longitude, latitude) of every commune of a layer."""
    pairs = zip(layer.frame["code"], layer.frame.geometry, strict=True)
    return {code: _to_pair(find_label_point(shape)) for code, shape in pairs}


def map_own_accuracy(content: ExportContent) -> dict[str, float]:
    """Return within how many metres the items' own points are known, where that is said."""
    points = content.facts.points.dropna(subset=["accuracy_m"])
    return dict(list_cells(points, "item", "accuracy_m"))


def _map_own_points(content: ExportContent) -> dict[str, tuple[float, float]]:
    points = content.facts.points
    pairs = list_cells(points, "lon", "lat")
    return dict(zip(points["item"], pairs, strict=True))


def _to_number_series(values: list[float | None]) -> pd.Series:
    return pd.Series(values, dtype="float64")


def _to_pair(point: list[float]) -> tuple[float, float]:
    return point[0], point[1]


def _make_point_shape(points: list[tuple[float, float]]) -> shapely.Geometry | None:
    if not points:
        return None
    return shapely.Point(points[0]) if len(points) == 1 else shapely.MultiPoint(points)


def _to_multipolygon(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Return a MultiPolygon whose outer rings run anticlockwise, as RFC 7946 wants them."""
    parts = [shapely.geometry.polygon.orient(part) for part in shapely.get_parts(shape)]
    return shapely.MultiPolygon(parts)


def _add_geometry(
    frame: pd.DataFrame, precisions: list[str], shapes: list[shapely.Geometry | None]
) -> gpd.GeoDataFrame:
    frame = frame.assign(precision=precisions)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs=WGS84), crs=WGS84)
