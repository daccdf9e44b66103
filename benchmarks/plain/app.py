"""What one writes first: a folium choropleth through streamlit-folium, nothing else.

The yardstick of ``benchmarks.map`` and ``benchmarks.load``, frozen: it stands on stock folium and
on files of its own (``values.csv``, and the GeoJSON that ``geometry.py`` makes once), and imports
nothing of the program. The polygons are in the map's script, a new map for every layer. Leaflet
comes from this server, since the stock addresses need the internet.
"""

import os
import tempfile
from importlib.resources import files
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("PLAIN_DIR") or Path(tempfile.gettempdir()) / "plain-streamlit-folium")
COLOURS = ("#fde0b0", "#f9b15c", "#e0743c", "#a8434a", "#5c1f4f")
NOTHING = "#f2f2f0"
TYPES = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}


class LocalMap(folium.Map):
    """folium's map with Leaflet from this server."""

    default_js = [("leaflet", "/plain/leaflet.js")]  # noqa: RUF012 - folium's own style
    default_css = [("leaflet", "/plain/leaflet.css")]  # noqa: RUF012


@st.cache_resource
def read_files() -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the communes' polygons and their values."""
    values = pd.read_csv(HERE / "values.csv", dtype={"code": str})
    return gpd.read_file(FOLDER / "communes.geojson"), values


def main() -> None:
    """Show the page."""
    # Here, not above: what a component registers counts only once the server runs.
    from streamlit_folium import st_folium  # noqa: PLC0415

    st.set_page_config(layout="wide")
    key = st.radio("layer", ["progress", "investment", "clearance"], horizontal=True)
    communes, values = read_files()
    values = values[["code", "name", key]].rename(columns={key: "value"})
    ranks = values["value"].rank(pct=True, method="max")
    values["colour"] = [
        NOTHING if pd.isna(rank) else COLOURS[min(int(rank * 5), 4)] for rank in ranks
    ]
    values["label"] = [
        "" if pd.isna(value) else f"{value:,.1f}".rstrip("0").rstrip(".")
        for value in values["value"]
    ]
    built = LocalMap(location=(20.86, 106.55), zoom_start=10, tiles=None)
    folium.GeoJson(
        communes.merge(values[["code", "name", "colour", "label"]], on="code"),
        style_function=lambda feature: {
            "fillColor": feature["properties"]["colour"],
            "fillOpacity": 1,
            "color": "#ffffff",
            "weight": 1,
        },
        tooltip=folium.GeoJsonTooltip(["name", "label"]),
    ).add_to(built)
    st_folium(built, height=520, use_container_width=True)


def serve_leaflet(request: Request) -> Response:
    """Answer with a file of Leaflet, which the browser keeps."""
    name = request.path_params["name"]
    if name not in TYPES:
        return Response(status_code=404)
    body = files("xstatic.pkg.leaflet").joinpath("data", name).read_bytes()
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(body, media_type=TYPES[name], headers=headers)


if __name__ == "__main__":
    main()
else:
    from geometry import write_communes

    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "communes.geojson").exists():
        write_communes(FOLDER / "communes.geojson")
    app = st.App(__file__, routes=[Route("/plain/{name}", serve_leaflet)])
