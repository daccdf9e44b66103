"""Investment that clearance holds up: in whole, on the map, and what lies between the two.

The key figure counts every item whole; the map shows a commune's equal share of the items that have
a problem there. Of an item in several communes reports often say only that land is missing
somewhere along it: what is held up there belongs to no commune.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.choropleth.layer import list_item_shares
from store.column_values import mark_members
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND, map_route_items, sum_held_up_by_commune
from store.facts.selection import Selection, select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from store.facts.clearance_problems import ClearanceProblem
    from store.facts.facts import Facts
    from store.facts.filters import Filters


@dataclass(frozen=True)
class HeldUpBalance:
    """How the investment held up adds up: the four parts make ``total_vnd``, in đồng.

    ``on_map_vnd`` lies in the communes that have the problems, ``elsewhere_vnd`` is the same items'
    share in their other communes, ``along_route_vnd`` belongs to items of which no report says
    where the land is missing: ``route_items``, in ``route_communes`` (code: items).
    ``not_placed_vnd`` is that of items of which no commune is known. Items without a known amount
    are in none; ``unknown_items`` counts them among all ``items``.
    """

    items: int
    total_vnd: int
    on_map_vnd: int
    elsewhere_vnd: int
    along_route_vnd: int
    not_placed_vnd: int
    route_items: tuple[str, ...]
    route_communes: dict[str, tuple[str, ...]]
    unknown_items: int


@cache_on_facts(most=32)
def compute_held_up_balance(facts: Facts, filters: Filters) -> HeldUpBalance:
    """Return how the investment held up under the filters adds up."""
    selection = select_items(facts, filters)
    problems = list_clearance_problems(facts, filters)
    held_up = _select_held_up_items(selection, problems)
    placed = {problem.item for problem in problems if problem.code}
    rest = held_up[~mark_members(held_up["item"], placed)]
    has_place = rest["item"].map(lambda item: bool(facts.item_communes.get(item))).astype(bool)
    route = rest[has_place]
    total = int(held_up["investment_mvnd"].sum()) * VND_PER_MVND
    along_route = int(route["investment_mvnd"].sum()) * VND_PER_MVND
    not_placed = int(rest.loc[~has_place, "investment_mvnd"].sum()) * VND_PER_MVND
    on_map = int(sum_held_up_by_commune(problems, list_item_shares(facts, filters)).sum())
    return HeldUpBalance(
        items=len(held_up),
        total_vnd=total,
        on_map_vnd=on_map,
        elsewhere_vnd=total - along_route - on_map - not_placed,
        along_route_vnd=along_route,
        not_placed_vnd=not_placed,
        route_items=tuple(route["item"]),
        route_communes=map_route_items(selection, problems),
        unknown_items=int(held_up["investment_mvnd"].isna().sum()),
    )


def _select_held_up_items(
    selection: Selection, problems: Sequence[ClearanceProblem]
) -> pd.DataFrame:
    """Return the selected items with a problem: ``item`` and ``investment_mvnd``, each once."""
    named = {problem.item for problem in problems}
    items = selection.items[["item", "investment_mvnd"]]  # first: a row of all columns takes long
    return items[mark_members(items["item"], named)]
