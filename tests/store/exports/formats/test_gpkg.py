"""The GeoPackage passes GDAL's validator, in both coordinate systems, and reads back."""

import re
import sqlite3
from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import pyogrio
import pytest
from defusedxml.ElementTree import fromstring
from pyproj import Transformer

from layers.choropleth.layer import NOTHING, LayerKey
from layers.choropleth.registry import build_layer
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
        ("du_an", "MultiPoint"),
        ("dia_ban", "Point"),
        ("xa_phuong", "MultiPolygon"),
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
    wgs = gpd.read_file(kim_thanh, layer="dia_ban_wgs84").dropna(subset=["geometry"])
    metric = gpd.read_file(kim_thanh, layer="dia_ban_vn2000").dropna(subset=["geometry"])
    to_metric = Transformer.from_crs(4326, 9210, always_xy=True)
    for degrees, metres in zip(wgs.geometry, metric.geometry, strict=True):
        east, north = to_metric.transform(degrees.x, degrees.y)
        assert (metres.x, metres.y) == pytest.approx((east, north), abs=0.001)
        assert 500_000 < metres.x < 700_000
        assert 2_200_000 < metres.y < 2_400_000


def test_kim_thanh_has_exactly_its_items(kim_thanh: Path) -> None:
    facts = load_facts()
    chosen = select_items(facts, Filters(district=KIM_THANH)).items
    items = gpd.read_file(kim_thanh, layer="du_an_vn2000")
    assert set(items["item"]) == set(chosen["item"])
    assert items["investment_mvnd"].sum() == chosen["investment_mvnd"].sum()
    for codes in items["commune_codes"]:
        assert KIM_THANH_CODES & set(codes.split())
    communes = gpd.read_file(kim_thanh, layer="xa_phuong_vn2000").set_index("commune")
    official = facts.communes.set_index("code")["area_km2"]
    for code in KIM_THANH_CODES:
        assert communes.geometry[code].area / 1e6 == pytest.approx(official[code], rel=0.2)
    placed = items.dropna(subset=["geometry"])
    assert len(placed) == len(chosen)


def test_period_and_filters_stand_in_its_tables(kim_thanh: Path) -> None:
    about = pyogrio.read_dataframe(kim_thanh, layer="ve_tep_nay").set_index("key")["value"]
    assert about["period_id"] == "2026-Q1"
    assert "huyện Kim Thành" in about["filters"]
    assert about["made_by"] == "tonghop"
    documents = pyogrio.read_dataframe(kim_thanh, layer="nguon")
    assert documents["sha256"].str.len().eq(64).all()
    with sqlite3.connect(kim_thanh) as base:
        told = base.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
        moments = {row[0] for row in base.execute("SELECT last_change FROM gpkg_contents")}
    base.close()
    assert "2026-Q1" in told
    assert moments == {"2026-07-01T01:30:15.000Z"}


FILTERS = [
    Filters(),
    Filters(kinds=("key_project",)),
    Filters(district=KIM_THANH),
    Filters(leave_out_outlier=True, weight="count"),
    Filters(period="2026-H1"),
    Filters(text="không có gì"),
]


BRUSHES = {"hatch": "b_diagonal", "dots": "dense6", "stripes": "f_diagonal"}


class Drawn(NamedTuple):
    """How a rule draws a commune: its label, its ink, how it fills, its rim."""

    label: str
    colour: str
    brush: str
    dashed: bool


