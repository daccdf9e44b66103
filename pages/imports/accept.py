"""Accepting what was planned: whole, as a draft, or not; never by a slip where figures lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports import history
from pages.review.planned_questions import count_urgent
from pages.shell.html import escape_markdown
from pages.statements.early_answers import get_early_answers
from reports.outcome.summary import describe_unread_pages
from store.imports.apply import apply_import
from store.imports.plan.drafts import save_draft
from store.imports.questions.early_answers import EarlyResult, answer_early

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.imports.plan.plan import ImportPlan


def show_accept_form(ctx: PageContext, plan: ImportPlan) -> None:
    """Offer what can be done with the plan: accept it whole, keep a draft, put it away."""
    if plan.already:
        st.info(ctx.t("imports.accept.already", number=plan.already))
    ready = not plan.already and not plan.blocked
    confirmed = _ask_confirmations(ctx, plan) if ready else []
    open_ones = {str(name) for name in plan.confirmations if name not in confirmed}
    urgent = count_urgent(plan) if ready else 0
    if urgent and not st.checkbox(
        ctx.t("imports.confirm.open_questions", count=urgent),
        key=f"import.confirm.questions-{plan.sha256[:12]}",
    ):
        open_ones |= {"open_questions"}
    help_text = ctx.t("imports.accept.not_confirmed") if ready and open_ones else None
    with st.container(horizontal=True, key="import.buttons"):
        accept = st.button(
            ctx.t("imports.accept.accept"),
            type="primary",
            disabled=not ready or bool(open_ones),
            help=help_text if ready else ctx.t("imports.accept.not_ready"),
            key="import.accept",
        )
        keep = st.button(
            ctx.t("imports.accept.draft"),
            disabled=bool(plan.already),
            key="import.draft",
        )
        away = st.button(ctx.t("imports.accept.away"), key="import.away")
    try:
        if accept:
            number = apply_import(plan, ctx.user, history.get_reason(), confirmed=confirmed)
            given = get_early_answers(plan) if ctx.may("review.decide") else {}
            early = EarlyResult()
            if given:
                early = answer_early(given, doc=plan.doc, actor=ctx.user, why=history.get_reason())
            waiting = len(plan.reviews) + plan.statement_states()["ask"] - early.answered
            said = [ctx.t("imports.accept.accepted", number=number, reviews=waiting)]
            if given:
                counts = {"count": early.answered, "left": early.left}
                said.append(ctx.t("statements.early.done", **counts))
            history.finish_import(" ".join(said))
        if keep:
            save_draft(plan.extraction, ctx.user, period=plan.period)
            history.finish_import(ctx.t("imports.accept.kept"))
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
    if away:
        history.finish_import("")


def _ask_confirmations(ctx: PageContext, plan: ImportPlan) -> list[str]:
    """Return which of the plan's confirmations were given, each by a box of its own."""
    given: list[str] = []
    for name in plan.confirmations:
        pages = describe_unread_pages(plan.extraction, ctx.language)
        label = escape_markdown(ctx.t(f"imports.confirm.{name}", pages=pages))
        if st.checkbox(label, key=f"import.confirm.{name}-{plan.sha256[:12]}"):
            given.append(name)
    return given
