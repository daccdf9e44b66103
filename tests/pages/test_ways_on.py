"""Buttons that lead on: to another item to edit, to older lines of the audit."""

from __future__ import annotations

import pytest

from tests.pages.reconnected import press
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.pages.test_every_form import click
from tests.pages.test_pages import html_of


def test_another_item_to_edit_is_found_by_its_words() -> None:
    app = run("edit_page", item="KP-20", view="fields")
    press(app, "Chọn dự án khác")
    assert "item" not in app.query_params
    box = next(one for one in app.text_input if (one.key or "").startswith("edit."))
    box.set_value("KP-25").run()
    click(app, f"{box.key}-KP-25")
    assert not app.exception
    assert "KP-25" in app.query_params["item"]
    assert "LNG" in html_of(app)


@pytest.mark.usefixtures("own_store")
def test_the_audit_goes_on_to_older_lines() -> None:
    app = run("audit_page")
    assert "Trang 1/" in html_of(app)
    press(app, "Cũ hơn")
    assert not app.exception
    assert "Trang 2/" in html_of(app)
