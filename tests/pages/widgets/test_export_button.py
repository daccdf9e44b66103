"""The button for downloads is there for who may export, and makes nothing before it is pressed."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.i18n import DEFAULT_LANGUAGE
from pages.shell.context import PageContext
from pages.widgets import export_button
from store.exports.export import FORMATS
from store.exports.file_options import DEFAULT_OPTIONS
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import mostly_slow
from tests.people import PLANNER, VIEWER, VISITOR


def shown(user: Any, text: str = "") -> AppTest:
    """Return the button alone, pressed once, as a user sees it."""

    def page(user, text):
        from pages.shell.context import PageContext  # noqa: PLC0415
        from pages.widgets.export_button import show_export_button  # noqa: PLC0415 - the script of a test
        from store.facts.facts import load_facts  # noqa: PLC0415
        from store.facts.filters import Filters  # noqa: PLC0415

        ctx = PageContext(language="vi", facts=load_facts(), user=user)
        show_export_button(ctx, Filters(text=text))

    app = AppTest.from_function(page, args=(user, text), default_timeout=60)
    app.session_state["exports.popover"] = True
    return app.run()


def test_every_format_has_a_button_for_who_may_export() -> None:
    for user in (PLANNER, VIEWER):
        app = shown(user)
        assert not app.exception
        assert len(app.get("download_button")) == len(FORMATS)


def test_a_visitor_has_none() -> None:
    app = shown(VISITOR)
    assert not app.exception
    assert len(app.get("download_button")) == 0
    assert len(app.get("popover")) == 0


def test_nothing_is_made_when_the_page_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(export_button, "make_export_apart", lambda *args, **_: made.append(args))
    assert not shown(PLANNER).exception
    assert made == []


@pytest.mark.parametrize("format_name", mostly_slow(FORMATS, 1))
def test_the_file_is_that_of_the_store(format_name: str) -> None:
    ctx = PageContext(DEFAULT_LANGUAGE, load_facts(), VIEWER)
    filters = Filters(kinds=("key_project",))
    data = export_button._make_file(ctx, filters, format_name, "tep", DEFAULT_OPTIONS)
    assert data[:2] in {b"PK", b"SQ", b"{\n", b'{"'}
