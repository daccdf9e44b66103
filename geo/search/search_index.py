"""What a search box looks through: communes, former units, zones, and items of the caller."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import DEFAULT_LANGUAGE, t
from geo.search.ranking import Text, text_of
from geo.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.gazetteer import FormerUnit, Gazetteer

Kind = Literal["commune", "former_unit", "district", "zone", "item"]

_LISTED: Final = 3  # communes told by name behind a place; more are counted


@dataclass(frozen=True, slots=True)
class NamedItem:
    """Something the caller wants found by its name: a project of a report, for one."""

    key: str
    label: str
    communes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Something that can be suggested, with the texts it is found by.

    Entries with equal ``same`` are one place to a reader: a commune that became a ward.
    """

    kind: Kind
    key: str
    label: str
    communes: tuple[str, ...]
    texts: tuple[Text, ...]
    ended: date
    same: tuple[object, ...]


@lru_cache(maxsize=4)
def entries_of_gazetteer(gazetteer: Gazetteer, language: str) -> tuple[Entry, ...]:
    """Return the entries of a gazetteer, labels in the language; made once."""
    return (
        *_communes(gazetteer),
        *_former_units(gazetteer, language),
        *_zones(gazetteer, language),
    )


@lru_cache(maxsize=4)
def entries_of_items(items: tuple[NamedItem, ...]) -> tuple[Entry, ...]:
    """Return the entries of the caller's items."""
    return tuple(
        _entry("item", item.key, item.label, item.communes, [text_of(item.label)]) for item in items
    )


def _entry(
    kind: Kind,
    key: str,
    label: str,
    communes: tuple[str, ...],
    texts: list[Text],
) -> Entry:
    return Entry(kind, key, label, communes, tuple(dict.fromkeys(texts)), date.max, (kind, key))


def _communes(gazetteer: Gazetteer) -> Iterator[Entry]:
    for commune in gazetteer.commune_by_code.values():
        texts = [text_of(commune.short_name), text_of(commune.name)]
        yield _entry("commune", commune.code, commune.name, (commune.code,), texts)


def _former_units(gazetteer: Gazetteer, language: str) -> Iterator[Entry]:
    units = gazetteer.unit_by_id.values()
    namesakes = Counter(unit.label() for unit in units)
    for unit in units:
        place = {"unit": _capital(unit.label(language))}
        if namesakes[unit.label()] > 1 and unit.valid_to:
            former = t("geo.suggest.former_until", language, year=unit.valid_to.year, **place)
        else:
            former = t("geo.suggest.former", language, **place)
        yield Entry(
            kind="former_unit" if unit.level == "commune" else "district",
            key=unit.unit,
            label=_goes_to(former, unit.communes, gazetteer, language),
            communes=unit.communes,
            texts=_names(unit),
            ended=unit.valid_to or date.min,
            same=(unit.level, fold(unit.name), unit.district, frozenset(unit.communes)),
        )


def _names(unit: FormerUnit) -> tuple[Text, ...]:
    named = t(f"geo.kind.{unit.kind}", name=unit.name)
    if unit.level != "commune":
        return text_of(unit.name), text_of(named)
    district = t(f"geo.kind.{unit.district_kind}", name=unit.district)
    return text_of(unit.name, unit.district), text_of(named, f"{district} {unit.province}")


def _zones(gazetteer: Gazetteer, language: str) -> Iterator[Entry]:
    for row in gazetteer.zones.to_dict("records"):
        communes = tuple(str(row["communes"]).split())
        names = [str(row["name"]), *filter(None, str(row["aliases"]).split(";"))]
        label = _goes_to(names[0], communes, gazetteer, language)
        yield _entry("zone", str(row["zone"]), label, communes, [text_of(name) for name in names])


def _goes_to(place: str, codes: tuple[str, ...], gazetteer: Gazetteer, language: str) -> str:
    """Return the place and the communes of today it lies in: ``… → Phường Thủy Nguyên``."""
    if not codes:
        communes = t("geo.suggest.unplaced", language)
    elif len(codes) > _LISTED:
        communes = t("geo.suggest.many", language, count=len(codes))
    else:
        communes = ", ".join(_name(code, gazetteer, language) for code in codes)
    return t("geo.suggest.goes_to", language, place=place, communes=communes)


def _name(code: str, gazetteer: Gazetteer, language: str) -> str:
    commune = gazetteer.commune_by_code[code]
    return commune.name if language == DEFAULT_LANGUAGE else commune.name_en


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
