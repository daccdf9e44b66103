"""The places the geocoder knows, each with today's communes: communes, former units, zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.geocoding.lexing.lexicon import TYPE_NAMES
from geo.text import fold_text, normalise_spelling, strip_tones

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from geo.gazetteer import FormerUnit, Gazetteer

MERGER: Final = date(2025, 7, 1)
"""From this day on the 114 communes are the units, and there are no districts."""

NOISE: Final = 0.1
"""Share of a former commune's land up to which what is missing may be the drawing's alone.

The former communes that the resolution leaves whole show it: in the overlay 97 of 100 of them
have at most this much outside, and the others a border that was moved or an island. Up to here the
other communes are told beside the match (``left_out``), beyond it they are asked about.
"""

SUBSTANTIAL: Final = 0.15
"""Share from which the overlay tells a part with certainty; below it the size is a guess."""

_ROUNDING: Final = 0.005  # shares have two decimals
_NO_LETTERS: Final = re.compile(r"[^\w]|_")


class PlaceLevel(IntEnum):
    """Which kind of place a unit is."""

    COMMUNE = 0
    FORMER = 1  # a commune of before the merger of 2025
    DISTRICT = 2
    ZONE = 3


@dataclass(frozen=True, slots=True, eq=False)
class PlaceUnit:
    """A place and the communes of today that its name stands for (largest share first)."""

    key: str
    name: str
    kind: str
    level: PlaceLevel
    label: str
    codes: tuple[str, ...]
    shares: tuple[float, ...]
    district: str = ""  # of a former commune: packed, as ``pack_name`` makes it
    province: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    sure: bool = True
    left_out: tuple[str, ...] = ()  # communes that got a sliver of it

    def valid_on(self, day: date) -> bool:
        """Return True if the unit existed that day, as far as the gazetteer knows."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """One way of writing a unit's name, without spaces, in the three forms that are compared."""

    unit: PlaceUnit
    low: str
    letters: str
    plain: str
    typed: bool  # with the unit's type word


def pack_name(text: str) -> str:
    """Return a name folded and without anything but letters and digits: ``lachhuyen``."""
    return _NO_LETTERS.sub("", fold_text(normalise_spelling(text)))


def make_spelling(unit: PlaceUnit, text: str, *, typed: bool) -> Spelling:
    """Return the spelling of ``unit`` that ``text`` is."""
    low = _NO_LETTERS.sub("", normalise_spelling(text).lower())
    return Spelling(unit, low, strip_tones(low), fold_text(low), typed)


def list_spellings(gazetteer: Gazetteer) -> list[Spelling]:
    """Return every spelling of every unit of the gazetteer, in a stable order."""
    spellings = [
        *_list_commune_spellings(gazetteer.communes),
        *_list_former_spellings(gazetteer.unit_by_id.values()),
        *_list_zone_spellings(gazetteer.zones),
    ]
    spellings.sort(key=lambda s: (s.unit.level, s.unit.key, s.typed, s.low))
    return spellings


def _list_commune_spellings(frame: pd.DataFrame) -> list[Spelling]:
    spellings = []
    for row in frame.to_dict("records"):
        unit = PlaceUnit(
            key=str(row["code"]),
            name=str(row["short_name"]),
            kind=str(row["kind"]),
            level=PlaceLevel.COMMUNE,
            label=str(row["name"]),
            codes=(str(row["code"]),),
            shares=(1.0,),
            province=pack_name(str(row["former_province"])),
        )
        spellings += [
            make_spelling(unit, unit.name, typed=False),
            make_spelling(unit, TYPE_NAMES[unit.kind] + unit.name, typed=True),
        ]
    return spellings


def _list_former_spellings(units: Iterable[FormerUnit]) -> list[Spelling]:
    spellings = []
    for former in units:
        if not former.communes or former.level == "province":
            continue
        district = former.level == "district"
        parts = _select_parts(former)
        codes, shares = (former.communes, ()) if district else (parts.codes, parts.shares)
        unit = PlaceUnit(
            key=former.unit,
            name=normalise_spelling(former.name),
            kind=former.kind,
            level=PlaceLevel.DISTRICT if district else PlaceLevel.FORMER,
            label=former.label(),
            codes=codes,
            shares=shares or (1.0,) * len(codes),
            district=pack_name(former.district),
            province=pack_name(former.province),
            valid_from=former.valid_from,
            valid_to=former.valid_to,
            sure=district or parts.sure,
            left_out=() if district else parts.left_out,
        )
        spellings += [
            make_spelling(unit, unit.name, typed=False),
            make_spelling(unit, TYPE_NAMES[unit.kind] + unit.name, typed=True),
        ]
    return spellings


class _Parts(NamedTuple):
    codes: tuple[str, ...]
    shares: tuple[float, ...]
    sure: bool
    left_out: tuple[str, ...] = ()


def _select_parts(former: FormerUnit) -> _Parts:
    """Return the communes of today that a former commune's name stands for.

    Those with a substantial part of its land all count, if together they have all of it but what
    may be noise; the others are then left out. Where more than that is missing, the smaller parts
    may be real: all are named and none is sure. Where no share is known, all count the same.
    """
    count = len(former.communes)
    known = {
        code: share
        for code, share in zip(former.communes, former.shares, strict=False)
        if share is not None
    }
    if count <= 1 or not known:
        return _Parts(former.communes, (1.0 / max(1, count),) * count, sure=count <= 1)
    main = {code: share for code, share in known.items() if share >= SUBSTANTIAL}
    rest = 1.0 - sum(main.values())
    if main and rest <= NOISE + _ROUNDING:
        others = tuple(code for code in former.communes if code not in main)
        return _Parts(tuple(main), tuple(main.values()), sure=True, left_out=others)
    small = max(0.0, rest) / max(1, count - len(main))
    shares = tuple(known.get(code) or small for code in former.communes)
    return _Parts(former.communes, shares, sure=False)


def _list_zone_spellings(frame: pd.DataFrame) -> list[Spelling]:
    zone_spellings: list[Spelling] = []
    for row in frame.to_dict("records"):
        codes = tuple(str(row["communes"]).split())
        unit = PlaceUnit(
            key=str(row["zone"]),
            name=str(row["name"]),
            kind=str(row["kind"]),
            level=PlaceLevel.ZONE,
            label=str(row["name"]),
            codes=codes,
            shares=(1.0,) * len(codes),
            sure=str(row["confidence"]) == "certain",
        )
        written = {str(row["name"]), *filter(None, map(str.strip, str(row["aliases"]).split(";")))}
        spellings = {s.low: s for s in (make_spelling(unit, text, typed=False) for text in written)}
        zone_spellings.extend(spellings.values())
    return zone_spellings
