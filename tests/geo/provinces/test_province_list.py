"""The country's provinces and districts: complete, and as the packages that name them have them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from geo.errors import DataFileError
from geo.paths import DATA
from geo.provinces.province_list import (
    OWN_PROVINCES,
    load_provinces,
    read_provinces,
)
from geo.text import normalise_spelling
from tests.geo.packages import folder_of

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = {"quận": "quan", "huyện": "huyen", "thị xã": "thi_xa", "thành phố": "thanh_pho"}


def _select(query: str) -> list[tuple[str, ...]]:
    path = folder_of("vietnamadminunits") / "data" / "dataset.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_there_are_63_former_and_34_present_provinces() -> None:
    counts = Counter("former" if p.is_former else "present" for p in load_provinces().provinces)
    assert counts == {"former": 63, "present": 34}


def test_the_city_and_hai_duong_are_one_province_today() -> None:
    former = {p.name: p.present for p in load_provinces().provinces if p.is_former}
    assert {name for name, present in former.items() if present == "Hải Phòng"} == {*OWN_PROVINCES}
    assert former["Nam Định"] == "Ninh Bình"
    assert former["Quảng Ninh"] == "Quảng Ninh"


@pytest.mark.parametrize(
    ("table", "former"), [("admin_units_legacy", True), ("admin_units", False)]
)
def test_provinces_are_those_of_vietnamadminunits(table: str, *, former: bool) -> None:
    query = f"select distinct provinceShort, provinceCode from {table}"  # noqa: S608 - own names
    theirs = {(normalise_spelling(name), code) for name, code in _select(query)}
    ours = {(p.name, p.code) for p in load_provinces().provinces if p.is_former is former}
    assert ours == theirs


def test_provinces_of_today_are_those_of_vietnam_provinces() -> None:
    path = folder_of("vietnam_provinces") / "data" / "nested-divisions.json"
    theirs = {
        (normalise_spelling(p["name"]).removeprefix("Tỉnh ").removeprefix("Thành phố "),
         f"{p['code']:02}")
        for p in json.loads(path.read_text("utf-8"))
    }  # fmt: skip
    assert {(p.name, p.code) for p in load_provinces().provinces if not p.is_former} == theirs


def test_every_district_of_june_2025_is_there() -> None:
    query = "select distinct provinceShort, districtShort, districtType from admin_units_legacy"
    theirs = {
        (
            normalise_spelling(name).partition(" (")[0].removeprefix("Quận "),
            _KINDS[kind.strip().lower()],
            normalise_spelling(province),
        )
        for province, name, kind in _select(query)
    }
    ours = {(d.name, d.kind, d.province) for d in load_provinces().districts}
    assert len(theirs) == 696
    assert {entry for entry in theirs if entry not in ours} == set()


def test_a_fault_of_the_files_is_told_with_file_row_and_column(tmp_path: Path) -> None:
    for file in ("provinces.csv", "foreign_districts.csv"):
        shutil.copy(DATA / "gazetteer" / file, tmp_path / file)
    path = tmp_path / "foreign_districts.csv"
    path.write_text(
        path.read_text("utf-8") + "x.huyen-thu,Thử,huyen,Hải Phòng,both\n", encoding="utf-8"
    )
    with pytest.raises(DataFileError, match=r"foreign_districts\.csv.*693.*province"):
        read_provinces(tmp_path)
    (tmp_path / "provinces.csv").unlink()
    with pytest.raises(DataFileError, match=r"provinces\.csv"):
        read_provinces(tmp_path)
