"""What a search box looks through: communes, former units, zones, and items of the caller."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import DEFAULT_LANGUAGE, t
from geo.search.ranking import SearchText, make_search_text
from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from geo.gazetteer import FormerUnit, Gazetteer

Kind = Literal["commune", "former_unit", "district", "zone", "item"]

_LISTED: Final = 3  # communes told by name behind a place; more are counted


@dataclass(frozen=True, slots=True)
class NamedItem:
    """Something the caller wants found by its name: a project of a report, for one.

    ``names`` finds it too. ``zone``: the zone that it is itself, found by the zone's names and
    listed once, as the item.
    """

    key: str
    label: str
    communes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SearchEntry:
    """Something that can be suggested, with the texts it is found by.

    Entries with equal ``same`` are one place to a reader: a commune that became a ward.
    """

    kind: Kind
    key: str
    label: str
    communes: tuple[str, ...]
    texts: tuple[SearchText, ...]
    ended: date
    same: tuple[object, ...]


@lru_cache(maxsize=4)
def build_gazetteer_entries(gazetteer: Gazetteer, language: str) -> tuple[SearchEntry, ...]:
    """Return the entries of a gazetteer, labels in the language; made once."""
    return (
        *_build_commune_entries(gazetteer),
        *_build_former_entries(gazetteer, language),
        *_build_zone_entries(gazetteer, language),
    )


@lru_cache(maxsize=4)
def build_item_entries(
    items: tuple[NamedItem, ...], gazetteer: Gazetteer
) -> tuple[SearchEntry, ...]:
    """Return the entries of the caller's items, found by name, code and the zone that they are."""
    zone_names = dict(map(_list_zone_names, gazetteer.zones.to_dict("records")))
    return tuple(
        _make_entry(
            "item",
            item.key,
            item.label,
            item.communes,
            [
                make_search_text(name)
                for name in (item.label, item.key, *item.names, *zone_names.get(item.zone, ()))
            ],
        )
        for item in items
    )


def _make_entry(
    kind: Kind,
    key: str,
    label: str,
    communes: tuple[str, ...],
    texts: list[SearchText],
) -> SearchEntry:
    return SearchEntry(
        kind, key, label, communes, tuple(dict.fromkeys(texts)), date.max, (kind, key)
    )


def _build_commune_entries(gazetteer: Gazetteer) -> Iterator[SearchEntry]:
    for commune in gazetteer.commune_by_code.values():
        texts = [make_search_text(commune.short_name), make_search_text(commune.name)]
        yield _make_entry("commune", commune.code, commune.name, (commune.code,), texts)


def _build_former_entries(gazetteer: Gazetteer, language: str) -> Iterator[SearchEntry]:
    units = gazetteer.unit_by_id.values()
    namesakes = Counter(unit.label() for unit in units)
    for unit in units:
        place = {"unit": _capitalise_first(unit.label(language))}
        if namesakes[unit.label()] > 1 and unit.valid_to:
            former = t("geo.suggest.former_until", language, year=unit.valid_to.year, **place)
        else:
            former = t("geo.suggest.former", language, **place)
        yield SearchEntry(
            kind="former_unit" if unit.level == "commune" else "district",
            key=unit.unit,
            label=_format_destination(former, unit.communes, gazetteer, language),
            communes=unit.communes,
            texts=_make_name_texts(unit),
            ended=unit.valid_to or date.min,
            same=(unit.level, fold_text(unit.name), unit.district, frozenset(unit.communes)),
        )


def _make_name_texts(unit: FormerUnit) -> tuple[SearchText, ...]:
    named = t(f"geo.kind.{unit.kind}", name=unit.name)
    if unit.level != "commune":
        return make_search_text(unit.name), make_search_text(named)
    district = t(f"geo.kind.{unit.district_kind}", name=unit.district)
    return make_search_text(unit.name, unit.district), make_search_text(
        named, f"{district} {unit.province}"
    )


def _build_zone_entries(gazetteer: Gazetteer, language: str) -> Iterator[SearchEntry]:
    for row in gazetteer.zones.to_dict("records"):
        communes = tuple(str(row["communes"]).split())
        zone, names = _list_zone_names(row)
        label = _format_destination(names[0], communes, gazetteer, language)
        yield _make_entry("zone", zone, label, communes, [make_search_text(name) for name in names])


def _list_zone_names(row: Mapping[Hashable, object]) -> tuple[str, list[str]]:
    return str(row["zone"]), [str(row["name"]), *filter(None, str(row["aliases"]).split(";"))]


def _format_destination(
    place: str, codes: tuple[str, ...], gazetteer: Gazetteer, language: str
) -> str:
    """Return the place and the communes of today it lies in: ``… → Phường Thủy Nguyên``."""
    if not codes:
        communes = t("geo.suggest.unplaced", language)
    elif len(codes) > _LISTED:
        communes = t("geo.suggest.many", language, count=len(codes))
    else:
        communes = ", ".join(_get_commune_name(code, gazetteer, language) for code in codes)
    return t("geo.suggest.goes_to", language, place=place, communes=communes)


def _get_commune_name(code: str, gazetteer: Gazetteer, language: str) -> str:
    commune = gazetteer.commune_by_code[code]
    return commune.name if language == DEFAULT_LANGUAGE else commune.name_en


def _capitalise_first(text: str) -> str:
    return text[:1].upper() + text[1:]
