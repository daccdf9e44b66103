"""The message that draws the map: colours, values and symbols, packed past every template.

folium renders what it is given as a Jinja template and as JavaScript, so no text of a report may
reach it as text. A message is JSON, deflated and written in base64: its alphabet
(``A–Z a–z 0–9 + / =``) means nothing to Jinja, JavaScript or HTML. The browser unpacks it and puts
texts on the page through ``textContent`` (``assets/map.js``).

It comes in parts with a full stop between them, each packed by itself: what shows a layer, the
items' symbols, the words and addresses, and last what is this reader's alone. The first three are
made once for all readers; a click makes nothing but the last.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from layers.choropleth.layer import LAYER_KEYS, NOTHING
from reports.model.schema import ITEM_KINDS
from store.analysis.palettes import NOTHING_COLOUR
from store.column_values import list_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.boundaries.layer import Provider
    from layers.choropleth.layer import Layer
    from layers.leaflet.asset_files import MapAddresses
    from layers.leaflet.tile_settings import TileSettings

OFFSHORE_COMMUNE: Final = "11948"
"""Bạch Long Vĩ, some 110 km offshore: shown in a window of its own, not by shrinking the city."""

BETWEEN_PARTS: Final = "."
"""Between the parts of a message: base64 has no such letter."""

LONG: Final = 200_000
"""Bytes of a part from which the last 7 % of its packed size would cost most of the time."""

ANCHORS: Final = (
    "11311", "11560", "11455", "11914", "10525", "10546", "10675", "11824", "11948",
)  # fmt: skip
"""Communes by which people find their way in the city, named at every zoom: Hồng Bàng in the
centre, Thủy Nguyên, Đồ Sơn, Cát Hải, Hải Dương, Chí Linh, Kinh Môn, Vĩnh Bảo, Bạch Long Vĩ."""

CORE: Final = ("11311", "11329", "11359", "11383", "11407", "11443")
"""The urban core, too small to read on the whole city: shown larger in a window of its own."""

STANDING_COLOURS: Final = {
    "misses": "#c2260c",
    "doubtful": "#b45309",
    "on_track": "#1f7a4d",
    "done": "#344054",
    "open": "#ffffff",
}
"""Fill of a symbol by how its item stands; each has a glyph of its own too."""


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
class PointPick:
    """A point being chosen (lon, lat in EPSG:4326): the one ``kept`` and the one clicked so far."""

    kept: tuple[float, float] | None = None
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class MessagePart:
    """A part of a message as it is sent; ``seal`` is a hash of its content."""

    packed: str
    seal: str


@dataclass(frozen=True)
class MapScene:
    """Everything that stands on the map at one moment.

    ``codes`` are those of all communes in the geometry's order. Maps that carry the same ``link``
    ('' for none) move together: letters and digits only. With ``keys`` the map hands the keys that
    turn pages to the page round it; with ``ahead`` it fetches the other layers before a reader
    asks for them; ``version`` says of which facts all of it is.
    """

    layer: MessagePart
    symbols: MessagePart
    codes: Sequence[str]
    addresses: MapAddresses
    chosen: MapSelection = field(default_factory=MapSelection)
    view: Viewport = field(default_factory=Viewport)
    tiles: TileSettings | None = None
    provider: Provider = "approximate"
    language: str = "vi"
    pick: PointPick | None = None
    link: str = ""
    keys: bool = False
    ahead: bool = False
    version: str = ""


def build_map_message(scene: MapScene) -> str:
    """Return the scene as the message that ``assets/map.js`` draws.

    Communes are named by their place in the list of codes. ``stamp`` is a hash of the content: the
    same scene has the same stamp.
    """
    common = _pack_common(scene.addresses, scene.tiles, scene.provider, scene.language)
    own = {
        "link": scene.link,
        "keys": scene.keys,
        "ahead": scene.ahead,
        "version": scene.version,
        "chosen": {
            "communes": _list_indices(scene.chosen.communes, scene.codes),
            "item": scene.chosen.item,
        },
        "view": {
            "seq": scene.view.serial,
            "communes": _list_indices(scene.view.communes, scene.codes),
            "at": list(scene.view.at) if scene.view.at else None,
        },
        "pick": _serialise_pick(scene.pick),
    }
    shared = (scene.layer, scene.symbols, common)
    seals = [*(part.seal for part in shared), pack_part(own).seal]
    stamp = hashlib.sha256(" ".join(seals).encode()).hexdigest()[:16]
    parts = (*shared, pack_part(own | {"stamp": stamp}))
    return BETWEEN_PARTS.join(part.packed for part in parts)


def pack_part(content: Mapping[str, object]) -> MessagePart:
    """Return a part as base64 of deflated JSON: letters, digits, ``+``, ``/`` and ``=`` only."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    level = 9 if len(written) <= LONG else 6
    packed = base64.b64encode(zlib.compress(written, level)).decode("ascii")
    return MessagePart(packed, hashlib.sha256(written).hexdigest()[:16])


