"""What the reports of each period told an item to be: its names, kind, communes and bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from store.facts.sources import make_source
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.stored.last_stated import select_last_stated

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.sources import Source


@dataclass(frozen=True)
class ItemAttribute:
    """One thing that a document told of an item.

    ``attribute`` is one of ``store.db.statement_tables.ITEM_ATTRIBUTES``; ``value`` a name, a word,
    a commune's code or a body.
    """

    attribute: str
    value: str
    period: str
    source: Source


def list_item_attributes(facts: Facts, item: str, period: str) -> tuple[ItemAttribute, ...]:
    """Return what was told of an item by a period, each attribute by the last that told it.

    An approved period has what was known when it was approved. Nothing is told of an item that the
    facts do not have.
    """
    if item not in facts.item_rows:
        return ()
    known = get_facts_known_at(facts, period)
    rows = known.item_attributes[known.item_attributes["item"] == item]
    stated: dict[tuple[str, str], dict[str, Any]] = {}
    for row in select_last_stated(known, rows, period, ["attribute"]):
        stated.setdefault((row["attribute"], row["value"]), row)
    return tuple(
        ItemAttribute(
            row["attribute"],
            row["value"],
            row["period"],
            make_source(
                facts,
                row["doc"],
                0 if pd.isna(row["line"]) else int(row["line"]),
                raw=row["raw"],
            ),
        )
        for row in stated.values()
    )
