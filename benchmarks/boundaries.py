"""How near the boundaries come to the official drawing, and what building and loading cost.

``python -m benchmarks.boundaries [--official FOLDER] [--all]`` builds the approximate layer and,
beside it in the same run, plainly dissolves the same polygons by the majority of their area; it
measures both against the official polygons where their files are at hand (``FOLDER``, or
``../shared/boundaries_official`` next to the checkout). The official files measure; they have
no part in either build.

Overlap (IoU) is the area in common over the area of both together. Areas are in VN-2000 /
TM-3 105-45 (EPSG:9210).
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import pandas as pd
import shapely

from geo.boundaries.approximate import build_approximate, read_lineage
from geo.boundaries.checks import ISLAND_KIND, check_layer
from geo.boundaries.communes_2008 import PROVINCES, find_source
from geo.boundaries.delivery import fetch_folder
from geo.boundaries.layer import load_communes, to_frame
from geo.boundaries.official import build_official, list_expected_files, verify_delivery
from geo.boundaries.web import GZIP_MAX_KB, write_web_layer
from geo.crs import to_metric
from geo.paths import ROOT
from geo.text import normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

T = TypeVar("T")
Row = tuple[str, ...]
"""A line of the summary: what, the plain way, this project, target."""

REFERENCE = ROOT.parent / "shared" / "boundaries_official"


@click.command(help=__doc__)
@click.option("--official", "folder", type=Path, default=REFERENCE, help="folder of the 114 files")
@click.option("--all", "whole", is_flag=True, help="print every commune, not the worst 25")
def main(folder: Path, *, whole: bool) -> None:
    """Print the tables; exit with 1 when a target is missed."""
    built, build_s = _timed(lambda: build_approximate(find_source()))
    plain, plain_s = _timed(dissolve_by_majority)
    layers = {"approximate": built}
    rows: list[Row] = [("build, seconds", f"{plain_s:.2f}", f"{build_s:.2f}", "seconds")]
    if folder.is_dir():
        official, official_s = _timed(lambda: _official(folder))
        layers["official"] = official
        _print_communes(plain, built, official, None if whole else 25)
        rows += _overlap_rows(plain, built, official)
        print(f"\nofficial layer: read, verified and built in {official_s:.2f} s")
    else:
        print(f"The official files are not at hand ({folder}): no overlap is measured.")
    rows += _area_rows(plain, built)
    missed = _print_summary(rows)
    for name, frame in layers.items():
        missed += _print_web(name, frame)
    sys.exit(1 if missed else 0)


def dissolve_by_majority() -> gpd.GeoDataFrame:
    """Return the plain way's layer: every polygon whole to where most of it lies, as drawn."""
    lineage = read_lineage()
    parts: dict[str, list[shapely.Geometry]] = {}
    for record in json.loads(find_source().read_bytes()):
        if record["province"] in PROVINCES:
            province, district, ward = (
                normalise_spelling(record[name]) for name in ("province", "district", "ward")
            )
            shape = shapely.make_valid(shapely.Polygon(record["coordinates"]))
            parts.setdefault(lineage[province, district, ward].codes[0], []).append(shape)
    codes = sorted(parts)
    return to_frame(codes, [shapely.union_all(parts[code]) for code in codes])


def overlaps(frame: gpd.GeoDataFrame, official: gpd.GeoDataFrame) -> pd.Series:
    """Return the overlap (IoU) of each commune with the official polygon, by code."""
    one, other = to_metric(frame).geometry, to_metric(official).geometry
    common = one.intersection(other).area
    overlap = common / (one.area + other.area - common)
    overlap.index = pd.Index(frame["code"])
    return overlap


def _official(folder: Path) -> gpd.GeoDataFrame:
    files = list_expected_files()
    delivered = fetch_folder(folder, files)
    verify_delivery(delivered, files)
    return build_official(delivered.contents, files)


