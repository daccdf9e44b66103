"""The facts that a user may read: all of them, or what lies in the communes of the account."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from store.facts import Facts
    from store.people import User


def facts_for(facts: Facts, user: User) -> Facts:
    """Return the facts narrowed to what the user may read; the same object for who reads all.

    Narrowed: items with a place in the scope, with all that is said of them, and clearance there.
    Counts of the whole city, corrections of scans, and items without a place are left out, for
    nothing tells where they belong. Documents and periods stay, as names of sources.
    """
    if user.sees_all:
        return facts
    return _narrowed(facts, user.scope or frozenset())


@lru_cache(maxsize=16)
def _narrowed(facts: Facts, scope: frozenset[str]) -> Facts:
    mine = set(facts.places.loc[facts.places["commune"].isin(scope), "item"])
    clearance = facts.clearance[
        facts.clearance["commune"].isin(scope)
        | (facts.clearance["item"].isin(mine) & (facts.clearance["commune"] == ""))
    ]
    cases = facts.cases[
        facts.cases["commune"].isin(scope)
        | (facts.cases["item"].isin(mine) & (facts.cases["commune"] == ""))
    ]
    visits = facts.visits[facts.visits["item"].isin(mine)]
    seal = hashlib.sha256(" ".join([facts.version, *sorted(scope)]).encode()).hexdigest()
    return replace(
        facts,
        version=seal[:16],
        items=facts.items[facts.items["item"].isin(mine)].reset_index(drop=True),
        places=_of(facts.places, "item", mine),
        observations=_of(facts.observations, "item", mine),
        clearance=clearance.reset_index(drop=True),
        indicators=facts.indicators.iloc[:0],
        corrections=facts.corrections.iloc[:0],
        conflicts=_of(facts.conflicts, "item", mine),
        points=_of(facts.points, "item", mine),
        cases=cases.reset_index(drop=True),
        case_steps=_of(facts.case_steps, "case", set(cases["case"])),
        visits=visits.reset_index(drop=True),
        photos=_of(facts.photos, "visit", set(visits["visit"])),
    )


def _of(frame: pd.DataFrame, column: str, keys: set[str]) -> pd.DataFrame:
    return frame[frame[column].isin(keys)].reset_index(drop=True)
