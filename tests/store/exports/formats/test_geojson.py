"""The GeoJSON files keep to RFC 7946 and hold exactly what is filtered."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import geojson_validator
import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.boundaries.active import get_active_layer
from store.exports.tables.geometry import map_label_points
from store.exports.tables.table import strip_unsafe_characters
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from tests.small_facts import AEON, GOLF, LNG, RING_ROAD, THACH_KHOI, no_facts, small_facts
from tests.store.exports.made import EVIL, KIM_THANH, KIM_THANH_CODES, data, hostile_facts


def collections(data: bytes) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


@pytest.mark.parametrize("filters", [Filters(), Filters(district=KIM_THANH), Filters(text="zzz")])
def test_a_validator_finds_nothing(filters: Filters) -> None:
    found = collections(data(load_facts(), "geojson", filters))
    assert set(found) == {"items.geojson", "communes.geojson"}
    for name, collection in found.items():
        assert geojson_validator.validate_structure(collection) == {}, name
        # Checked one kind at a time: the validator does not know an absent geometry.
        placed = [one for one in collection["features"] if one["geometry"]]
        if placed:
            told = geojson_validator.validate_geometries(collection | {"features": placed})
            assert told["invalid"] == {}, name
            assert "crs_defined" not in told["problematic"]
            assert "exterior_not_ccw" not in str(told)


def test_the_items_are_those_chosen_at_the_middle_of_their_communes() -> None:
    facts, filters = load_facts(), Filters(district=KIM_THANH)
    features = collections(data(facts, "geojson", filters))["items.geojson"]["features"]
    assert {one["id"] for one in features} == set(select_items(facts, filters).items["item"])
    points = map_label_points(get_active_layer())
    for one in features:
        codes = one["properties"]["commune_codes"].split()
        shape = shapely.geometry.shape(one["geometry"])
        expected = {points[code] for code in codes}
        assert {(point.x, point.y) for point in getattr(shape, "geoms", [shape])} == expected
        assert one["properties"]["precision"] == "commune"


def test_an_item_with_a_point_of_its_own_stands_there() -> None:
    facts = small_facts()
    row = {"item": GOLF, "lon": 106.3, "lat": 20.9, "accuracy_m": 8.0, "how": "gps", "note": ""}
    facts = replace(facts, points=pd.DataFrame([row]), version="points")
    features = collections(data(facts, "geojson"))["items.geojson"]["features"]
    found = {one["id"]: one for one in features}
    assert found[GOLF]["geometry"] == {"type": "Point", "coordinates": [106.3, 20.9]}
    assert found[GOLF]["properties"]["precision"] == "point"
    assert found[GOLF]["properties"]["accuracy_m"] == 8
    assert found[AEON]["properties"]["precision"] == "commune"
    assert found[RING_ROAD]["geometry"]["type"] == "MultiPoint"


def test_an_item_without_a_place_has_no_geometry() -> None:
    facts = small_facts(places=[])
    features = collections(data(facts, "geojson"))["items.geojson"]["features"]
    assert {one["geometry"] for one in features} == {None}
    assert {one["properties"]["precision"] for one in features} == {"unknown"}


def test_communes_run_anticlockwise_with_their_values() -> None:
    found = collections(data(load_facts(), "geojson"))["communes.geojson"]
    assert len(found["features"]) == 114
    west, south, east, north = found["bbox"]
    assert (105.5 < west < 106.2, 107.0 < east < 108.5) == (True, True)
    assert (20.0 < south < 20.6, 21.0 < north < 21.5) == (True, True)
    for one in found["features"]:
        shape = shapely.geometry.shape(one["geometry"])
        assert all(part.exterior.is_ccw for part in shape.geoms)
        assert one["properties"]["boundaries"] == "approximate"
    total = sum(one["properties"]["share_vnd"] or 0 for one in found["features"])
    assert total == 329_455_709 * 1_000_000


def test_the_file_says_what_it_is() -> None:
    found = collections(data(load_facts(), "geojson", Filters(district=KIM_THANH)))
    for collection in found.values():
        assert collection["about"]["period_id"] == "2026-Q1"
        assert "huyện Kim Thành" in collection["about"]["filters"]
        assert collection["documents"][0]["sha256"]
        assert set(collection["columns"]) <= set(collection["features"][0]["properties"])


def test_geopandas_reads_it_in_metres_too() -> None:
    whole = data(load_facts(), "geojson", Filters(district=KIM_THANH))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        frame = gpd.read_file(io.BytesIO(archive.read("communes.geojson")))
    assert frame.crs.to_epsg() == 4326
    metric = frame.to_crs(9210).set_index("commune")
    official = load_facts().communes.set_index("code")["area_km2"]
    for code in KIM_THANH_CODES:
        assert metric.geometry[code].area / 1e6 == pytest.approx(official[code], rel=0.2)


def test_hostile_texts_stay_texts() -> None:
    features = collections(data(hostile_facts(), "geojson"))["items.geojson"]["features"]
    names = {one["properties"]["name"] for one in features}
    assert {strip_unsafe_characters(text) for text in EVIL} <= names


def test_nothing_at_all_is_a_collection_without_features() -> None:
    found = collections(data(no_facts(), "geojson"))["items.geojson"]
    assert found["features"] == []
    assert "bbox" not in found


def test_what_is_unknown_is_null() -> None:
    features = collections(data(small_facts(), "geojson"))["items.geojson"]["features"]
    found = {one["id"]: one["properties"] for one in features}
    assert found[LNG]["clearance"] is None
    assert found[AEON]["commune_codes"] == THACH_KHOI
    assert type(found[AEON]["investment_mvnd"]) is int
