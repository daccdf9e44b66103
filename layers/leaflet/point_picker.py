"""The plain map on which a point is chosen: the communes of the item lit, nothing else told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.boundaries.active import get_web_layer
from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.layer import NOTHING, UNKNOWN, Layer, Legend, LegendClass
from layers.leaflet.asset_files import build_map_addresses
from layers.leaflet.map_message import (
    MapScene,
    MapSelection,
    MessagePart,
    PointPick,
    Viewport,
    pack_layer,
    pack_part,
)
from layers.leaflet.tile_settings import read_tile_settings
from store.analysis.palettes import NOTHING_COLOUR, UNKNOWN_COLOUR
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from store.facts.facts import Facts

LIT_COLOUR: Final = "#fdf3d7"
_NO_SYMBOLS: Final = pack_part({"items": []})


def build_pick_scene(
    facts: Facts,
    communes: tuple[str, ...],
    pick: PointPick,
    *,
    serial: int,
    language: str = DEFAULT_LANGUAGE,
) -> MapScene:
    """Return the scene in which a point is chosen; ``serial`` changes when the map is to go to it.

    ``communes``: codes of the communes in which the point is expected.
    """
    return MapScene(
        layer=_pack_lit_layer(facts, communes, language),
        symbols=_NO_SYMBOLS,
        codes=facts.commune_codes,
        addresses=build_map_addresses(),
        chosen=MapSelection(communes),
        view=Viewport(serial, communes),
        tiles=read_tile_settings(),
        provider=get_web_layer().provider,
        language=language,
        pick=pick,
    )


@cache_on_facts(most=32)
def _pack_lit_layer(facts: Facts, communes: tuple[str, ...], language: str) -> MessagePart:
    lit = facts.communes["code"].isin(communes)
    frame = pd.DataFrame(
        {
            "code": facts.communes["code"],
            "name": facts.communes["name"],
            "value": float("nan"),
            "class_index": [0 if is_lit else NOTHING for is_lit in lit],
            "label": [t("edit.point.lit", language) if is_lit else "" for is_lit in lit],
            "items": 0,
            "in_area": True,
        }
    )
    own = LegendClass(t("edit.point.lit", language), LIT_COLOUR, int(lit.sum()), 0)
    legend = Legend(
        title=t("edit.view.point", language),
        unit="",
        classes=(own,),
        unknown=LegendClass("", UNKNOWN_COLOUR, 0, UNKNOWN, pattern="hatch"),
        nothing=LegendClass("", NOTHING_COLOUR, len(frame) - own.count, NOTHING),
        definition="",
        period="",
        period_label="",
        as_of="",
        as_of_text="",
        sources=(),
    )
    return pack_layer(Layer("investment", frame, legend))
