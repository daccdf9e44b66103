"""The layer in use: built on first use, read from disk afterwards, remembered in the process."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.boundaries import delivery, official, store
from geo.boundaries.approximate import CORRECTIONS, LINEAGE, build_approximate
from geo.boundaries.checks import require_sound_layer
from geo.boundaries.communes_2008 import PACKAGE, VERSION, find_source, hash_source
from geo.boundaries.layer import COLUMNS, BoundaryLayer, read_geojson, to_geojson
from geo.boundaries.web import WebLayer, write_web_layer
from geo.errors import BoundaryError, BoundarySourceError
from geo.i18n import t
from geo.paths import DATA

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.boundaries.layer import Provider

_LAYER: Final = "layer.geojson"
_ABOUT: Final = "about.json"

_log = logging.getLogger(__name__)


def get_active_layer() -> BoundaryLayer:
    """Return the layer in use; the approximate one is built when its inputs are new.

    Raises ``BoundarySourceError`` when the approximate layer's source is not installed, and
    ``BoundaryError`` when an installed layer is damaged.
    """
    return _load_layer(_find_active_folder())[0]


def get_web_layer() -> WebLayer:
    """Return the browser's file of the layer in use. Errors as with ``get_active_layer``."""
    return _load_layer(_find_active_folder())[1]


def is_layer_loaded() -> bool:
    """Return True if this process has loaded a layer already: to ask for it takes no time then."""
    return _load_version.cache_info().currsize > 0


def describe_active_layer() -> dict[str, Any]:
    """Return what was written down when the layer in use was made: provider, checks, sizes."""
    about: dict[str, Any] = json.loads((_find_active_folder() / _ABOUT).read_text("utf-8"))
    return about


def describe_source(layer: BoundaryLayer, language: str) -> str:
    """Return where a layer comes from in a language; in that of its making, if made of others."""
    made = {
        "approximate": {"package": PACKAGE, "version": VERSION},
        "official": {"dataset": official.DATASET, "commit": official.COMMIT},
    }[layer.provider]
    key = f"geo.boundaries.source.{layer.provider}"
    return t(key, language, **made) if layer.source == t(key, **made) else layer.source


def install_official(source: str | None = None) -> BoundaryLayer:
    """Fetch, verify and build the official layer, put it in use and return it.

    ``source``: a folder, a zip file or an https address; ``None`` is the dataset's own address.
    Raises ``BoundaryError`` (wrong set) or ``BoundarySourceError`` (cannot be read); what was
    in use then stays in use.
    """
    expected = official.list_expected_files()
    delivered = delivery.fetch_delivery(source, expected)
    official.verify_delivery(delivered, expected)
    frame = official.build_official(delivered.contents, expected)
    version = _format_official_version(official.hash_file_set(expected))
    text = t("geo.boundaries.source.official", dataset=official.DATASET, commit=official.COMMIT)
    with store.hold_store_lock():
        if not _is_whole(store.get_version_dir(version)):
            _add_layer_version(version, frame, "official", text)
        store.activate_version(version)
    return get_active_layer()


def roll_back_layer() -> BoundaryLayer:
    """Put the layer that was in use before in use again, and return it.

    Raises ``BoundaryError`` when there is none or it is damaged; what is in use then stays.
    """
    before = store.get_previous_version(store.read_active_version())
    layer = _load_layer(_find_version_folder(before))[0]
    with store.hold_store_lock():
        store.restore_previous_version()
    return layer


def _find_active_folder() -> Path:
    return _find_version_folder(store.read_active_version().version)


def _find_version_folder(version: str) -> Path:
    if version == store.APPROXIMATE:
        return _ensure_approximate_folder()
    folder = store.get_version_dir(version)
    if not folder.is_dir():
        raise BoundaryError(t("geo.boundaries.version_gone", version=version))
    if not version.endswith(_hash_package_code()):
        return _rebuild_folder(folder)
    return folder


