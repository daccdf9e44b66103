"""The review queue: one question at a time, its words in their context, one key to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from geo.i18n import format_number
from pages.document_page import show_excerpt
from pages.shell.form_tokens import keep_in_browser
from pages.shell.html import Html, escape_markdown, show_markup
from store.imports.plan.resolutions import ITEM, PLACE
from store.imports.review_queue import decide_review, list_reviews, undo_decision

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.imports.review_queue import ReviewQuestion

MOST_CHOICES: Final = 9
MOST_DECIDED: Final = 10
_SKIPPED: Final = "review.skipped"
_SHOWN: Final = "review.shown"


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.review")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("reviews.page.title")))
    questions = list_reviews()
    if not questions:
        show_markup(Html("<p>{}</p>").format(ctx.t("reviews.page.none")))
        _say_taken(ctx, "")
    else:
        _show_question(ctx, _choose_question(ctx, questions))
    _show_decided(ctx)


def _say_taken(ctx: PageContext, number: str) -> None:
    """Say so when the question that stood here was decided by somebody else meanwhile."""
    shown_number = st.session_state.get(_SHOWN)
    browser = keep_in_browser(_SHOWN, number, known=shown_number is not None)
    last = browser if shown_number is None else str(shown_number)
    st.session_state[_SHOWN] = number
    if last in {"", number}:
        return
    taken = [question for question in list_reviews(state="decided") if str(question.number) == last]
    if taken:
        st.info(escape_markdown(ctx.t("reviews.page.taken", raw=taken[0].raw)))


def _choose_question(ctx: PageContext, questions: list[ReviewQuestion]) -> ReviewQuestion:
    """Return the question to show: the first of the chosen reason that was not put off."""
    counts: dict[str, int] = {}
    for question in questions:
        counts[question.reason] = counts.get(question.reason, 0) + 1
    reasons = ["", *counts]
    reason = st.selectbox(
        ctx.t("reviews.page.reason"),
        reasons,
        format_func=lambda key: (
            f"{ctx.t(f'imports.reason.{key}')} ({counts[key]})"
            if key
            else ctx.t("reviews.page.all", count=len(questions))
        ),
        key="review.reason",
    )
    offered = [question for question in questions if not reason or question.reason == reason]
    skipped: set[int] = st.session_state.setdefault(_SKIPPED, set())
    return next((question for question in offered if question.number not in skipped), offered[0])


def _show_question(ctx: PageContext, review: ReviewQuestion) -> None:
    _say_taken(ctx, str(review.number))
    titles = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["title"], strict=True))
    line = int(review.place.get("line_from") or 0)
    show_markup(
        Html(
            '<h3 class="hp-title">{}: <q>{}</q></h3><div class="hp-under">{} · {}</div><p>{}</p>'
        ).format(
            ctx.t(f"imports.reason.{review.reason}"),
            review.raw,
            titles.get(review.doc, review.doc),
            ctx.t("pages.source.line", line=line),
            review.detail,
        )
    )
    show_excerpt(ctx, review.doc, line, int(review.place.get("line_to") or line), review.raw)
    if review.candidates and review.reason not in ITEM | PLACE:
        may = ", ".join(
            format_number(int(choice), 0, ctx.language) if choice.isdecimal() else choice
            for choice, _ in review.candidates
        )
        show_markup(Html("<p>{}</p>").format(ctx.t("reviews.page.may", values=may)))
    choices = _list_choices(ctx, review)
    for position, (choice, label) in enumerate(choices[:MOST_CHOICES], start=1):
        if st.button(
            escape_markdown(f"{position}. {label}"),
            key=f"review.choose-{review.number}-{position}",
            shortcut=str(position),
            width="stretch",
        ):
            _save_decision(ctx, review, choice)
    own = st.text_input(
        ctx.t("reviews.page.own"), key=f"review.own-{review.number}", max_chars=200
    ).strip()
    with st.container(horizontal=True, key="review.more"):
        if st.button(
            ctx.t("reviews.page.take"), disabled=not own, key=f"review.take-{review.number}"
        ):
            _save_decision(ctx, review, own)
        if st.button(ctx.t("reviews.page.skip"), key=f"review.skip-{review.number}", shortcut="n"):
            st.session_state[_SKIPPED].add(review.number)
            st.rerun()


def _list_choices(ctx: PageContext, review: ReviewQuestion) -> list[tuple[str, str]]:
    """Return what may be chosen with what it says: candidates with their score first."""
    communes = ctx.facts.commune_names
    items = ctx.facts.item_names

    def format_choice(choice: str) -> str:
        if review.reason in PLACE:
            return ", ".join(communes.get(code, code) for code in choice.split())
        return str(items.get(choice, choice))

    candidates = [
        (
            choice,
            ctx.t("reviews.page.candidate", name=format_choice(choice), percent=round(100 * score)),
        )
        for choice, score in review.candidates
        if review.reason in ITEM | PLACE  # a value's readings are told, not taken as they stand
    ]
    return [*candidates, *((word, ctx.t(f"reviews.choice.{word}")) for word in review.choices)]


def _save_decision(ctx: PageContext, review: ReviewQuestion, choice: str) -> None:
    try:
        decide_review(review.number, choice, ctx.user)
        st.session_state[_SHOWN] = ""
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.rerun()


def _show_decided(ctx: PageContext) -> None:
    """Offer to take back the latest decisions."""
    decided = list_reviews(state="decided")
    if not decided or not st.toggle(
        ctx.t("reviews.page.decided", count=len(decided)), key="review.decided"
    ):
        return
    for question in decided[-MOST_DECIDED:]:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"review.d-{question.number}"
        ):
            reason = ctx.t(f"imports.reason.{question.reason}")
            show_markup(Html("<p>{}: <q>{}</q></p>").format(reason, question.raw))
            if st.button(ctx.t("reviews.page.undo"), key=f"review.undo-{question.number}"):
                try:
                    undo_decision(question.number, ctx.user)
                except ProjectMapError as fault:
                    st.error(escape_markdown(fault))
                else:
                    st.rerun()
