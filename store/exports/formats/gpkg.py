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
from geo.i18n import DEFAULT_LANGUAGE, t
from store.exports.formats.qgis_style import make_layer_styles
from store.exports.tables.geometry import make_commune_frame, make_item_frame, make_place_frame

if TYPE_CHECKING:
    import geopandas as gpd

    from store.exports.tables.content import ExportContent

SHAPES: Final = {"items": "MultiPoint", "places": "Point", "communes": "MultiPolygon"}

SYSTEMS: Final = ("wgs84", "vn2000")

_STYLES_TABLE: Final = (
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), "
    "f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
    "useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
    "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"
)
"""As QGIS makes it (``QgsOgrProvider``), so that it reads and saves styles there."""

_ANY_TIME: Final = "2000-01-01T00:00:00.000Z"
"""What GDAL takes for now while it writes, until the file gets its own time.

By the clock it would write a layer's time a second time only if a millisecond has passed, and
SQLite counts in the file's head how often anything was written.
"""


def to_gpkg(content: ExportContent) -> bytes:
    """Return a GeoPackage of the export.

    Layers of the items (MultiPoint), the places (Point) and the communes (MultiPolygon), each in
    EPSG:4326 and EPSG:9210, and the other tables. Their names are the language's
    (``get_layer_name``), and ``layer_styles`` has how QGIS draws them: as the map does. An item
    without a place has no geometry.
    """
    language = content.language
    frames = {
        "items": make_item_frame(content),
        "places": make_place_frame(content),
        "communes": make_commune_frame(content),
    }
    about = {entry.key: entry.value for entry in content.about}
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _ANY_TIME})
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        path = Path(folder) / "export.gpkg"
        titles = {table.key: table.title for table in content.tables}
        for name, frame in frames.items():
            for system, shaped in zip(SYSTEMS, (frame, to_metric(frame)), strict=True):
                layer = get_layer_name(name, system, language)
                title = f"{titles[name]} ({t(f'exports.system.{system}', language)})"
                _add_layer(path, shaped, layer, title, shape=SHAPES[name], about=about)
        for table in content.tables:
            if table.key not in SHAPES:
                layer = get_layer_name(table.key, language=language)
                _add_layer(path, table.frame(), layer, table.title)
        for key, frame in (
            ("columns", _make_columns_frame(content)),
            ("about", _make_about_frame(content)),
        ):
            layer = get_layer_name(key, language=language)
            _add_layer(path, frame, layer, t(f"exports.file.{key}", language))
        _finish(path, content)
        return path.read_bytes()


def get_layer_name(key: str, system: str = "", language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a table in the file; ``system`` is ``wgs84`` or ``vn2000`` for layers.

    Lower-case ASCII, as GeoPackage recommends, so that every program takes it.
    """
    name = t(f"exports.layer.{key}", language)
    return f"{name}_{system}" if system else name


def _add_layer(
    path: Path,
    frame: gpd.GeoDataFrame | pd.DataFrame,
    layer: str,
    title: str,
    *,
    shape: str | None = None,
    about: dict[str, str] | None = None,
) -> None:
    options: dict[str, Any] = {"IDENTIFIER": title, "FID": "fid"}
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


def _finish(path: Path, content: ExportContent) -> None:
    """Add the styles, and give all the time of the export: the same content, the same file."""
    when = content.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with sqlite3.connect(path) as base:
        _add_styles(base, content, when)
        base.execute("UPDATE gpkg_contents SET last_change = ?", (when,))
        base.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (when,))
    base.execute("VACUUM")
    base.close()


def _add_styles(base: sqlite3.Connection, content: ExportContent, when: str) -> None:
    """Add QGIS's table of styles; it finds the table by its row among the contents."""
    base.execute(_STYLES_TABLE)
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', ?, '', ?)",
        (t("exports.file.styles", content.language), when),
    )
    for name in SHAPES:
        for style in make_layer_styles(content, name):
            for system in SYSTEMS:
                layer = get_layer_name(name, system, content.language)
                base.execute(
                    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                    "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                    "owner, ui, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', ?, ?, '', '', ?)",
                    (layer, style.name[:30], style.qml, style.default, style.name, when),
                )
