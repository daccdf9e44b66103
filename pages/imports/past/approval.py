"""Approving a period after saying what of it is open, what was corrected since, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.period_corrections import show_correction_list
from store.analysis.contradictions import list_contradictions
from store.audit.approvals import approve_period, list_approvals, withdraw_approval
from store.facts.labels import get_period_label
from store.facts.stored.period_corrections import find_period_approval
from store.imports.contradiction_decisions import list_contradiction_decisions
from store.imports.review_queue import list_reviews
from store.imports.statement_queue import list_open_statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext

_ASKED: Final = "import.approve_asked"
"""Which period, or which approval to be taken back, the reader is asked about."""


def show_approvals(
    ctx: PageContext, get_reason: Callable[[], str], finish: Callable[[str], None]
) -> None:
    """Show every period with its approval; offer to approve it, and to take that back."""
    show_markup(Html("<h2>{}</h2>").format(ctx.t("imports.approve.title")))
    approved = {approval.period: approval for approval in list_approvals().itertuples(index=False)}
    for row in ctx.facts.periods.sort_values("as_of", ascending=False).itertuples(index=False):
        _show_period(ctx, str(row.period), approved.get(row.period), get_reason, finish)


def _show_period(
    ctx: PageContext,
    period: str,
    approval: Any,
    get_reason: Callable[[], str],
    finish: Callable[[str], None],
) -> None:
    label = get_period_label(ctx.facts, period, ctx.language)
    key = f"{'withdraw' if approval is not None else 'approve'}-{period}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"import.period-{period}"):
        if approval is None:
            line = ctx.t("imports.approve.open", period=label)
        else:
            line = ctx.t(
                "imports.approve.done",
                period=label,
                actor=approval.actor,
                at=ctx.moment(approval.at),
                count=approval.corrections,
            )
        show_markup(Html("<p>{}</p>").format(line))
        button = "approve" if approval is None else "withdraw"
        if (
            ctx.may("period.approve")
            and st.session_state.get(_ASKED) != key
            and st.button(ctx.t(f"imports.approve.{button}"), key=f"import.{key}")
        ):
            st.session_state[_ASKED] = key
            st.rerun()
    if st.session_state.get(_ASKED) == key and ctx.may("period.approve"):
        _ask(ctx, period, key, get_reason, finish)
    _show_corrections(ctx, period)


def _ask(
    ctx: PageContext,
    period: str,
    key: str,
    get_reason: Callable[[], str],
    finish: Callable[[str], None],
) -> None:
    """Say what approving, or taking it back, means, and do it once that is confirmed."""
    withdrawing = key.startswith("withdraw")
    label = get_period_label(ctx.facts, period, ctx.language)
    with st.container(border=True, key="import.approve_box"):
        if withdrawing:
            st.warning(ctx.t("imports.approve.withdraw_means", period=label))
        else:
            lines = _list_open(ctx, period)
            items = join_markup(Html("<li>{}</li>").format(line) for line in lines)
            show_markup(
                Html(
                    '<p><b>{}</b></p><ul class="hp-mind">{}</ul><p class="hp-under">{}</p>'
                ).format(
                    ctx.t("imports.approve.ask", period=label),
                    items,
                    ctx.t("imports.approve.means"),
                )
            )
        with st.container(horizontal=True, key="import.approve_buttons"):
            yes = st.button(
                ctx.t(f"imports.approve.{'withdraw' if withdrawing else 'approve'}_yes"),
                type="primary",
                key="import.approve_yes",
            )
            no = st.button(ctx.t("imports.approve.no"), key="import.approve_no")
    if no:
        st.session_state.pop(_ASKED, None)
        st.rerun()
    if not yes:
        return
    try:
        if withdrawing:
            withdraw_approval(period, ctx.user, get_reason())
        else:
            approve_period(period, ctx.user, get_reason())
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state.pop(_ASKED, None)
    text = "withdrawn" if withdrawing else "finished"
    finish(ctx.t(f"imports.approve.{text}", period=label))


def _list_open(ctx: PageContext, period: str) -> list[str]:
    """Return in words what is still open of a period: questions, contradictions, places."""
    docs = set(ctx.facts.documents.loc[ctx.facts.documents["period"] == period, "doc"])
    questions = sum(one.doc in docs for one in list_reviews())
    statements = sum(one.doc in docs for one in list_open_statements())
    contradictions = [
        one
        for one in list_contradictions(ctx.facts, list_contradiction_decisions())
        if one.state == "open" and period in {one.a.period, one.b.period}
    ]
    facts = ctx.facts
    named = set(facts.observations.loc[facts.observations["period"] == period, "item"])
    unplaced = named - set(facts.places["item"])
    counts = {
        "questions": questions,
        "statements": statements,
        "contradictions": len(contradictions),
        "unplaced": len(unplaced),
    }
    lines = [
        ctx.t(f"imports.approve.open_{name}", count=count)
        for name, count in counts.items()
        if count
    ]
    return lines or [ctx.t("imports.approve.open_none")]


def _show_corrections(ctx: PageContext, period: str) -> None:
    """List what was corrected in a period since it was approved."""
    approval = find_period_approval(ctx.facts, period)
    if approval and approval.corrections:
        title = ctx.t("imports.approve.corrections", count=len(approval.corrections))
        show_correction_list(ctx, title, approval.corrections)
