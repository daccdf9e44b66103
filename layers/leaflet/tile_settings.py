"""What an operator may set for the map, from the environment. Everything has a safe default."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class TileSettings:
    """A tile service that an operator turned on: its address pattern and its credit line."""

    url: str
    credit: str

    @property
    def origin(self) -> str:
        """Return the service's origin, the one further host that pages may then ask."""
        parts = urlsplit(self.url)
        host = parts.netloc.replace("{s}", "*")
        return f"{parts.scheme}://{host}"


def read_tile_settings(environment: Mapping[str, str] | None = None) -> TileSettings | None:
    """Return the tile service named by ``HPMAP_TILE_URL``; ``None``, the default, without one.

    ``HPMAP_TILE_CREDIT`` is the credit line shown on the map. An address that is not http(s) with
    ``{z}``, ``{x}`` and ``{y}`` in it is no tile service and is left out.
    """
    values = os.environ if environment is None else environment
    url = values.get("HPMAP_TILE_URL", "").strip()
    parts = urlsplit(url)
    complete = all(mark in url for mark in ("{z}", "{x}", "{y}"))
    if parts.scheme not in {"http", "https"} or not parts.netloc or not complete:
        return None
    return TileSettings(url, values.get("HPMAP_TILE_CREDIT", "").strip() or parts.netloc)
