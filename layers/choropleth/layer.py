"""What every layer function returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import pandas as pd

    from layers.choropleth.legend import Legend
    from store.facts.facts import Facts
    from store.facts.selection import Selection


def build_commune_rows(facts: Facts, selection: Selection) -> pd.DataFrame:
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


def join_items_to_communes(shares: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the selected items' columns beside their shares: one row per item and commune.

    ``shares`` is what ``store.facts.commune_shares.make_share_table`` gives for the selection's
    items.
    """
    items = selection.items.drop(columns="communes")
    return shares.merge(items, on="item", how="left", validate="many_to_one")


LayerKey = Literal["progress", "investment", "clearance"]
LAYER_KEYS: Final[tuple[LayerKey, ...]] = ("progress", "investment", "clearance")

FRAME_COLUMNS: Final = ("code", "name", "value", "class_index", "label", "items", "in_area")
"""Columns that every layer's frame has, in this order, before the layer's own.

``code`` commune code; ``name`` full name; ``value`` float in the legend's unit, NaN where unknown;
``class_index`` 0… in the legend's classes, ``UNKNOWN`` (-1) or ``NOTHING`` (-2); ``label`` the
value as a short text for the hover, in the reader's language; ``items`` number of selected items
that lie in the commune; ``in_area`` whether the commune is in the area chosen in the filters (all,
when none is).
"""


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer drawn from facts and filters: 114 rows sorted by code, and its legend."""

    key: LayerKey
    frame: pd.DataFrame
    legend: Legend
