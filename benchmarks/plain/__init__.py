"""A plain streamlit-folium app to compare with."""
