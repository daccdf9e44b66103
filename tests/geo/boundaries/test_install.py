"""Installing the official set: taken whole or refused with every fault; the old layer stays."""

from __future__ import annotations

import json

import pytest
import shapely

from geo.boundaries import active, official, store
from geo.boundaries.active import get_active_layer, get_web_layer, install_official, roll_back_layer
from geo.boundaries.checks import check_layer
from geo.boundaries.layer import load_communes
from geo.errors import BoundaryError
from tests.geo.boundaries.refusals import refusal
from tests.geo.boundary_sets import feature_file, square, zip_of
from tests.shared_reference import SHARED, needs_shared


def test_a_folder_with_the_whole_set_is_installed(made, tmp_path):
    layer = install_official(str(made.write(tmp_path / "set")))
    assert layer.provider == "official"
    assert list(layer.frame["code"]) == list(load_communes().index)
    assert check_layer(layer.frame).is_sound
    assert get_active_layer() is layer
    assert get_web_layer().provider == "official"


@pytest.mark.parametrize("prefix", ["", "dataset-main/json/31_hai_phong/wards/"])
def test_a_zip_is_installed_wherever_in_it_the_files_lie(made, tmp_path, prefix):
    archive = tmp_path / "set.zip"
    archive.write_bytes(made.zipped(prefix))
    assert install_official(str(archive)).provider == "official"


def test_files_that_are_not_of_the_set_do_no_harm_beside_a_whole_one(made, tmp_path):
    """The whole dataset in one archive holds all provinces; only ours is read."""
    contents = {f"31/{name}": content for name, content in made.contents.items()}
    contents["22/06661_viet_hung.geojson"] = feature_file("06661", square(0))
    archive = tmp_path / "all.zip"
    archive.write_bytes(zip_of(contents))
    assert install_official(str(archive)).provider == "official"


def test_every_missing_file_is_named_up_to_a_dozen(made, tmp_path):
    folder = made.write(tmp_path / "set")
    names = sorted(made.contents)
    for name in names[:3]:
        (folder / name).unlink()
    said = refusal(folder)
    assert all(f"{name}: thiếu tệp" in said for name in names[:3])
    assert "3 lỗi" in said
    for name in names[3:40]:
        (folder / name).unlink()
    said = refusal(folder)
    assert "40 lỗi" in said
    assert "và 28 lỗi nữa" in said
    assert said.count("thiếu tệp") == official.FAULTS_SHOWN


def test_a_truncated_and_a_changed_file_are_told_apart(made, tmp_path):
    folder = made.write(tmp_path / "set")
    first, second, third = sorted(made.contents)[:3]
    (folder / first).write_bytes(made.contents[first][:-30])
    changed = made.contents[second].replace(b"106.", b"107.", 1)
    (folder / second).write_bytes(changed)
    longer = made.contents[third].replace("Thử".encode(), "Thử nữa".encode())
    (folder / third).write_bytes(longer)
    said = refusal(folder)
    assert f"{first}: không phải GeoJSON" in said
    assert f"{second}: đúng kích thước nhưng nội dung bị sửa" in said
    assert f"{third}: có {len(longer)} byte, đúng ra {len(made.contents[third])} byte" in said
    assert "3 lỗi" in said


def test_content_of_another_commune_or_province_is_recognised(made, tmp_path):
    folder = made.write(tmp_path / "set")
    first, second, third = sorted(made.contents)[:3]
    (folder / first).write_bytes(made.contents[third])
    (folder / second).write_bytes(feature_file("06661", square(0), "Việt Hưng"))
    said = refusal(folder)
    assert f"{first}: nội dung là của mã {third[:5]}, không phải {first[:5]}" in said
    assert f"{second}: nội dung là của mã 06661, thuộc tỉnh khác" in said


