"""The facts of the reports many times over: as many items as a large list would have."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from store.facts.facts import load_facts

if TYPE_CHECKING:
    from store.facts.facts import Facts


@cache
def many_facts(times: int = 45) -> Facts:
    """Return the facts with every item ``times`` times (45: 5,085 items), each under its own id.

    Amounts differ from copy to copy, so that sorting has something to sort.
    """
    facts = load_facts()
    copies = range(times)

    def items_of(frame: pd.DataFrame, *keys: str) -> pd.DataFrame:
        return pd.concat(
            [
                frame.assign(
                    **{
                        key: frame[key].where(frame[key] == "", frame[key] + f"-{copy:02}")
                        for key in keys
                    }
                )
                for copy in copies
            ],
            ignore_index=True,
        )

    observations = items_of(facts.observations, "item", "obs")
    factor = 1 + (observations.index // max(len(facts.observations), 1)) * 0.137
    money = observations["field"] == "investment_mvnd"
    observations = observations.assign(
        number=observations["number"].where(~money, (observations["number"] * factor).round())
    )
    names = items_of(facts.items, "item")
    return replace(
        facts,
        version=f"{facts.version}-{times}",
        items=names.assign(name=names["name"] + " " + names["item"].str[-2:]),
        places=items_of(facts.places, "item"),
        observations=observations,
        clearance=items_of(facts.clearance, "item", "clearance"),
    )
