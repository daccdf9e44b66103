"""What the forms of questions about sentences share: head, buttons, giving the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.review.queue_question import SAID, SHOWN
from pages.shell.html import Html, escape_markdown, show_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages.shell.context import PageContext

ACCEPT: Final = "accept"
"""The button that is pressed most; it stands out."""


def show_head(ctx: PageContext, title: str, doc: str, line: int) -> None:
    """Show why a sentence is asked about, and where it stands."""
    titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
    show_markup(
        Html('<h3 class="hp-title">{}</h3><div class="hp-under">{} · {}</div>').format(
            title, str(titles.get(doc, doc)), ctx.t("pages.source.line", line=line)
        )
    )


def show_buttons(key: str, buttons: Mapping[str, tuple[str, str]]) -> str:
    """Show what can be done with a form; return what was chosen, '' for nothing yet.

    ``buttons``: the text and the keyboard's key of each by its name.
    """
    with st.container(horizontal=True, key=f"review.buttons-{key}"):
        pressed = {
            name: st.form_submit_button(
                text,
                type="primary" if name == ACCEPT else "secondary",
                shortcut=shortcut,
                key=f"review.{name}-{key}",
            )
            for name, (text, shortcut) in buttons.items()
        }
    return next((name for name, chosen in pressed.items() if chosen), "")


def give_answer(give: Callable[[], str]) -> None:
    """Give an answer, keep the words of what came of it for the next run, and run again."""
    try:
        said = give()
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state[SHOWN] = ""
    st.session_state[SAID] = said
    st.rerun()
