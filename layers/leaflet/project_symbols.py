"""The items themselves as symbols on the map: one row per item and commune.

The reports place an item in its communes and no nearer. Its symbol therefore stands near the
commune's label point, and those of one commune are spread over a spiral around it, in metres, so
that each can be clicked; the position says nothing of where the item lies. Only an item whose point
somebody set (``facts.points``) stands where it is.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final

from pyproj import Transformer

from geo.crs import VN2000_HAI_PHONG, WGS84
from reports.model.schema import ITEM_KINDS
from store.facts.selection import select_items

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from store.facts.facts import Facts
    from store.facts.filters import Filters

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
spread so that none covers another; ``precision`` is ``commune``, or ``point`` where a point is set
and ``lon``/``lat`` are that point; ``stacked`` how many symbols stand in the commune and
``position`` which of them this is; ``communes`` tuple of all codes of the item; ``first`` true once
per item."""

GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))
PART_OF_COMMUNE: Final = 0.6
"""How much of a commune's radius (that of a circle of its area) the symbols may take."""


def build_item_symbols(
    facts: Facts,
    filters: Filters,
    points: Mapping[str, tuple[float, float]],
    *,
    spacing_m: float = 450.0,
) -> pd.DataFrame:
    """Return the symbols of the selected items, ``SYMBOL_COLUMNS``, sorted by code and position.

    ``points``: label point (lon, lat) of every commune; a commune without one has no symbols. Items
    without a place have no row. Symbols are about ``spacing_m`` metres apart, less where a small
    commune has many.
    """
    items = select_items(facts, filters).items
    placed = facts.places[["item", "commune", "certainty"]].drop_duplicates(["item", "commune"])
    rows = placed.rename(columns={"commune": "code"}).merge(
        items[["item", "kind", "name", "communes", "forecast", "status"]], on="item"
    )
    rows = rows[rows["code"].isin(list(points))]
    order = {kind: rank for rank, kind in enumerate(ITEM_KINDS)}
    rows = rows.assign(_kind=rows["kind"].map(order).astype("int64"))
    rows = rows.sort_values(["code", "_kind", "item"], ignore_index=True)
    rows = rows.assign(
        precision="commune",
        position=rows.groupby("code").cumcount(),
        stacked=rows.groupby("code")["item"].transform("size").astype("int64"),
        first=~rows.sort_values(["item", "code"]).duplicated("item").reindex(rows.index),
    )
    area = dict(zip(facts.communes["code"], facts.communes["area_km2"].astype(float), strict=True))
    spots = [
        offset_stacked_symbol(
            points[row.code], row.position, row.stacked, spacing_m, area.get(row.code, math.inf)
        )
        for row in rows.itertuples(index=False)
    ]
    rows = rows.assign(lon=[lon for lon, _ in spots], lat=[lat for _, lat in spots])
    exact = facts.points.set_index("item")
    at_point = rows["item"].isin(exact.index)
    rows = rows.assign(
        precision=rows["precision"].mask(at_point, "point"),
        lon=rows["lon"].mask(at_point, rows["item"].map(exact["lon"])),
        lat=rows["lat"].mask(at_point, rows["item"].map(exact["lat"])),
    )
    return rows[list(SYMBOL_COLUMNS)]


def offset_stacked_symbol(
    point: tuple[float, float],
    position: int,
    stacked: int,
    spacing_m: float,
    area_km2: float = math.inf,
) -> tuple[float, float]:
    """Return where the symbol number ``position`` of ``stacked`` stands around a point (lon, lat).

    One alone stands on the point. Several lie on a sunflower spiral (each turned on by the golden
    angle), which keeps about ``spacing_m`` between neighbours at any number.
    """
    if stacked <= 1:
        return point
    room = PART_OF_COMMUNE * 1000 * math.sqrt(area_km2 / math.pi)
    step = min(spacing_m, room / math.sqrt(stacked))
    distance = step * math.sqrt(position + 0.5)
    to_metres, to_degrees = _make_transformers()
    east, north = to_metres.transform(*point)
    angle = position * GOLDEN_ANGLE
    lon, lat = to_degrees.transform(
        east + distance * math.cos(angle), north + distance * math.sin(angle)
    )
    return float(lon), float(lat)


@cache
def _make_transformers() -> tuple[Transformer, Transformer]:
    return (
        Transformer.from_crs(WGS84, VN2000_HAI_PHONG, always_xy=True),
        Transformer.from_crs(VN2000_HAI_PHONG, WGS84, always_xy=True),
    )