def pack_layer(layer: Layer) -> MessagePart:
    """Return the part that colours the communes, names some of them and explains the colours."""
    frame, legend = layer.frame, layer.legend
    away = [index for index, is_in_area in enumerate(frame["in_area"]) if not is_in_area]
    place = {code: index for index, code in enumerate(frame["code"])}
    circles = layer.drawing == "circles"
    amounts = [round(value, 1) if value > 0 else 0 for value in frame["value"]] if circles else []
    return pack_part(
        {
            "classes": [int(index) for index in frame["class_index"]],
            "values": [
                f"{label} ({legend.carried.label})"
                if legend.carried and code in layer.carried
                else label
                for code, label in list_cells(frame, "code", "label")
            ],
            "away": away,
            "looks": {
                str(entry.index): [entry.colour, entry.pattern] for entry in legend.list_entries()
            },
            "ground": NOTHING_COLOUR,
            "outlined": layer.outlined,
            "carried": sorted(place[code] for code in layer.carried),
            "named": [[place[one.code], one.detail] for one in layer.highlights],
            "amounts": amounts,
            "largest": round(layer.largest, 1),
            "legend": _serialise_legend(layer),
        }
    )


@lru_cache(maxsize=16)
def _pack_common(
    addresses: MapAddresses, tiles: TileSettings | None, provider: Provider, language: str
) -> MessagePart:
    return pack_part(
        {
            "lang": language,
            "geometry": addresses.geometry,
            "suggest": addresses.suggest,
            "surroundings": addresses.surroundings,
            "offshore": OFFSHORE_COMMUNE,
            "credit": t(f"map.credit.{provider}", language),
            "opacity": 0.72 if tiles else 1,
            "anchors": ANCHORS,
            "core": CORE,
            "kinds": {kind: t(f"layers.kind.{kind}", language) for kind in ITEM_KINDS},
            "standings": {
                name: {"colour": colour, "label": t(f"map.standing.{name}", language)}
                for name, colour in STANDING_COLOURS.items()
            },
            "tiles": _serialise_tiles(tiles),
            "layers": {key: t(f"pages.layer.{key}", language) for key in LAYER_KEYS},
            "words": {word: t(f"map.word.{word}", language) for word in _WORDS},
        }
    )


_WORDS: Final = (
    "map", "search", "nothing", "items", "approximate", "exact", "several", "offshore", "core",
    "whole", "zoom_in", "zoom_out", "projects", "projects_hint", "ring", "only", "notes",
    "wheel", "fingers",
)  # fmt: skip


def _serialise_tiles(tiles: TileSettings | None) -> dict[str, object] | None:
    if tiles is None:
        return None
    return {"url": tiles.url, "credit": tiles.credit, "zooms": list(tiles.zooms or ())}


def _serialise_pick(pick: PointPick | None) -> dict[str, object] | None:
    if pick is None:
        return None
    sides = {"kept": pick.kept, "at": pick.at}
    return {
        name: None if point is None else [float(point[0]), float(point[1])]
        for name, point in sides.items()
    }


def _serialise_legend(layer: Layer) -> dict[str, object]:
    """Return what the legend says; under a filter it does not count what the filter leaves out."""
    legend = layer.legend
    rows = [
        {
            "label": entry.label,
            "count": None if legend.narrowed and entry.index == NOTHING else entry.count,
            "index": entry.index,
        }
        for entry in legend.list_entries()
        if entry.count
    ]
    notes = [note for note in (*legend.brief, legend.outlier_note, legend.as_of_text) if note]
    return {"title": legend.title, "unit": legend.unit, "rows": rows, "notes": notes}


def _list_indices(wanted: Sequence[str], codes: Sequence[str]) -> list[int]:
    return [codes.index(code) for code in wanted if code in codes]
