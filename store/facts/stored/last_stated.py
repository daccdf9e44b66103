"""Of rows that documents of several periods give: those of the last that gives any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from store.facts.facts import Facts


def select_last_stated(
    facts: Facts, rows: pd.DataFrame, period: str, by: Sequence[str], *, carry: bool = True
) -> list[dict[str, Any]]:
    """Return the rows of the last period up to ``period`` that has any, for each group.

    ``by`` are the columns of a group; ``carry`` false leaves the period's own rows. The newest
    period comes first, the order stays otherwise.
    """
    ranks = facts.period_ranks
    now = ranks.get(period, -1)
    ranked = rows.assign(_rank=rows["period"].map(ranks))
    ranked = ranked[(ranked["_rank"] <= now) if carry else (ranked["_rank"] == now)]
    if ranked.empty:
        return []
    last = ranked.groupby([*by])["_rank"].transform("max")
    chosen = ranked[ranked["_rank"] == last].sort_values("_rank", ascending=False, kind="stable")
    return [
        {str(name): value for name, value in row.items()}
        for row in chosen.drop(columns="_rank").to_dict("records")
    ]