def _rebuild_folder(folder: Path) -> Path:
    """Return an installed layer as the code of today writes it, which other code has written."""
    content = folder.name.split("-")[1]
    version = _format_official_version(content)
    if not _is_whole(store.get_version_dir(version)):
        layer = _load_layer(folder)[0]
        with store.hold_store_lock():
            _add_layer_version(version, layer.frame, layer.provider, layer.source)
            store.rename_version(folder.name, version)
    return store.get_version_dir(version)


def _format_official_version(content: str) -> str:
    return f"official-{content[:16]}-{_hash_package_code()}"


def _ensure_approximate_folder() -> Path:
    try:
        path = find_source()
    except BoundarySourceError:
        built = sorted(
            store.get_store_dir().glob(f"{store.APPROXIMATE}-*"), key=lambda f: f.stat().st_mtime_ns
        )
        if not built:
            raise
        _log.warning("boundaries: %s is gone, the layer built before is used", PACKAGE)
        return built[-1]
    version = f"{store.APPROXIMATE}-{_hash_approximate_inputs(hash_source(path))}"
    folder = store.get_version_dir(version)
    if not _is_whole(folder):
        with store.hold_store_lock():
            if not _is_whole(folder):
                _log.info("boundaries: building the approximate layer")
                text = t("geo.boundaries.source.approximate", package=PACKAGE, version=VERSION)
                _add_layer_version(version, build_approximate(path), "approximate", text)
    return folder


def _add_layer_version(
    version: str, frame: gpd.GeoDataFrame, provider: Provider, source: str
) -> None:
    checks = require_sound_layer(frame)

    def write(folder: Path) -> None:
        (folder / _LAYER).write_text(to_geojson(frame, COLUMNS[:-1]), "utf-8")
        web = write_web_layer(frame, folder, provider)
        about = {
            "provider": provider,
            "source": source,
            "date": datetime.now(UTC).date().isoformat(),
            "version": version,
            "checks": checks.as_dict(),
            "web": {
                "file": web.path.name,
                "version": web.version,
                "bytes": web.bytes,
                "gzip_bytes": web.gzip_bytes,
                "tolerance_m": web.tolerance_m,
            },
        }
        (folder / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), "utf-8")

    store.add_version(version, write)


def _is_whole(folder: Path) -> bool:
    if not (folder / _ABOUT).is_file():
        return False
    try:
        _load_layer(folder)
    except BoundaryError:
        _log.warning("boundaries: %s is damaged and is made again", folder.name)
        return False
    return True


def _load_layer(folder: Path) -> tuple[BoundaryLayer, WebLayer]:
    try:
        made = (folder / _ABOUT).stat().st_mtime_ns
        return _load_version(folder, made)
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as fault:
        raise BoundaryError(t("geo.boundaries.damaged", folder=folder, fault=fault)) from fault


@lru_cache(maxsize=4)
def _load_version(folder: Path, _made: int) -> tuple[BoundaryLayer, WebLayer]:
    about = json.loads((folder / _ABOUT).read_text("utf-8"))
    frame = read_geojson(folder / _LAYER)
    web = about["web"]
    path = folder / web["file"]
    if path.stat().st_size != web["bytes"]:
        raise ValueError(path)
    day = date.fromisoformat(about["date"])
    layer = BoundaryLayer(frame, about["provider"], about["source"], day, about["version"])
    return layer, WebLayer(
        path,
        web["version"],
        about["provider"],
        web["bytes"],
        web["gzip_bytes"],
        web["tolerance_m"],
    )


@lru_cache(maxsize=4)
def _hash_approximate_inputs(source: str) -> str:
    tables = [
        (DATA / "gazetteer" / name).read_bytes() for name in (LINEAGE, CORRECTIONS, "communes.csv")
    ]
    return _hash_parts(source, *tables, _hash_package_code())


@lru_cache(maxsize=1)
def _hash_package_code() -> str:
    """Return a hash of this package's code: other code may build another layer."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    whole = _hash_parts(shapely.geos_version_string, *(path.read_bytes() for path in code))
    return whole[:8]


def _hash_parts(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()[:16]
