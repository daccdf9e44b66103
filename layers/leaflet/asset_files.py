"""The files that the map's frame fetches: Leaflet, our scripts and styles, the communes.

Every address holds a hash of the content, so a browser may keep a file for good and still sees a
new one at once. All of them are public: no report, photo or account is ever served from here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from geo.boundaries.active import get_web_layer
from geo.surroundings.surroundings import get_surroundings, get_surroundings_version

PREFIX: Final = "hpmap"
"""First part of the address of everything served here."""

FROM_FRAME: Final = "../../"
"""From the map's frame (``component/<name>/index.html``) to the server's root."""

ASSETS: Final = Path(__file__).parent / "assets"
"""The folder of our own scripts, styles and pictures."""
LOGOS: Final = {"vi": "logo.svg", "en": "logo_en.svg"}
"""The program's name as a picture, by language."""
_GEOMETRY: Final = "communes.json"
_SURROUNDINGS: Final = "surroundings.json"
_LEAFLET: Final = ("leaflet.js", "leaflet.css")
_BUNDLES: Final = {
    "bundle.js": (
        "leaflet.js", "core.js", "labels.js", "symbols.js", "items.js", "circles.js", "legend.js",
        "insets.js", "furniture.js", "search.js", "communes.js", "surroundings.js",
        "movement.js", "sheet.js", "view.js", "paper.js", "ahead.js", "map.js",
    ),
    "bundle.css": ("leaflet.css", "map.css"),
}  # fmt: skip
"""What the frame loads: streamlit-folium fetches scripts one by one, so a single one is best."""
_MEDIA_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/geo+json; charset=utf-8",
}
_SOURCE_MAP = re.compile(rb"\n?//[#@] sourceMappingURL=\S+\s*$")


@dataclass(frozen=True)
class AssetFile:
    """A file's content, not compressed, and its media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class MapAddresses:
    """Where the browser finds the communes' geometry, the search, and what lies around the city.

    Relative to the map's frame; ``surroundings`` is '' where there is nothing to show.
    """

    geometry: str
    suggest: str
    surroundings: str = ""


def build_map_addresses() -> MapAddresses:
    """Return where the browser finds what is in use now."""
    return MapAddresses(
        build_geometry_url(), f"{FROM_FRAME}{PREFIX}/suggest", _build_surroundings_url()
    )


def build_asset_url(name: str) -> str:
    """Return the address of a script or style, relative to the map's frame."""
    return _build_frame_url(build_asset_path(name))


def build_asset_path(name: str) -> str:
    """Return the address of a style or picture from the server's root, for pages of our own."""
    return f"/{PREFIX}/{_hash_content(_read_asset(name))}/{name}"


def build_geometry_url() -> str:
    """Return the address of the communes' geometry in use, relative to the map's frame."""
    return _build_frame_url(f"/{PREFIX}/{get_web_layer().version}/{_GEOMETRY}")


def _build_surroundings_url() -> str:
    """Return the address of what lies around the city, relative to the map's frame.

    It need not be built yet: whoever asks for it waits. '' where it cannot be built.
    """
    version = get_surroundings_version()
    return _build_frame_url(f"/{PREFIX}/{version}/{_SURROUNDINGS}") if version else ""


def _build_frame_url(path: str) -> str:
    return FROM_FRAME + path.removeprefix("/")


def find_asset_file(version: str, name: str) -> AssetFile | None:
    """Return the file of that name and version, ``None`` when there is none.

    What lies around the city is built if it was not yet, which takes seconds.
    """
    if name == _GEOMETRY:
        layer = get_web_layer()
        return _read_geometry(layer.path, version) if version == layer.version else None
    if name == _SURROUNDINGS:
        around = get_surroundings() if version == get_surroundings_version() else None
        return _make_file(around.content, name) if around else None
    if name not in list_asset_names():
        return None
    body = _read_asset(name)
    return _make_file(body, name) if version == _hash_content(body) else None


@cache
def list_asset_names() -> frozenset[str]:
    """Return the names of all scripts and styles."""
    ours = {path.name for path in ASSETS.iterdir() if path.suffix in _MEDIA_TYPES}
    return frozenset(ours.union(_LEAFLET, _BUNDLES))


@cache
def _read_asset(name: str) -> bytes:
    if name in _BUNDLES:
        return b"\n".join(_read_asset(part) for part in _BUNDLES[name])
    if name in _LEAFLET:
        body = files("xstatic.pkg.leaflet").joinpath("data", name).read_bytes()
        return _SOURCE_MAP.sub(b"\n", body)  # the map would be asked for and is not served
    return (ASSETS / name).read_bytes()


@cache
def _read_geometry(path: Path, version: str) -> AssetFile:  # noqa: ARG001 - the version is the cache's key
    return _make_file(path.read_bytes(), _GEOMETRY)


def _make_file(content: bytes, name: str) -> AssetFile:
    return AssetFile(content, _MEDIA_TYPES[Path(name).suffix])


def _hash_content(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
