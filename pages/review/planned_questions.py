"""The questions of a planned import, answered before it is accepted: what holds figures back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.review.column_rows import show_column_rows
from pages.review.queue_answer import ask_own_answer
from pages.review.queue_question import list_answers, name_choice
from pages.shell.html import Html, escape_markdown, join_markup, render_fold, show_markup
from pages.statements.early_answers import show_early_answers
from pages.widgets.file_links import name_place
from pages.widgets.tables import render_table
from reports.model.document import SourcePlace
from store.imports.column_choices import forget_column_unit, remember_column_unit
from store.imports.plan.resolutions import DIFFERENCE
from store.imports.plan.review_rows import COLUMN_UNIT, PLACE, REOPENED
from store.imports.questions.shared import (
    find_pattern,
    group_same,
    is_urgent,
    list_items,
    rank_urgency,
)
from store.imports.review_queue import make_planned_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.imports.plan.plan import ImportPlan
    from store.imports.plan.review_rows import ReviewRow

_ANSWERS: Final = "import.answers"
"""By document: the answers given so far, by the fingerprint of their questions."""

_LAST: Final = "import.last_answer"
"""The fingerprints of the questions answered last."""


def get_given_answers(sha256: str) -> dict[str, str]:
    """Return the answers given before a document is accepted, by fingerprint."""
    return dict(st.session_state.get(_ANSWERS, {}).get(sha256, {}))


def forget_last_answer(sha256: str) -> bool:
    """Forget the answer given last to a document's questions, else all; False if there is none."""
    given = get_given_answers(sha256)
    last = st.session_state.pop(_LAST, ())
    kept = {mark: answer for mark, answer in given.items() if mark not in last}
    _keep_answers(sha256, kept if len(kept) < len(given) else {})
    return bool(given)


def count_urgent(plan: ImportPlan) -> int:
    """Return how many open questions hold back figures, places or items that are known."""
    return sum(is_urgent(same[0]) for same in _group(plan.reviews))


def show_questions(ctx: PageContext, plan: ImportPlan) -> None:
    """Show what has to be answered first, what was answered already, and what can wait."""
    urgent = [same for same in _group(plan.reviews) if is_urgent(same[0])]
    held = {id(review) for same in urgent for review in same}
    waiting = [review for review in plan.reviews if id(review) not in held]
    if urgent:
        title = ctx.t("imports.queue.urgent", count=len(urgent))
        show_markup(Html("<h4>{}</h4>").format(title))
    for same in urgent:
        _show_question(ctx, plan, same)
    _show_settled(ctx, plan)
    show_early_answers(ctx, plan)
    if waiting:
        _show_waiting(ctx, waiting)


def _group(reviews: Sequence[ReviewRow]) -> list[list[ReviewRow]]:
    """Return the questions that ask one thing together, what has to be answered first."""
    return group_same(sorted(reviews, key=rank_urgency))


def _show_question(ctx: PageContext, plan: ImportPlan, same: Sequence[ReviewRow]) -> None:
    """Show a question, however often and in whatever spelling it is asked."""
    review = same[0]
    question = make_planned_question(review)
    key = review.fingerprint[:12]
    with st.container(border=True, key=f"import.question-{key}"):
        show_markup(
            Html('<b>{}</b>: <q lang="vi">{}</q> {}<div class="hp-under">{}</div>').format(
                ctx.t(f"imports.reason.{review.reason}"),
                _join_words(same, 200),
                join_markup(Html("{} ").format(_link_place(ctx, one)) for one in same),
                _say_about(ctx, plan, review),
            )
        )
        show_column_rows(ctx, review)
        with st.container(horizontal=True, key=f"import.answers-{key}"):
            for position, (choice, label) in enumerate(list_answers(ctx, question)):
                if st.button(escape_markdown(label), key=f"import.answer-{key}-{position}"):
                    _give(ctx, plan, same, choice)
        if review.reason not in DIFFERENCE | {COLUMN_UNIT} and st.toggle(
            ctx.t("imports.queue.other"), key=f"import.other-{key}"
        ):
            own = ask_own_answer(ctx, question)
            if st.button(ctx.t("reviews.page.take"), disabled=not own, key=f"import.take-{key}"):
                _give(ctx, plan, same, own)


