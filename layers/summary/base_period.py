"""Which earlier period a period is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.facts.item_snapshot import list_reported_items
from store.facts.stored.approved_facts import get_facts_known_at

if TYPE_CHECKING:
    from store.facts.facts import Facts

ENOUGH: Final = 0.5
"""An earlier period that speaks of so large a part of as many items can be compared with one."""


def list_earlier_periods(facts: Facts, period: str) -> tuple[str, ...]:
    """Return the periods before one, the newest first."""
    ranks = facts.period_ranks
    return tuple(code for code in reversed(list(ranks)) if ranks[code] < ranks.get(period, 0))


def choose_base_period(facts: Facts, period: str) -> str:
    """Return the earlier period that a period is compared with; '' where there is none.

    It is the newest whose reports speak of at least half as many items, for a short notice in
    between says little; where there is none, the one just before.
    """
    earlier = list_earlier_periods(facts, period)
    wanted = ENOUGH * count_reported_items(facts, period)
    enough = (
        candidate for candidate in earlier if count_reported_items(facts, candidate) >= wanted
    )
    return next(enough, earlier[0] if earlier else "")


def find_newest_comparable(facts: Facts) -> str:
    """Return the newest period that a period before it speaks of enough to be compared with.

    Both of them speak of at least ``ENOUGH`` of what most periods' reports do; '' where none does.
    """
    ranks = facts.period_ranks
    counts = {period: count_reported_items(facts, period) for period in ranks}
    most = max(counts.values(), default=0)
    for period in reversed(list(ranks)):
        base = choose_base_period(facts, period)
        if base and min(counts[period], counts[base]) >= ENOUGH * most:
            return period
    return ""


def count_reported_items(facts: Facts, period: str) -> int:
    """Return how many items a period's own documents speak of."""
    return len(list_reported_items(get_facts_known_at(facts, period), period))
