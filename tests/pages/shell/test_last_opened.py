"""What was opened last: newest first, each once, never without end; and the first screens."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.last_opened import MOST_KEPT
from tests.pages.test_pages import html_of

NOTE = """
import streamlit as st
from pages.shell.context import PageContext
from pages.shell.last_opened import list_opened, note_opened
from tests.people import VISITOR
from tests.small_facts import small_facts

ctx = PageContext("vi", small_facts(), VISITOR)
for key in {keys!r}:
    note_opened(ctx, "item", key)
st.session_state["opened"] = list_opened(ctx, "item")
"""
PAGE = """
from pages import {page}
from pages.shell.context import open_page

{page}.show_page(open_page())
"""


def test_the_last_one_comes_first_each_once_and_the_oldest_goes() -> None:
    keys = [f"KP-{number:02}" for number in range(1, MOST_KEPT + 2)]
    app = AppTest.from_string(NOTE.format(keys=[*keys, "KP-03", "a|b"]), default_timeout=90).run()
    assert not app.exception
    assert app.session_state["opened"] == ("KP-03", "KP-07", "KP-06", "KP-05", "KP-04", "KP-02")


@pytest.mark.parametrize(
    ("page", "choice", "expected"),
    [
        ("project_page", {"item": "KP-02"}, "du-an?item=KP-02"),
        ("edit_page", {"item": "KP-02"}, "sua?item=KP-02"),
        ("near_page", {"commune": "11413"}, "gan-toi?commune=11413"),
        ("place_page", {"place": "11413"}, "dia-ban?place=11413"),
        ("document_page", {"doc": "q1-2026"}, "nguyen-van?doc=q1-2026"),
    ],
)
def test_a_page_opened_without_a_choice_offers_what_was_opened_last(
    page: str, choice: dict[str, str], expected: str
) -> None:
    app = AppTest.from_string(PAGE.format(page=page), default_timeout=90)
    for key, value in choice.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    again = AppTest.from_string(PAGE.format(page=page), default_timeout=90)  # a new session
    shown = html_of(again.run())
    assert not again.exception
    assert "Mở gần đây" in shown
    assert f'href="{expected}"' in shown.split("Mở gần đây", 1)[1]
