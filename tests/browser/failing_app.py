"""A page that fails in every way that a page can, served as the app serves its own."""

import streamlit as st

from app import show_script_error
from store.db.errors import StoreError


@st.fragment
def part() -> None:
    """Fail apart from the rest of the page."""
    message = "secret of the fragment"
    raise RuntimeError(message)


def failing() -> None:
    """Fail in a callback."""
    message = "secret of the callback"
    raise KeyError(message)


def main() -> None:
    """Show the page that the address asks for."""
    way = st.query_params.get("way", "")
    st.button("press", on_click=failing)
    if way == "fragment":
        part()
    elif way == "meant":
        message = "Kho dữ liệu đang bận. Hãy thử lại."
        raise StoreError(message)
    elif way == "script":
        message = "secret of the script"
        raise ValueError(message)


if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, on_script_error=show_script_error)
