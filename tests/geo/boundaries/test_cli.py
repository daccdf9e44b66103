"""The command line: what an operator types, what comes back, and with which exit code."""

from __future__ import annotations

import json

import pytest
import shapely

from geo.__main__ import main
from geo.boundaries import official
from geo.boundaries.layer import load_communes


def run(capsys, *words: object) -> tuple[int, str, str]:
    code = main(["boundaries", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_install_status_rollback(made, tmp_path, capsys):
    code, out, _ = run(capsys, "install", made.write(tmp_path / "set"))
    assert (code, "Đã cài 114" in out) == (0, True)
    code, out, _ = run(capsys, "status")
    assert code == 0
    assert "Ranh giới chính thức" in out
    assert "114 xã, phường, đặc khu" in out
    code, out, _ = run(capsys, "rollback")
    assert (code, "Đã quay lại" in out) == (0, True)
    code, out, err = run(capsys, "rollback")
    assert (code, out) == (1, "")
    assert "Không có lớp ranh giới nào trước đó" in err


def test_status_json_tells_provider_source_date_counts_and_areas(made, tmp_path, capsys):
    run(capsys, "install", made.write(tmp_path / "set"))
    code, out, _ = run(capsys, "status", "--json")
    status = json.loads(out)
    assert code == 0
    assert status["provider"] == "official"
    assert official.COMMIT in status["source"]
    assert len(status["date"]) == len("2026-01-31")
    assert status["checks"]["communes"] == 114
    assert status["checks"]["invalid"] == status["checks"]["mismatched"] == []
    assert status["checks"]["areas"]["official_km2"] == pytest.approx(
        load_communes()["area_km2"].sum(), abs=0.01
    )
    assert status["web"]["gzip_bytes"] <= 400_000
    assert status["can_roll_back_to"] == ["approximate"]


@pytest.mark.usefixtures("made")
def test_export_writes_code_name_and_geometry(tmp_path, capsys):
    out_file = tmp_path / "out.geojson"
    code, out, _ = run(capsys, "export", out_file)
    assert (code, str(out_file) in out) == (0, True)
    features = json.loads(out_file.read_text("utf-8"))["features"]
    assert [f["properties"]["code"] for f in features] == list(load_communes().index)
    assert all(set(f["properties"]) == {"code", "name"} for f in features)
    assert shapely.from_geojson(out_file.read_text("utf-8")).is_valid


@pytest.mark.usefixtures("made")
def test_export_over_a_file_replaces_it_whole(tmp_path, capsys):
    out_file = tmp_path / "out.geojson"
    out_file.write_text("x" * 10_000_000)
    run(capsys, "export", out_file)
    assert len(json.loads(out_file.read_text("utf-8"))["features"]) == 114
    assert sorted(path.name for path in tmp_path.glob("*export*")) == []


@pytest.mark.usefixtures("made")
def test_export_to_nowhere_is_told(tmp_path, capsys):
    code, out, err = run(capsys, "export", tmp_path / "none" / "out.geojson")
    assert (code, out) == (1, "")
    assert "Không ghi được" in err


@pytest.mark.usefixtures("made")
def test_a_refused_set_is_told_on_standard_error(tmp_path, capsys):
    folder = tmp_path / "empty"
    folder.mkdir()
    code, out, err = run(capsys, "install", folder)
    assert (code, out) == (1, "")
    assert "Bộ ranh giới bị từ chối: 114 lỗi" in err


@pytest.mark.usefixtures("made")
def test_a_source_that_is_not_there_is_told(tmp_path, capsys):
    code, _, err = run(capsys, "install", tmp_path / "none")
    assert code == 1
    assert "Không tìm thấy" in err


@pytest.mark.parametrize("words", [[], ["frob"], ["export"], ["status", "--xml"]])
def test_a_wrong_command_is_told(capsys, words):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert "Lệnh không đúng" in err