def select_by_rules(file: Path, style: str) -> dict[str, list[Drawn]]:
    """Return how each commune is drawn, by the filters of a style's rules in their order."""
    base = sqlite3.connect(file)
    (qml,) = base.execute(
        "SELECT styleQML FROM layer_styles WHERE f_table_name = 'xa_phuong_wgs84' "
        "AND styleName = ?",
        (style,),
    ).fetchone()
    root = fromstring(qml)
    symbols = {one.get("name"): one for one in root.iterfind("renderer-v2/symbols/symbol")}
    drawn: dict[str, list[Drawn]] = {}
    for rule in root.iterfind("renderer-v2/rules/rule"):
        where = rule.get("filter")
        symbol = symbols[rule.get("symbol")]
        look = {
            str(one.get("k")): str(one.get("v")) for one in symbol.iterfind("layer[last()]/prop")
        }
        parts = look["color"].split(",")[:3]
        colour = "#" + "".join(f"{int(part):02x}" for part in parts)
        (rim,) = symbol.findall(".//Option[@name='expression']") or [None]
        dash = str(rim.get("value")) if rim is not None else "'solid'"
        query = f"SELECT commune, {dash.replace('if(', 'iif(')} FROM xa_phuong_wgs84 WHERE {where}"  # noqa: S608
        for commune, edge in base.execute(query):
            one = Drawn(str(rule.get("label")), colour, look["style"], edge == "dash")
            drawn.setdefault(commune, []).append(one)
    base.close()
    return drawn


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(
    ("style", "key"),
    [
        ("Tiến độ thi công", "progress"),
        ("Vốn đầu tư", "investment"),
        ("Vướng giải phóng mặt bằng", "clearance"),
    ],
)
def test_qgis_draws_every_commune_in_the_colour_of_the_map(
    tmp_path: Path, filters: Filters, style: str, key: LayerKey
) -> None:
    file = tmp_path / "export.gpkg"
    file.write_bytes(data(load_facts(), "gpkg", filters))
    drawn = select_by_rules(file, style)
    ways = {"progress": "actual", "investment": "classes", "clearance": "severity"}
    layer = build_layer(load_facts(), key, filters.with_changes(**ways))
    classes = {entry.index: entry for entry in layer.legend.list_classes()}
    shown = layer.frame.set_index("code")["class_index"]
    assert len(drawn) >= (4 if filters.district else 114)
    for commune, (first, *over) in drawn.items():
        wanted = classes[shown[commune]]
        assert first.colour == wanted.colour, (commune, first)
        assert first.brush == BRUSHES.get(wanted.pattern, "solid")
        if shown[commune] != NOTHING:  # on the map it may be outside the filters
            assert first.label.startswith(wanted.label)
        carried = commune in layer.carried
        assert first.dashed == carried
        assert [one.brush for one in over] == [BRUSHES["stripes"]] * carried


def test_qgis_shows_what_is_carried_over_and_what_is_stuck_along_a_route(tmp_path: Path) -> None:
    file = tmp_path / "export.gpkg"
    file.write_bytes(data(load_facts(), "gpkg", Filters(period="2026-H1")))
    drawn = select_by_rules(file, "Vướng giải phóng mặt bằng")
    looks = {one.brush for rules in drawn.values() for one in rules}
    assert {BRUSHES["hatch"], BRUSHES["stripes"]} <= looks


def test_every_layer_has_a_style_that_names_its_fields(kim_thanh: Path) -> None:
    base = sqlite3.connect(kim_thanh)
    rows = base.execute(
        "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault, update_time "
        "FROM layer_styles"
    ).fetchall()
    listed = base.execute(
        "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
    ).fetchall()
    columns = {
        layer: {row[1] for row in base.execute(f"PRAGMA table_info({layer})")} for layer in LAYERS
    }
    base.close()
    assert listed == [("attributes",)]
    assert {layer for layer, *_, default, _ in rows if default} == set(LAYERS)
    for layer, geometry, qml, _, moment in rows:
        root = fromstring(qml)
        assert geometry in columns[layer]
        assert moment == "2026-07-01T01:30:15.000Z"
        aliases = {str(one.get("field")): one.get("name") for one in root.iterfind("aliases/alias")}
        assert set(aliases) <= columns[layer]
        assert all(name and name != field for field, name in aliases.items())
        hidden = {one.get("name") for one in root.iterfind("attributetableconfig/columns/column")
                  if one.get("hidden") == "1"}  # fmt: skip
        assert hidden <= columns[layer]
        said = [str(one.get("filter")) for one in root.iterfind("renderer-v2/rules/rule")]
        said += [str(one.get("value")) for one in root.iterfind(".//Option[@name='expression']")]
        assert set(re.findall(r'"(\w+)"', " ".join(said))) <= columns[layer]
        symbols = {one.get("name") for one in root.iterfind("renderer-v2/symbols/symbol")}
        assert {one.get("symbol") for one in root.iterfind("renderer-v2/rules/rule")} == symbols


def test_gdal_finds_it_valid(kim_thanh: Path) -> None:
    told = validate_gpkg(kim_thanh)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("empty", [True, False])
def test_gdal_finds_extreme_ones_valid(tmp_path: Path, empty: bool) -> None:
    file = tmp_path / "export.gpkg"
    file.write_bytes(data(no_facts() if empty else hostile_facts(), "gpkg"))
    items = gpd.read_file(file, layer="du_an_wgs84")
    if empty:
        assert len(items) == 0
    else:
        assert {strip_unsafe_characters(text) for text in EVIL} <= set(items["name"])
    told = validate_gpkg(file)
    assert told.returncode == 0, told.stdout + told.stderr
