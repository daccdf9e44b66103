"""The list of what answers have taught: a thing is forgotten there, and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.imports.column_choices import list_column_choices
from store.imports.learned_list import COLUMN, list_learned
from tests.pages.test_edit_page import (
    own_store,  # noqa: F401
    run,
)
from tests.pages.test_every_form import bare, click  # noqa: F401
from tests.pages.test_pages import html_of
from tests.store.imports.test_learned_headings import BOARD
from tests.store.imports.test_learned_list import teach

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def open_list() -> AppTest:
    """Return the page of imports with the list open."""
    app = run("import_page")
    app.session_state["import.learned"] = True
    return app.run()


@pytest.mark.usefixtures("bare")
def test_a_thing_is_forgotten_and_given_back() -> None:
    taught = teach()
    app = open_list()
    assert f"{len(list_learned())} điều rút ra" in html_of(app)
    click(app, f"import.learned.forget-{COLUMN}")
    assert not app.exception
    assert not app.error
    assert COLUMN not in {one.kind for one in list_learned()}
    assert list_column_choices(BOARD) == ()
    assert "Vừa quên:" in html_of(app)
    click(app, f"import.learned.again-{COLUMN}")
    assert not app.exception
    assert {one.kind for one in list_learned()} == set(taught)
    assert [one.heading for one in list_column_choices(BOARD)] == ["so ho"]
    assert "Vừa quên:" not in html_of(app)
