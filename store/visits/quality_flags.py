"""What to mind about a visit's position: shown beside it, never a reason to refuse it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.boundaries.active import get_active_layer
from geo.crs import to_metric
from geo.positions import to_vn2000
from store.facts.visit_clock import is_ahead, is_behind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


MAX_ACCURACY_M: Final = 50.0
"""A position less certain than this is flagged, in metres."""

MAX_PHOTO_MB: Final = 15.0
"""The largest photo that is taken in, in megabytes (millions of bytes)."""

MAX_PHOTOS_PER_VISIT: Final = 12
MAX_PHOTO_MEGAPIXELS: Final = 64
"""The largest photo by its pixels, millions of them: unpacked, each takes three or four bytes."""


@dataclass(frozen=True)
class FieldLimits:
    """The limits in force; units are in the names."""

    max_accuracy_m: float = MAX_ACCURACY_M
    max_photo_mb: float = MAX_PHOTO_MB
    max_photos_per_visit: int = MAX_PHOTOS_PER_VISIT

    @property
    def max_photo_bytes(self) -> int:
        """The largest photo in bytes."""
        return int(self.max_photo_mb * 1_000_000)


def load_field_limits(environment: Mapping[str, str] | None = None) -> FieldLimits:
    """Return the limits that the environment sets (README's table of settings names them).

    What is no number, or none that makes sense, leaves the default in force.
    """
    values = os.environ if environment is None else environment
    return FieldLimits(
        max_accuracy_m=_parse_number_between(
            values, "HPMAP_MAX_ACCURACY_M", MAX_ACCURACY_M, 1, 10_000
        ),
        max_photo_mb=_parse_number_between(values, "HPMAP_MAX_PHOTO_MB", MAX_PHOTO_MB, 0.1, 100),
        max_photos_per_visit=int(
            _parse_number_between(
                values, "HPMAP_MAX_PHOTOS_PER_VISIT", MAX_PHOTOS_PER_VISIT, 0, 100
            )
        ),
    )


def _parse_number_between(
    values: Mapping[str, str], name: str, default: float, low: float, high: float
) -> float:
    try:
        number = float(values.get(name, "") or default)
    except ValueError:
        return default
    return number if low <= number <= high else default


@dataclass(frozen=True)
class QualityFlag:
    """One thing to mind; texts are ``phone.flag.<flag>`` of the catalogue.

    ``accuracy``: the position is less certain than the limit (metres, with ``limit``).
    ``outside``: it lies outside the item's communes by ``distance`` metres, more than its accuracy.
    ``no_position``: there is none. ``item_gone``: the item was not on the list when it came.
    ``clock_ahead``, ``clock_behind``: its day cannot be right (``store.facts.visit_clock``).
    """

    flag: str
    accuracy: float = 0.0
    limit: float = 0.0
    distance: float = 0.0

    def values(self) -> dict[str, float]:
        """Return the numbers that the flag's text names, whole."""
        numbers = {"accuracy": self.accuracy, "limit": self.limit, "distance": self.distance}
        return {name: round(value) for name, value in numbers.items()}


def find_quality_flags(
    row: Mapping[str, Any],
    communes: Collection[str],
    limits: FieldLimits | None = None,
    *,
    item_gone: bool = False,
) -> tuple[QualityFlag, ...]:
    """Return what to mind about a row of ``visits`` whose item lies in ``communes`` (codes)."""
    limits = limits or load_field_limits()
    gone: tuple[QualityFlag, ...] = (QualityFlag("item_gone"),) if item_gone else ()
    gone += (QualityFlag("clock_ahead"),) if is_ahead(row) else ()
    gone += (QualityFlag("clock_behind"),) if is_behind(row) else ()
    lon, lat = to_number(row["lon"]), to_number(row["lat"])
    if lon is None or lat is None:
        return (*gone, QualityFlag("no_position"))
    accuracy = to_number(row["accuracy_m"])
    flags = list(gone)
    if accuracy is None or accuracy > limits.max_accuracy_m:
        flags.append(QualityFlag("accuracy", accuracy=accuracy or 0.0, limit=limits.max_accuracy_m))
    distance = compute_outside_m(lon, lat, communes)
    if distance is not None and distance > (accuracy or 0.0):
        flags.append(QualityFlag("outside", distance=distance))
    return tuple(flags)


def compute_outside_m(lon: float, lat: float, communes: Collection[str]) -> float | None:
    """Return how many metres a point (EPSG:4326) lies outside communes (codes), 0 inside.

    Measured in VN-2000 / TM-3 105-45. ``None`` where no commune is known.
    """
    shapes = [
        shape
        for code, shape in _load_commune_shapes(get_active_layer().version).items()
        if code in communes
    ]
    if not shapes:
        return None
    point = shapely.Point(to_vn2000(lon, lat))
    if not all(map(_is_finite, (point.x, point.y))):
        return None
    return float(min(shapely.distance(shapes, point)))


@lru_cache(maxsize=2)
def _load_commune_shapes(_version: str) -> dict[str, Any]:
    frame = to_metric(get_active_layer().frame)
    return dict(zip(frame["code"], frame.geometry, strict=True))


def _is_finite(value: float) -> bool:
    return abs(value) < float("inf")


def to_number(value: Any) -> float | None:
    """Return a cell of a row or of a frame as a number, ``None`` where nothing is known."""
    return None if value is None or value != value else float(value)  # noqa: PLR0124 - NaN
