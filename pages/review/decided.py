"""The latest decisions and answers, each to be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.reading_labels import format_reading, translate_term
from pages.review.queue_question import name_choice
from pages.shell.html import Html, escape_markdown, show_markup
from store.imports.column_choices import forget_column_unit
from store.imports.plan.statement_rows import REMEMBERED
from store.imports.review_queue import list_reviews, undo_decision
from store.imports.statement_answers import reopen_statement, undo_statement_answer
from store.imports.statement_queue import list_answered_statements
from store.imports.unread_answers import list_dismissed_unread, undo_dismissal

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.imports.review_queue import ReviewQuestion
    from store.imports.statement_queue import StoredStatement

MOST_DECIDED: Final = 10


def show_decided(ctx: PageContext) -> None:
    """Offer to take back the latest decisions, answers to statements, sentences left aside."""
    decided = list_reviews(state="decided")
    settled = list_answered_statements()
    answered = [one for one in settled if one.answer]
    remembered = [one for one in settled if one.statement.why == REMEMBERED]
    dismissed = list_dismissed_unread()
    count = len(decided) + len(answered) + len(remembered) + len(dismissed)
    if not count or not st.toggle(ctx.t("reviews.page.decided", count=count), key="review.decided"):
        return
    for question in decided[-MOST_DECIDED:]:
        reason = ctx.t(f"imports.reason.{question.reason}")
        line = Html(
            '<p>{}: <q lang="vi">{}</q> → <b>{}</b> <span class="hp-under">{}</span></p>'
        ).format(
            reason,
            question.raw.strip(),
            name_choice(ctx, question, question.answer),
            question.answered_by,
        )
        undo = partial(_undo_decision, ctx, question)
        _show_line(ctx, line, str(question.number), undo)
    for stored in sorted(answered, key=lambda one: one.answer)[-MOST_DECIDED:]:
        why = ctx.t("reviews.page.undo_why")
        undo = partial(undo_statement_answer, stored.key, actor=ctx.user, why=why)
        _show_line(ctx, _render_answered(ctx, stored), stored.key, undo)
    for stored in remembered[-MOST_DECIDED:]:  # refused as their pattern was, before anybody looked
        ask = partial(reopen_statement, stored.key, seen=stored.token, actor=ctx.user)
        _show_line(ctx, _render_answered(ctx, stored), stored.key, ask)
    for one in dismissed[-MOST_DECIDED:]:
        state = ctx.t("statements.state.dismissed")
        line = Html('<p>{}: <q lang="vi">{}</q></p>').format(state, one.sentence[:200])
        _show_line(ctx, line, f"u{one.number}", partial(undo_dismissal, one.number, ctx.user))


def describe_answers(ctx: PageContext) -> dict[int, str]:
    """Return what each standing decision said, by the number of its change."""
    said: dict[int, list[str]] = {}
    for question in list_reviews(state="decided"):
        text = f"“{question.raw.strip()[:60]}” → {name_choice(ctx, question, question.answer)}"
        said.setdefault(question.decision, []).append(text)
    for stored in list_answered_statements():
        if stored.answer:
            statement = stored.statement
            value = format_reading(statement, ctx.language)[:60]
            field = translate_term("field", statement.field, ctx.language)
            text = f"{statement.subject[:60] or '–'} – {field}: {value}"
            said.setdefault(int(stored.answer), []).append(text)
    return {
        number: texts[0]
        if len(texts) == 1
        else ctx.t("imports.past.answers", first=texts[0], count=len(texts) - 1)
        for number, texts in said.items()
    }


def _undo_decision(ctx: PageContext, question: ReviewQuestion) -> int:
    number = undo_decision(question.number, ctx.user, ctx.t("reviews.page.undo_why"))
    if ctx.may("import.apply"):
        forget_column_unit(question, ctx.user)
    return number


def _show_line(ctx: PageContext, line: Markup, key: str, undo: Callable[[], object]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"review.d-{key}"):
        show_markup(line)
        if st.button(ctx.t("reviews.page.undo"), key=f"review.undo-{key}"):
            try:
                undo()
            except ProjectMapError as fault:
                st.error(escape_markdown(fault))
            else:
                st.rerun()


def _render_answered(ctx: PageContext, stored: StoredStatement) -> Markup:
    """Return in one line what was answered of a statement, and by whom or why without anybody."""
    statement = stored.statement
    return Html('<p>{}: {} – {}: <b>{}</b> <span class="hp-under">{}</span></p>').format(
        ctx.t(f"statements.state.{stored.state}"),
        statement.subject[:80] or "–",
        translate_term("field", statement.field, ctx.language),
        format_reading(statement, ctx.language)[:120],
        stored.answered_by if stored.answer else translate_term("why", statement.why, ctx.language),
    )
