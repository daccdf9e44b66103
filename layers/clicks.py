"""What the reader did in the map, read from the message the map sends.

The message comes from a browser: anything may stand in it. ``parse_click`` is pure and total.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

ClickKind = Literal["commune", "item", "place"]

PLACE_KINDS: Final = ("commune", "former_unit", "district", "zone", "item")
"""Kinds of a search hit: see ``geo.suggest``."""

_KINDS: Final = get_args(ClickKind)
_KEY = re.compile(r"[\w .:\-–]{1,80}")


@dataclass(frozen=True)
class Click:
    """One choice in the map: of a commune's code, an item, or a hit of the search.

    ``place_kind`` is set for a search hit only. ``serial`` tells two equal clicks apart. ``go``
    asks the map to go there.
    """

    kind: ClickKind
    key: str
    serial: int
    place_kind: str = ""
    go: bool = False


def parse_click(value: object) -> Click | None:
    """Return the click that a map message holds; ``None`` when it holds none that makes sense."""
    drawing = _get(value, "last_active_drawing")
    properties = _get(drawing, "properties")
    kind, key, serial = _get(properties, "t"), _get(properties, "id"), _get(properties, "n")
    if not isinstance(kind, str) or kind not in _KINDS or not isinstance(key, str):
        return None
    if not _KEY.fullmatch(key) or isinstance(serial, bool) or not isinstance(serial, int):
        return None
    place_kind = _get(properties, "kind")
    if kind == "place" and place_kind not in PLACE_KINDS:
        return None
    return Click(
        kind=cast("ClickKind", kind),
        key=key,
        serial=serial,
        place_kind=str(place_kind) if kind == "place" else "",
        go=kind == "place" or _get(properties, "go") == 1,
    )


def _get(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None
