"""A project over several communes: shown in each, counted once.

Reports give one amount for a project and a list of communes, never the part of each. The amount
is therefore split into equal shares, in whole đồng by the largest-remainder method, so that the
shares of a project add up to its amount to the đồng, and the communes plus what is not placed
add up to all projects.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from store.column_values import list_cells, mark_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.clearance_problems import ClearanceProblem
    from store.facts.selection import Selection

VND_PER_MVND: Final = 1_000_000


def split_amount(amount: int, weights: Sequence[float]) -> list[int]:
    """Return whole parts of ``amount`` in proportion to ``weights``, which add up to it exactly.

    What rounding down leaves goes, one each, to the parts with the largest remainders; between
    equal remainders to the earlier part. Raises ``ValueError`` for a negative amount, no weight,
    a negative weight or weights that are all zero.
    """
    exact = [Fraction(weight) for weight in weights]
    total = sum(exact)
    if amount < 0 or total <= 0 or min(exact) < 0:
        raise ValueError(f"cannot split {amount} by {list(weights)}")
    quotas = [amount * weight / total for weight in exact]
    parts = [int(quota) for quota in quotas]
    by_remainder = sorted(
        range(len(parts)), key=lambda index: (parts[index] - quotas[index], index)
    )
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def compute_equal_shares(amount: int, codes: Sequence[str]) -> dict[str, int]:
    """Return an equal share of ``amount`` for every code, exact in sum; {} without codes."""
    ordered = sorted(set(codes))
    if not ordered:
        return {}
    return dict(zip(ordered, split_amount(amount, [1] * len(ordered)), strict=True))


@dataclass(frozen=True)
class InvestmentBalance:
    """How the investment of some items adds up, in đồng: the communes' shares are the rest.

    ``unknown_items`` have no amount in the reports, ``not_placed_items`` no commune (whether or
    not their amount is known).
    """

    total_vnd: int
    not_placed_vnd: int
    items: int
    unknown_items: int
    not_placed_items: int


def make_share_table(items: pd.DataFrame) -> pd.DataFrame:
    """Return one row per item and commune: ``item, code, share_vnd, communes``.

    ``items`` has ``item``, ``communes`` (tuple of codes), ``investment_mvnd`` (Int64). The share
    is Int64, <NA> where the item's amount is unknown; ``communes`` is the number of communes the
    item lies in. Items without a commune have no row.
    """
    placed = [sorted(set(codes)) for codes in items["communes"]]
    counts = np.array([len(codes) for codes in placed], dtype=np.int64)
    amounts = items["investment_mvnd"].astype("Int64").repeat(counts)
    if (amounts < 0).any():
        raise ValueError("cannot split negative amounts")
    communes = counts.repeat(counts)
    # As ``compute_equal_shares`` does: what rounding down leaves goes to the first communes.
    place = np.arange(len(communes)) - (counts.cumsum() - counts).repeat(counts)
    whole = amounts.fillna(0).to_numpy(dtype=np.int64) * VND_PER_MVND
    shares = whole // communes + (place < whole % communes)
    return pd.DataFrame(
        {
            "item": items["item"].repeat(counts).array.astype(str),
            "code": pd.Series([code for codes in placed for code in codes], dtype=str),
            "share_vnd": pd.array(shares, dtype="Int64"),
            "communes": communes,
        }
    ).assign(share_vnd=lambda rows: rows["share_vnd"].mask(amounts.isna().to_numpy()))


def compute_balance(items: pd.DataFrame) -> InvestmentBalance:
    """Return how the investment of the items adds up, and what of it is not placed."""
    amounts = items["investment_mvnd"].astype("Int64")
    placed = items["communes"].map(bool).astype(bool)
    total = int(amounts.sum()) * VND_PER_MVND
    not_placed = int(amounts[~placed].sum()) * VND_PER_MVND
    return InvestmentBalance(
        total_vnd=total,
        not_placed_vnd=not_placed,
        items=len(items),
        unknown_items=int(amounts.isna().sum()),
        not_placed_items=int((~placed).sum()),
    )


def map_route_items(
    selection: Selection, problems: Iterable[ClearanceProblem]
) -> dict[str, tuple[str, ...]]:
    """Return by commune the items on it that are stuck somewhere, no report says in which one."""
    problems = tuple(problems)
    stuck = {one.item for one in problems} - {one.item for one in problems if one.code}
    items = selection.items[["item", "communes"]]
    items = items[mark_members(items["item"], stuck)]
    communes: dict[str, tuple[str, ...]] = {}
    for item, codes in list_cells(items, "item", "communes"):
        for code in codes:
            communes[code] = (*communes.get(code, ()), item)
    return communes


def sum_held_up_by_commune(problems: Iterable[ClearanceProblem], shares: pd.DataFrame) -> pd.Series:
    """Return the investment held up by commune, in đồng, <NA> where no amount is known.

    ``shares``: ``make_share_table``. An item counts once in a commune.
    """
    problem_places = {(problem.item, problem.code) for problem in problems}
    is_held_up = [pair in problem_places for pair in list_cells(shares, "item", "code")]
    return shares.loc[is_held_up].groupby("code")["share_vnd"].sum(min_count=1)
