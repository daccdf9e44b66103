"""Key projects that the newest list no longer names, and those that are off it: counted or not.

Nothing leaves the sums because a document is silent: a project counts until a document, or a
person, says that it is off the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.column_values import iterate_rows
from store.facts.item_snapshot import (
    build_item_snapshot,
    find_first_ranks,
    list_reported_items,
)
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts

KEY_PROJECT: Final = "key_project"
WHOLE_LIST: Final = 0.5
"""The share of the known key projects that a period's documents name where they list them."""


@dataclass(frozen=True)
class ItemOffList:
    """A project that is off the list and not counted: by ``obs``, the status that says so.

    ``by_person``: a person answered so, no document says it in words.
    """

    item: str
    obs: str
    by_person: bool


@dataclass(frozen=True)
class ListStanding:
    """What the newest list by a period leaves in the sums and what is out of them.

    ``period`` is the list's ('' where there is none), ``doc`` its document and ``line`` where that
    begins to name projects; ``kept`` are known before, neither named by it nor since, and counted;
    ``out`` are off the list.
    """

    period: str
    doc: str
    line: int
    kept: tuple[str, ...]
    out: tuple[ItemOffList, ...]


@cache_on_reports(most=16)
def find_list_standing(facts: Facts, period: str) -> ListStanding:
    """Return which key projects count at a period though its newest list does not name them."""
    known = get_facts_known_at(facts, period)
    snapshot = build_item_snapshot(facts, period)
    projects = snapshot[snapshot["kind"] == KEY_PROJECT]
    listed = projects.loc[projects["listed"], "item"].tolist()
    values = known.observations
    by_hand = frozenset(values.loc[values["raw"] == "", "obs"])
    out = tuple(
        ItemOffList(item, obs, by_person=obs in by_hand)
        for item, obs in iterate_rows(projects.loc[~projects["listed"], ["item", "status_obs"]])
    )
    firsts = find_first_ranks(known)
    since: set[str] = set()
    for rank in range(known.period_ranks.get(period, -1), -1, -1):
        listing = str(known.periods["period"].iloc[rank])
        named = list_reported_items(known, listing)
        since |= named
        before = {item for item in listed if firsts[item] < rank}
        if before and len(before & named) >= WHOLE_LIST * len(before):
            kept = tuple(sorted(before - since))
            return ListStanding(listing, *_find_list(known, listing), kept, out)
    return ListStanding("", "", 0, (), out)


def _find_list(facts: Facts, period: str) -> tuple[str, int]:
    """Return the document of a period that names the most projects, and where it begins to."""
    rows = facts.observations[facts.observations["period"] == period]
    doc = str(rows.groupby("doc")["item"].nunique().idxmax())
    return doc, int(rows.loc[rows["doc"] == doc, "line_from"].min())
