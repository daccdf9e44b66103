"""Markup in which one may choose: rows, figures and links that the server answers in place.

An element with ``data-act`` sends that word when it is pressed. One piece of markup stands for as
many buttons as it holds: a list of a hundred rows is one element of the page. It is sent deflated,
which makes a list with its sources a fifth as long as JSON does.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CHARS: Final = 200
_SCRIPT: Final = (Path(__file__).with_name("assets") / "actions.js").read_text("utf-8")
_ACTIONS: Final = st.components.v2.component("hpmap_actions", js=_SCRIPT, isolate_styles=False)


def show_actions(markup: Markup, on_act: Callable[[str], None], *, key: str) -> None:
    """Show markup built with ``Html(...).format(...)``; plain text is escaped.

    ``on_act`` gets the ``data-act`` of what was pressed, before the script runs again. It comes
    from a browser: anything may stand in it.
    """

    def acted() -> None:
        chosen = getattr(st.session_state.get(key), "act", None)
        if isinstance(chosen, str) and chosen:
            on_act(chosen[:MOST_CHARS])

    packed = zlib.compress(Markup.escape(markup).encode())
    _ACTIONS(key=key, data=packed, on_act_change=acted)
