"""One question about a value, an item or a place: its words in their context, one key to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import format_figure_value
from layers.labels.reading_labels import format_exactly
from pages.document_page import show_excerpt
from pages.review.column_rows import show_column_rows
from pages.review.queue_answer import (
    ask_alike,
    ask_items,
    ask_note,
    ask_own_answer,
    ask_same,
    name_field,
)
from pages.shell.html import Html, escape_markdown, show_markup
from reports.model.statement import MONEY_FIELDS
from store.facts.labels import translate_word
from store.imports.column_choices import remember_column_unit
from store.imports.plan.resolutions import VALUE, get_asked_field
from store.imports.plan.review_rows import COLUMN_UNIT, ITEM, PLACE
from store.imports.review_queue import add_newer_items, decide_review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.shell.context import PageContext
    from store.imports.review_queue import ReviewQuestion

SHOWN: Final = "review.shown"
"""Where the session keeps which question it showed last, '' once that is answered."""

SAID: Final = "review.said"
"""Where the session keeps what came of the last answer."""

_OWN_WORDS: Final = frozenset({"place_moved", "not_named", "named_again", COLUMN_UNIT})
"""Reasons whose answers have words of their own."""

MOST_CHOICES: Final = 7
"""Candidates that have a key of their own; what holds of every question follows them."""


def show_queue_question(
    ctx: PageContext,
    review: ReviewQuestion,
    same: Sequence[ReviewQuestion] = (),
    alike: Sequence[ReviewQuestion] = (),
) -> bool:
    """Show a question; return whether the reader puts it off.

    ``same`` ask the same in other words or documents, ``alike`` are the others of its pattern.
    """
    review = add_newer_items(review)
    titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
    line = int(review.place.get("line_from") or 0)
    show_markup(
        Html(
            '<h3 class="hp-title">{}: <q lang="vi">{}</q></h3>'
            '<div class="hp-under">{} · {}</div><p>{}</p>'
        ).format(
            ctx.t(f"imports.reason.{review.reason}"),
            review.raw.strip(),
            titles.get(review.doc, review.doc),
            ctx.t("pages.source.line", line=line),
            "" if review.reason in PLACE else review.detail,
        )
    )
    show_column_rows(ctx, review)
    items = ask_items(ctx, review)
    show_excerpt(ctx, review.doc, line, int(review.place.get("line_to") or line), review.raw)
    together = [*ask_same(ctx, review, same), *ask_alike(ctx, review, alike)]
    # What changes a figure of an approved period needs a reason.
    why = ask_note(ctx, str(review.number)) if review.period in ctx.facts.approvals else ""
    for position, (choice, label) in enumerate(list_answers(ctx, review), start=1):
        if st.button(
            escape_markdown(f"{position}. {label}"),
            key=f"review.choose-{review.number}-{position}",
            shortcut=str(position),
            width="stretch",
        ):
            _save_decision(ctx, review, choice, items, together, why=why)
    own = ask_own_answer(ctx, review)
    with st.container(horizontal=True, key="review.more"):
        if st.button(
            ctx.t("reviews.page.take"), disabled=not own, key=f"review.take-{review.number}"
        ):
            _save_decision(ctx, review, own, items, together, why=why)
        return st.button(
            ctx.t("reviews.page.skip"), key=f"review.skip-{review.number}", shortcut="n"
        )


def list_answers(ctx: PageContext, review: ReviewQuestion) -> list[tuple[str, str]]:
    """Return what may be chosen with what it says: candidates first, then what always can be."""
    answers = [
        (choice, _name_candidate(ctx, review, choice, score))
        for choice, score in review.candidates
        if choice not in review.choices
    ]
    if review.reason in VALUE:
        answers = [(choice, label) for choice, label in answers if label]
    words = [(word, name_choice(ctx, review, word)) for word in review.choices]
    return [*answers[:MOST_CHOICES], *words]


def _name_candidate(ctx: PageContext, review: ReviewQuestion, choice: str, score: float) -> str:
    """Return what a candidate says; '' for a value of which the field is not known."""
    if review.reason in VALUE:
        field = get_asked_field(review)
        if not field:
            return ""
        return f"{name_field(ctx, field)}: {_write(ctx, field, choice)}"
    named = name_choice(ctx, review, choice)
    return ctx.t("reviews.page.candidate", name=named, percent=round(100 * score))


def name_choice(ctx: PageContext, review: ReviewQuestion, choice: str) -> str:
    """Return an answer to a question in words: of a word that is offered, communes, an item."""
    if review.reason == COLUMN_UNIT and choice == review.payload["unit"]:
        unit = translate_word("measure_unit", choice, ctx.language) or choice
        return ctx.t("reviews.choice.column_unit", unit=unit)
    if choice in review.choices:
        own = f"{review.reason}_" if review.reason in _OWN_WORDS else ""
        return ctx.t(f"reviews.choice.{own}{choice}")
    if review.reason in PLACE:
        names = ctx.facts.commune_names
        return ", ".join(names.get(code, code) for code in choice.split())
    if review.reason in ITEM:
        return str(ctx.facts.item_names.get(choice, choice))
    field, apart, value = choice.partition("=")
    if not apart:
        field, value = get_asked_field(review), choice
    if not field:
        return choice
    return f"{name_field(ctx, field)}: {_write(ctx, field, value)}"


def _write(ctx: PageContext, field: str, text: str) -> str:
    """Return a reading with all its digits: those of one number may differ by a thousand."""
    try:
        money = field.endswith("_mvnd") or field in MONEY_FIELDS
        billions = float(text) / 1000 if money else None
    except ValueError:
        billions = None
    if billions is None:
        return format_figure_value(field, text, ctx.language)
    return ctx.t("geo.unit.billion_vnd", amount=format_exactly(billions, ctx.language))


def _save_decision(
    ctx: PageContext,
    review: ReviewQuestion,
    choice: str,
    items: Sequence[str] | None,
    alike: Sequence[ReviewQuestion],
    *,
    why: str,
) -> None:
    numbers = [one.number for one in alike]
    try:
        decide_review(review.number, choice, ctx.user, why, items=items, alike=numbers)
        if ctx.may("import.apply"):
            remember_column_unit(review, choice, ctx.user)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state[SHOWN] = ""
    text = ctx.t(
        "reviews.page.said",
        raw=review.raw.strip()[:80],
        answer=name_choice(ctx, review, choice),
        count=1 + len(alike),
    )
    st.session_state[SAID] = text
    st.rerun()
