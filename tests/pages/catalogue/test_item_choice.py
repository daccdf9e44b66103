"""Choosing an item: a list of few, words typed for many; and parts of long lists."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.catalogue.item_choice import MOST_HITS, MOST_OPTIONS, MOST_SEEN

CHOOSE = """
import streamlit as st
from pages.shell.context import PageContext
from pages.catalogue.item_choice import find_wanted_items, list_item_options
from tests.many_facts import many_facts

ctx = PageContext("vi", many_facts({times}))
among = sorted(ctx.facts.item_names)[:{most}]
options = list_item_options(ctx, among, {chosen!r}, key="test")
st.session_state["options"] = options
st.session_state["wanted"] = find_wanted_items(ctx, {count}, 100, key="wanted")
"""
PARTS = """
import streamlit as st
from pages.widgets.links import choose_part_start

st.session_state["start"] = choose_part_start("Phần", {count}, 20, key="part")
"""


def run(script: str, **values: object) -> AppTest:
    app = AppTest.from_string(script.format(**values), default_timeout=60).run()
    assert not app.exception
    return app


def test_few_items_are_all_offered_and_nothing_is_to_be_typed() -> None:
    app = run(CHOOSE, times=1, chosen="", count=100, most=MOST_SEEN)
    assert len(app.session_state["options"]) == MOST_SEEN
    assert app.session_state["wanted"] is None
    assert not app.text_input


@pytest.mark.parametrize(
    ("typed", "item"),
    [("kp 25", "KP-25-00"), ("VĐ2", "KP-19-00"), ("ql5", "KP-22-00"), ("san golf", "KP-15-00")],
)
def test_what_more_than_one_sees_at_once_is_narrowed_by_code_name_or_abbreviation(
    typed: str, item: str
) -> None:
    app = run(CHOOSE, times=1, chosen="", count=100, most=300)
    assert item in app.session_state["options"]
    assert len(app.session_state["options"]) > MOST_SEEN
    app.text_input(key="test.find").set_value(typed).run()
    assert item in app.session_state["options"]
    assert len(app.session_state["options"]) < MOST_SEEN / 2


def test_of_many_items_those_are_offered_that_the_words_find_and_the_chosen_one() -> None:
    app = run(CHOOSE, times=4, chosen="KP-20-01", count=101, most=1000)
    assert len(app.session_state["options"]) == MOST_HITS + 1 < MOST_OPTIONS
    app.text_input(key="test.find").set_value("kp-08").run()
    options = app.session_state["options"]
    assert options[0] == "KP-20-01"
    assert options[1:] == [f"KP-08-{copy:02}" for copy in range(4)]


def test_words_narrow_a_long_list_to_the_items_they_find() -> None:
    app = run(CHOOSE, times=4, chosen="", count=101, most=1000)
    assert app.session_state["wanted"] is None
    app.text_input(key="wanted.find").set_value("kp-08").run()
    assert app.session_state["wanted"] == {f"KP-08-{copy:02}" for copy in range(4)}


@pytest.mark.parametrize(("count", "starts"), [(20, None), (21, 2), (200, 10)])
def test_few_parts_stand_side_by_side(count: int, starts: int | None) -> None:
    app = run(PARTS, count=count)
    assert app.session_state["start"] == 0
    assert not app.number_input
    assert bool(app.get("button_group")) == (starts is not None)


def test_of_many_parts_one_is_chosen_by_its_number() -> None:
    app = run(PARTS, count=10_057)
    assert app.session_state["start"] == 0
    app.number_input(key="part").set_value(503).run()
    assert app.session_state["start"] == 10_040
