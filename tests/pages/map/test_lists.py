"""The list beside the map shows the first of very many rows, says how many are left, shows all."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.map import lists

ROW = 'class="hp-line"'


def _page(layer: str, act: str) -> None:
    import streamlit as st  # noqa: PLC0415 - the script of a test

    from layers.leaflet.view_address import from_address  # noqa: PLC0415
    from pages.map import lists  # noqa: PLC0415
    from pages.shell.context import PageContext  # noqa: PLC0415
    from store.facts.facts import load_facts  # noqa: PLC0415

    ctx = PageContext("vi", load_facts())
    state = from_address({"layer": layer, "period": "2026-Q1"})
    if act:
        lists._follow(act)
    render = lists._render_clearance if layer == "clearance" else lists._render_progress
    st.html(str(render(ctx, state)))


def show(layer: str, act: str = "") -> str:
    app = AppTest.from_function(_page, args=(layer, act), default_timeout=60).run()
    assert not app.exception
    return str(app.get("html")[0].proto.body)


@pytest.mark.parametrize("layer", ["clearance", "progress"])
def test_what_is_left_is_counted_and_comes_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    whole = show(layer)
    assert "more~" not in whole
    monkeypatch.setattr(lists, "MOST_ROWS", 2)
    cut = show(layer)
    left = sum(int(count) for count in re.findall(r"còn (\d+)\)", cut))
    assert "more~" in cut
    assert cut.count(ROW) + left == whole.count(ROW)
    assert show(layer, "more~") == whole
