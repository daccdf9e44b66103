"""Coordinate reference systems of the project, and measures in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import CrsError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

WGS84: Final = "EPSG:4326"
"""Longitude and latitude in degrees: what is stored, exchanged and drawn."""

VN2000_HAI_PHONG: Final = "EPSG:9210"
"""VN-2000 / TM-3 105-45, in metres: what areas and distances are measured in."""


def measure_area_km2(frame: gpd.GeoDataFrame) -> pd.Series:
    """Return the area of every geometry in km², measured in VN-2000 / TM-3 105-45.

    Raises ``CrsError`` when the frame says no CRS.
    """
    return to_metric(frame).area / 1e6


def to_metric(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame in VN-2000 / TM-3 105-45 (metres)."""
    if frame.crs is None:
        raise CrsError("the frame has no CRS: set it where the data are read")
    return frame.to_crs(VN2000_HAI_PHONG)
