"""What every layer function returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import pandas as pd

    from layers.legend import Legend

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