def _join_words(same: Sequence[ReviewRow], longest: int) -> str:
    return " / ".join(dict.fromkeys(one.raw.strip()[:longest] for one in same))


def _say_about(ctx: PageContext, plan: ImportPlan, review: ReviewRow) -> str:
    """Return which items a question is about, and what is asked of them."""
    detail = "" if review.reason in PLACE else review.detail
    return ": ".join(filter(None, (_name_items(ctx, plan, review), detail)))


def _name_items(ctx: PageContext, plan: ImportPlan, review: ReviewRow) -> str:
    """Return the items that a question is about, without those that it names in its own words."""
    names = {**ctx.facts.item_names, **_list_new_names(plan)}
    called = [
        (one.get("name"), f"{one['item']} · {names.get(one['item'], '')}")
        for one in list_items(review)
        if names.get(one["item"], one["item"]) not in f"{review.raw} {review.detail}"
    ]
    return ", ".join(name or code for name, code in called)


def _list_new_names(plan: ImportPlan) -> dict[str, str]:
    return {
        str(change.after["item"]): str(change.after["name"])
        for change in plan.changes
        if change.table == "items" and change.after
    }


def _show_settled(ctx: PageContext, plan: ImportPlan) -> None:
    """List what was answered: here, to be taken back, or for an earlier report."""
    if not plan.settled:
        return
    settled = {one.review.fingerprint: one for one in plan.settled}
    groups = group_same(one.review for one in settled.values())
    title = ctx.t("imports.queue.settled", count=len(groups))
    with st.expander(escape_markdown(title), expanded=False):
        for same in groups:
            one = settled[same[0].fingerprint]
            key = one.review.fingerprint[:12]
            question = make_planned_question(one.review)
            mark = ctx.t(f"imports.queue.{'remembered' if one.remembered else 'now'}")
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"import.settled-{key}"
            ):
                show_markup(
                    Html(
                        '<p>{} <q lang="vi">{}</q> → <b>{}</b> <span class="hp-mark">{}</span></p>'
                    ).format(
                        _name_items(ctx, plan, one.review),
                        _join_words(same, 120),
                        name_choice(ctx, question, one.choice),
                        mark,
                    )
                )
                if st.button(ctx.t("reviews.page.undo"), key=f"import.reask-{key}"):
                    _give(ctx, plan, same, REOPENED)


def _show_waiting(ctx: PageContext, waiting: list[ReviewRow]) -> None:
    """List what can wait, by pattern."""
    groups = Counter(map(find_pattern, waiting))
    title = ctx.t("imports.queue.waiting", count=len(waiting), groups=len(groups))
    rows = [
        (
            ctx.t(f"imports.reason.{review.reason}"),
            review.raw.strip(),
            _link_place(ctx, review),
            review.detail,
        )
        for review in waiting
    ]
    head = [ctx.t(f"imports.queue.{name}") for name in ("reason", "raw", "place", "detail")]
    show_markup(render_fold(title, render_table(head, rows)))


def _give(ctx: PageContext, plan: ImportPlan, same: Sequence[ReviewRow], choice: str) -> None:
    """Keep an answer for this document, and plan again."""
    for review in same:
        forget_column_unit(review, ctx.user)
        remember_column_unit(review, choice, ctx.user)
    marks = [review.fingerprint for review in same]
    given = get_given_answers(plan.sha256) | dict.fromkeys(marks, choice)
    _keep_answers(plan.sha256, given)
    st.session_state[_LAST] = marks
    st.rerun()


def _keep_answers(sha256: str, kept: dict[str, str]) -> None:
    st.session_state[_ANSWERS] = st.session_state.get(_ANSWERS, {}) | {sha256: kept}


def _link_place(ctx: PageContext, review: ReviewRow) -> Markup:
    place = SourcePlace(**{"line_from": 0, "line_to": 0, **review.place})
    text = ctx.t("pages.source.line", line=place.line_from)
    return Html('<a href="#{}">{}</a>').format(name_place(place), text)
