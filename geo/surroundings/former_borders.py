"""Borders within the city: former districts, the former border of two provinces.

Drawn along today's communes, so that every line lies on one of theirs: a commune belongs to the
former district that most of its land was in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd


@dataclass(frozen=True)
class FormerBorders:
    """Lines in degrees (EPSG:4326), none of them drawn twice.

    ``provinces`` runs between the former Hải Phòng and Hải Dương, ``districts`` between former
    districts of one of them.
    """

    provinces: shapely.Geometry
    districts: shapely.Geometry


def build_former_borders(
    communes: Sequence[shapely.Geometry], units_2008: gpd.GeoDataFrame
) -> FormerBorders:
    """Return the borders along today's communes, a coverage (EPSG:4326).

    ``units_2008`` has ``province``, ``district`` and ``geometry``, see ``read_communes_2008``.
    """
    districts = units_2008.dissolve(by=["province", "district"]).geometry
    owner = _find_owners(communes, list(districts))
    names = list(districts.index)
    by_district = _dissolve(communes, [names[index] for index in owner])
    by_province = _dissolve(communes, [names[index][0] for index in owner])
    province_lines = _find_inner_lines(by_province)
    district_lines = shapely.difference(_find_inner_lines(by_district), province_lines)
    return FormerBorders(_merge(province_lines), _merge(district_lines))


def _find_owners(
    communes: Sequence[shapely.Geometry], districts: Sequence[shapely.Geometry]
) -> list[int]:
    """Return for each commune the number of the district that most of it lies in."""
    valid = shapely.make_valid(np.asarray(districts, dtype=object))
    owners = []
    for commune in communes:
        shared = shapely.area(shapely.intersection(shapely.make_valid(commune), valid))
        owners.append(int(np.argmax(shared)))
    return owners


def _dissolve(
    communes: Sequence[shapely.Geometry], groups: Sequence[object]
) -> list[shapely.Geometry]:
    members: dict[object, list[shapely.Geometry]] = {}
    for commune, group in zip(communes, groups, strict=True):
        members.setdefault(group, []).append(commune)
    return [shapely.coverage_union_all(parts) for parts in members.values()]


def _find_inner_lines(parts: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return the lines that two of the parts share."""
    edges = [shapely.boundary(part) for part in parts]
    shared = [
        shapely.intersection(first, second)
        for number, first in enumerate(edges)
        for second in edges[number + 1 :]
        if first.intersects(second)
    ]
    return shapely.union_all([_keep_lines(line) for line in shared])


def _keep_lines(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(geometry)
    return shapely.union_all([part for part in parts if part.geom_type == "LineString"])


def _merge(lines: shapely.Geometry) -> shapely.Geometry:
    return shapely.line_merge(_keep_lines(lines))
