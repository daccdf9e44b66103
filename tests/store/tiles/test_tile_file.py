"""An operator's file of tiles: read in both formats, refused with what to do where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.tiles.archive import TileFileError
from store.tiles.tile_file import load_tile_file, read_picture
from tests.shared_reference import SHARED, needs_shared
from tests.tile_files import draw_picture, list_numbers, write_mbtiles, write_pmtiles

if TYPE_CHECKING:
    from pathlib import Path

    from store.tiles.tile_file import TileFile

ZOOMS = (9, 10, 12)


def load(path: Path, credit: str = "© Sở Xây dựng") -> TileFile:
    file = load_tile_file({"HPMAP_TILE_FILE": str(path), "HPMAP_TILE_CREDIT": credit})
    assert file is not None
    return file


@pytest.mark.parametrize("name", ["nen.mbtiles", "nen.pmtiles"])
def test_tiles_are_found_by_column_and_row_from_the_north(tmp_path: Path, name: str) -> None:
    write = write_mbtiles if name.endswith(".mbtiles") else write_pmtiles
    numbers = list_numbers(ZOOMS)
    file = load(write(tmp_path / name, numbers))
    assert (file.summary.min_zoom, file.summary.max_zoom) == (9, 12)
    for number in numbers:
        assert read_picture(file, *number) == (draw_picture(), "image/png")
    zoom, column, row = numbers[0]
    for nowhere in [(zoom, column, row + 100), (11, 0, 0), (-1, 0, 0), (60, 1, 1), (3, 99, 0)]:
        assert read_picture(file, *nowhere) is None


def test_a_jpeg_and_a_webp_are_given_out_as_what_they_are(tmp_path: Path) -> None:
    for kind in ("JPEG", "WEBP"):
        picture = draw_picture(kind=kind)
        path = write_mbtiles(tmp_path / f"{kind}.mbtiles", list_numbers([9]), picture)
        found = read_picture(load(path), *list_numbers([9])[0])
        assert found == (picture, f"image/{kind.lower()}")


def test_another_content_has_another_version(tmp_path: Path) -> None:
    first = load(write_mbtiles(tmp_path / "a.mbtiles", list_numbers([9])))
    (tmp_path / "a.mbtiles").unlink()
    second = load(write_mbtiles(tmp_path / "a.mbtiles", list_numbers([9, 10])))
    assert first.version != second.version
    assert second.summary.max_zoom == 10


def test_the_credit_is_the_operators_or_the_files_without_its_markup(tmp_path: Path) -> None:
    credit = '<a href="https://osm.example">© OpenStreetMap</a> &amp; mọi người'
    for path in (
        write_mbtiles(tmp_path / "a.mbtiles", list_numbers([9]), attribution=credit),
        write_pmtiles(tmp_path / "a.pmtiles", list_numbers([9]), credit),
    ):
        assert load(path, credit="").credit == "© OpenStreetMap & mọi người"
        assert load(path, credit="Sở Xây dựng").credit == "Sở Xây dựng"


def test_a_file_is_taken_out_of_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HPMAP_STATE_DIR", str(tmp_path))
    assert load_tile_file({}) is None
    write_mbtiles(tmp_path / "a.mbtiles", list_numbers([9]), attribution="x")
    assert load_tile_file({}) is not None
    write_pmtiles(tmp_path / "b.pmtiles", list_numbers([9]), "x")
    with pytest.raises(TileFileError, match=r"a\.mbtiles, b\.pmtiles"):
        load_tile_file({})


def make_refused(folder: Path) -> dict[str, tuple[Path, str]]:
    """Return files that cannot be drawn, each with a word of what is said of it."""
    numbers = list_numbers([9])
    broken = folder / "hong.mbtiles"
    broken.write_bytes(b"not a database" * 100)
    torn = folder / "cut.pmtiles"
    torn.write_bytes(write_pmtiles(folder / "whole.pmtiles", numbers).read_bytes()[:90])
    text = folder / "nen.txt"
    text.write_text("x")
    return {
        "no credit": (write_mbtiles(folder / "a.mbtiles", numbers), "không ghi nguồn"),
        "vector": (write_mbtiles(folder / "v.mbtiles", numbers, b"\x1f\x8b", format="pbf"), "PNG"),
        "vector archive": (write_pmtiles(folder / "v.pmtiles", numbers, vector=True), "véc-tơ"),
        "no pictures": (write_mbtiles(folder / "n.mbtiles", numbers, b"<svg/>"), "PNG, JPG"),
        "empty": (write_mbtiles(folder / "e.mbtiles", []), "không có ô"),
        "elsewhere": (
            write_mbtiles(folder / "hcm.mbtiles", list_numbers([12], (106.7, 10.8))),
            "vùng khác",
        ),
        "broken": (broken, "hỏng"),
        "torn": (torn, "hỏng"),
        "other format": (text, "không phải"),
        "missing": (folder / "none.mbtiles", "Không có tệp"),
    }


@pytest.mark.parametrize("kind", [
    "no credit", "vector", "vector archive", "no pictures", "empty", "elsewhere", "broken",
    "torn", "other format", "missing",
])  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_what_to_do(tmp_path: Path, kind: str) -> None:
    path, words = make_refused(tmp_path)[kind]
    with pytest.raises(TileFileError, match=words) as fault:
        load_tile_file({"HPMAP_TILE_FILE": str(path)})
    assert path.name in str(fault.value)


@needs_shared
def test_files_that_other_tools_wrote_are_read_the_same() -> None:
    assert SHARED is not None
    folder = SHARED / "tiles"
    pictures = []
    for name in ("hai_phong_raster.mbtiles", "hai_phong_raster.pmtiles"):
        file = load(folder / name)
        assert (file.summary.min_zoom, file.summary.max_zoom) == (9, 12)
        pictures.append([read_picture(file, *number) for number in list_numbers([9, 12])])
    assert pictures[0] == pictures[1]
    assert any(pictures[0])
    with pytest.raises(TileFileError, match="véc-tơ"):
        load(folder / "hai_phong_vector.mbtiles")
