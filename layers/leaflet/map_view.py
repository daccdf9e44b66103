"""The one place where the map meets Streamlit: draws a scene and tells what was clicked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
import streamlit_folium as component

from layers.leaflet.base_map import build_base_map, build_message_group
from layers.leaflet.clicks import MapClick, parse_click
from layers.leaflet.map_message import MapScene, build_map_message

if TYPE_CHECKING:
    from collections.abc import Callable

_MESSAGE: Final = "MESSAGE"
"""Stands for the message where the map is rendered for all scenes."""


def show_map(
    scene: MapScene, *, key: str, height: int, on_click: Callable[[MapClick], None] | None = None
) -> None:
    """Draw the scene.

    ``on_click`` is called once for every click, before the script runs again, so that one run
    shows its outcome.
    """
    rendered = render_map(key)
    frame = str(rendered["key"])

    def changed() -> None:
        st.session_state[key] = st.session_state.get(frame, {})
        click = parse_click(st.session_state[key])
        if click is not None and on_click is not None:
            on_click(click)

    group = str(rendered["feature_group"]).replace(_MESSAGE, build_map_message(scene))
    component._component_func(  # noqa: SLF001
        **rendered | {"feature_group": group, "height": height}, on_change=changed
    )


@cache
def render_map(key: str) -> dict[str, Any]:
    """Return what ``st_folium`` gives its component for the map with a message in it.

    Rendering takes several milliseconds and comes to the same at every run but for the message.
    So it is done once, by streamlit-folium's own functions.
    """
    folium_map = build_base_map()
    folium_map.get_root().render()
    header, html = component._get_header(folium_map), component._get_html(folium_map)  # noqa: SLF001
    script = component._get_map_string(folium_map)  # noqa: SLF001
    return {
        "script": script,
        "header": header,
        "html": html,
        "id": component.get_full_id(folium_map),
        "key": component.generate_js_hash(script, key),
        "width": None,
        "returned_objects": ["last_active_drawing"],
        "default": {"last_active_drawing": None},
        "zoom": None,
        "center": None,
        "feature_group": component._get_feature_group_string(  # noqa: SLF001
            build_message_group(_MESSAGE), map=folium_map
        ),
        "return_on_hover": False,
        "layer_control": None,
        "pixelated": False,
        "css_links": [address for _, address in folium_map.default_css],
        "js_links": [address for _, address in folium_map.default_js],
        "wrap_longitude": False,
    }
