"""What lies under the communes: an operator's file of tiles, their tile service, or nothing."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from layers.leaflet.asset_files import FROM_FRAME, PREFIX
from store.tiles.archive import TileFileError
from store.tiles.tile_file import load_tile_file

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class TileSettings:
    """Tiles that an operator turned on: their address pattern and their credit line.

    ``zooms`` are the levels that they have, the first and the last; others are drawn enlarged or
    made smaller. ``None``: a service, which has them all.
    """

    url: str
    credit: str
    zooms: tuple[int, int] | None = None

    @property
    def origin(self) -> str:
        """Return the service's origin, the one further host that pages may then ask.

        '' for a file, which this server gives out itself.
        """
        parts = urlsplit(self.url)
        host = parts.netloc.replace("{s}", "*")
        return f"{parts.scheme}://{host}" if host else ""


def read_tile_settings(environment: Mapping[str, str] | None = None) -> TileSettings | None:
    """Return the tiles to draw; ``None``, the default, without any.

    A file of tiles (``store.tiles.tile_file``) wins over the service named by ``HPMAP_TILE_URL``:
    with it nobody else is asked. One that cannot be drawn is left out, with the reason in the log.
    """
    values = os.environ if environment is None else environment
    try:
        file = load_tile_file(values)
    except TileFileError as fault:
        _log_fault(str(fault))
        file = None
    if file is not None:
        url = f"{FROM_FRAME}{PREFIX}/tiles/{file.version}/{{z}}/{{x}}/{{y}}"
        return TileSettings(url, file.credit, (file.summary.min_zoom, file.summary.max_zoom))
    return _read_service(values)


def _read_service(values: Mapping[str, str]) -> TileSettings | None:
    """Return the service named by ``HPMAP_TILE_URL``.

    ``HPMAP_TILE_CREDIT`` is the credit line shown on the map. An address that is not http(s) with
    ``{z}``, ``{x}`` and ``{y}`` in it is no tile service and is left out.
    """
    url = values.get("HPMAP_TILE_URL", "").strip()
    parts = urlsplit(url)
    complete = all(mark in url for mark in ("{z}", "{x}", "{y}"))
    if parts.scheme not in {"http", "https"} or not parts.netloc or not complete:
        return None
    return TileSettings(url, values.get("HPMAP_TILE_CREDIT", "").strip() or parts.netloc)


@lru_cache(maxsize=8)
def _log_fault(reason: str) -> None:
    """Log a fault once: the settings are read for every map."""
    _LOG.warning("the file of tiles is not drawn: %s", reason)
