"""The GeoPackage passes GDAL's validator, in both coordinate systems, and reads back."""

import sqlite3
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from pyproj import Transformer

from store.exports.tables.table import strip_unsafe_characters
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.small_facts import no_facts
from tests.store.exports.made import EVIL, KIM_THANH, KIM_THANH_CODES, data, hostile_facts
from tests.tools import validate_gpkg

LAYERS = {
    f"{name}_{system}": (shape, code)
    for name, shape in (
        ("items", "MultiPoint"),
        ("places", "Point"),
        ("communes", "MultiPolygon"),
    )
    for system, code in (("wgs84", 4326), ("vn2000", 9210))
}


@pytest.fixture(scope="module")
def kim_thanh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gpkg") / "kim-thanh.gpkg"
    file.write_bytes(data(load_facts(), "gpkg", Filters(district=KIM_THANH)))
    return file


def test_the_layers_have_their_shape_and_coordinate_system(kim_thanh: Path) -> None:
    listed = {str(name): shape for name, shape in pyogrio.list_layers(kim_thanh)}
    for layer, (shape, code) in LAYERS.items():
        assert listed[layer] == shape
        assert gpd.read_file(kim_thanh, layer=layer).crs.to_epsg() == code
    with sqlite3.connect(kim_thanh) as base:
        systems = base.execute(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys "
            "WHERE srs_id = 9210"
        ).fetchone()
    base.close()
    assert systems[:2] == ("EPSG", 9210)
    assert '"central_meridian",105.75' in systems[2]


def test_vn_2000_is_east_before_north_in_metres(kim_thanh: Path) -> None:
    wgs = gpd.read_file(kim_thanh, layer="places_wgs84").dropna(subset=["geometry"])
    metric = gpd.read_file(kim_thanh, layer="places_vn2000").dropna(subset=["geometry"])
    to_metric = Transformer.from_crs(4326, 9210, always_xy=True)
    for degrees, metres in zip(wgs.geometry, metric.geometry, strict=True):
        east, north = to_metric.transform(degrees.x, degrees.y)
        assert (metres.x, metres.y) == pytest.approx((east, north), abs=0.001)
        assert 500_000 < metres.x < 700_000
        assert 2_200_000 < metres.y < 2_400_000


def test_kim_thanh_has_exactly_its_items(kim_thanh: Path) -> None:
    facts = load_facts()
    chosen = select_items(facts, Filters(district=KIM_THANH)).items
    items = gpd.read_file(kim_thanh, layer="items_vn2000")
    assert set(items["item"]) == set(chosen["item"])
    assert items["investment_mvnd"].sum() == chosen["investment_mvnd"].sum()
    for codes in items["commune_codes"]:
        assert KIM_THANH_CODES & set(codes.split())
    communes = gpd.read_file(kim_thanh, layer="communes_vn2000").set_index("commune")
    official = facts.communes.set_index("code")["area_km2"]
    for code in KIM_THANH_CODES:
        assert communes.geometry[code].area / 1e6 == pytest.approx(official[code], rel=0.2)
    placed = items.dropna(subset=["geometry"])
    assert len(placed) == len(chosen)


def test_period_and_filters_stand_in_its_tables(kim_thanh: Path) -> None:
    about = pyogrio.read_dataframe(kim_thanh, layer="about").set_index("key")["value"]
    assert about["period_id"] == "2026-Q1"
    assert "huyện Kim Thành" in about["filters"]
    assert about["made_by"] == "tonghop"
    documents = pyogrio.read_dataframe(kim_thanh, layer="documents")
    assert documents["sha256"].str.len().eq(64).all()
    with sqlite3.connect(kim_thanh) as base:
        told = base.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
        moments = {row[0] for row in base.execute("SELECT last_change FROM gpkg_contents")}
    base.close()
    assert "2026-Q1" in told
    assert moments == {"2026-07-01T01:30:15.000Z"}


def test_gdal_finds_it_valid(kim_thanh: Path) -> None:
    told = validate_gpkg(kim_thanh)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("empty", [True, False])
def test_gdal_finds_extreme_ones_valid(tmp_path: Path, empty: bool) -> None:
    file = tmp_path / "export.gpkg"
    file.write_bytes(data(no_facts() if empty else hostile_facts(), "gpkg"))
    items = gpd.read_file(file, layer="items_wgs84")
    if empty:
        assert len(items) == 0
    else:
        assert {strip_unsafe_characters(text) for text in EVIL} <= set(items["name"])
    told = validate_gpkg(file)
    assert told.returncode == 0, told.stdout + told.stderr
