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

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """How the investment of some items adds up, in đồng: ``placed + not_placed == total``.

    ``unknown_items`` have no amount in the reports, ``not_placed_items`` no commune (whether or
    not their amount is known).
    """

    total_vnd: int
    placed_vnd: int
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
    rows: list[tuple[str, str, int | None, int]] = []
    for item, codes, mvnd in zip(
        items["item"], items["communes"], items["investment_mvnd"], strict=True
    ):
        placed = sorted(set(codes))
        shares: dict[str, int] = {}
        if not pd.isna(mvnd):
            shares = compute_equal_shares(int(mvnd) * VND_PER_MVND, placed)
        rows.extend((item, code, shares.get(code), len(placed)) for code in placed)
    # Column by column: among missing values pandas would take whole numbers through floats.
    return pd.DataFrame(
        {
            "item": pd.Series([row[0] for row in rows], dtype=str),
            "code": pd.Series([row[1] for row in rows], dtype=str),
            "share_vnd": pd.array([row[2] for row in rows], dtype="Int64"),
            "communes": pd.array([row[3] for row in rows], dtype="int64"),
        }
    )


def compute_balance(items: pd.DataFrame) -> InvestmentBalance:
    """Return how the investment of the items adds up over communes and what is not placed."""
    amounts = items["investment_mvnd"].astype("Int64")
    placed = items["communes"].map(bool).astype(bool)
    total = int(amounts.sum()) * VND_PER_MVND
    not_placed = int(amounts[~placed].sum()) * VND_PER_MVND
    return InvestmentBalance(
        total_vnd=total,
        placed_vnd=int(make_share_table(items)["share_vnd"].sum()),
        not_placed_vnd=not_placed,
        items=len(items),
        unknown_items=int(amounts.isna().sum()),
        not_placed_items=int((~placed).sum()),
    )
