"""The map is rendered once for all runs, and says what streamlit-folium would say."""

from typing import Any

import pytest
import streamlit_folium
from streamlit_folium import st_folium

from layers.leaflet.base_map import build_base_map, build_message_group
from layers.leaflet.map_view import render_map


def test_what_is_rendered_once_is_what_st_folium_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, Any] = {}
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **given: sent.update(given))
    st_folium(
        build_base_map(),
        key="map.frame",
        height=500,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=build_message_group("MESSAGE"),
    )
    ours = render_map("map.frame")
    assert sent.keys() - ours.keys() == {"height", "on_change"}
    assert ours.keys() <= sent.keys()
    for name in ours.keys() - {"id"}:  # folium's own number of the map
        assert ours[name] == sent[name], name
