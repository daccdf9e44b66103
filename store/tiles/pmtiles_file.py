"""Tiles out of a PMTiles archive (version 3), read by the library of those who made the format."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any, Final

from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

from store.tiles.archive import TileFileError, TileSummary, find_media_type, read_credit

if TYPE_CHECKING:
    from pathlib import Path

_VECTOR: Final = frozenset({TileType.MVT, TileType.MLT})
_READABLE: Final = frozenset({Compression.NONE, Compression.UNKNOWN, Compression.GZIP})
_DAMAGED: Final = (
    MagicNumberNotFound, SpecVersionUnsupported, ValueError, KeyError, IndexError, EOFError,
    OSError, TypeError,
)  # fmt: skip
"""What the library raises over bytes that are none of its format."""
_DEGREE: Final = 10_000_000


class PmtilesFile:
    """A PMTiles archive, mapped into memory; reading a tile changes nothing."""

    def __init__(self, path: Path) -> None:
        """Read what the file says of itself; raise ``TileFileError`` for none of pictures."""
        try:
            with path.open("rb") as file:
                self._reader = Reader(MmapSource(file))
            header = self._reader.header()
            self._is_gzip = header["tile_compression"] == Compression.GZIP
            self.summary = self._read_summary(path, header)
        except TileFileError:
            raise
        except _DAMAGED as fault:
            raise TileFileError("broken", path, reason=type(fault).__name__) from fault

    def read_tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return one picture, see ``TileArchive``; ``None`` where the file has none there."""
        try:
            found: bytes | None = self._reader.get(zoom, column, row)
            return self._unpack(found) if found else None
        except _DAMAGED:
            return None

    def _unpack(self, tile: bytes) -> bytes:
        return gzip.decompress(tile) if self._is_gzip else tile

    def _read_summary(self, path: Path, header: Any) -> TileSummary:
        if header["tile_type"] in _VECTOR:
            raise TileFileError("vector", path)
        first = next(all_tiles(self._reader.get_bytes), None)
        if first is None:
            raise TileFileError("empty", path)
        # By its bytes: the converter of MBTiles leaves the type open where QGIS wrote "jpg".
        picture = self._unpack(first[1]) if header["tile_compression"] in _READABLE else b""
        if find_media_type(picture) is None:
            raise TileFileError("no_pictures", path)
        metadata = self._reader.metadata()
        credit = metadata.get("attribution", "") if isinstance(metadata, dict) else ""
        return TileSummary(
            min_zoom=header["min_zoom"],
            max_zoom=header["max_zoom"],
            bounds=(
                header["min_lon_e7"] / _DEGREE,
                header["min_lat_e7"] / _DEGREE,
                header["max_lon_e7"] / _DEGREE,
                header["max_lat_e7"] / _DEGREE,
            ),
            credit=read_credit(str(credit)),
        )
