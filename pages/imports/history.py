"""What was imported, put aside and approved, and who did it; each can be taken up or back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell.html import Html, escape_markdown, show_markup
from store.audit.approvals import approve_period, list_approvals
from store.imports.apply import UNDOABLE, list_imports, undo_import
from store.imports.plan.drafts import delete_draft, list_drafts, load_draft

if TYPE_CHECKING:
    from pages.shell.context import PageContext

READ: Final = "import.read"
"""Where the session keeps the report that was read and not yet accepted."""

FILE: Final = "import.file"
"""Where it keeps that report's file, with how it is to be read."""

FAULT: Final = "import.fault"
"""Where it keeps why a file was refused."""

DONE: Final = "import.done"
"""Where the session keeps the message of what was just done."""

MOST_PAST: Final = 20
_ELSEWHERE: Final = ("edit", "visit")
"""Kinds of change that have pages of their own."""


def show_import_history(ctx: PageContext) -> None:
    """Show drafts, past imports and the periods with their approvals."""
    _show_drafts(ctx)
    _show_past_imports(ctx)
    _show_approval(ctx)


def ask_reason(ctx: PageContext) -> None:
    """Ask why: it stands in the record of every change, beside who is signed in."""
    st.text_input(ctx.t("imports.accept.why"), key="import.why", max_chars=300)


def get_reason() -> str:
    """Return why something is done, as written at the top of the page."""
    return str(st.session_state.get("import.why", "")).strip()


def finish_import(message: str) -> None:
    """Put the report away, keep the message for the next run, and run again."""
    for key in (READ, FILE, FAULT):
        st.session_state.pop(key, None)
    st.session_state[DONE] = message
    st.rerun()


def _show_drafts(ctx: PageContext) -> None:
    for draft in list_drafts().itertuples(index=False):
        key = draft.sha256[:12]
        with st.container(horizontal=True, vertical_alignment="center", key=f"import.draft-{key}"):
            moment = ctx.moment(draft.at)
            label = ctx.t("imports.draft.line", name=draft.name, actor=draft.actor, at=moment)
            show_markup(Html("<p>{}</p>").format(label))
            if st.button(ctx.t("imports.draft.open"), key=f"import.open-{key}"):
                taken = load_draft(draft.sha256)
                if taken is not None:
                    st.session_state.pop(FILE, None)
                    st.session_state[READ] = taken.read
                st.rerun()
            if st.button(ctx.t("imports.draft.drop"), key=f"import.drop-{key}"):
                delete_draft(draft.sha256, ctx.user)
                st.rerun()


def _show_past_imports(ctx: PageContext) -> None:
    show_markup(Html("<h2>{}</h2>").format(ctx.t("imports.past.title")))
    past = list_imports()
    past = past[~past["kind"].isin(_ELSEWHERE)]
    for row in past.head(MOST_PAST).itertuples(index=False):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"import.past-{row.id}"
        ):
            line = ctx.t(
                "imports.past.line",
                number=row.id,
                at=ctx.moment(row.at),
                actor=ctx.t("imports.past.program") if row.kind == "curated" else row.actor,
                what=" ".join(
                    part for part in (ctx.t(f"imports.kind.{row.kind}"), row.name) if part
                ),
            )
            parts = [line]
            if row.reviews:
                parts.append(ctx.t("imports.past.open", count=row.reviews))
            if row.undone_by:
                parts.append(ctx.t("imports.past.undone_by", number=row.undone_by))
            show_markup(Html("<p>{}</p>").format(" · ".join(parts)))
            undoable = row.kind in UNDOABLE and row.kind != "curated" and not row.undone_by
            if undoable and st.button(ctx.t("imports.past.undo"), key=f"import.undo-{row.id}"):
                _undo_import(ctx, int(row.id))


def _show_approval(ctx: PageContext) -> None:
    """Offer to approve a period, which locks it; say what was corrected since."""
    show_markup(Html("<h2>{}</h2>").format(ctx.t("imports.approve.title")))
    approved = {approval.period: approval for approval in list_approvals().itertuples(index=False)}
    for row in ctx.facts.periods.sort_values("as_of", ascending=False).itertuples(index=False):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"import.period-{row.period}"
        ):
            done = approved.get(row.period)
            if done is None:
                line = ctx.t("imports.approve.open", period=row.label_vi)
            else:
                line = ctx.t(
                    "imports.approve.done",
                    period=row.label_vi,
                    actor=done.actor,
                    at=ctx.moment(done.at),
                    count=done.corrections,
                )
            show_markup(Html("<p>{}</p>").format(line))
            may = done is None and ctx.may("period.approve")
            if may and st.button(
                ctx.t("imports.approve.approve"), key=f"import.approve-{row.period}"
            ):
                _approve_period(ctx, row.period)


def _approve_period(ctx: PageContext, period: str) -> None:
    try:
        approve_period(period, ctx.user, get_reason())
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    finish_import(ctx.t("imports.approve.finished", period=period))


def _undo_import(ctx: PageContext, number: int) -> None:
    try:
        undo_import(number, ctx.user, get_reason())
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    finish_import(ctx.t("imports.past.undone", number=number))