def test_another_provinces_set_is_called_so(made, tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    for code in ("06661", "07180"):
        (folder / f"{code}_a.geojson").write_bytes(feature_file(code, square(0)))
    said = refusal(folder)
    assert "06661_a.geojson: mã 06661 thuộc tỉnh khác" in said
    assert f"{len(made.contents) + 2} lỗi" in said


def test_deeply_nested_json_is_refused(made, tmp_path):
    folder = made.write(tmp_path / "set")
    name = min(made.contents)
    (folder / name).write_bytes(b"[" * 1_000_000)
    assert f"{name}: không phải GeoJSON" in refusal(folder)


def test_rollback_brings_back_what_was_before_step_by_step(made, tmp_path):
    first = get_active_layer().version
    official_version = install_official(str(made.write(tmp_path / "set"))).version
    assert roll_back_layer().version == first
    assert get_active_layer().provider == "approximate"
    with pytest.raises(BoundaryError, match="Không có lớp"):
        roll_back_layer()
    assert get_active_layer().version == first
    assert install_official(str(tmp_path / "set")).version == official_version


def test_installing_the_same_set_twice_leaves_one_step_to_go_back(made, tmp_path):
    folder = str(made.write(tmp_path / "set"))
    install_official(folder)
    install_official(folder)
    assert store.read_active_version().history == (store.APPROXIMATE,)


def test_a_damaged_installed_layer_is_told_and_mended_by_installing_again(made, tmp_path):
    folder = str(made.write(tmp_path / "set"))
    version = install_official(folder).version
    active._load_version.cache_clear()
    (store.get_version_dir(version) / "layer.geojson").write_text("{", "utf-8")
    with pytest.raises(BoundaryError, match="bị hỏng"):
        get_active_layer()
    assert install_official(folder).version == version
    assert len(get_active_layer().frame) == 114


def test_a_layer_written_by_other_code_is_written_anew(made, tmp_path, monkeypatch):
    """After an update of the program an installed layer takes the form of the new code."""
    old = install_official(str(made.write(tmp_path / "set")))
    monkeypatch.setattr(active, "_hash_package_code", lambda: "0000new0")
    layer = get_active_layer()
    assert layer.version != old.version
    assert layer.version.endswith("0000new0")
    assert store.read_active_version() == store.ActiveVersion(layer.version, (store.APPROXIMATE,))
    assert layer.frame.geometry.geom_equals(old.frame.geometry).all()


def test_the_layer_keeps_the_sets_coordinates(made, tmp_path):
    frame = install_official(str(made.write(tmp_path / "set"))).frame
    for i, geometry in enumerate(frame.geometry):
        assert geometry.symmetric_difference(square(i)).area < 1e-12


@pytest.mark.slow
@needs_shared
def test_the_real_set_is_installed_and_agrees_with_the_official_areas(tmp_path, monkeypatch):
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    layer = install_official(str(SHARED / "boundaries_official"))
    checks = check_layer(layer.frame)
    assert checks.is_sound
    assert checks.areas.median_difference_pct < 0.5
    assert abs(checks.areas.mainland_difference_pct) < 2
    assert get_web_layer().gzip_bytes <= 400_000
    (file,) = [file for file in official.list_expected_files() if file.code == "11914"]
    source = json.loads((SHARED / "boundaries_official" / file.file).read_text("utf-8"))
    drawn = shapely.from_geojson(json.dumps(source["features"][0]["geometry"]))
    (built,) = layer.frame.loc[layer.frame["code"] == "11914", "geometry"]
    assert shapely.get_num_geometries(built) == shapely.get_num_geometries(drawn) == 158
    assert built.symmetric_difference(drawn).area / drawn.area < 1e-6


@needs_shared
def test_the_neighbouring_provinces_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    with pytest.raises(BoundaryError) as caught:
        install_official(str(SHARED / "boundaries_sample"))
    assert "mã 06661 thuộc tỉnh khác" in str(caught.value)
    assert store.read_active_version() == store.ActiveVersion()


@needs_shared
def test_the_table_of_files_is_that_of_the_dataset():
    folder = SHARED / "boundaries_official"
    assert {file.file for file in official.list_expected_files()} == {
        path.name for path in folder.glob("*.geojson")
    }
