"""The one place where the map meets Streamlit: draws a scene and returns what was clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from layers.leaflet.base_map import build_base_map, build_message_group
from layers.leaflet.clicks import MapClick, parse_click
from layers.leaflet.map_message import MapScene, build_map_message, pack_message

if TYPE_CHECKING:
    from collections.abc import Callable


def show_map(
    scene: MapScene, *, key: str, height: int, on_click: Callable[[MapClick], None] | None = None
) -> str:
    """Draw the scene and return its stamp, the hash of what is shown.

    ``on_click`` is called once for every click, before the script runs again, so that one run
    shows its outcome.
    """
    content = build_map_message(scene)

    def changed() -> None:
        click = parse_click(st.session_state.get(key))
        if click is not None and on_click is not None:
            on_click(click)

    st_folium(
        build_base_map(),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=build_message_group(pack_message(content)),
        on_change=changed,
    )
    return str(content["stamp"])
