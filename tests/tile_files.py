"""Small files of tiles in both formats, as tests need them."""

from __future__ import annotations

import io
import math
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HAI_PHONG = (106.68, 20.86)


def draw_picture(colour: str = "#c8d7c0", kind: str = "PNG") -> bytes:
    """Return one tile of one colour."""
    written = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(written, kind)
    return written.getvalue()


def list_numbers(
    zooms: Iterable[int], place: tuple[float, float] = HAI_PHONG, around: int = 2
) -> list[tuple[int, int, int]]:
    """Return zoom, column and row (from the north) of the tiles around a place."""
    lon, lat = place
    numbers = []
    for zoom in zooms:
        size = 1 << zoom
        column = int((lon + 180) / 360 * size)
        row = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
        steps = range(-around, around + 1)
        numbers += [(zoom, column + east, row + south) for east in steps for south in steps]
    return numbers


def write_mbtiles(
    path: Path,
    numbers: Iterable[tuple[int, int, int]],
    picture: bytes | None = None,
    **metadata: str,
) -> Path:
    """Write an MBTiles file as QGIS does, rows counted from the south."""
    tile = draw_picture() if picture is None else picture
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE metadata (name text, value text)")
        connection.execute(
            "CREATE TABLE tiles"
            " (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"
        )
        connection.executemany(
            "INSERT INTO metadata VALUES (?, ?)", [("format", "png"), *metadata.items()]
        )
        connection.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            [(zoom, column, (1 << zoom) - 1 - row, tile) for zoom, column, row in numbers],
        )
    return path


def write_pmtiles(
    path: Path, numbers: Iterable[tuple[int, int, int]], credit: str = "", *, vector: bool = False
) -> Path:
    """Write a PMTiles archive."""
    numbers = sorted(numbers, key=lambda number: zxy_to_tileid(*number))
    zooms = [zoom for zoom, _, _ in numbers]
    header = {
        "tile_type": TileType.MVT if vector else TileType.PNG,
        "tile_compression": Compression.NONE,
        "min_zoom": min(zooms),
        "max_zoom": max(zooms),
        "min_lon_e7": 1_066_000_000,
        "min_lat_e7": 207_000_000,
        "max_lon_e7": 1_068_000_000,
        "max_lat_e7": 209_000_000,
        "center_zoom": min(zooms),
        "center_lon_e7": 1_067_000_000,
        "center_lat_e7": 208_000_000,
    }
    with path.open("wb") as file:
        writer = Writer(file)
        for number in numbers:
            writer.write_tile(zxy_to_tileid(*number), draw_picture())
        writer.finalize(header, {"attribution": credit})
    return path
