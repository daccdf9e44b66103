"""The pages of editing and of the register run for every part, and save what is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from geo.i18n import LANGUAGES
from store.clearance.register import open_case, open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases
from store.editing.open_record import read_item
from store.facts.facts import load_facts
from tests import templates
from tests.pages.test_pages import html_of
from tests.people import ADMIN

if TYPE_CHECKING:
    from pathlib import Path

VIEWS = ("communes", "point", "fields", "figures", "changes", "new")
SCRIPT = """
from pages import {page}
from pages.shell.context import open_page

{page}.show_page(open_page())
"""


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a store of this test alone, with the curated facts."""
    return templates.use_copy(templates.curated_store(), tmp_path, monkeypatch)


def run(page: str, **query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT.format(page=page), default_timeout=90)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_part_of_editing_opens(view: str, language: str) -> None:
    app = run("edit_page", item="KP-20", view=view, lang=language)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("query", [{}, {"item": "KP-99"}, {"item": "<b>", "view": "x"}])
def test_what_is_no_item_asks_for_one(query: dict[str, str]) -> None:
    app = run("edit_page", **query)
    assert not app.exception
    assert "Hãy chọn một dự án" in html_of(app)


@pytest.mark.usefixtures("own_store")
def test_a_field_is_saved_with_its_reason_only() -> None:
    app = run("edit_page", item="KP-20", view="fields")
    named = next(one for one in app.text_input if one.label == "Số thứ tự")
    named.set_value("200").run()
    assert "<b>200</b>" in html_of(app)
    save = next(one for one in app.button if one.label == "Lưu thay đổi")
    assert save.disabled
    next(one for one in app.text_input if one.label.startswith("Lý do sửa")).set_value("thử").run()
    next(one for one in app.button if one.label == "Lưu thay đổi").click().run()
    assert not app.exception
    assert "Đã lưu" in app.success[0].value
    assert read_item("KP-20").item["no"] == "200"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_register_offers_what_reports_state(language: str) -> None:
    app = run("register_page", lang=language)
    assert not app.exception
    assert app.info
    offered = list_suggested_cases(load_facts())
    assert len(offered) == 16
    assert [one.stated["households"] for one in offered if one.item == "KP-30"] == [56], (
        "the row of the terminal and its example in a footnote are one problem"
    )
    assert any("16" in one.label for one in app.expander)


@pytest.mark.usefixtures("own_store")
def test_a_case_opens_with_what_is_known_and_what_is_not() -> None:
    open_stated_cases([one.source for one in list_suggested_cases(load_facts())], actor=ADMIN)
    for case in ("GP-0001", "GP-0016"):
        app = run("register_page", case=case)
        assert not app.exception
        assert "chưa rõ diện tích phải giải phóng" in html_of(app)
        assert "Theo báo cáo:" in html_of(app)
        for part in ("edit", "close", "history", "look"):
            chosen = next(one for one in app.get("button_group") if "part" in one.key)
            chosen.set_value(part).run()
            assert not app.exception
    app = run("register_page", category="land_origin")
    assert "2 trên 16" in html_of(app)


@pytest.mark.usefixtures("own_store")
def test_hostile_words_in_a_case_are_words() -> None:
    text = '<img src=x onerror="alert(1)">'
    values = {"item": "KP-20", "statement": text, "note": text}
    case = open_case(values, actor=ADMIN, why=text)
    app = run("register_page", case=case)
    assert not app.exception
    assert "<img" not in html_of(app)
    assert "&lt;img" in html_of(app)
