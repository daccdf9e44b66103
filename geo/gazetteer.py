"""The gazetteer: today's 114 communes, the units they were made of, zones and parks.

Names change, codes of communes do not: everything refers to a commune by its official code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from geo.gazetteer_loader import read_gazetteer_files
from geo.i18n import DEFAULT_LANGUAGE, t
from geo.paths import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

Level = Literal["province", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today: ``kind`` is ``phuong``, ``xa`` or ``dac_khu``; official area in km²."""

    code: str
    name: str
    short_name: str
    kind: str
    former_province: str
    area_km2: float
    name_en: str


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A unit that was there before 1 July 2025, and what it is in communes of today.

    ``shares`` go with ``communes`` (largest first): the part of the unit's area that lies in each;
    ``None`` where that is not known. A district or province has no shares: it is a set of
    communes. Dates are ``None`` where not known.
    """

    unit: str
    name: str
    kind: str
    district: str
    district_kind: str
    province: str
    valid_from: date | None
    valid_to: date | None
    relation: str
    communes: tuple[str, ...]
    shares: tuple[float | None, ...]
    level: Level

    def label(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return the name with its type word, and its district: ``xã Kỳ Sơn, huyện Tứ Kỳ``."""
        name = t(f"geo.kind.{self.kind}", language, name=self.name)
        if self.level != "commune":
            return name
        return f"{name}, {t(f'geo.kind.{self.district_kind}', language, name=self.district)}"


@dataclass(frozen=True, slots=True)
class FormerUnitPart:
    """A former unit within one commune of today; ``share`` is the unit's, ``None``: not known."""

    unit: FormerUnit
    share: float | None

    @property
    def whole(self) -> bool:
        """Return True if the unit lies in this commune alone."""
        return len(self.unit.communes) == 1


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The gazetteer's tables as frames, with the columns of their files, and by key.

    ``communes``: one row per commune, ``area_km2`` float. ``former_units``: one row per former
    unit and kind. ``zones``: economic zones, parks, clusters, urban areas. Texts are ``str``, empty
    where nothing is known. The frames are shared: a reader does not change them.
    """

    communes: pd.DataFrame
    former_units: pd.DataFrame
    zones: pd.DataFrame
    commune_by_code: Mapping[str, Commune]
    unit_by_id: Mapping[str, FormerUnit]
    parts_by_code: Mapping[str, tuple[FormerUnitPart, ...]]


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that comes with the program, read and checked once per process.

    Raises ``DataFileError`` naming file, row and column of every fault of the files.
    """
    return read_gazetteer(DATA / "gazetteer")


def read_gazetteer(folder: Path) -> Gazetteer:
    """Return the gazetteer of a folder; raises ``DataFileError`` as ``load_gazetteer`` does."""
    communes, former_units, zones = read_gazetteer_files(folder)
    units = {unit.unit: unit for unit in map(_build_former_unit, former_units.to_dict("records"))}
    parts: dict[str, list[FormerUnitPart]] = {code: [] for code in communes["code"]}
    for unit in units.values():
        for code, share in zip_longest(unit.communes, unit.shares):
            parts[code].append(FormerUnitPart(unit, share))
    return Gazetteer(
        communes=communes,
        former_units=former_units,
        zones=zones,
        commune_by_code={
            row["code"]: Commune(**{name: row[name] for name in Commune.__slots__})
            for row in communes.to_dict("records")
        },
        unit_by_id=units,
        parts_by_code={
            code: tuple(sorted(former_parts, key=_make_sort_key))
            for code, former_parts in parts.items()
        },
    )


def _build_former_unit(row: dict[str, str]) -> FormerUnit:
    level: Level = "commune"
    if row["relation"] == "set":
        level = "district" if row["district"] else "province"
    return FormerUnit(
        unit=row["unit"],
        name=row["name"],
        kind=row["kind"],
        district=row["district"],
        district_kind=row["district_kind"],
        province=row["province"],
        valid_from=_parse_date(row["valid_from"]),
        valid_to=_parse_date(row["valid_to"]),
        relation=row["relation"],
        communes=tuple(row["communes"].split()),
        # 0 stands for a part that is there but too small for its size to be known.
        shares=tuple(float(share) or None for share in row["shares"].split()),
        level=level,
    )


def _parse_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_last_generation(unit: FormerUnit) -> bool:
    return unit.valid_to == date(2025, 6, 30)


def _make_sort_key(part: FormerUnitPart) -> tuple[bool, float, str]:
    return not _is_last_generation(part.unit), -(part.share or 0), part.unit.unit
