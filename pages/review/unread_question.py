"""A sentence of which something is left over: made into a statement, or nothing in it for us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.labels.reading_labels import translate_term
from layers.statement_view.candidates import list_left_over
from pages.review.answer_form import give_answer, show_buttons, show_head
from pages.review.context_view import show_context
from pages.review.queue_answer import ask_note
from pages.review.statement_form import show_faults, show_statement_fields
from reports.model.statement import Statement
from store.imports.unread_answers import accept_unread, dismiss_unread

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.imports.unread_answers import StoredUnread

_KEYS: Final = {"accept": "a", "more": "s", "nothing": "x", "skip": "n"}


def show_unread_question(ctx: PageContext, stored: StoredUnread) -> bool:
    """Show a sentence with what is left over of it; return whether the reader puts it off."""
    unread = stored.sentence
    left, right = st.columns([4, 6], gap="medium")
    with left:
        title = translate_term("unread", unread.why, ctx.language).capitalize()
        show_head(ctx, title, stored.doc, unread.place.line_from)
        context = show_context(ctx, stored.doc, unread)
    with right:
        return _show_form(ctx, stored, context)


def _show_form(ctx: PageContext, stored: StoredUnread, context: str) -> bool:
    unread = stored.sentence
    left_over = list_left_over(unread)
    key = stored.key
    with st.form(f"review.unread-{key}", border=True):
        buttons = {
            name: (ctx.t(f"statements.unread_ask.{name}"), shortcut)
            for name, shortcut in _KEYS.items()
        }
        pressed = show_buttons(key, buttons)
        stated = ""
        if left_over:
            stated = st.selectbox(
                ctx.t("statements.ask.left_over"),
                left_over,
                key=f"review.left-{key}",
            )
        statement = propose_statement(stored, left_over[0] if left_over else "")
        typed = show_statement_fields(ctx, statement, key, context=context)
        why = ask_note(ctx, key)
    if pressed in {"accept", "more"} and not show_faults(typed):

        def accept() -> str:
            done = accept_unread(
                key,
                typed.fields,
                seen=stored.token,
                actor=ctx.user,
                why=why,
                item=typed.item,
                stated=stated,
                keep_open=pressed == "more",
            )
            text = "done" if done.facts else "done_kept"
            return ctx.t(f"statements.ask.{text}", count=1, facts=done.facts)

        give_answer(accept)
    if pressed == "nothing":

        def dismiss() -> str:
            dismiss_unread(key, seen=stored.token, actor=ctx.user, why=why)
            return ctx.t("statements.unread_ask.dismissed")

        give_answer(dismiss)
    return pressed == "skip"


def propose_statement(stored: StoredUnread, stated: str) -> Statement:
    """Return an empty statement of a sentence, with the words that are left over as its value."""
    unread = stored.sentence
    start = max(unread.sentence.find(stated), 0) if stated else 0
    return Statement(
        subject="",
        subject_kind="project",
        field="",
        value=stated,
        sentence=unread.sentence,
        place=unread.place,
        start=start,
        end=start + len(stated),
        stated=stated,
        status="ask",
        why=unread.why,
    )
