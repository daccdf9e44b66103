"""What the reader did in the map, read from the message the map sends.

The message comes from a browser: anything may stand in it. ``parse_click`` is pure and total.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

ClickKind = Literal["commune", "item", "place", "point"]

PLACE_KINDS: Final = ("commune", "former_unit", "district", "zone", "item")
"""Kinds of a search hit: see ``geo.search.suggest``."""

_KINDS: Final = get_args(ClickKind)
_KEY = re.compile(r"[\w .:\-–]{1,80}")


@dataclass(frozen=True)
class MapClick:
    """One choice in the map: of a commune's code, an item, a hit of the search, or a point.

    ``place_kind`` is set for a search hit only, ``at`` (lon, lat in EPSG:4326) for a point only.
    ``serial`` tells two equal clicks apart. ``go`` asks the map to go there.
    """

    kind: ClickKind
    key: str
    serial: int
    place_kind: str = ""
    go: bool = False
    at: tuple[float, float] | None = None


def parse_click(value: object) -> MapClick | None:
    """Return the click that a map message holds; ``None`` when it holds none that makes sense."""
    drawing = _get_value(value, "last_active_drawing")
    properties = _get_value(drawing, "properties")
    kind, key, serial = (
        _get_value(properties, "t"),
        _get_value(properties, "id"),
        _get_value(properties, "n"),
    )
    if isinstance(serial, bool) or not isinstance(serial, int):
        return None
    if kind == "point":
        return _parse_point(_get_value(properties, "lon"), _get_value(properties, "lat"), serial)
    if not isinstance(kind, str) or kind not in _KINDS or not isinstance(key, str):
        return None
    if not _KEY.fullmatch(key):
        return None
    place_kind = _get_value(properties, "kind")
    if kind == "place" and place_kind not in PLACE_KINDS:
        return None
    return MapClick(
        kind=cast("ClickKind", kind),
        key=key,
        serial=serial,
        place_kind=str(place_kind) if kind == "place" else "",
        go=kind == "place" or _get_value(properties, "go") == 1,
    )


def _parse_point(lon: object, lat: object, serial: int) -> MapClick | None:
    east, north = _parse_degrees(lon, 180), _parse_degrees(lat, 90)
    if east is None or north is None:
        return None
    return MapClick("point", "", serial, at=(east, north))


def _parse_degrees(value: object, limit: float) -> float | None:
    """Return a number of degrees between the limits, ``None`` for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -limit <= value <= limit else None


def _get_value(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None
