"""The export as GeoJSON (RFC 7946): items and communes, in one ZIP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import shapely

from store.exports.formats.csv_zip import make_zip
from store.exports.tables.geometry import make_commune_frame, make_item_frame
from store.exports.tables.table import frame_to_records

if TYPE_CHECKING:
    import geopandas as gpd

    from store.exports.tables.content import ExportContent

DECIMALS: Final = 7
"""Decimals of a degree: about one centimetre."""


def to_geojson(content: ExportContent) -> bytes:
    """Return a ZIP of ``items.geojson`` (points) and ``communes.geojson`` (polygons with values).

    WGS 84, outer rings anticlockwise, a ``bbox`` each; what the file is stands in the members
    ``about``, ``documents`` and ``columns`` of the collection, what documents state of the items
    or communes beside it in ``stated``. The id of a feature is the item's
    or the commune's code; an item without a place has the geometry ``null``.
    """
    files = {
        "items.geojson": _make_collection(content, make_item_frame(content), "item"),
        "communes.geojson": _make_collection(content, make_commune_frame(content), "commune"),
    }
    return make_zip({name: text.encode() for name, text in files.items()}, content.at)


def _make_collection(content: ExportContent, frame: gpd.GeoDataFrame, key: str) -> str:
    table = content.get_table("items" if key == "item" else "communes")
    documents = content.get_table("documents").frame()
    head: dict[str, Any] = {
        "type": "FeatureCollection",
        "about": {entry.key: entry.value for entry in content.about},
        "documents": [_to_json_row(row) for row in frame_to_records(documents)],
        "columns": {column.key: column.get_title(content.language) for column in table.columns},
    }
    bounds = frame.total_bounds.round(DECIMALS).tolist() if len(frame) else []
    if bounds and not pd.isna(bounds).any():
        head["bbox"] = bounds
    stated = content.get_table("stated").frame()
    stated = stated[(stated["item"] != "") == (key == "item")]
    head["stated"] = [_to_json_row(row) for row in frame_to_records(stated)]
    lines = [_make_feature(row, key) for row in frame_to_records(frame)]
    start = json.dumps(head, ensure_ascii=False, allow_nan=False)[:-1]
    return start + ', "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _make_feature(row: dict[str, Any], key: str) -> str:
    shape = row.pop("geometry")
    geometry = None if shape is None else shapely.geometry.mapping(_round_shape(shape))
    feature = {
        "type": "Feature",
        "id": row[key],
        "properties": _to_json_row(row),
        "geometry": geometry,
    }
    return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _round_shape(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the shape with fewer decimals, its points otherwise as they are."""
    return shapely.transform(shape, lambda points: points.round(DECIMALS))


def _to_json_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return what JSON can hold: unknown is ``null``."""
    return {
        name: None if value is None or value == "" or pd.isna(value) else _to_plain_number(value)
        for name, value in row.items()
    }


def _to_plain_number(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
