"""The approximate layer: the communes of 2008 put together into today's 114.

Each commune of 2008 goes whole to the commune of today in which its land lies. Where it was
divided and the shares are known, it is cut straight across, from the border with the one to
the border with the other, so that the areas have those shares: a cut of the right size in a
likely place, which is why the layer is called approximate. ``boundary_corrections.csv`` holds
what is known better from a public source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import shapely
from shapely import affinity

from geo.boundaries import topology
from geo.boundaries.communes_2008 import read_communes_2008
from geo.boundaries.division import cut_along, cut_through_point, find_direction
from geo.boundaries.layer import DECIMALS, read_table, to_frame
from geo.crs import WGS84, to_metric
from geo.errors import DataFileError
from geo.i18n import t

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

LINEAGE: Final = "boundary_lineage.csv"
CORRECTIONS: Final = "boundary_corrections.csv"

Key = tuple[str, str, str]
"""Province, district and name of a commune of 2008."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where the land of a commune of 2008 lies today: codes, largest share first."""

    codes: tuple[str, ...]
    shares: tuple[float, ...]


def build_approximate(path: Path) -> gpd.GeoDataFrame:
    """Return the approximate layer's frame (see ``BoundaryLayer``) from the data file.

    Raises ``DataFileError`` when the file or the lineage lacks a commune.
    """
    drawn = read_communes_2008(path).set_index(["province", "district", "commune"])
    lineage = read_lineage()
    _check_match(drawn, lineage)
    pieces = divide_communes(to_metric(fit_islands(drawn))["geometry"], lineage)
    cleaned = topology.make_valid_coverage(list(pieces.geometry), gap_width=topology.GAP_WIDTH_M)
    degrees = gpd.GeoSeries(cleaned, crs=pieces.crs).to_crs(WGS84)
    rounded = topology.round_coordinates(degrees.to_numpy(), DECIMALS)
    codes = sorted(set(pieces["code"]))
    parts = gpd.GeoSeries(rounded, index=pieces["code"])
    merged = [shapely.union_all(parts[[code]].to_numpy()) for code in codes]
    if not topology.is_sound_coverage(merged):
        merged = list(
            topology.make_valid_coverage(merged, gap_width=topology.GAP_WIDTH_M / topology.DEGREE_M)
        )
    return to_frame(codes, merged)


def read_lineage() -> dict[Key, Lineage]:
    """Return the lineage of every commune of 2008."""
    return {
        (row["province"], row["district"], row["commune"]): Lineage(
            tuple(row["codes"].split()),
            tuple(float(share) for share in row["shares"].split()) or (1.0,),
        )
        for row in read_table(LINEAGE)
    }


def fit_islands(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the communes (EPSG:4326), islands that the source misplaces put where they lie."""
    fitted = units.copy()
    for row in read_table(CORRECTIONS):
        if row["correction"] == "fit_to_bounds":
            key = (row["province"], row["district"], row["commune"])
            bounds = [float(edge) for edge in row["value"].split()]
            fitted.loc[[key], "geometry"] = _fit_to_bounds(units.loc[key, "geometry"], bounds)
    return fitted


def divide_communes(units: gpd.GeoSeries, lineage: dict[Key, Lineage]) -> gpd.GeoDataFrame:
    """Return the pieces (columns ``code``, ``geometry``; metres) of the communes of 2008."""
    cores = {
        code: shapely.union_all(
            [units[key] for key, line in lineage.items() if line.codes == (code,)]
        )
        for code in sorted({code for line in lineage.values() for code in line.codes})
    }
    between = {
        (row["province"], row["district"], row["commune"]): row["value"].split(";")
        for row in read_table(CORRECTIONS)
        if row["correction"] == "cut_between"
    }
    rows = []
    for key, line in lineage.items():
        if len(line.codes) == 1:
            rows.append((line.codes[0], units[key]))
            continue
        first, second = (cores[code] for code in line.codes)
        if key in between:
            point = _find_meeting_point(units, key, between[key])
            parts = cut_through_point(units[key], point, line.shares[1], second)
        else:
            direction = find_direction(units[key], first, second)
            parts = cut_along(units[key], direction, line.shares[1])
        rows += zip(line.codes, parts, strict=True)
    return gpd.GeoDataFrame(rows, columns=["code", "geometry"], crs=units.crs)


def _find_meeting_point(units: gpd.GeoSeries, key: Key, names: list[str]) -> shapely.Point:
    """Return the point where the commune and the two named neighbours meet."""
    here = units[key]
    named = units[units.index.get_level_values("commune").isin(names)]
    first, second = named[named.distance(here) == 0]
    return shapely.intersection_all([here, first, second]).representative_point()


def _fit_to_bounds(geometry: shapely.Geometry, bounds: list[float]) -> shapely.Geometry:
    """Return the geometry moved and scaled to fill ``bounds`` (west, south, east, north)."""
    west, south, east, north = geometry.bounds
    wide = (bounds[2] - bounds[0]) / (east - west)
    high = (bounds[3] - bounds[1]) / (north - south)
    shift = (bounds[0] - west * wide, bounds[1] - south * high)
    return affinity.affine_transform(geometry, [wide, 0, 0, high, *shift])


def _check_match(units: pd.DataFrame, lineage: dict[Key, Lineage]) -> None:
    lacking = sorted(set(lineage) ^ set(units.index))
    if lacking or units.index.has_duplicates:
        names = "; ".join(", ".join(key) for key in lacking[:10])
        raise DataFileError(t("geo.boundaries.unmatched_2008", count=len(lacking), names=names))
