"""Vietnam's provinces and districts as data: the 63 of before 1 July 2025, the 34 of today.

Those of the city itself, and of the former Hải Dương that it took in, come from the gazetteer;
everybody else's are in ``provinces.csv`` and ``foreign_districts.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.data_faults import FaultList
from geo.gazetteer import load_gazetteer
from geo.gazetteer_loader import read_rows
from geo.paths import DATA
from geo.text import normalise_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geo.gazetteer_loader import Row

OWN_PROVINCES: Final = ("Hải Phòng", "Hải Dương")
"""The two former provinces whose land is the city of today."""

DISTRICT_KINDS: Final = ("quan", "huyen", "thi_xa", "thanh_pho")
_PROVINCES: Final = "provinces.csv"
_DISTRICTS: Final = "foreign_districts.csv"
_HEADERS: Final = {
    _PROVINCES: "province name kind code present valid_from valid_to aliases",
    _DISTRICTS: "district name kind province source",
}


@dataclass(frozen=True, slots=True)
class Province:
    """A province of one time; ``present`` is the one of today that its land is in.

    ``kind`` is ``tinh`` or ``thanh_pho``; ``valid_to`` is '' for those of today, ``aliases`` are
    other spellings and the provinces of before 2009 that went into it.
    """

    province: str
    name: str
    kind: str
    code: str
    present: str
    valid_from: str
    valid_to: str
    aliases: tuple[str, ...]

    @property
    def is_former(self) -> bool:
        """Whether it ended with 30 June 2025."""
        return bool(self.valid_to)


@dataclass(frozen=True, slots=True)
class District:
    """A district of before 1 July 2025, with the name of the province of that time."""

    name: str
    kind: str
    province: str

    @property
    def is_own(self) -> bool:
        """Whether its land is the city's today."""
        return self.province in OWN_PROVINCES


@dataclass(frozen=True, slots=True)
class ProvinceList:
    """All provinces and districts."""

    provinces: tuple[Province, ...]
    districts: tuple[District, ...]


@cache
def load_provinces() -> ProvinceList:
    """Return the provinces and districts that come with the program, read once per process.

    Raises ``DataFileError`` naming file, row and column of every fault of the files.
    """
    return read_provinces(DATA / "gazetteer")


def read_provinces(folder: Path) -> ProvinceList:
    """Return the provinces and foreign districts of a folder, with the city's own districts."""
    faults = FaultList("geo.gazetteer")
    rows = {
        file: read_rows(folder / file, header.split(), faults) for file, header in _HEADERS.items()
    }
    for file, listed in rows.items():
        _check_cells(listed, file, faults)
    names = {row["name"] for _, row in rows[_PROVINCES] if row["valid_to"]}
    present = {row["name"] for _, row in rows[_PROVINCES] if not row["valid_to"]}
    for line, row in rows[_PROVINCES]:
        if row["present"] not in present:
            faults.add(_PROVINCES, line, "present", "word", value=row["present"], allowed="34")
    for line, row in rows[_DISTRICTS]:
        if row["province"] not in names or row["province"] in OWN_PROVINCES:
            faults.add(_DISTRICTS, line, "province", "word", value=row["province"], allowed="61")
        if row["kind"] not in DISTRICT_KINDS:
            allowed = ", ".join(DISTRICT_KINDS)
            faults.add(_DISTRICTS, line, "kind", "word", value=row["kind"], allowed=allowed)
    faults.raise_if_any("geo.gazetteer.heading")
    provinces = tuple(
        Province(**{**row, "aliases": tuple(filter(None, row["aliases"].split(";")))})  # type: ignore[arg-type]
        for _, row in rows[_PROVINCES]
    )
    foreign = (District(r["name"], r["kind"], r["province"]) for _, r in rows[_DISTRICTS])
    return ProvinceList(provinces, (*_list_own_districts(), *foreign))


def _list_own_districts() -> tuple[District, ...]:
    units = load_gazetteer().unit_by_id.values()
    own = [
        District(normalise_spelling(unit.name), unit.kind, unit.province)
        for unit in units
        if unit.level == "district"
    ]
    return tuple(dict.fromkeys(own))


def _check_cells(rows: Iterable[tuple[int, Row]], file: str, faults: FaultList) -> None:
    """Check that names are told once and that texts have their usual form."""
    key = _HEADERS[file].split()[0]
    seen: set[str] = set()
    for line, row in rows:
        if row[key] in seen:
            faults.add(file, line, key, "double", value=row[key])
        seen.add(row[key])
        for column, value in row.items():
            if value != normalise_spelling(value):
                faults.add(file, line, column, "form", value=value)
