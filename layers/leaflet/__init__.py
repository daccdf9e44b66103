"""The map in the browser: the folium map, its message, symbols, clicks, and its assets."""
