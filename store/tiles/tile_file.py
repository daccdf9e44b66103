"""The operator's file of tiles: found, checked, opened once, and its pictures given out."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.paths import get_state_dir
from geo.positions import LAT, LON
from store.tiles.archive import TileArchive, TileFileError, TileSummary, find_media_type, is_tile
from store.tiles.mbtiles_file import MbtilesFile
from store.tiles.pmtiles_file import PmtilesFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_READERS: Final[dict[str, Callable[[Path], TileArchive]]] = {
    ".mbtiles": MbtilesFile,
    ".pmtiles": PmtilesFile,
}


@dataclass(frozen=True)
class TileFile:
    """A file of tiles that can be drawn. ``version`` is another for every other content."""

    archive: TileArchive
    version: str
    credit: str

    @property
    def summary(self) -> TileSummary:
        """What the file says of itself."""
        return self.archive.summary


def find_tile_path(environment: Mapping[str, str] | None = None) -> Path | None:
    """Return the file that ``HPMAP_TILE_FILE`` names, else the one in the state folder.

    ``None`` without any. Raises ``TileFileError`` where several lie in the state folder.
    """
    values = os.environ if environment is None else environment
    named = values.get("HPMAP_TILE_FILE", "").strip()
    if named:
        return Path(named).expanduser()
    there = sorted(path for path in get_state_dir().iterdir() if path.suffix.lower() in _READERS)
    if len(there) > 1:
        raise TileFileError("several", there[0], others=", ".join(path.name for path in there[1:]))
    return there[0] if there else None


def load_tile_file(environment: Mapping[str, str] | None = None) -> TileFile | None:
    """Return the operator's file of tiles, ``None`` where there is none.

    Opened once as long as the file stays the same. Raises ``TileFileError`` for a file that cannot
    be drawn: broken, of vector tiles, of another region, or of nobody (no credit in the file and
    none in ``HPMAP_TILE_CREDIT``).
    """
    values = os.environ if environment is None else environment
    path = find_tile_path(values)
    if path is None:
        return None
    try:
        state = path.stat()
    except OSError as fault:
        raise TileFileError("missing", path, folder=path.parent) from fault
    seal = f"{path.resolve()} {state.st_size} {state.st_mtime_ns}"
    archive = _open_archive(path, seal)
    credit = values.get("HPMAP_TILE_CREDIT", "").strip() or archive.summary.credit
    if not credit:
        raise TileFileError("no_credit", path)
    return TileFile(archive, hashlib.sha256(seal.encode()).hexdigest()[:16], credit)


def read_picture(file: TileFile, zoom: int, column: int, row: int) -> tuple[bytes, str] | None:
    """Return a tile and its media type, ``None`` where the file has no picture there."""
    if not is_tile(zoom, column, row):
        return None
    picture = file.archive.read_tile(zoom, column, row)
    media_type = find_media_type(picture) if picture else None
    return (picture, media_type) if picture and media_type else None


@lru_cache(maxsize=2)
def _open_archive(path: Path, _seal: str) -> TileArchive:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TileFileError("other_format", path)
    archive = reader(path)
    west, south, east, north = archive.summary.bounds
    if west > LON[1] or east < LON[0] or south > LAT[1] or north < LAT[0]:
        raise TileFileError("elsewhere", path)
    return archive
