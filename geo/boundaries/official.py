"""The official layer: the public dataset's 114 files, known by size and SHA-256.

``data/gazetteer/official_boundaries.csv`` names each file with its size and hash at the pinned
commit. A set is taken whole or not at all; everything wrong with it is said at once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from geo.boundaries import topology
from geo.boundaries.layer import load_communes, read_table, to_frame
from geo.errors import BoundaryError
from geo.i18n import format_number, t

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

MANIFEST: Final = "official_boundaries.csv"
COMMIT: Final = "cd58063299585146ded3981f2272946ef19ced54"
DATASET: Final = "thanglequoc/vietnamese-provinces-database"
DATASET_URL: Final = (
    f"https://raw.githubusercontent.com/{DATASET}/{COMMIT}/json/geojson/31_hai_phong/wards/"
)

FAULTS_SHOWN: Final = 12
_CODE_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """One file of the dataset: the commune it draws, its size in bytes, its SHA-256."""

    code: str
    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a source delivered.

    ``contents``: the bytes of each expected file that could be read. ``faults``: what is wrong,
    by file name. ``strangers``: GeoJSON files that are not among the expected.
    """

    contents: Mapping[str, bytes]
    faults: Mapping[str, str]
    strangers: Sequence[str]


def list_expected_files() -> tuple[ExpectedFile, ...]:
    """Return the files that make up the dataset, by code."""
    return tuple(
        ExpectedFile(row["code"], row["file"], int(row["bytes"]), row["sha256"])
        for row in read_table(MANIFEST)
    )


def verify_delivery(delivery: Delivery, expected: Sequence[ExpectedFile]) -> None:
    """Check a delivery against the expected files.

    Raises ``BoundaryError`` that lists every fault (the first ones by name, then their number).
    """
    faults = []
    for file in expected:
        content = delivery.contents.get(file.file)
        if file.file in delivery.faults:
            fault: str | None = delivery.faults[file.file]
        elif content is None:
            fault = t("geo.boundaries.fault.missing")
        else:
            fault = _find_content_fault(content, file)
        if fault is not None:
            faults.append(f"{file.file}: {fault}")
    named = {file.file for file in expected}
    faults += [f"{name}: {text}" for name, text in delivery.faults.items() if name not in named]
    if faults:
        faults = [_describe_unexpected_file(name) for name in delivery.strangers] + faults
        raise BoundaryError(_format_refusal(faults, len(expected)))


def build_official(
    contents: Mapping[str, bytes], expected: Sequence[ExpectedFile]
) -> gpd.GeoDataFrame:
    """Return the official layer's frame (see ``BoundaryLayer``) from verified files.

    Raises ``BoundaryError`` when a file is not one commune's GeoJSON.
    """
    geometries = [_read_geometry(contents[file.file], file) for file in expected]
    gap_width = topology.GAP_WIDTH_M / topology.DEGREE_M
    return to_frame(
        [file.code for file in expected],
        list(topology.make_valid_coverage(geometries, gap_width=gap_width)),
    )


def hash_file_set(expected: Sequence[ExpectedFile]) -> str:
    """Return a hash of the whole set's content."""
    lines = sorted(f"{file.code} {file.sha256}" for file in expected)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _find_content_fault(content: bytes, file: ExpectedFile) -> str | None:
    """Return what is wrong with a file's content, as precisely as it lets itself be known."""
    if len(content) == file.bytes and hashlib.sha256(content).hexdigest() == file.sha256:
        return None
    content_code = _read_code(content)
    if content_code is not None and content_code != file.code:
        key = "other_commune" if content_code in load_communes().index else "other_province"
        return t(f"geo.boundaries.fault.{key}", found=content_code, code=file.code)
    if content_code is None:
        return t("geo.boundaries.fault.not_geojson")
    if len(content) != file.bytes:
        return t(
            "geo.boundaries.fault.size",
            found=format_number(len(content)),
            expected=format_number(file.bytes),
        )
    return t("geo.boundaries.fault.hash", expected=file.sha256[:12])


def _read_code(content: bytes) -> str | None:
    try:
        code = json.loads(content)["features"][0]["properties"]["code"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None
    return str(code)[:20]


def _read_geometry(content: bytes, file: ExpectedFile) -> shapely.Geometry:
    try:
        (feature,) = json.loads(content)["features"]
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
    except (ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as fault:
        raise BoundaryError(
            f"{file.file}: {t('geo.boundaries.fault.not_geojson')} ({fault})"
        ) from fault
    if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
        raise BoundaryError(f"{file.file}: {t('geo.boundaries.fault.no_polygon')}")
    return geometry


def _describe_unexpected_file(name: str) -> str:
    code = name[:_CODE_DIGITS]
    if code.isdigit() and code not in load_communes().index:
        return f"{name}: {t('geo.boundaries.fault.foreign_file', code=code)}"
    return f"{name}: {t('geo.boundaries.fault.unknown_file')}"


def _format_refusal(faults: Sequence[str], expected: int) -> str:
    lines = [t("geo.boundaries.refused", count=len(faults), expected=expected)]
    lines += [f"  - {fault}" for fault in faults[:FAULTS_SHOWN]]
    if len(faults) > FAULTS_SHOWN:
        lines.append("  " + t("geo.boundaries.more_faults", count=len(faults) - FAULTS_SHOWN))
    return "\n".join(lines)
