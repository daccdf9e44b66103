"""The 114 rows that every layer starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from store.facts import Facts
    from store.selection import Selection


def commune_rows(facts: Facts, selection: Selection) -> pd.DataFrame:
    """Return one row per commune, indexed by code: ``code, name, items, in_area``.

    ``items`` is the number of selected items that lie in the commune, each counted in every
    commune it lies in.
    """
    rows = facts.communes[["code", "name"]].set_index("code", drop=False).rename_axis(None)
    placed = selection.items["communes"].explode().dropna()
    counts = placed.value_counts()
    area = selection.area
    return rows.assign(
        items=counts.reindex(rows.index).fillna(0).astype("int64"),
        in_area=True if area is None else rows.index.isin(area),
    )


def by_commune(shares: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the selected items' columns beside their shares: one row per item and commune.

    ``shares`` is what ``store.shares.share_table`` gives for the selection's items.
    """
    items = selection.items.drop(columns="communes")
    return shares.merge(items, on="item", how="left", validate="many_to_one")
