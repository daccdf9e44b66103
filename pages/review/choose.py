"""Which question is shown: narrowed to a document and a reason, those put off last."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

import streamlit as st

from layers.labels.reading_labels import translate_term
from pages.shell.html import Html, show_markup
from store.imports.review_queue import ReviewQuestion
from store.imports.statement_queue import StoredStatement
from store.imports.unread_answers import StoredUnread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages.shell.context import PageContext

Question: TypeAlias = ReviewQuestion | StoredStatement | StoredUnread

_UNREAD: Final = "unread"
_STATEMENT: Final = "statement"


def choose_question(
    ctx: PageContext, questions: Sequence[Question], skipped: Mapping[str, int]
) -> Question | None:
    """Offer the documents and reasons; return the question to show, the first not put off.

    ``skipped`` counts up as questions are put off: once all were, they come round again.

    Sentences of which something is left over come after all that was asked, or where their
    reason is chosen.
    """
    title = Html("<h2>{}</h2>").format(ctx.t("reviews.page.title"))
    if not questions:
        show_markup(title)
        return None
    with st.container(horizontal=True, vertical_alignment="center", key="review.choose"):
        show_markup(title)
        docs = Counter(question.doc for question in questions)
        titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
        doc = _ask(
            ctx.t("statements.ask.document"),
            docs,
            ctx.t("statements.ask.all_documents", count=len(questions)),
            lambda key: str(titles.get(key, key)),
            "review.doc",
        )
        offered = [question for question in questions if not doc or question.doc == doc]
        reason = _ask(
            ctx.t("reviews.page.reason"),
            Counter(map(get_reason, offered)),
            ctx.t("statements.ask.all_reasons", count=len(offered)),
            lambda key: _name_reason(ctx, key),
            "review.reason",
        )
    offered = [question for question in offered if not reason or get_reason(question) == reason]
    return min(offered, key=lambda one: skipped.get(get_question_key(one), 0))


def get_question_key(question: Question) -> str:
    """Return what a question is known by."""
    return str(question.number) if isinstance(question, ReviewQuestion) else question.key


def get_reason(question: Question) -> str:
    """Return why something is asked."""
    if isinstance(question, ReviewQuestion):
        return question.reason
    if isinstance(question, StoredUnread):
        return _UNREAD
    return f"{_STATEMENT} {question.statement.why or 'other'}"


def _name_reason(ctx: PageContext, reason: str) -> str:
    kind, _, why = reason.partition(" ")
    if kind == _STATEMENT:
        return translate_term("why", why, ctx.language)
    if kind == _UNREAD:
        return ctx.t("statements.status.unread")
    return ctx.t(f"imports.reason.{reason}")


def _ask(
    label: str,
    counts: Counter[str],
    everything: str,
    name: Callable[[str], str],
    key: str,
) -> str:
    """Offer what there is with how much of it, the whole first."""
    options = ["", *counts]
    if st.session_state.get(key, "") not in options:
        st.session_state.pop(key, None)
    return str(
        st.selectbox(
            label,
            options,
            format_func=lambda one: f"{name(one)} ({counts[one]})" if one else everything,
            label_visibility="collapsed",
            key=key,
        )
    )
