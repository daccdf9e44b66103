"""What counts though the newest list does not name it is said, and changed on the spot."""

from __future__ import annotations

import pytest

from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.selection import select_items
from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests.pages.reconnected import field
from tests.pages.test_briefing import run
from tests.pages.test_edit_page import own_store  # noqa: F401
from tests.pages.test_edit_page import run as open_page
from tests.pages.test_every_form import bare, click  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import AN
from tests.store.small_reports import HALF, QUARTER

PERIOD = "2031-H1"
SCRIPT = """
import streamlit as st
from pages.map.list_standing import show_list_standing
from pages.shell.context import open_page

show_list_standing(open_page(), st.query_params["period"])
"""


def _is_counted() -> bool:
    return "KP-02" in set(select_items(load_facts(), Filters(period=PERIOD)).items["item"])


@pytest.mark.usefixtures("bare")
def test_a_project_is_left_out_of_the_sums_and_counted_again() -> None:
    apply_import(plan_import(QUARTER), AN)
    apply_import(plan_import(HALF), AN)
    app = run(SCRIPT, period=PERIOD)
    (listing,) = (one for one in app.expander if "không còn được nêu" in one.label)
    assert "1 dự án không còn được nêu vẫn tính, 0 dự án không tính" in listing.label
    for counted in (False, True):
        field(app, "Lý do sửa").set_value("theo quyết định").run()
        click(app, "listing.save")
        assert not app.exception
        assert not app.error
        assert _is_counted() is counted
        assert "Hoàn tác được" in app.success[0].value


def test_what_a_document_takes_off_the_list_is_shown_with_its_words_only() -> None:
    app = run(SCRIPT, period="2026-H1")
    assert "Đã ra khỏi danh mục nên không tính trong các tổng (1)" in html_of(app)
    assert not [one for one in app.button if one.key == "listing.save"]
    assert not run(SCRIPT, period="2026-Q1").expander


def test_the_difference_and_the_briefing_say_it() -> None:
    shown = open_page("changes_page", view="diff")
    assert not shown.exception
    assert [one for one in shown.expander if "công trình trọng điểm" in one.label]
    assert [one for one in run(period="2026-H1").expander if "công trình trọng điểm" in one.label]