def _print_communes(
    plain: gpd.GeoDataFrame, built: gpd.GeoDataFrame, official: gpd.GeoDataFrame, limit: int | None
) -> None:
    table = load_communes().join(
        pd.DataFrame(
            {
                "plain": overlaps(plain, official),
                "built": overlaps(built, official),
                "built_km2": built.set_index("code")["area_km2"],
                "plain_km2": plain.set_index("code")["area_km2"],
            }
        )
    )
    table = table.sort_values("built")
    shown = table if limit is None else table.head(limit)
    print(f"{'commune':<30} {'IoU':>6} {'plain':>6} {'km²':>8} {'official':>8} {'off by':>8}")
    for code, row in shown.iterrows():
        difference = (row["built_km2"] / row["area_km2"] - 1) * 100
        print(
            f"{code} {row['name']:<24} {row['built']:6.3f} {row['plain']:6.3f} "
            f"{row['built_km2']:8.2f} {row['area_km2']:8.2f} {difference:+7.1f}%"
        )
    if limit is not None:
        print(f"… {len(table) - len(shown)} more, all better (--all)")


def _overlap_rows(
    plain: gpd.GeoDataFrame, built: gpd.GeoDataFrame, official: gpd.GeoDataFrame
) -> list[Row]:
    mainland = set(built.loc[built["kind"] != ISLAND_KIND, "code"])
    both = [overlaps(frame, official) for frame in (plain, built)]
    worst = [overlap[overlap.index.isin(mainland)] for overlap in both]
    drawn = official["area_km2"].sum()
    return [
        ("mean IoU", *(f"{one.mean():.4f}" for one in both), ">= 0.93"),
        ("median IoU", *(f"{one.median():.4f}" for one in both), ">= 0.965"),
        ("worst mainland IoU", *(f"{one.min():.3f}" for one in worst), ">= 0.65"),
        ("Bạch Long Vĩ IoU", *(f"{one['11948']:.3f}" for one in both), ""),
        ("Cát Hải IoU", *(f"{one['11914']:.3f}" for one in both), ""),
        (
            "total area, % off the official drawing",
            *(f"{(f['area_km2'].sum() / drawn - 1) * 100:+.2f}" for f in (plain, built)),
            "-2 to 2",
        ),
    ]


def _area_rows(plain: gpd.GeoDataFrame, built: gpd.GeoDataFrame) -> list[Row]:
    checks = [check_layer(frame) for frame in (plain, built)]
    areas = [check.areas for check in checks]
    island = built.set_index("code").loc["11948", "geometry"].centroid
    return [
        ("communes", *(f"{check.communes}" for check in checks), "114"),
        (
            "total area, % off the official figures",
            *(f"{area.difference_pct:+.2f}" for area in areas),
            "",
        ),
        (
            "the same without the islands",
            *(f"{area.mainland_difference_pct:+.2f}" for area in areas),
            "-2 to 2",
        ),
        (
            "median commune, % off its official figure",
            *(f"{area.median_difference_pct:.2f}" for area in areas),
            "<= 5",
        ),
        ("Bạch Long Vĩ's centre", "", f"{island.y:.3f} N {island.x:.3f} E", "20.13 N 107.73 E"),
        (
            "overlaps in km², gaps, broken borders",
            *(f"{c.overlap_km2:.3f}, {c.gaps}, {len(c.mismatched)}" for c in checks),
            "0.000, 0, 0",
        ),
    ]


def _print_summary(rows: list[Row]) -> int:
    print(f"\n{'':<42} {'plain majority':>16} {'this project':>20}  target")
    missed = 0
    for name, plain, built, target in rows:
        fault = "" if _meets(built, target) else "  MISSED"
        missed += bool(fault)
        print(f"{name:<42} {plain:>16} {built:>20}  {target}{fault}")
    return missed


def _meets(value: str, target: str) -> bool:
    if target.startswith(">= "):
        return float(value) >= float(target[3:])
    if target.startswith("<= "):
        return float(value) <= float(target[3:])
    if " to " in target:
        low, high = target.split(" to ")
        return float(low) <= float(value) <= float(high)
    return value == target if target[:3] in {"114", "0.0"} else True


def _print_web(name: str, frame: gpd.GeoDataFrame) -> int:
    with tempfile.TemporaryDirectory() as folder:
        web, seconds = _timed(lambda: write_web_layer(frame, Path(folder), "approximate"))
    print(
        f"browser's file, {name}: {web.gzip_bytes / 1000:.0f} kB compressed "
        f"({web.bytes / 1000:.0f} kB plain, simplified to {web.tolerance_m:.0f} m, "
        f"{seconds:.2f} s); target <= {GZIP_MAX_KB} kB"
    )
    return int(web.gzip_bytes > GZIP_MAX_KB * 1000)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


if __name__ == "__main__":
    main()
