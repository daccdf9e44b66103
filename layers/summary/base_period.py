"""Which earlier period a period is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.facts.item_snapshot import build_item_snapshot

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


def count_reported_items(facts: Facts, period: str) -> int:
    """Return how many items a period's own documents speak of."""
    return len(build_item_snapshot(facts, period, carry=False))
