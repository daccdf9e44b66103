"""What a key figure counts, as a choice that map and list are narrowed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

import pandas as pd

from store.column_values import mark_members
from store.facts.clearance_problems import list_clearance_problems
from store.facts.selection import select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.choropleth.layer import LayerKey
    from store.facts.facts import Facts
    from store.facts.filters import Filters

FigureKey = Literal["", "investment", "progress", "misses", "clearance_communes", "held_up"]
FIGURE_KEYS: Final[tuple[FigureKey, ...]] = get_args(FigureKey)
"""The key figures that map and list can be narrowed to; '' is the one that counts everything."""

FIGURE_LAYERS: Final[Mapping[FigureKey, LayerKey]] = {
    "investment": "investment",
    "progress": "progress",
    "misses": "progress",
    "clearance_communes": "clearance",
    "held_up": "clearance",
}
"""The layer that shows what a key figure counts."""


def narrow_to_figure(facts: Facts, filters: Filters, figure: FigureKey) -> Filters:
    """Return the filters narrowed to what a key figure counts.

    They are the same where the figure counts nothing, or everything.
    """
    return _narrow_to_figure(facts.reports, filters, figure) if figure else filters


@cache_on_facts(most=64)
def _narrow_to_figure(facts: Facts, filters: Filters, figure: FigureKey) -> Filters:
    if figure == "misses":
        if not _list_items(facts, filters, figure):
            return filters
        return filters.with_changes(forecasts=("misses",), progress="misses")
    if figure == "clearance_communes":
        codes = {problem.code for problem in list_clearance_problems(facts, filters)} - {""}
        return filters.with_changes(communes=tuple(sorted(codes)), district="")
    counted = _list_items(facts, filters, figure)
    changes: dict[str, object] = {"items": counted}
    if figure == "held_up":
        changes["clearance"] = "money"
    elif figure == "progress":
        changes["progress"] = "planned" if filters.progress == "planned" else "actual"
    return filters.with_changes(**changes) if counted else filters


def _list_items(facts: Facts, filters: Filters, figure: FigureKey) -> tuple[str, ...]:
    """Return the items that a key figure counts, by code."""
    items = select_items(facts, filters).items
    if figure == "misses":
        is_counted = items["forecast"] == "misses"
    elif figure == "held_up":
        named = {problem.item for problem in list_clearance_problems(facts, filters)}
        is_counted = pd.Series(mark_members(items["item"], named))
    elif figure == "progress":
        column = "planned_construction" if filters.progress == "planned" else "construction"
        is_counted = items[column].notna() & items[f"{column}_comparable"].astype(bool)
        is_counted &= ~items["opened"].astype(bool)
    else:
        is_counted = items["investment_mvnd"].notna()
    return tuple(items.loc[is_counted.astype(bool), "item"])
