"""The items themselves as symbols on the map: one row per item and commune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from layers.filters import Filters
    from store.facts import Facts

SYMBOL_COLUMNS: Final = (
    "item",
    "code",
    "kind",
    "name",
    "lon",
    "lat",
    "precision",
    "certainty",
    "stacked",
    "position",
    "communes",
    "first",
    "forecast",
    "status",
)
"""``item`` id; ``code`` the commune this symbol stands in; ``lon``/``lat`` degrees (EPSG:4326),
spread so that none covers another; ``precision`` always ``commune``: the reports give no finer
place; ``stacked`` how many symbols stand in the commune and ``position`` which of them this is;
``communes`` tuple of all codes of the item; ``first`` true once per item."""


def item_symbols(
    facts: Facts,
    filters: Filters,
    points: Mapping[str, tuple[float, float]],
    *,
    spacing_m: float = 450.0,
) -> pd.DataFrame:
    """Return the symbols of the selected items, ``SYMBOL_COLUMNS``, sorted by code and position.

    ``points``: label point (lon, lat) of every commune. Items without a place have no row.
    """
    raise NotImplementedError
