"""Several rows of the table given one value: previewed, saved as one change, undone as one."""

import pytest
from streamlit.testing.v1 import AppTest

from store.editing.items import edit_item
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from store.users.users import PERSONAL
from tests.pages.test_edit_page import own_store  # noqa: F401
from tests.pages.test_pages import html_of

pytestmark = pytest.mark.usefixtures("own_store")

SCRIPT = """
from pages.catalogue.change_preview import show_saved_change
from pages.catalogue.many_rows import show_many_rows_form
from pages.shell.context import open_page
from store.facts.filters import Filters

ctx = open_page()
show_saved_change(ctx)
show_many_rows_form(ctx, {items}, Filters(period="2026-Q1"), column="{column}")
"""
ITEMS = ["KP-25", "KP-12", "KP-18"]


def run(items: list[str], column: str = "") -> AppTest:
    return AppTest.from_string(SCRIPT.format(items=items, column=column), default_timeout=60).run()


def get_phases() -> dict[str, str]:
    items = load_facts().items
    return dict(zip(items["item"], items["phase"], strict=True))


def test_several_rows_get_one_value_and_are_undone_together() -> None:
    before, form = get_phases(), "items.many-rows-"
    app = run(ITEMS)
    app.selectbox(key=f"{form}-column").set_value("phase").run()
    assert not [button for button in app.button if button.key == f"{form}-save"]
    app.selectbox(key=f"{form}-phase-value").set_value("inaugurate_2026").run()
    assert "Khánh thành năm 2026" in html_of(app)
    assert app.button(key=f"{form}-save").disabled
    assert get_phases() == before
    app.text_input(key=f"{form}-why").set_value("theo rà soát").run()
    # Another value together with the press: nobody has seen what that changes.
    app.selectbox(key=f"{form}-phase-value").set_value("start_2026")
    app.button(key=f"{form}-save").click().run()
    assert get_phases() == before
    assert "bấm Lưu lần nữa" in app.info[0].value
    app.selectbox(key=f"{form}-phase-value").set_value("inaugurate_2026").run()
    app.button(key=f"{form}-save").click().run()
    assert {item for item, phase in get_phases().items() if phase != before[item]} == set(ITEMS)
    app.button(key="items.many-undo").click().run()
    assert get_phases() == before
    assert not app.exception


def test_a_preview_of_before_somebody_elses_change_is_made_again_and_not_saved() -> None:
    form = "items.many-cell-phase"
    app = run(ITEMS, "phase")
    app.selectbox(key=f"{form}-phase-value").set_value("inaugurate_2026").run()
    app.text_input(key=f"{form}-why").set_value("theo rà soát").run()
    opened = read_item("KP-25")
    assert opened is not None
    edit_item("KP-25", {"name": "Tên khác"}, seen=opened.item_token, actor=PERSONAL, why="x")
    before = get_phases()
    app.button(key=f"{form}-save").click().run()
    assert get_phases() == before
    assert app.error
    assert "đã có người sửa" in html_of(app)
    assert "2 ô sẽ đổi" in html_of(app)
    app.button(key="items.many-again").click().run()
    assert "3 ô sẽ đổi" in html_of(app)
    app.button(key=f"{form}-save").click().run()
    assert {item for item, phase in get_phases().items() if phase != before[item]} == set(ITEMS)
    app.button(key="items.many-said").click().run()
    assert not app.success
    assert not app.exception


def test_a_figure_names_the_document_and_line_that_state_it_or_the_change_itself() -> None:
    form = "items.many-cell-milestone_finish"
    app = run(["KP-25"], "milestone_finish")
    app.text_input(key=f"{form}-milestone_finish-value").set_value("quý IV/2027").run()
    doc = app.selectbox(key=f"{form}-milestone_finish-doc")
    doc.set_value(
        doc.options and load_facts().documents.set_index("period").loc[["2026-Q1"], "doc"].iloc[0]
    ).run()
    assert not [button for button in app.button if button.key == f"{form}-save"]
    app.text_input(key=f"{form}-milestone_finish-line").set_value("7").run()
    app.text_input(key=f"{form}-why").set_value("theo báo cáo").run()
    app.button(key=f"{form}-save").click().run()
    rows = load_facts().observations
    found = rows[(rows["item"] == "KP-25") & (rows["value"] == "2027-Q4")]
    assert list(found["line_from"]) == [7]
    assert not app.exception
