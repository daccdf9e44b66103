"""Text of reports and users, made safe for the two ways a page can show it.

``Html`` (markupsafe) escapes what is formatted into it; Streamlit then cleans the whole again in
the browser. ``plain`` is for labels of widgets, which Streamlit reads as Markdown: an image in one
would ask another host, a dollar sign would start a formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st
from markupsafe import Markup

from geo.i18n import DEFAULT_LANGUAGE, t

if TYPE_CHECKING:
    from collections.abc import Iterable

Html = Markup

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&^=\"'])")
_BARE_ADDRESS: Final = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)")
_ZERO_WIDTH: Final = "\u2060"


def escape_markdown(text: object) -> str:
    """Return text for a widget's label in which every character stands for itself.

    For labels, buttons and what is chosen by buttons. The options of ``selectbox`` and
    ``multiselect`` are no Markdown: escaped, they would show the backslashes.
    """
    one_line = " ".join(str(text).split())
    return _MARKDOWN.sub(r"\\\1", _BARE_ADDRESS.sub(_ZERO_WIDTH, one_line))


def join_markup(parts: Iterable[Markup], between: str = "") -> Markup:
    """Return parts that are safe already, one after the other."""
    return Markup(between).join(parts)  # noqa: S704 - ``between`` is the program's own


def render_words(text: str) -> Markup:
    """Return words of a report or of who works with it, told as Vietnamese to who hears them."""
    return Html('<span lang="vi">{}</span>').format(text) if text else Html("")


def render_remark(text: str, language: str) -> Markup:
    """Return what was noted of a fact: in Vietnamese, and said to be so where the page is not."""
    if not text or language == DEFAULT_LANGUAGE:
        return render_words(text)
    mark = Html('<span class="hp-mark">{}</span>').format(t("pages.notes.vietnamese", language))
    return Html("{} {}").format(render_words(text), mark)


def render_scrolling_table(rows: Markup, *, look: str = "") -> Markup:
    """Return a table made of rows that scrolls within itself, by the keyboard too."""
    return Html(
        '<div class="hp-scroll {}" tabindex="0"><table class="hp-table {}">{}</table></div>'
    ).format("hp-tall" if look == "tall" else "", "" if look == "tall" else look, rows)


def render_fold(title: str, body: Markup, *, opened: bool = False) -> Markup:
    """Return what stands below a title that opens and closes it."""
    return Html('<details class="hp-notes"{}><summary>{}</summary>{}</details>').format(
        Html(" open") if opened else "", title, body
    )


def mark_unsaved(html: Markup) -> Markup:
    """Return markup that says what is not saved yet: the browser asks before it leaves the page."""
    return Html('<div class="hp-unsaved">{}</div>').format(html)


def show_markup(html: Markup) -> None:
    """Show markup built with ``Html(...).format(...)``; plain text is escaped."""
    if html:
        st.html(str(Markup.escape(html)))
