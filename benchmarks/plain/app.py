"""What one writes first: a folium choropleth through streamlit-folium, nothing else.

The same communes and the same values as the app, the polygons in the map's script, a new map for
every layer. Leaflet comes from this server, since the stock addresses need the internet. Only for
``benchmarks.map``.
"""

import folium
import streamlit as st

from geo.boundaries.active import get_active_layer
from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.progress import build_progress_layer
from layers.leaflet.asset_files import build_asset_url
from store.bootstrap import ensure_store
from store.facts.facts import load_facts
from store.facts.filters import Filters
from web.server import build_routes

DRAW = {
    "progress": build_progress_layer,
    "investment": build_investment_layer,
    "clearance": build_clearance_layer,
}


class LocalMap(folium.Map):  # type: ignore[misc]
    """folium's map with Leaflet from this server."""

    default_js = [("leaflet", build_asset_url("leaflet.js"))]  # noqa: RUF012 - folium's own style
    default_css = [("leaflet", build_asset_url("leaflet.css"))]  # noqa: RUF012


def main() -> None:
    """Show the page."""
    # Here, not above: what a component registers counts only once the server runs.
    from streamlit_folium import st_folium  # noqa: PLC0415

    st.set_page_config(layout="wide")
    key = st.radio("layer", list(DRAW), horizontal=True)
    layer = DRAW[key](load_facts(), Filters())
    colours = layer.legend.map_class_colours()
    frame = (
        get_active_layer()
        .frame[["code", "name", "geometry"]]
        .merge(layer.frame[["code", "class_index", "label"]], on="code")
    )
    built = LocalMap(location=(20.86, 106.55), zoom_start=10, tiles=None)
    folium.GeoJson(
        frame,
        style_function=lambda feature: {
            "fillColor": colours[feature["properties"]["class_index"]],
            "fillOpacity": 1,
            "color": "#ffffff",
            "weight": 1,
        },
        tooltip=folium.GeoJsonTooltip(["name", "label"]),
    ).add_to(built)
    st_folium(built, height=520, use_container_width=True)


if __name__ == "__main__":
    main()
else:
    ensure_store()
    app = st.App(__file__, routes=build_routes())
