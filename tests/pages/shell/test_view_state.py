"""What a session looks at is kept, given back, and written to the address."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import view_state

PAGES = """
import streamlit as st
from pages.shell import view_state

filters = view_state.get_view_state().filters
st.session_state["shown"] = filters.period
if st.session_state["page"] == "maps":
    view_state.hold_period()
if st.session_state.get("step"):
    period = st.session_state.pop("step")
    view_state.change_view_state(filters=filters.with_changes(period=period))
view_state.write_address()
"""


@pytest.mark.parametrize("chosen", ["", "2026-Q1"])
def test_a_page_with_a_period_of_its_own_leaves_that_of_the_others(
    monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    app = AppTest.from_string(PAGES, default_timeout=90)
    monkeypatch.setattr(view_state, "_get_page", lambda: app.session_state["page"])

    before = ""

    def show(page: str, step: str = "", *, back: str = "") -> str:
        app.session_state["page"], app.session_state["step"] = page, step
        nonlocal before
        if page != before:  # the menu leads to a page without any view in its address
            app.query_params.clear()
        if back:
            app.query_params["period"] = back
        before = page
        app.run()
        assert not app.exception
        return str(app.session_state["shown"])

    show("map", step=chosen)
    assert show("maps", step="2026-H1") == chosen
    assert show("maps", step="2026-05") == "2026-H1"
    assert show("maps") == "2026-05"
    assert show("map") == chosen
    assert show("maps", back="2026-05") == "2026-05", "by the browser's history"
    assert show("map") == chosen
    assert show("maps") == chosen
