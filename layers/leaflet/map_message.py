"""The message that draws the map: colours, values and symbols, packed past every template.

folium renders what it is given as a Jinja template and as JavaScript, so no text of a report may
reach it as text. A message is JSON, deflated and written in base64: its alphabet
(``A–Z a–z 0–9 + / =``) means nothing to Jinja, JavaScript or HTML. The browser unpacks it and puts
texts on the page through ``textContent`` (``assets/map.js``).
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.choropleth.layer import NOTHING
from reports.model.schema import ITEM_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.boundaries.layer import Provider
    from layers.choropleth.layer import Layer
    from layers.leaflet.tile_settings import TileSettings

OFFSHORE_COMMUNE: Final = "11948"
"""Bạch Long Vĩ, some 110 km offshore: shown in a window of its own, not by shrinking the city."""

URGENT_FORECASTS: Final = frozenset({"misses", "undetermined"})

KIND_COLOURS: Final = {
    "key_project": "#f2b705",
    "industrial_park": "#7b4fa3",
    "industrial_cluster": "#b58ad1",
    "economic_zone": "#4b3b73",
    "transport": "#3c78b4",
    "housing": "#d98cb3",
    "resettlement": "#a8dadc",
    "investment": "#c9ccd1",
}
"""Fill of each kind's symbol; the shape tells the kinds apart, the colour only helps."""


@dataclass(frozen=True)
class MapSelection:
    """What is open in the panel: communes lit on the map, and the item when it is one."""

    communes: tuple[str, ...] = ()
    item: str = ""


@dataclass(frozen=True)
class Viewport:
    """Where the map should be. ``serial`` changes when it should go to ``communes`` anew.

    ``at`` (lat, lon, zoom) is the view that a link brings; it counts when the map is first drawn.
    """

    serial: int = 0
    communes: tuple[str, ...] = ()
    at: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class MapAddresses:
    """Where the browser finds the communes' geometry and the search, relative to the map frame."""

    geometry: str
    suggest: str


@dataclass(frozen=True)
class PointPick:
    """A point being chosen (lon, lat in EPSG:4326): the one ``kept`` and the one clicked so far."""

    kept: tuple[float, float] | None = None
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class MapScene:
    """Everything that stands on the map at one moment.

    Maps that carry the same ``link`` ('' for none) move together: letters and digits only.
    With ``keys`` the map hands the keys that turn pages to the page round it.
    """

    layer: Layer
    symbols: pd.DataFrame
    addresses: MapAddresses
    chosen: MapSelection = field(default_factory=MapSelection)
    view: Viewport = field(default_factory=Viewport)
    tiles: TileSettings | None = None
    provider: Provider = "approximate"
    language: str = "vi"
    pick: PointPick | None = None
    link: str = ""
    keys: bool = False


def build_map_message(scene: MapScene) -> dict[str, object]:
    """Return the scene as the JSON object that ``assets/map.js`` draws.

    Communes are named by their place in the sorted list of codes, which is the geometry's order.
    ``stamp`` is a hash of the content: the same scene has the same stamp.
    """
    frame, legend = scene.layer.frame, scene.layer.legend
    order = {code: index for index, code in enumerate(frame["code"])}
    content: dict[str, object] = {
        "lang": scene.language,
        "geometry": scene.addresses.geometry,
        "suggest": scene.addresses.suggest,
        "offshore": OFFSHORE_COMMUNE,
        "credit": t(f"map.credit.{scene.provider}", scene.language),
        "classes": [int(index) for index in frame["class_index"]],
        "values": list(frame["label"]),
        "away": [order[code] for code in frame.loc[~frame["in_area"], "code"]],
        "colours": [entry.colour for entry in legend.classes],
        "nothing": legend.nothing.colour,
        "link": scene.link,
        "keys": scene.keys,
        "opacity": 0.72 if scene.tiles else 1,
        "items": _list_symbols(scene.symbols, order, scene.language),
        "kinds": {
            kind: {"colour": KIND_COLOURS[kind], "label": t(f"layers.kind.{kind}", scene.language)}
            for kind in ITEM_KINDS
        },
        "legend": _serialise_legend(scene),
        "chosen": {
            "communes": _list_indices(scene.chosen.communes, order),
            "item": scene.chosen.item,
        },
        "view": {
            "seq": scene.view.serial,
            "communes": _list_indices(scene.view.communes, order),
            "at": list(scene.view.at) if scene.view.at else None,
        },
        "pick": _serialise_pick(scene.pick),
        "tiles": {"url": scene.tiles.url, "credit": scene.tiles.credit} if scene.tiles else None,
        "words": {word: t(f"map.word.{word}", scene.language) for word in _WORDS},
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return {**content, "stamp": hashlib.sha256(written).hexdigest()[:16]}


def pack_message(content: Mapping[str, object]) -> str:
    """Return a message as base64 of deflated JSON: letters, digits, ``+``, ``/`` and ``=`` only."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(written, 9)).decode("ascii")


def unpack_message(packed: str) -> dict[str, object]:
    """Return the message that ``pack_message`` wrote."""
    content: dict[str, object] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return content


_WORDS: Final = (
    "map", "search", "nothing", "items", "approximate", "offshore", "urgent", "nearer", "whole",
    "zoom_in", "zoom_out", "exact",
)  # fmt: skip


def _list_symbols(
    symbols: pd.DataFrame, order: Mapping[str, int], language: str
) -> list[dict[str, object]]:
    """Return every item once, with the places in the list of communes that it lies in."""
    items: list[dict[str, object]] = []
    for item, rows in symbols.groupby("item", sort=False):
        first = rows.iloc[0]
        items.append(
            {
                "id": item,
                "kind": first["kind"],
                "name": first["name"],
                "communes": [order[code] for code in rows["code"]],
                "at": [first["lon"], first["lat"]] if first["precision"] == "point" else None,
                "state": _format_state(first, language),
                "urgent": first["forecast"] in URGENT_FORECASTS,
            }
        )
    return items


def _serialise_pick(pick: PointPick | None) -> dict[str, object] | None:
    if pick is None:
        return None
    sides = {"kept": pick.kept, "at": pick.at}
    return {
        name: None if point is None else [float(point[0]), float(point[1])]
        for name, point in sides.items()
    }


def _format_state(row: pd.Series, language: str) -> str:
    """Return the one line on how an item stands: the period's forecast, else its last status."""
    if row["forecast"]:
        return t(f"layers.forecast.{row['forecast']}", language)
    if row["status"]:
        return t(f"layers.status.{row['status']}", language)
    return ""


def _serialise_legend(scene: MapScene) -> dict[str, object]:
    legend = scene.layer.legend
    rows = [
        {
            "label": entry.label,
            "count": entry.count,
            "colour": entry.colour if entry.index >= NOTHING and not entry.hatched else None,
        }
        for entry in legend.list_classes()
        if entry.count or entry.index >= 0
    ]
    carried = legend.notes[:1] if scene.layer.key == "clearance" else ()
    notes = [note for note in (legend.outlier_note, *carried, legend.as_of_text) if note]
    return {"title": legend.title, "unit": legend.unit, "rows": rows, "notes": notes}


def _list_indices(codes: Sequence[str], order: Mapping[str, int]) -> list[int]:
    return [order[code] for code in codes if code in order]
