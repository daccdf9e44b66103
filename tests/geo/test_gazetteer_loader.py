"""The gazetteer's files: written one way, and every fault told with its place."""

import shutil
from pathlib import Path

import pytest

from geo.errors import DataFileError
from geo.gazetteer import load_gazetteer, read_gazetteer
from geo.paths import DATA


def test_files_are_written_one_way() -> None:
    for path in sorted((DATA / "gazetteer").glob("*.csv")):
        raw = path.read_bytes()
        assert b"\r" not in raw
        assert raw.endswith(b"\n")
    units = load_gazetteer().former_units["unit"]
    assert list(units) == sorted(units)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("communes.csv", "10507,Phường", "10508,Phường", "10507"),
        ("communes.csv", ",phuong,Hải Dương,12.22", ",xa,Hải Dương,12.22", "45"),
        ("communes.csv", "12.22", "12,22", "dòng 2"),
        ("communes.csv", "12.22", "-1", "area_km2"),
        ("communes.csv", "Thành Đông,Thành Đông,", "Thành Đông,,", "cột “short_name”"),
        ("communes.csv", "name_en\n", "english\n", "dòng đầu"),
        ("communes.csv", "Phường Thành Đông,", "Phu\u031bo\u031b\u0300ng Thành Đông,", "NFC"),
        ("communes.csv", "10525,Phường", "10507,Phường", "lặp"),
        ("former_units.csv", ",divided,", ",split,", "split"),
        ("former_units.csv", "2025-06-30", "30/06/2025", "valid_to"),
        ("former_units.csv", "0.62 0.37", "0.62 0.67", "shares"),
        ("former_units.csv", "0.62 0.37", "0.62", "shares"),
        ("former_units.csv", "2025-01-01,2025-06-30", "2025-07-01,2025-06-30", "2025-06-30"),
        ("former_units.csv", "10543 10891", "10543 99999", "99999"),
        ("zones.csv", ",economic_zone,", ",zone,", "kind"),
    ],
)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    for path in (DATA / "gazetteer").glob("*.csv"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError) as caught:
        read_gazetteer(tmp_path)
    assert told in str(caught.value)
    assert file in str(caught.value) or "former_units.csv" in str(caught.value)


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    for path in (DATA / "gazetteer").glob("*.csv"):
        shutil.copy(path, tmp_path)
    (tmp_path / "zones.csv").unlink()
    (tmp_path / "communes.csv").write_bytes("mã,tên".encode("utf-16"))
    with pytest.raises(DataFileError) as caught:
        read_gazetteer(tmp_path)
    assert "zones.csv" in str(caught.value)
    assert "UTF-8" in str(caught.value)
