"""The export as a GeoPackage: items, places and communes in WGS 84 and in VN-2000 / TM-3 105-45.

Both coordinate systems are written with east before north, as GeoPackage asks; each layer's name
ends with its own. Tables without geometry stand beside them, ``about`` with what the file is.
"""

from __future__ import annotations

import sqlite3
import tempfile
import warnings
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyogrio

from geo.crs import to_metric
from geo.i18n import t
from store.exports.tables.geometry import make_commune_frame, make_item_frame, make_place_frame

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas as gpd

    from store.exports.tables.content import ExportContent

SHAPES: Final = {"items": "MultiPoint", "places": "Point", "communes": "MultiPolygon"}


def to_gpkg(content: ExportContent) -> bytes:
    """Return a GeoPackage of the export.

    Layers ``items_…`` (MultiPoint), ``places_…`` (Point) and ``communes_…`` (MultiPolygon), each
    ``…_wgs84`` (EPSG:4326) and ``…_vn2000`` (EPSG:9210); tables ``observations``, ``clearance``,
    ``contradictions``, ``cases``, ``case_steps``, ``visits``, ``documents``, ``definitions``,
    ``columns`` and ``about``. An item without a place has no geometry.
    """
    frames = {
        "items": make_item_frame(content),
        "places": make_place_frame(content),
        "communes": make_commune_frame(content),
    }
    about = {entry.key: entry.value for entry in content.about}
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "export.gpkg"
        titles = {table.key: table.title for table in content.tables}
        for name, frame in frames.items():
            for system, shaped in (("wgs84", frame), ("vn2000", to_metric(frame))):
                layer = f"{name}_{system}"
                _add_layer(path, shaped, layer, titles[name], shape=SHAPES[name], about=about)
        for table in content.tables:
            if table.key not in SHAPES:
                _add_layer(path, table.frame(), table.key, table.title)
        _add_layer(
            path,
            _make_columns_frame(content),
            "columns",
            t("exports.file.columns", content.language),
        )
        _add_layer(
            path, _make_about_frame(content), "about", t("exports.file.about", content.language)
        )
        _set_file_time(path, content.at)
        return path.read_bytes()


def _add_layer(
    path: Path,
    frame: gpd.GeoDataFrame | pd.DataFrame,
    layer: str,
    title: str,
    *,
    shape: str | None = None,
    about: dict[str, str] | None = None,
) -> None:
    options: dict[str, Any] = {"IDENTIFIER": f"{title} ({layer})", "FID": "fid"}
    if shape:
        options["SPATIAL_INDEX"] = "YES"
    with warnings.catch_warnings():
        # A table has no coordinate system; pyogrio cannot be told so.
        warnings.filterwarnings("ignore", "'crs' was not provided")
        pyogrio.write_dataframe(
            _null_empty_texts(frame),
            path,
            layer=layer,
            driver="GPKG",
            geometry_type=shape,
            promote_to_multi=shape in {"MultiPoint", "MultiPolygon"} or None,
            append=path.exists(),
            dataset_metadata=None if path.exists() else about,
            layer_options=options,
            dataset_options=None if path.exists() else {"VERSION": "1.3"},
        )


def _null_empty_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with unknown texts as missing ones, not as empty."""
    names = [name for name in frame.columns if frame[name].dtype == object and name != "geometry"]
    return frame.assign(**{name: frame[name].where(frame[name] != "", None) for name in names})


def _make_columns_frame(content: ExportContent) -> pd.DataFrame:
    rows = [
        (table.key, column.key, column.get_title(content.language), column.kind)
        for table in content.tables
        for column in table.columns
    ]
    return pd.DataFrame(rows, columns=["table_key", "column_key", "title", "kind"], dtype=object)


def _make_about_frame(content: ExportContent) -> pd.DataFrame:
    rows = [(entry.key, entry.label, entry.value) for entry in content.about]
    return pd.DataFrame(rows, columns=["key", "label", "value"], dtype=object)


def _set_file_time(path: Path, at: datetime) -> None:
    """Give the file the time of the export, so that the same content makes the same file."""
    when = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with sqlite3.connect(path) as base:
        base.execute("UPDATE gpkg_contents SET last_change = ?", (when,))
        base.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (when,))
    base.execute("VACUUM")
    base.close()
