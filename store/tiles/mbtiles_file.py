"""Tiles out of an MBTiles file, as QGIS ("Generate XYZ tiles") and GDAL write it.

The format is a SQLite database (MBTiles 1.3): ``metadata`` of names and values, ``tiles`` with
rows that are counted from the south.
"""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from store.tiles.archive import TileFileError, TileSummary, find_media_type, read_credit

if TYPE_CHECKING:
    from pathlib import Path

_VECTOR: Final = frozenset({"pbf", "mvt"})
_WAIT_S: Final = 5.0


class MbtilesFile:
    """An MBTiles file, opened anew for every tile: the threads share nothing."""

    def __init__(self, path: Path) -> None:
        """Read what the file says of itself; raise ``TileFileError`` for none of pictures."""
        self._path = path
        try:
            self.summary = self._read_summary()
        except sqlite3.Error as fault:
            raise TileFileError("broken", path, reason=fault) from fault

    def read_tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return one picture, see ``TileArchive``; ``None`` where the file has none there."""
        from_south = (1 << zoom) - 1 - row
        with closing(self._connect()) as connection:
            found = connection.execute(
                "SELECT tile_data FROM tiles"
                " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, from_south),
            ).fetchone()
        return bytes(found[0]) if found and isinstance(found[0], bytes) else None

    def _connect(self) -> sqlite3.Connection:
        address = f"file:{quote(str(self._path))}?mode=ro"
        return sqlite3.connect(address, uri=True, timeout=_WAIT_S)

    def _read_summary(self) -> TileSummary:
        with closing(self._connect()) as connection:
            metadata = {
                str(name): str(value)
                for name, value in connection.execute("SELECT name, value FROM metadata")
            }
            zooms = connection.execute(
                "SELECT min(zoom_level), max(zoom_level) FROM tiles"
            ).fetchone()
            if zooms[0] is None:
                raise TileFileError("empty", self._path)
            first = connection.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()[0]
            span = connection.execute(
                "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row)"
                " FROM tiles WHERE zoom_level = ?",
                (zooms[1],),
            ).fetchone()
        if metadata.get("format", "").lower() in _VECTOR:
            raise TileFileError("vector", self._path)
        if not isinstance(first, bytes) or find_media_type(first) is None:
            raise TileFileError("no_pictures", self._path)
        return TileSummary(
            min_zoom=int(zooms[0]),
            max_zoom=int(zooms[1]),
            bounds=_measure_bounds(int(zooms[1]), span),
            credit=read_credit(metadata.get("attribution", "")),
        )


def _measure_bounds(
    zoom: int, span: tuple[int, int, int, int]
) -> tuple[float, float, float, float]:
    """Return where tiles lie (degrees), columns and rows (from the south) at one zoom.

    Of the tiles, for the file's own ``bounds`` may be left out or of the whole earth.
    """
    size = 1 << zoom
    first_column, last_column, first_row, last_row = span
    return (
        first_column / size * 360 - 180,
        _find_latitude(first_row / size),
        (last_column + 1) / size * 360 - 180,
        _find_latitude((last_row + 1) / size),
    )


def _find_latitude(part: float) -> float:
    """Return the latitude of a part of the height of the Web Mercator square, from the south."""
    return math.degrees(math.atan(math.sinh(math.pi * (2 * part - 1))))
