"""The layer of the 114 communes: what every provider delivers, and how it lies in a file."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, cast

import geopandas as gpd
import shapely

from geo.crs import WGS84, measure_area_km2
from geo.errors import BoundaryError
from geo.gazetteer import load_gazetteer
from geo.i18n import t
from geo.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

Provider = Literal["approximate", "official"]

COLUMNS: Final = ("code", "name", "kind", "area_km2", "geometry")
DECIMALS: Final = 7
"""Decimals of a degree in the full layer: about one centimetre."""


@dataclass(frozen=True, eq=False, slots=True)
class BoundaryLayer:
    """The boundaries of all communes, and where they come from.

    ``frame`` has the columns ``code``, ``name``, ``kind``, ``area_km2`` (measured on the drawn
    geometry, in VN-2000 / TM-3 105-45, not the official figure) and ``geometry`` (EPSG:4326),
    one row per commune, by code. It is shared by all callers: read it, do not change it.
    ``date`` is the day on which the layer was built or installed here; ``version`` changes
    whenever the content may have changed.
    """

    frame: gpd.GeoDataFrame
    provider: Provider
    source: str
    date: date
    version: str


@cache
def load_communes() -> pd.DataFrame:
    """Return name, kind and official area (km²) of the communes, indexed by code, in order."""
    table = load_gazetteer().communes.set_index("code")
    return table[["name", "kind", "area_km2"]].sort_index()


def to_frame(codes: Sequence[str], geometries: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    """Return a layer's frame from one geometry (EPSG:4326) per commune.

    Raises ``BoundaryError`` when the codes are not exactly those of the communes.
    """
    names = load_communes()
    missing, foreign = set(names.index) - set(codes), set(codes) - set(names.index)
    if missing or foreign or len(codes) != len(names):
        raise BoundaryError(
            t(
                "geo.boundaries.wrong_communes",
                missing=", ".join(sorted(missing)) or "–",
                foreign=", ".join(sorted(foreign)) or "–",
            )
        )
    frame = gpd.GeoDataFrame({"code": list(codes)}, geometry=list(geometries), crs=WGS84)
    frame = frame.sort_values("code", ignore_index=True)
    frame["area_km2"] = measure_area_km2(frame).round(4)
    frame["name"] = names["name"].to_numpy()
    frame["kind"] = names["kind"].to_numpy()
    return frame[list(COLUMNS)]


def to_geojson(frame: gpd.GeoDataFrame, properties: Sequence[str], source: str = "") -> str:
    """Return the frame as GeoJSON text: feature id = code, one feature per line."""
    lines = []
    for row in frame.to_dict("records"):
        feature = {
            "type": "Feature",
            "id": row["code"],
            "properties": {name: row[name] for name in properties},
            "geometry": json.loads(shapely.to_geojson(row["geometry"])),
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    head = {"type": "FeatureCollection"} | ({"source": source} if source else {})
    start = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    return start + ',"features":[\n' + ",\n".join(lines) + "\n]}\n"


def read_geojson(path: Path) -> gpd.GeoDataFrame:
    """Return the frame that ``to_geojson`` wrote (EPSG:4326).

    Raises ``OSError`` or ``ValueError`` (``KeyError``) when the file is not such a file.
    """
    text = path.read_text("utf-8")
    features = json.loads(text)["features"]
    collection = cast("shapely.GeometryCollection", shapely.from_geojson(text))
    frame = gpd.GeoDataFrame(
        [feature["properties"] for feature in features],
        geometry=list(collection.geoms),
        crs=WGS84,
    )
    return frame[list(COLUMNS)]


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of ``data/gazetteer`` as dictionaries of text."""
    with (DATA / "gazetteer" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
