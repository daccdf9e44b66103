"""Checks of a boundary layer: whole, sound, and how its areas agree with the official ones.

Areas are measured in VN-2000 / TM-3 105-45 (EPSG:9210). The official figure of a commune also
counts the tidal flats and the sea between its islands, which no drawing of the land holds, so
the two special zones are islands and stand apart.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.boundaries import topology
from geo.boundaries.layer import load_communes
from geo.crs import to_metric
from geo.errors import BoundaryError
from geo.i18n import t

if TYPE_CHECKING:
    import geopandas as gpd

ISLAND_KIND: Final = "dac_khu"
WIDE_PCT: Final = 5.0
"""A commune whose area is further than this from the official figure is named."""

SLIVER_KM2: Final = 1e-6
"""Overlap below one square metre is the arithmetic's, not the drawing's."""


@dataclass(frozen=True, slots=True)
class AreaCheck:
    """Areas in km² and their difference from the official figures in per cent."""

    total_km2: float
    official_km2: float
    difference_pct: float
    mainland_difference_pct: float
    median_difference_pct: float
    beyond_5_pct: dict[str, float]
    """Code of each commune further than 5 % from its official figure, and how far."""


@dataclass(frozen=True, slots=True)
class LayerChecks:
    """What a layer holds and what is wrong with it."""

    communes: int
    polygons: int
    vertices: int
    invalid: list[str]
    mismatched: list[str]
    """Codes of communes whose border does not match the neighbours'."""

    overlap_km2: float
    gaps: int
    areas: AreaCheck

    @property
    def is_sound(self) -> bool:
        """Whether the layer may be used: all communes there, valid, no overlaps, no gaps."""
        return (
            self.communes == len(load_communes())
            and not (self.invalid or self.mismatched or self.gaps)
            and self.overlap_km2 < SLIVER_KM2
        )

    def as_dict(self) -> dict[str, object]:
        """Return the checks as plain data for JSON."""
        return asdict(self)


def check_layer(frame: gpd.GeoDataFrame) -> LayerChecks:
    """Return the checks of a layer's frame."""
    geometries = frame.geometry.to_numpy()
    codes = frame["code"].to_numpy()
    return LayerChecks(
        communes=len(frame),
        polygons=int(shapely.get_num_geometries(geometries).sum()),
        vertices=int(shapely.get_num_coordinates(geometries).sum()),
        invalid=list(codes[~shapely.is_valid(geometries) | shapely.is_empty(geometries)]),
        mismatched=[str(codes[i]) for i in topology.find_broken_edges(geometries)],
        overlap_km2=round(topology.measure_overlap(to_metric(frame).geometry.to_numpy()) / 1e6, 6),
        gaps=len(topology.find_gaps(geometries)),
        areas=check_areas(frame),
    )


def require_sound_layer(frame: gpd.GeoDataFrame) -> LayerChecks:
    """Return the checks of a frame that may be used.

    Raises ``BoundaryError`` otherwise.
    """
    checks = check_layer(frame)
    if not checks.is_sound:
        raise BoundaryError(
            t(
                "geo.boundaries.unsound",
                communes=checks.communes,
                invalid=_format_first_codes(checks.invalid),
                mismatched=_format_first_codes(checks.mismatched),
                overlap=checks.overlap_km2,
                gaps=checks.gaps,
            )
        )
    return checks


def check_areas(frame: gpd.GeoDataFrame) -> AreaCheck:
    """Return how the areas of a layer's frame agree with the official figures."""
    official = load_communes()["area_km2"].reindex(frame["code"]).to_numpy()
    measured = frame["area_km2"].to_numpy()
    difference = (measured / official - 1) * 100
    mainland = (frame["kind"] != ISLAND_KIND).to_numpy()
    wide = np.abs(difference) > WIDE_PCT
    return AreaCheck(
        total_km2=round(float(measured.sum()), 2),
        official_km2=round(float(official.sum()), 2),
        difference_pct=_compute_difference(measured.sum(), official.sum()),
        mainland_difference_pct=_compute_difference(
            measured[mainland].sum(), official[mainland].sum()
        ),
        median_difference_pct=round(float(np.median(np.abs(difference))), 2),
        beyond_5_pct={
            str(code): round(float(value), 1)
            for code, value in zip(frame["code"][wide], difference[wide], strict=True)
        },
    )


def _format_first_codes(codes: list[str]) -> str:
    shown = ", ".join(codes[:5]) or "–"
    return f"{shown} …" if len(codes) > len(codes[:5]) else shown


def _compute_difference(measured: float, official: float) -> float:
    return round(float((measured / official - 1) * 100), 2)
