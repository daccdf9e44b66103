"""An empty Streamlit page to compare with: what a run costs before anything is done in it."""
