"""A sentence of which something is left over: made into a statement, or nothing in it for us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.reading_labels import translate_term
from layers.statement_view.candidates import list_left_over
from pages.review.context_view import show_context
from pages.review.queue_question import SAID, SHOWN
from pages.review.statement_form import show_faults, show_statement_fields
from pages.shell.html import Html, escape_markdown, show_markup
from reports.model.statement import Statement
from store.imports.unread_answers import accept_unread, dismiss_unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext
    from store.imports.unread_answers import StoredUnread

_KEYS: Final = {"accept": "a", "more": "s", "nothing": "x", "skip": "n"}


def show_unread_question(ctx: PageContext, stored: StoredUnread) -> bool:
    """Show a sentence with what is left over of it; return whether the reader puts it off."""
    unread = stored.sentence
    left, right = st.columns([4, 6], gap="medium")
    with left:
        titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
        show_markup(
            Html('<h3 class="hp-title">{}</h3><div class="hp-under">{} · {}</div>').format(
                translate_term("unread", unread.why, ctx.language).capitalize(),
                str(titles.get(stored.doc, stored.doc)),
                ctx.t("pages.source.line", line=unread.place.line_from),
            )
        )
        context = show_context(ctx, stored.doc, unread)
    with right:
        return _show_form(ctx, stored, context)


def _show_form(ctx: PageContext, stored: StoredUnread, context: str) -> bool:
    unread = stored.sentence
    left_over = list_left_over(unread)
    key = stored.key
    with st.form(f"review.unread-{key}", border=True):
        with st.container(horizontal=True, key=f"review.buttons-{key}"):
            pressed = {
                name: st.form_submit_button(
                    ctx.t(f"statements.unread_ask.{name}"),
                    type="primary" if name == "accept" else "secondary",
                    shortcut=shortcut,
                    key=f"review.{name}-{key}",
                )
                for name, shortcut in _KEYS.items()
            }
        stated = ""
        if left_over:
            stated = st.selectbox(
                ctx.t("statements.ask.left_over"),
                left_over,
                key=f"review.left-{key}",
            )
        statement = propose_statement(stored, left_over[0] if left_over else "")
        typed = show_statement_fields(ctx, statement, key, context=context)
        why = st.text_input(
            ctx.t("statements.ask.note"),
            max_chars=300,
            placeholder=ctx.t("statements.ask.note_example"),
            label_visibility="collapsed",
            key=f"review.why-{key}",
        ).strip()
    if (pressed["accept"] or pressed["more"]) and not show_faults(typed):
        more = pressed["more"]

        def accept() -> None:
            done = accept_unread(
                key,
                typed.fields,
                seen=stored.token,
                actor=ctx.user,
                why=why,
                item=typed.item,
                stated=stated,
                keep_open=more,
            )
            st.session_state[SAID] = ctx.t("statements.ask.done", count=1, facts=done.facts)

        _answer(accept)
    if pressed["nothing"]:

        def dismiss() -> None:
            dismiss_unread(key, seen=stored.token, actor=ctx.user, why=why)
            st.session_state[SAID] = ctx.t("statements.unread_ask.dismissed")

        _answer(dismiss)
    return pressed["skip"]


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


def _answer(give: Callable[[], None]) -> None:
    try:
        give()
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state[SHOWN] = ""
    st.rerun()
