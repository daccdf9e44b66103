"""The folium map under everything: always the same script, so that its frame is never reloaded.

streamlit-folium takes a map's rendered script for its identity. What changes comes as a feature
group that holds one packed message (``layers.leaflet.map_message``).
"""

from __future__ import annotations

from typing import Any, Final

import folium
from folium.template import Template

from layers.leaflet.asset_files import build_asset_url

CITY_CENTRE: Final = (20.86, 106.55)
FIRST_ZOOM: Final = 10
MIN_ZOOM, MAX_ZOOM = 8, 16


class BaseMap(folium.Map):
    """folium's map with Leaflet and our scripts from this server, none from elsewhere."""

    default_js: Any = (("bundle", build_asset_url("bundle.js")),)
    default_css: Any = (("bundle", build_asset_url("bundle.css")),)


class MapMessage(folium.MacroElement):
    """Hands one packed message to the map's script; ``packed`` is base64: ``map_message``."""

    _template: Any = Template(
        '{% macro script(this, kwargs) %}HPMap.apply(map_div, "{{ this.packed }}");{% endmacro %}'
    )

    def __init__(self, packed: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Message"
        self.packed = packed


def build_base_map() -> folium.Map:
    """Return the empty map: no tiles, our own controls, the whole city in sight."""
    return BaseMap(
        location=CITY_CENTRE,
        zoom_start=FIRST_ZOOM,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        tiles=None,
        zoom_control=False,
        zoom_snap=0.25,
        attribution_control=True,
    )


def build_message_group(packed: str) -> folium.FeatureGroup:
    """Return the feature group that carries one message to the map."""
    group = folium.FeatureGroup()
    group.add_child(MapMessage(packed))
    return group
