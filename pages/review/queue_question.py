"""One question about a value, an item or a place: its words in their context, one key to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from geo.i18n import format_number
from pages.document_page import show_excerpt
from pages.shell.html import Html, escape_markdown, show_markup
from store.imports.plan.resolutions import ITEM, PLACE
from store.imports.review_queue import decide_review

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.imports.review_queue import ReviewQuestion

SHOWN: Final = "review.shown"
"""Where the session keeps which question it showed last, '' once that is answered."""

SAID: Final = "review.said"
"""Where the session keeps what came of the last answer."""

MOST_CHOICES: Final = 9


def show_queue_question(ctx: PageContext, review: ReviewQuestion) -> bool:
    """Show a question; return whether the reader puts it off."""
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
        return st.button(
            ctx.t("reviews.page.skip"), key=f"review.skip-{review.number}", shortcut="n"
        )


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
        st.session_state[SHOWN] = ""
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.rerun()
