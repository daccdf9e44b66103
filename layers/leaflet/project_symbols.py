"""The items themselves as symbols on the map: each once, with the communes that it lies in.

The reports place an item in its communes and no nearer. The browser therefore draws its symbol at
the label point of one of them, the middle one; the position says nothing of where the item lies.
Only an item whose point somebody set (``facts.points``) stands where it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from layers.leaflet.map_message import MessagePart, pack_part
from reports.model.schema import ITEM_KINDS
from store.column_values import iterate_rows, list_cells
from store.facts.labels import format_forecast
from store.facts.selection import resolve_period, select_items
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.facts.facts import Facts
    from store.facts.filters import Filters

_STANDINGS: Final = {
    "misses": "misses",
    "undetermined": "doubtful",
    "exceeds": "on_track",
    "meets": "on_track",
    "may_meet": "on_track",
    "strives": "on_track",
}
"""How an item stands by the period's forecast."""
_Point = tuple[str, float, float]
_KIND_RANKS: Final = {kind: rank for rank, kind in enumerate(ITEM_KINDS)}


def pack_item_symbols(facts: Facts, filters: Filters, language: str) -> MessagePart:
    """Return the part of the map's message that shows the selected items.

    An approved period has what was known when it was approved.
    """
    filters = replace(filters, period=resolve_period(facts, filters))
    facts = get_facts_known_at(facts, filters.period)
    return _pack_symbols(facts.reports, _list_points(facts), filters, language)


@cache_on_facts(most=32)
def _pack_symbols(
    reports: Facts, points: tuple[_Point, ...], filters: Filters, language: str
) -> MessagePart:
    return pack_part({"items": list_item_symbols(reports, filters, language, points)})


@cache_on_facts()
def _list_points(facts: Facts) -> tuple[_Point, ...]:
    """Return the points that staff have set: item, lon and lat (EPSG:4326)."""
    return tuple(list_cells(facts.points, "item", "lon", "lat"))


def list_item_symbols(
    facts: Facts, filters: Filters, language: str, points: Sequence[_Point]
) -> list[dict[str, object]]:
    """Return the selected items that have a place, by first commune, kind and id.

    ``points`` are those that staff have set, each an item with lon and lat (EPSG:4326).

    Each has ``id``, ``kind``, ``name``, ``communes`` (their places in the list of communes), ``at``
    ([lon, lat] in EPSG:4326 where a point is set, else ``None``), ``state`` (how it stands, in
    words) and ``standing`` (a key of ``map_message.STANDING_COLOURS``).
    """
    place_of = {code: place for place, code in enumerate(facts.communes["code"])}
    point_of = {item: [lon, lat] for item, lon, lat in points}
    items = select_items(facts, filters).items
    columns = ["item", "kind", "name", "forecast", "year_goal", "status", "opened"]
    ranked: list[tuple[tuple[int, int, str], dict[str, object]]] = []
    for row in iterate_rows(items[columns]):
        codes = set(facts.item_communes.get(row.item, ())) & place_of.keys()
        communes = sorted(place_of[code] for code in codes)
        if not communes:
            continue
        symbol = {
            "id": row.item,
            "kind": row.kind,
            "name": row.name,
            "communes": communes,
            "at": point_of.get(row.item),
            "state": _format_state(row, language),
            "standing": _STANDINGS.get(row.forecast, "done" if row.opened else "open"),
        }
        ranked.append(((communes[0], _KIND_RANKS[row.kind], row.item), symbol))
    return [symbol for _, symbol in sorted(ranked, key=lambda pair: pair[0])]


def _format_state(row: Any, language: str) -> str:
    """Return the one line on how an item stands: the period's forecast, else its last status."""
    if row.forecast:
        return format_forecast(row.forecast, year_goal=bool(row.year_goal), language=language)
    if row.status:
        return t(f"layers.status.{row.status}", language)
    return ""
