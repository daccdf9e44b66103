"""Where something lies exactly: typed coordinates read, and checked against the communes."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import shapely
from pyproj import Transformer

from geo.boundaries.active import get_active_layer
from geo.crs import VN2000_HAI_PHONG, WGS84, to_metric
from geo.errors import PositionError
from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import geopandas as gpd

LON: Final = (105.9, 108.0)
LAT: Final = (20.0, 21.4)
"""Degrees (EPSG:4326) between which the city lies, Bạch Long Vĩ with it."""

EAST: Final = (480_000.0, 740_000.0)
NORTH: Final = (2_210_000.0, 2_370_000.0)
"""The same in metres of VN-2000 / TM-3 105-45 (EPSG:9210)."""

LONGEST_TEXT: Final = 200
_NUMBER: Final = re.compile(r"(?<![\d.,])-?\d+(?:[.,]\d+)?(?![.,]?\d)")
_PAIR: Final = re.compile(r"\s*(-?\d+\.\d+)\s*[,;]\s*(-?\d+\.\d+)\s*")
_DEGREES: Final = re.compile(
    r"(\d{1,3})\s*[°º]\s*(\d{1,2})\s*['′’]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')?"
)


@dataclass(frozen=True)
class Position:
    """A place in degrees (EPSG:4326). ``vn2000``: it was given in metres of VN-2000."""

    lon: float
    lat: float
    vn2000: bool = False


def read_position(text: str) -> Position:
    """Return the place that typed coordinates name.

    Read are degrees in either order (``20.8651, 106.6838``; with minutes and seconds) and metres
    of VN-2000 / TM-3 105-45 in either order: the city lies where no two of these can be mixed up.
    Raises ``PositionError`` that guesses what is wrong.
    """
    given = text[: LONGEST_TEXT + 1]
    parts = _DEGREES.findall(given)
    if parts:
        numbers = [
            int(degrees) + int(minutes) / 60 + float(seconds.replace(",", ".")) / 3600
            for degrees, minutes, seconds in parts
        ]
    else:
        pair = _PAIR.fullmatch(given)
        groups = pair.groups() if pair else _NUMBER.findall(given)
        numbers = [float(group.replace(",", ".")) for group in groups]
    if len(numbers) != 2 or len(given) > LONGEST_TEXT:  # noqa: PLR2004 - two coordinates
        raise PositionError(t("geo.position.not_two", count=len(numbers)))
    for first, second in (numbers, numbers[::-1]):
        if _is_within(first, LON) and _is_within(second, LAT):
            return Position(first, second)
        if _is_within(first, EAST) and _is_within(second, NORTH):
            return from_vn2000(first, second)
    raise PositionError(t("geo.position.elsewhere"))


def from_vn2000(east: float, north: float) -> Position:
    """Return the place of metres of VN-2000 / TM-3 105-45 (EPSG:9210), to about a centimetre."""
    ((lon, lat),) = _transform(VN2000_HAI_PHONG, WGS84, [(east, north)])
    return Position(round(lon, 7), round(lat, 7), vn2000=True)


def to_vn2000(lon: float, lat: float) -> tuple[float, float]:
    """Return east and north of a place in metres of VN-2000 / TM-3 105-45 (EPSG:9210)."""
    return list_in_vn2000([(lon, lat)])[0]


def list_in_vn2000(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return east and north of places (lon, lat; EPSG:4326) in metres of VN-2000 (EPSG:9210)."""
    return _transform(WGS84, VN2000_HAI_PHONG, places)


def find_commune_at(lon: float, lat: float) -> str:
    """Return the code of the commune that a place (EPSG:4326) lies in, '' for none."""
    frame = get_active_layer().frame
    inside = frame.index[frame.geometry.intersects(shapely.Point(lon, lat))]
    return str(frame.loc[inside[0], "code"]) if len(inside) else ""


def measure_metres_outside(lon: float, lat: float, codes: Collection[str]) -> float | None:
    """Return how many metres a place (EPSG:4326) lies outside some communes, 0 within them.

    Measured in VN-2000 / TM-3 105-45 on the layer in use, which may be approximate. ``None`` where
    no commune is given.
    """
    frame = _load_metric_layer(get_active_layer().version)
    chosen = frame[frame["code"].isin(list(codes))]
    if chosen.empty:
        return None
    return float(chosen.distance(shapely.Point(*to_vn2000(lon, lat))).min())


def _is_within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


_TRANSFORMING: Final = ThreadPoolExecutor(1, thread_name_prefix="transform")
"""pyproj makes a transformer anew in every thread, and every run of a page is a new thread."""


def _transform(
    source: str, target: str, places: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return the places in another system of coordinates."""
    if not places:
        return []
    first, second = zip(*places, strict=True)
    task = _TRANSFORMING.submit(
        lambda: _make_transformer(source, target).transform(list(first), list(second))
    )
    return [(float(x), float(y)) for x, y in zip(*task.result(), strict=True)]


@cache
def _make_transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


@lru_cache(maxsize=2)
def _load_metric_layer(version: str) -> gpd.GeoDataFrame:  # noqa: ARG001 - the version is the cache's key
    return to_metric(get_active_layer().frame)
