"""What to mind about a visit's position: shown beside it, never a reason to refuse it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely
from pyproj import Transformer

from geo.boundaries import active_layer
from geo.crs import VN2000_HAI_PHONG, WGS84, to_metric
from store.field_limits import FieldLimits, field_limits

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True)
class Flag:
    """One thing to mind; texts are ``phone.flag.<flag>`` of the catalogue.

    ``accuracy``: the position is less certain than the limit (metres, with ``limit``).
    ``outside``: it lies outside the item's communes by ``distance`` metres, more than its accuracy.
    ``no_position``: there is none. ``item_gone``: the item was not on the list when it came.
    """

    flag: str
    accuracy: float = 0.0
    limit: float = 0.0
    distance: float = 0.0

    def values(self) -> dict[str, float]:
        """Return the numbers that the flag's text names, whole."""
        told = {"accuracy": self.accuracy, "limit": self.limit, "distance": self.distance}
        return {name: round(value) for name, value in told.items()}


def flags_of(
    row: Mapping[str, Any],
    communes: Collection[str],
    limits: FieldLimits | None = None,
    *,
    item_gone: bool = False,
) -> tuple[Flag, ...]:
    """Return what to mind about a row of ``visits`` whose item lies in ``communes`` (codes)."""
    limits = limits or field_limits()
    gone = (Flag("item_gone"),) if item_gone else ()
    lon, lat = _number(row["lon"]), _number(row["lat"])
    if lon is None or lat is None:
        return (*gone, Flag("no_position"))
    accuracy = _number(row["accuracy_m"])
    found = list(gone)
    if accuracy is None or accuracy > limits.max_accuracy_m:
        found.append(Flag("accuracy", accuracy=accuracy or 0.0, limit=limits.max_accuracy_m))
    distance = outside_m(lon, lat, communes)
    if distance is not None and distance > (accuracy or 0.0):
        found.append(Flag("outside", distance=distance))
    return tuple(found)


def outside_m(lon: float, lat: float, communes: Collection[str]) -> float | None:
    """Return how many metres a point (EPSG:4326) lies outside communes (codes), 0 inside.

    Measured in VN-2000 / TM-3 105-45. ``None`` where no commune is known.
    """
    shapes = [shape for code, shape in _shapes(active_layer().version).items() if code in communes]
    if not shapes:
        return None
    point = shapely.Point(_to_metres().transform(lon, lat))
    if not all(map(_is_finite, (point.x, point.y))):
        return None
    return float(min(shapely.distance(shapes, point)))


@lru_cache(maxsize=2)
def _shapes(_version: str) -> dict[str, Any]:
    frame = to_metric(active_layer().frame)
    return dict(zip(frame["code"], frame.geometry, strict=True))


@lru_cache(maxsize=1)
def _to_metres() -> Transformer:
    return Transformer.from_crs(WGS84, VN2000_HAI_PHONG, always_xy=True)


def _is_finite(value: float) -> bool:
    return abs(value) < float("inf")


def _number(value: Any) -> float | None:
    """Return a cell of a row or of a frame as a number, ``None`` where nothing is known."""
    return None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN
