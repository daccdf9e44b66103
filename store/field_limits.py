"""What a visit in the field may bring: limits that an operator may set, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def field_limits(environment: Mapping[str, str] | None = None) -> FieldLimits:
    """Return the limits that the environment sets (README's table of settings names them).

    What is no number, or none that makes sense, leaves the default in force.
    """
    values = os.environ if environment is None else environment
    return FieldLimits(
        max_accuracy_m=_between(values, "HPMAP_MAX_ACCURACY_M", MAX_ACCURACY_M, 1, 10_000),
        max_photo_mb=_between(values, "HPMAP_MAX_PHOTO_MB", MAX_PHOTO_MB, 0.1, 100),
        max_photos_per_visit=int(
            _between(values, "HPMAP_MAX_PHOTOS_PER_VISIT", MAX_PHOTOS_PER_VISIT, 0, 100)
        ),
    )


def _between(
    values: Mapping[str, str], name: str, default: float, low: float, high: float
) -> float:
    try:
        number = float(values.get(name, "") or default)
    except ValueError:
        return default
    return number if low <= number <= high else default
