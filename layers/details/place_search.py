"""The search for places and items: one for the map, a place's page and the choice of a project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import DEFAULT_LANGUAGE, t
from geo.search.suggest import NamedItem, find_nearest_suggestions, find_suggestions
from geo.text import fold_text
from layers.labels.short_names import shorten_name
from store.column_values import list_cells
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from geo.search.suggest import Suggestion
    from store.facts.facts import Facts

MAX_HITS: Final = 8
MAX_NEAR: Final = 4
MAX_LABEL_CHARS: Final = 110


@dataclass(frozen=True)
class SearchAnswer:
    """What a search found: hits as ``kind, key, label, note``, best first.

    ``kind`` is one of ``layers.leaflet.clicks.PLACE_KINDS``; ``note`` says what the hit is.
    ``missing`` says that nothing has this name, and that the hits are only near; else ''.
    """

    hits: list[dict[str, str]]
    missing: str = ""


def search_places(
    facts: Facts,
    query: str,
    language: str = DEFAULT_LANGUAGE,
    *,
    only_items: bool = False,
    most: int = MAX_HITS,
) -> SearchAnswer:
    """Return the best hits for what was typed, or what is near it and that no report states it."""
    items = _list_named_items(facts)
    found = _select_hits(
        find_suggestions(query, limit=most * 20, extra=items, language=language), most, only_items
    )
    missing = ""
    if not found and query.strip():
        near = find_nearest_suggestions(query, most * 20, items, language=language)
        found = _select_hits(near, MAX_NEAR, only_items)
    if query.strip() and all(hit.near for hit in found):
        missing = t(f"map.word.search_{'near' if found else 'none'}", language, query=query.strip())
    return SearchAnswer([_describe_hit(facts, hit, language) for hit in found], missing)


def _select_hits(hits: list[Suggestion], most: int, only_items: bool) -> list[Suggestion]:
    return [hit for hit in hits if hit.kind == "item" or not only_items][:most]


def _describe_hit(facts: Facts, hit: Suggestion, language: str) -> dict[str, str]:
    note = t(f"map.hit.{hit.kind}", language)
    if hit.kind == "item":
        kind = _map_kinds(facts)[hit.key]
        note = t(f"layers.kind.{kind}", language)
        if kind == "key_project":  # its number in the report's list; other keys are our own
            note = f"{hit.key} · {note}"
    elif hit.kind == "zone" and hit.key not in _list_reported_zones(facts):
        note = t("map.hit.zone_unreported", language)
    return {"kind": hit.kind, "key": hit.key, "label": hit.label, "note": note}


@cache_on_facts()
def _map_kinds(facts: Facts) -> Mapping[str, str]:
    return dict(list_cells(facts.items, "item", "kind"))


@cache_on_facts()
def _list_reported_zones(facts: Facts) -> frozenset[str]:
    """Return the zones that an item of the reports is or lies in."""
    return frozenset(zone for zone in facts.items["zone"] if isinstance(zone, str) and zone)


@cache_on_facts()
def _list_named_items(facts: Facts) -> tuple[NamedItem, ...]:
    zones = _fold_zones(facts)
    beginnings = tuple(zone.folded for zone in zones)
    given: set[str] = set()
    named: list[NamedItem] = []
    for row in facts.items.to_dict("records"):
        name = str(row["name"])
        folded = fold_text(shorten_name(name, len(name)))
        may_be_one = row["zone"] or folded.startswith(beginnings)
        candidates = (zone.code for zone in zones if _is_zone_itself(row, folded, zone))
        zone = next(candidates, "") if may_be_one else ""
        names = (name, row["name_raw"]) if isinstance(row["name_raw"], str) else (name,)
        named.append(
            NamedItem(
                row["item"],
                shorten_name(name, MAX_LABEL_CHARS),
                facts.item_communes.get(row["item"], ()),
                names,
                "" if zone in given else zone,
            )
        )
        given.add(zone)
    return tuple(named)


@dataclass(frozen=True)
class _Zone:
    """A zone and the folded name that an item of it begins with."""

    code: str
    kind: str
    folded: str


def _fold_zones(facts: Facts) -> list[_Zone]:
    rows = list_cells(facts.zones, "zone", "kind", "name")
    return [_Zone(code, kind, fold_text(re.sub(r" \(.*", "", name))) for code, kind, name in rows]


def _is_zone_itself(item: Mapping[Hashable, Any], folded: str, zone: _Zone) -> bool:
    """Return True if the item is the zone: the park that it names, not what stands in it."""
    if item["zone"] == zone.code and item["kind"] == zone.kind:
        return True
    if zone.kind == "port_area" or (item["zone"] or zone.code) != zone.code:
        return False
    return folded.startswith(zone.folded)
