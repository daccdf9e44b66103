"""What a file of map tiles holds, whatever its format: zooms, extent, credit, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final, Protocol

from geo.errors import ProjectMapError
from geo.i18n import t

if TYPE_CHECKING:
    from pathlib import Path

_TAG: Final = re.compile(r"<[^<>]*>")
_MOST_ZOOM: Final = 24
_LARGEST: Final = 4_000_000
"""Bytes of one picture: no tile of 512 pixels is larger."""
_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
)


class TileFileError(ProjectMapError, ValueError):
    """A file of tiles that cannot be drawn; the message says why and what to do."""

    def __init__(
        self, kind: str, path: Path, *, reason: object = "", others: str = "", folder: object = ""
    ) -> None:
        words = t(f"map.tiles.{kind}", file=path.name, reason=reason, others=others, folder=folder)
        super().__init__(words)


@dataclass(frozen=True)
class TileSummary:
    """What a file says of itself.

    ``bounds`` are west, south, east, north in degrees (EPSG:4326). ``credit`` is plain text, ''
    where the file names nobody.
    """

    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float]
    credit: str = ""


class TileArchive(Protocol):
    """An open file of tiles; may be asked by several threads."""

    @property
    def summary(self) -> TileSummary:
        """What the file says of itself."""

    def read_tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return one picture; columns from the west, rows from the north (XYZ)."""


def read_credit(attribution: str) -> str:
    """Return a credit as plain text: it may be written as HTML with links."""
    return " ".join(unescape(_TAG.sub("", attribution)).split())


def find_media_type(picture: bytes) -> str | None:
    """Return the media type of a picture by its first bytes, ``None`` for what is none of ours."""
    if len(picture) > _LARGEST:
        return None
    for begins, media_type in _PICTURES:
        if picture.startswith(begins):
            is_other = media_type == "image/webp" and picture[8:12] != b"WEBP"
            return None if is_other else media_type
    return None


def is_tile(zoom: int, column: int, row: int) -> bool:
    """Return True if there is a tile of that number on the earth."""
    return 0 <= zoom <= _MOST_ZOOM and 0 <= column < 1 << zoom and 0 <= row < 1 << zoom
