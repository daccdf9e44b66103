"""A browser whose page session is lost: the server was restarted, or another process answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1.app_test import _AppTestSessionState

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest
    from streamlit.testing.v1.element_tree import Button


def reconnect(app: AppTest, label: str = "") -> AppTest:
    """Run a page in a new session, which the browser sends its fields to.

    With a ``label``, the button of that label is what was pressed.
    """
    if label:
        _button(app, label).click()
    fields = app._tree.get_widget_states()
    query = dict(app.query_params)
    app._session_state = SafeSessionState(SessionState(), lambda: None)
    app.session_state = _AppTestSessionState(app._session_state)
    app.query_params.update(query)
    app._tree.get_widget_states = lambda: fields
    return app.run()


def field(app: AppTest, label: str) -> object:
    """Return the field of a label that begins so."""
    every = [
        *app.text_input, *app.text_area, *app.number_input, *app.selectbox, *app.multiselect,
        *app.date_input, *app.toggle,
    ]  # fmt: skip
    return next(one for one in every if one.label.startswith(label))


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of a label and run."""
    return _button(app, label).click().run()


def _button(app: AppTest, label: str) -> Button:
    return next(one for one in app.button if one.label == label)
