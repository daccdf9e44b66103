"""The search box of the map: places by any of their names, and the items of the reports."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.i18n import t
from geo.suggest import NamedItem, suggest

if TYPE_CHECKING:
    from store.facts import Facts

MAX_HITS = 8


def search(facts: Facts, query: str, language: str = "vi") -> list[dict[str, str]]:
    """Return the best hits for what was typed: ``kind, key, label, note``, best first.

    ``kind`` is one of ``layers.clicks.PLACE_KINDS``; ``note`` says what the hit is.
    """
    hits = suggest(query, limit=MAX_HITS, extra=_items(facts), language=language)
    return [
        {
            "kind": hit.kind,
            "key": hit.key,
            "label": hit.label,
            "note": t(f"map.hit.{hit.kind}", language),
        }
        for hit in hits
    ]


@lru_cache(maxsize=8)
def _items(facts: Facts) -> tuple[NamedItem, ...]:
    places = facts.places.groupby("item")["commune"].apply(tuple).to_dict()
    return tuple(
        NamedItem(row.item, row.name, places.get(row.item, ()))
        for row in facts.items.itertuples(index=False)
    )
