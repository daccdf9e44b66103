"""What a reader opened last, for pages that are opened without a choice.

Kept for each person beside their usual views; of nobody known, for the session only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from pages.shell.html import Html, join_markup, show_markup
from store.accounts.usual_views import OPENED, keep_usual_view, read_usual_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.shell.context import PageContext

Opened = Literal["item", "place", "doc"]
MOST_KEPT: Final = 6
_BETWEEN: Final = "|"
_MOST_IN_ONE_COLUMN: Final = 8


def list_opened(ctx: PageContext, kind: Opened) -> tuple[str, ...]:
    """Return the keys of what the reader opened last, the last one first."""
    return tuple(filter(None, _read_kept(ctx).get(kind, "").split(_BETWEEN)))


def note_opened(ctx: PageContext, kind: Opened, key: str) -> None:
    """Remember that the reader opened something; called once the page is shown."""
    before = list_opened(ctx, kind)
    if before[:1] == (key,) or _BETWEEN in key:
        return
    keys = (key, *(one for one in before if one != key))[:MOST_KEPT]
    kept = _read_kept(ctx) | {kind: _BETWEEN.join(keys)}
    st.session_state[_name_slot(ctx)] = kept
    if ctx.user.name and ctx.may("view.save"):
        keep_usual_view(OPENED, kept, ctx.user)


def show_choices(title: str, choices: Iterable[tuple[str, str, str]]) -> None:
    """Show links to choose from, each with its address, words and a note; nothing for none."""
    lines = [
        Html(
            '<li><a class="hp-link" href="{}" target="_self">{}</a> '
            '<span class="hp-under">{}</span></li>'
        ).format(*choice)
        for choice in choices
    ]
    if lines:
        heading = Html('<h3 class="hp-sub">{}</h3>').format(title)
        look = "hp-columns" if len(lines) > _MOST_IN_ONE_COLUMN else "hp-places"
        show_markup(Html('{}<ul class="{}">{}</ul>').format(heading, look, join_markup(lines)))


def _read_kept(ctx: PageContext) -> dict[str, str]:
    slot = _name_slot(ctx)
    if slot not in st.session_state:
        st.session_state[slot] = read_usual_view(OPENED, ctx.user)
    kept: dict[str, str] = st.session_state[slot]
    return kept


def _name_slot(ctx: PageContext) -> str:
    return f"opened.kept-{ctx.user.name}"
