"""What the map shows around the city: neighbours of today, borders of before, in few bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geo.boundaries.active import get_web_layer
from geo.surroundings import surroundings
from geo.surroundings.surroundings import Surroundings, get_surroundings

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 25_000


@pytest.fixture(scope="module")
def around() -> Surroundings:
    found = get_surroundings()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def features(around: Surroundings) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(around.content)["features"]
    return listed


def get_shape(feature: dict[str, Any]) -> shapely.Geometry:
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_it_is_small_and_the_same_for_the_same_layer(around: Surroundings) -> None:
    assert around.gzip_bytes < MOST_BYTES
    assert get_surroundings() is around


def test_the_neighbours_are_provinces_of_today_and_the_city_is_none(
    features: list[dict[str, Any]],
) -> None:
    names = {f["properties"]["name"] for f in features if f["properties"]["part"] == "neighbour"}
    assert {"Quảng Ninh", "Bắc Ninh", "Hưng Yên"} <= names
    assert not {"Hải Phòng", "Hải Dương", "Thái Bình", "Bắc Giang"} & names


def test_a_neighbour_reaches_the_city_and_no_farther(features: list[dict[str, Any]]) -> None:
    collection = json.loads(get_web_layer().path.read_text("utf-8"))["features"]
    city = shapely.union_all([get_shape(commune) for commune in collection])
    for feature in features:
        if feature["properties"].get("name") not in {"Quảng Ninh", "Bắc Ninh", "Hưng Yên"}:
            continue
        shape = get_shape(feature)
        assert shape.intersects(city.buffer(0.002))
        assert shapely.intersection(shape, city.buffer(-0.03)).is_empty
        assert shape.contains(shapely.Point(feature["properties"]["at"]))


def test_former_borders_lie_on_those_of_communes(features: list[dict[str, Any]]) -> None:
    collection = json.loads(get_web_layer().path.read_text("utf-8"))["features"]
    edges = shapely.union_all([shapely.boundary(get_shape(commune)) for commune in collection])
    lines = {f["properties"]["part"]: get_shape(f) for f in features}
    for part in ("districts", "provinces"):
        assert lines[part].length > 0.5
        assert lines[part].within(edges.buffer(1e-6))
    assert shapely.intersection(lines["districts"], lines["provinces"]).length == pytest.approx(0)


def test_the_sea_has_its_name_in_both_languages(features: list[dict[str, Any]]) -> None:
    (sea,) = [f["properties"] for f in features if f["properties"]["part"] == "sea"]
    assert (sea["vi"], sea["en"]) == ("Vịnh Bắc Bộ", "Gulf of Tonkin")


def test_its_address_is_known_before_it_is_built_and_who_asks_for_it_has_it_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the first reader of a new installation would see a city that lies in the sea."""
    path = tmp_path / "surroundings-0123.json"
    monkeypatch.setattr(surroundings, "_locate_file", lambda _version: (path, tmp_path))
    monkeypatch.setattr(surroundings, "build_surroundings", lambda *_paths: b"{}")
    assert not path.exists()
    assert surroundings.get_surroundings_version() == "0123"
    built = surroundings.get_surroundings()
    assert built is not None
    assert (built.version, built.content) == ("0123", b"{}")
