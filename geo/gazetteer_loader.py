"""Reading the gazetteer's files, with every fault noted and told at once."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.data_faults import FaultList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMUNES: Final = "communes.csv"
FORMER_UNITS: Final = "former_units.csv"
ZONES: Final = "zones.csv"

COMMUNE_COUNTS: Final = {"phuong": 45, "xa": 67, "dac_khu": 2}
"""How many communes of each kind the city has since 1 July 2025."""

PROVINCES: Final = ("Hải Dương", "Hải Phòng")
UNIT_KINDS: Final = ("phuong", "xa", "thi_tran", "quan", "huyen", "thi_xa", "thanh_pho", "tinh")
RELATIONS: Final = ("unchanged", "renamed", "merged", "divided", "set")
ZONE_KINDS: Final = (
    "economic_zone",
    "industrial_park",
    "industrial_cluster",
    "urban_area",
    "port_area",
    "other",
)

_HEADERS: Final = {
    COMMUNES: "code name short_name kind former_province area_km2 name_ascii name_en",
    FORMER_UNITS: "unit name kind district district_kind province valid_from valid_to relation "
    "communes shares source note",
    ZONES: "zone kind name aliases communes confidence evidence_kind evidence note",
}
_NEVER_EMPTY: Final = {
    COMMUNES: "code name short_name kind former_province area_km2 name_ascii name_en",
    FORMER_UNITS: "unit name kind province relation communes source",
    ZONES: "zone kind name confidence",
}
_WORDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    COMMUNES: {"kind": tuple(COMMUNE_COUNTS), "former_province": PROVINCES},
    FORMER_UNITS: {
        "kind": UNIT_KINDS,
        "district_kind": ("", *UNIT_KINDS),
        "province": PROVINCES,
        "relation": RELATIONS,
        "source": ("both", "lineage", "vietnamadminunits", "public_source"),
    },
    ZONES: {
        "kind": ZONE_KINDS,
        "confidence": ("certain", "likely", "unknown"),
        "evidence_kind": ("", "report", "public_source"),
    },
}
_KEYS: Final = {COMMUNES: "code", FORMER_UNITS: "unit", ZONES: "zone"}
_SHARES_SUM: Final = 1.01  # two decimals each
Row = dict[str, str]


def read_gazetteer_files(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return communes, former units and zones: text columns as in the files, ``area_km2`` float.

    Raises ``DataFileError`` that names file, row and column of every fault (up to 40 are told).
    """
    faults = FaultList("geo.gazetteer")
    tables = {
        file: read_rows(folder / file, header.split(), faults) for file, header in _HEADERS.items()
    }
    for file, rows in tables.items():
        _check_cells(rows, file, faults)
    codes = {row["code"] for _, row in tables[COMMUNES]}
    _check_communes(tables[COMMUNES], faults)
    _check_former_units(tables[FORMER_UNITS], codes, faults)
    _check_zones(tables[ZONES], codes, faults)
    faults.raise_if_any("geo.gazetteer.heading")
    communes, former_units, zones = (
        pd.DataFrame([row for _, row in tables[file]], columns=_HEADERS[file].split(), dtype=str)
        for file in (COMMUNES, FORMER_UNITS, ZONES)
    )
    return communes.astype({"area_km2": float}), former_units, zones


def read_rows(path: Path, header: list[str], faults: FaultList) -> list[tuple[int, Row]]:
    """Return a file's rows with the line they end on, none where it cannot be read.

    A missing file, another encoding than UTF-8, another header and rows of another width are noted.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        faults.add(path.name, 0, "", "missing")
        return []
    except UnicodeDecodeError:
        faults.add(path.name, 0, "", "not_utf8")
        return []
    reader = csv.reader(io.StringIO(text))
    if next(reader, []) != header:
        faults.add(path.name, 0, "", "header", columns=", ".join(header))
        return []
    rows: list[tuple[int, Row]] = []
    for cells in reader:
        if len(cells) == len(header):
            rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
        else:
            faults.add(path.name, reader.line_num, header[0], "cells", expected=len(header))
    return rows


def _check_cells(rows: list[tuple[int, Row]], file: str, faults: FaultList) -> None:
    """Check what holds for every table: keys, words, empties, the form of the text."""
    seen: set[str] = set()
    needed = set(_NEVER_EMPTY[file].split())
    for line, row in rows:
        key = row[_KEYS[file]]
        if key in seen:
            faults.add(file, line, _KEYS[file], "double", value=key)
        seen.add(key)
        for column, value in row.items():
            allowed = _WORDS[file].get(column)
            if not value.strip() and column in needed:
                faults.add(file, line, column, "empty")
            elif value != value.strip() or not unicodedata.is_normalized("NFC", value):
                faults.add(file, line, column, "form", value=value)
            elif allowed is not None and value not in allowed:
                faults.add(file, line, column, "word", value=value, allowed=", ".join(allowed))


def _check_communes(rows: list[tuple[int, Row]], faults: FaultList) -> None:
    for line, row in rows:
        if not _passes_check(lambda text: float(text) > 0, row["area_km2"]):
            faults.add(COMMUNES, line, "area_km2", "area", value=row["area_km2"])
    for kind, expected in COMMUNE_COUNTS.items():
        row_count = sum(row["kind"] == kind for _, row in rows)
        if row_count != expected:
            faults.add(COMMUNES, 0, "", "count", kind=kind, found=row_count, expected=expected)


def _check_former_units(rows: list[tuple[int, Row]], codes: set[str], faults: FaultList) -> None:
    for line, row in rows:
        listed = _check_codes(FORMER_UNITS, line, row, codes, faults)
        if not _passes_check(partial(_are_shares_valid, count=len(listed)), row["shares"]):
            faults.add(FORMER_UNITS, line, "shares", "shares", value=row["shares"])
        for column in ("valid_from", "valid_to"):
            if row[column] and not _passes_check(_is_iso_date, row[column]):
                faults.add(FORMER_UNITS, line, column, "day", value=row[column])
        if row["valid_from"] and row["valid_to"] and row["valid_from"] > row["valid_to"]:
            faults.add(FORMER_UNITS, line, "valid_to", "backward", value=row["valid_to"])


def _check_zones(rows: list[tuple[int, Row]], codes: set[str], faults: FaultList) -> None:
    for line, row in rows:
        listed = _check_codes(ZONES, line, row, codes, faults)
        if bool(listed) == (row["confidence"] == "unknown"):
            faults.add(ZONES, line, "confidence", "confidence", value=row["confidence"])
        if listed and not (row["evidence"] and row["evidence_kind"]):
            faults.add(ZONES, line, "evidence", "evidence")


def _check_codes(file: str, line: int, row: Row, codes: set[str], faults: FaultList) -> list[str]:
    listed = row["communes"].split(" ") if row["communes"] else []
    for code in listed:
        if code not in codes:
            faults.add(file, line, "communes", "code", value=code)
    if len(set(listed)) != len(listed):
        faults.add(file, line, "communes", "double", value=row["communes"])
    return listed


def _are_shares_valid(text: str, count: int) -> bool:
    shares = [float(share) for share in text.split()]
    fits = all(0 <= share <= 1 for share in shares) and sum(shares) <= _SHARES_SUM
    return not shares or (fits and len(shares) == count)


def _is_iso_date(text: str) -> bool:
    return date.fromisoformat(text).isoformat() == text


def _passes_check(check: Callable[[str], bool], text: str) -> bool:
    try:
        return check(text)
    except ValueError:
        return False
