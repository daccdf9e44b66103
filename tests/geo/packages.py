"""Data of the two packages that the gazetteer is checked against, read without importing them."""

import importlib.util
import json
import sqlite3
from functools import cache
from pathlib import Path

import pytest

from geo.text import normalise_spelling


def folder_of(package: str) -> Path:
    """Return where an installed package lies; skips the test where it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"the package {package} is not installed (a development dependency)")
    return Path(spec.origin).parent


@cache
def _table(table: str, provinces: tuple[str, ...]) -> tuple[dict[str, str | None], ...]:
    path = folder_of("vietnamadminunits") / "data" / "dataset.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        connection.row_factory = sqlite3.Row
        rows = connection.execute(f"select * from {table}").fetchall()  # noqa: S608 - own names
    finally:
        connection.close()
    return tuple(dict(row) for row in rows if row["provinceShort"] in provinces)


def communes_of_vietnamadminunits() -> tuple[dict[str, str | None], ...]:
    """Return its rows for today's communes of Hải Phòng."""
    return _table("admin_units", ("Hải Phòng",))


def legacy_of_vietnamadminunits() -> tuple[dict[str, str | None], ...]:
    """Return its rows for the units of the two former provinces just before 1 July 2025."""
    return _table("admin_units_legacy", ("Hải Phòng", "Hải Dương"))


def new_wards_of_vietnamadminunits() -> dict[str, set[str]]:
    """Return its relation: the key of an old unit → the keys of today's communes."""
    path = folder_of("vietnamadminunits") / "data" / "converter_2025.json"
    data = json.loads(path.read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for new, olds in data["DICT_PROVINCE_WARD_NO_DIVIDED"]["thanhphohaiphong"].items():
        for old in olds:
            found.setdefault(old, set()).add(new)
    for old, news in data["DICT_PROVINCE_WARD_DIVIDED"]["thanhphohaiphong"].items():
        found.setdefault(old, set()).update(new["newWardKey"] for new in news)
    return found


def communes_of_vietnam_provinces() -> dict[str, dict[str, str]]:
    """Return its wards of Hải Phòng by name (classic tone placement)."""
    path = folder_of("vietnam_provinces") / "data" / "nested-divisions.json"
    provinces = json.loads(path.read_text("utf-8"))
    city = next(p for p in provinces if p["name"] == "Thành phố Hải Phòng")
    return {normalise_spelling(ward["name"]): ward for ward in city["wards"]}
