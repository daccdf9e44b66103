"""The folium map under everything: always the same script, so that its frame is never reloaded.

streamlit-folium takes a map's rendered script for its identity. What changes comes as a feature
group that holds one packed message (``layers.leaflet.map_message``).
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import folium
from folium.template import Template

from layers.leaflet.asset_files import build_asset_url, build_geometry_url

CITY_CENTRE: Final = (20.86, 106.55)
FIRST_ZOOM: Final = 10
MIN_ZOOM, MAX_ZOOM = 8, 16
_MESSAGE: Final = "MESSAGE"
"""Stands for the message where a page is rendered for all of them."""


class BaseMap(folium.Map):
    """folium's map with Leaflet and our scripts from this server, none from elsewhere."""

    default_js: Any = (("scripts", build_asset_url("bundle.js")),)
    default_css: Any = (("styles", build_asset_url("bundle.css")),)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._id = "div"  # map_div: so streamlit-folium calls every map, and our styles too


class MapMessage(folium.MacroElement):
    """Hands one packed message to the map's script; ``packed`` is what ``map_message`` builds."""

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
        max_bounds_viscosity=1,  # movement.js says what the bounds are
        attribution_control=True,
        track_resize=False,  # map.js does, and knows which sizes somebody chose a view at
    )


def build_message_group(packed: str) -> folium.FeatureGroup:
    """Return the feature group that carries one message to the map."""
    group = folium.FeatureGroup()
    group.add_child(MapMessage(packed))
    return group


def render_map_page(packed: str) -> str:
    """Return a page of its own that draws one message, with the same files and in the same place.

    It is shown while Streamlit's page is loading (``web.first_map``).
    """
    page = _render_page_of_any_message().replace(_MESSAGE, packed, 1)
    early = f'<link rel="preload" as="fetch" crossorigin href="{build_geometry_url()}">'
    return page.replace("<head>", "<head>" + early, 1)


@cache
def _render_page_of_any_message() -> str:
    page_map = build_base_map()
    build_message_group(_MESSAGE).add_to(page_map)
    return str(page_map.get_root().render())
