"""The review queue: one question at a time, its words in their context, one key to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.edit.approved_note import show_approved_note
from pages.review.choose import choose_question, get_question_key
from pages.review.decided import show_decided
from pages.review.open_counts import show_open_counts, show_unplaced
from pages.review.queue_question import SAID, SHOWN, show_queue_question
from pages.review.statement_question import show_statement_question
from pages.review.unread_question import show_unread_question
from pages.shell.form_tokens import keep_in_browser
from pages.shell.html import Html, escape_markdown, show_markup
from store.imports.questions.shared import find_pattern, find_same, group_same, rank_urgency
from store.imports.review_queue import ReviewQuestion, list_reviews
from store.imports.statement_queue import (
    StoredStatement,
    list_answered_statements,
    list_open_statements,
)
from store.imports.unread_answers import list_unread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.review.choose import Question
    from pages.shell.context import PageContext

_SKIPPED: Final = "review.skipped"


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.review")
    statements = list_open_statements()
    reviews = sorted(list_reviews(), key=rank_urgency)
    unread = list_unread()
    asked = [same[0] for same in group_same(reviews)]
    questions: list[Question] = [*asked, *statements, *unread]
    skipped: dict[str, int] = st.session_state.setdefault(_SKIPPED, {})
    question = choose_question(ctx, questions, skipped)
    if questions:
        show_open_counts(ctx, reviews, statements, len(unread))
    said = st.session_state.pop(SAID, "")
    if said:
        st.success(escape_markdown(said))
    _say_taken(ctx, get_question_key(question) if question else "", questions)
    if question is None:
        show_markup(Html("<p>{}</p>").format(ctx.t("reviews.page.none")))
    elif _show_question(ctx, question, reviews, statements):
        skipped[get_question_key(question)] = max(skipped.values(), default=0) + 1
        st.rerun()
    show_unplaced(ctx)
    show_decided(ctx)


def _show_question(
    ctx: PageContext,
    question: Question,
    reviews: Sequence[ReviewQuestion],
    statements: Sequence[StoredStatement],
) -> bool:
    """Show a question in the way of its kind; return whether the reader puts it off."""
    show_approved_note(ctx, [question.period], texts="reviews.page")
    if isinstance(question, ReviewQuestion):
        pattern, what = find_pattern(question), find_same(question)
        same = [one for one in reviews if find_same(one) == what and one != question]
        alike = [one for one in reviews if find_pattern(one) == pattern and find_same(one) != what]
        return show_queue_question(ctx, question, same, alike)
    if not isinstance(question, StoredStatement):
        return show_unread_question(ctx, question)
    group = question.doc, question.pattern
    others = [one for one in statements if (one.doc, one.pattern) == group and one != question]
    return show_statement_question(ctx, question, others)


def _say_taken(ctx: PageContext, key: str, questions: Sequence[Question]) -> None:
    """Say so when the question that stood here was decided by somebody else meanwhile."""
    shown = st.session_state.get(SHOWN)
    browser = keep_in_browser(SHOWN, key, known=shown is not None)
    last = browser if shown is None else str(shown)
    st.session_state[SHOWN] = key
    if last in {"", key} or last in map(get_question_key, questions):
        return
    decided = {str(one.number): one.raw for one in list_reviews(state="decided")}
    decided |= {one.key: one.statement.sentence for one in list_answered_statements()}
    st.info(escape_markdown(ctx.t("reviews.page.taken", raw=decided.get(last, "…")[:200])))
