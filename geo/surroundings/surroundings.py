"""The browser's file of what lies around the city: built once for a layer, kept on disk."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.boundaries import store
from geo.boundaries.active import get_web_layer
from geo.boundaries.communes_2008 import find_source, hash_source, read_communes_2008
from geo.boundaries.topology import extract_polygons
from geo.boundaries.web import find_label_point
from geo.errors import BoundarySourceError
from geo.paths import DATA
from geo.surroundings.former_borders import build_former_borders
from geo.surroundings.neighbours import build_neighbours

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEAR: Final = (105.9, 20.35, 107.4, 21.4)
"""West, south, east, north (degrees) of what a screen shows around the city."""
_BEGINNING: Final = "surroundings-"
_SEAS: Final = DATA / "gazetteer" / "seas.csv"


@dataclass(frozen=True)
class Surroundings:
    """The browser's file, GeoJSON (EPSG:4326); ``version`` names what it is built of.

    Features have ``part``: ``neighbour`` (``name``, ``at``: where to write it), ``provinces``,
    ``districts`` (``geo.surroundings.former_borders``) and ``sea`` (a point, ``vi``, ``en``).
    """

    content: bytes
    version: str

    @property
    def gzip_bytes(self) -> int:
        """Return how many bytes it is on the line."""
        return len(gzip.compress(self.content, 9, mtime=0))


def get_surroundings() -> Surroundings | None:
    """Return what lies around the layer in use, built if it was not yet, which takes seconds.

    ``None`` where the polygons that it is built of are not installed: the map then goes without.
    """
    web = get_web_layer()
    path, source = _locate_file(web.version)
    if path is None or source is None:
        return None
    if not path.is_file():
        with store.hold_store_lock():
            if not path.is_file():
                made = path.with_suffix(".part")
                made.write_bytes(build_surroundings(web.path, source))
                made.replace(path)
    return _read_file(path)


def get_surroundings_version() -> str:
    """Return the version of what lies around the layer in use, at once: it need not be built yet.

    '' where it cannot be built.
    """
    path, _ = _locate_file(get_web_layer().version)
    return _get_version(path) if path is not None else ""


def build_surroundings(web_layer: Path, source: Path) -> bytes:
    """Return the GeoJSON of a layer's surroundings, see ``Surroundings``."""
    collection = json.loads(web_layer.read_text("utf-8"))
    communes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in collection["features"]]
    borders = build_former_borders(communes, read_communes_2008(source))
    neighbours = build_neighbours(source, shapely.union_all(communes))
    features = [
        *(
            _make_feature("neighbour", shape, {"name": name, "at": _place_name(shape)})
            for name, shape in neighbours.items()
        ),
        _make_feature("provinces", borders.provinces),
        _make_feature("districts", borders.districts),
        *_list_seas(),
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _place_name(shape: shapely.Geometry) -> list[float]:
    """Return where to write a neighbour's name: in what of it lies near the city, if anything."""
    near = extract_polygons(shapely.intersection(shape, shapely.box(*_NEAR)))
    return find_label_point(shape if near.is_empty else near)


def _make_feature(
    part: str, shape: shapely.Geometry, more: Mapping[str, object] | None = None
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"part": part, **(more or {})},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def _list_seas() -> list[dict[str, Any]]:
    with _SEAS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        _make_feature(
            "sea",
            shapely.Point(float(row["lon"]), float(row["lat"])),
            {"vi": row["name_vi"], "en": row["name_en"]},
        )
        for row in rows
    ]


@lru_cache(maxsize=2)
def _locate_file(version: str) -> tuple[Path | None, Path | None]:
    """Return where the file of a layer is kept, and what it is built of; ``None`` without that."""
    try:
        source = find_source()
    except BoundarySourceError:
        return None, None
    seal = " ".join([version, hash_source(source), _hash_code()])
    key = hashlib.sha256(seal.encode()).hexdigest()[:16]
    return store.get_store_dir() / f"{_BEGINNING}{key}.json", source


def _get_version(path: Path) -> str:
    return path.stem.removeprefix(_BEGINNING)


@lru_cache(maxsize=2)
def _read_file(path: Path) -> Surroundings:
    return Surroundings(path.read_bytes(), _get_version(path))


def _hash_code() -> str:
    """Return a hash of this package and of the names of the sea."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), _SEAS]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
