"""Which earlier period a period is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.facts.facts import period_ranks
from store.facts.item_snapshot import known_at

if TYPE_CHECKING:
    from store.facts.facts import Facts

ENOUGH: Final = 0.5
"""An earlier period that speaks of so large a part of as many items can be compared with one."""


def earlier_periods(facts: Facts, period: str) -> tuple[str, ...]:
    """Return the periods before one, the newest first."""
    ranks = period_ranks(facts)
    return tuple(one for one in reversed(list(ranks)) if ranks[one] < ranks.get(period, 0))


def base_of(facts: Facts, period: str) -> str:
    """Return the earlier period that a period is compared with; '' where there is none.

    It is the newest whose reports speak of at least half as many items, for a short notice in
    between says little; where there is none, the one just before.
    """
    earlier = earlier_periods(facts, period)
    wanted = ENOUGH * spoken_of(facts, period)
    enough = (one for one in earlier if spoken_of(facts, one) >= wanted)
    return next(enough, earlier[0] if earlier else "")


def spoken_of(facts: Facts, period: str) -> int:
    """Return how many items a period's own documents speak of."""
    return len(known_at(facts, period, carry=False))
