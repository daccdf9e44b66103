"""The lines round a sentence as its document has them, every candidate marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.statement_view.marking import mark_lines
from layers.statement_view.sentences import SentenceLayout, SentenceLine, lay_out_sentences
from pages.shell.html import Html, show_markup
from pages.statements.marked_text import render_fate_legend, render_lines
from reports.model.statement import StatementReading
from reports.statements.sections import find_section, list_sections
from store.imports.plan.drafts import load_extraction
from store.imports.plan.learned import is_section_telling
from store.imports.statement_queue import list_statements
from store.imports.unread_answers import list_unread

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import PageContext
    from reports.model.extraction import Extraction
    from reports.model.statement import Statement, UnreadSentence

AROUND: Final = 2
"""Lines shown before and after a sentence."""

_KEPT: Final = "review.document"
_SECTIONS: Final = "review.sections"
_STATES: Final = ("sure", "ask", "accepted", "corrected")


def show_context(
    ctx: PageContext, doc: str, about: Statement | UnreadSentence, *, key: str = ""
) -> str:
    """Show a sentence in its paragraph and return the words of the lines shown.

    ``key`` is the stored statement that is asked about: its candidates stand out.
    """
    layout, number = _lay_out(ctx, doc, about, key)
    shown = _choose_lines(layout, about)
    runs = mark_lines(layout, shown, ctx.facts.commune_names)
    place = about.place
    inside = [
        line.place.line_from
        for line in shown
        if line.place.line_from <= place.line_to and line.place.line_to >= place.line_from
    ]
    body = render_lines(ctx, layout, shown, runs, inside=inside, links=False, own=number)
    show_markup(render_fate_legend(ctx))
    show_markup(_frame(ctx, body))
    return "\n".join(line.text for line in shown)


def _frame(ctx: PageContext, body: Markup) -> Markup:
    return Html(
        '<div class="hp-file hp-sentences hp-context" tabindex="0" role="region" '
        'aria-label="{}">{}</div>'
    ).format(ctx.t("statements.page.label"), body)


def _lay_out(
    ctx: PageContext, doc: str, about: Statement | UnreadSentence, key: str
) -> tuple[SentenceLayout, int]:
    """Return the document's lines with what the store holds of them, and the number of ``key``.

    Of a document that was not imported as a file only the sentence itself is there.
    """
    read = _load_document(ctx, doc)
    stored = list_statements(_STATES, doc=doc)
    number = next((at for at, one in enumerate(stored) if one.key == key), -1)
    unread = tuple(one.sentence for one in list_unread(doc=doc))
    reading = StatementReading(tuple(one.statement for one in stored), unread)
    if read is not None:
        return lay_out_sentences(replace(read, reading=reading)), number
    line = SentenceLine(
        about.place,
        about.sentence,
        statements=(number,) if number >= 0 else (),
        unread=tuple(at for at, one in enumerate(unread) if one == about),
    )
    return SentenceLayout((line,), reading, {}, (about.place.line_from,)), number


def get_section(ctx: PageContext, doc: str, statement: Statement) -> str:
    """Return the heading, or the line of a list, that a statement stands under; '' for none."""
    read = _load_document(ctx, doc)
    if read is None:
        return ""
    kept = st.session_state.get(_SECTIONS)
    if kept is None or kept[0] is not read:
        kept = (read, list_sections(read.document))
        st.session_state[_SECTIONS] = kept
    section = find_section(kept[1], statement)
    return section if is_section_telling(section) else ""


def _load_document(ctx: PageContext, doc: str) -> Extraction | None:
    """Return what was read of a document, kept in the session: it may be long."""
    kept: tuple[str, Extraction | None] | None = st.session_state.get(_KEPT)
    if kept is None or kept[0] != doc:
        known = ctx.facts.documents.set_index("doc")["sha256"]
        read = load_extraction(str(known[doc])) if doc in known.index else None
        kept = (doc, read)
        st.session_state[_KEPT] = kept
    return kept[1]


def _choose_lines(layout: SentenceLayout, about: Statement | UnreadSentence) -> list[SentenceLine]:
    """Return the lines of a sentence with some before and after."""
    place = about.place
    inside = [
        at
        for at, line in enumerate(layout.lines)
        if line.place.line_from <= place.line_to and line.place.line_to >= place.line_from
    ]
    if not inside:
        return [SentenceLine(place, about.sentence)]
    return list(layout.lines[max(inside[0] - AROUND, 0) : inside[-1] + AROUND + 1])
