"""The communes as the browser loads them: one small GeoJSON file, cacheable for ever.

The name carries a hash of the content, so a changed layer has another address and a browser
may keep the file as long as it likes.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from geo.boundaries import topology
from geo.boundaries.layer import to_geojson
from geo.errors import BoundaryError
from geo.i18n import t

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.boundaries.layer import Provider

GZIP_MAX_KB: Final = 400
DECIMALS: Final = 5
"""Decimals of a degree in the browser's file: about one metre."""

TOLERANCES_M: Final = (15.0, 25.0, 40.0, 60.0, 90.0)
"""Tried in turn until the file is sound and small enough. 15 m are one or two pixels on a
screen that shows a commune."""

PROPERTIES: Final = ("code", "name", "kind", "at")


@dataclass(frozen=True, slots=True)
class WebLayer:
    """The browser's file of the layer in use.

    ``path``: GeoJSON, EPSG:4326, feature id = code, properties ``code``, ``name``, ``kind`` and
    ``at`` (longitude and latitude of a point well inside, for a label). ``version`` is the hash
    in the file's name. Sizes are in bytes.
    """

    path: Path
    version: str
    provider: Provider
    bytes: int
    gzip_bytes: int
    tolerance_m: float


def write_web_layer(frame: gpd.GeoDataFrame, folder: Path, provider: Provider) -> WebLayer:
    """Write the browser's file of a layer's frame into ``folder``.

    Raises ``BoundaryError`` when no simplification is both sound and small enough.
    """
    for tolerance in TOLERANCES_M:
        geometries = topology.simplify_coverage(
            frame.geometry.to_list(), tolerance=tolerance, decimals=DECIMALS
        )
        if not topology.is_sound_coverage(geometries):
            continue
        simple = frame.set_geometry(geometries, crs=frame.crs)
        simple["at"] = [find_label_point(geometry) for geometry in geometries]
        content = to_geojson(simple, PROPERTIES).encode()
        packed = len(gzip.compress(content, mtime=0))
        if packed <= GZIP_MAX_KB * 1000:
            version = hashlib.sha256(content).hexdigest()[:16]
            path = folder / f"communes-{version}.geojson"
            path.write_bytes(content)
            return WebLayer(path, version, provider, len(content), packed, tolerance)
    raise BoundaryError(t("geo.boundaries.web_too_large", limit=GZIP_MAX_KB))


def find_label_point(geometry: shapely.Geometry) -> list[float]:
    """Return longitude and latitude of the point of the largest part farthest from its edge."""
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    centre = shapely.get_point(shapely.maximum_inscribed_circle(largest), 0)
    for point in (centre, largest.representative_point()):
        rounded_point = shapely.Point(round(point.x, DECIMALS), round(point.y, DECIMALS))
        if largest.contains(rounded_point):
            return [rounded_point.x, rounded_point.y]
    return [point.x, point.y]
