"""What was imported, put aside and approved, and who did it; each can be taken up or back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports.past.approval import show_approvals
from pages.review.decided import describe_answers
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.statements.learned import show_learned
from pages.widgets.links import PATH, build_page_link, choose_part_start
from store.facts.filters import Filters
from store.facts.labels import get_period_label
from store.imports.apply import UNDOABLE, list_imports, undo_import
from store.imports.plan.drafts import delete_draft, list_drafts, load_draft
from store.imports.undo_preview import preview_undo

if TYPE_CHECKING:
    from pages.shell.context import PageContext

READ: Final = "import.read"
"""Where the session keeps the report that was read and not yet accepted."""

FILE: Final = "import.file"
"""Where it keeps that report's file, with how it is to be read."""

TEMPLATE: Final = "import.template"
"""Where it keeps the mended template that was read and not yet taken over."""

FAULT: Final = "import.fault"
"""Where it keeps why a file was refused."""

DONE: Final = "import.done"
"""Where the session keeps the message of what was just done."""

MOST_PAST: Final = 20
_UNDO_ASKED: Final = "import.undo_asked"
"""Which import the reader is asked about before it is undone."""

_ELSEWHERE: Final = ("edit", "visit")
"""Kinds of change that have pages of their own."""


def show_import_history(ctx: PageContext) -> None:
    """Show drafts, past imports and the periods with their approvals."""
    _show_drafts(ctx)
    _show_past_imports(ctx)
    show_approvals(ctx, get_reason, finish_import)
    show_learned(ctx)


def ask_reason(ctx: PageContext) -> None:
    """Ask why: it stands in the record of every change, beside who is signed in."""
    st.text_input(ctx.t("imports.accept.why"), key="import.why", max_chars=300)


def get_reason() -> str:
    """Return why something is done, as written at the top of the page."""
    return str(st.session_state.get("import.why", "")).strip()


def finish_import(message: str) -> None:
    """Put the report away, keep the message for the next run, and run again."""
    for key in (READ, FILE, TEMPLATE, FAULT):
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
    is_file = past["sha256"] != ""
    past = past[~past["kind"].isin(_ELSEWHERE) | is_file]
    kind = st.segmented_control(
        ctx.t("imports.past.which"),
        ("report", "all"),
        default="report" if is_file.any() else "all",
        required=True,
        format_func=lambda which: ctx.t(f"imports.past.{which}"),
        label_visibility="collapsed",
        key="import.past_kind",
    )
    past = past[past["sha256"] != ""] if kind == "report" else past
    start = choose_part_start(
        ctx.t("imports.past.part"), len(past), MOST_PAST, key=f"import.past_part-{kind}"
    )
    shown = past.iloc[start : start + MOST_PAST]
    answers = describe_answers(ctx) if "decision" in set(shown["kind"]) else {}
    for row in shown.itertuples(index=False):
        _show_past_import(ctx, row, answers.get(int(row.id), ""))


def _show_past_import(ctx: PageContext, row: Any, answer: str) -> None:
    key = int(row.id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"import.past-{key}"):
        line = ctx.t(
            "imports.past.line",
            number=row.id,
            at=ctx.moment(row.at),
            actor=ctx.t("imports.past.program") if row.kind == "curated" else row.actor,
            what=" ".join(part for part in (ctx.t(f"imports.kind.{row.kind}"), row.name) if part),
        )
        parts = [line]
        if answer:
            parts.append(answer)
        if row.reviews:
            parts.append(ctx.t("imports.past.open", count=row.reviews))
        if row.undone_by:
            parts.append(ctx.t("imports.past.undone_by", number=row.undone_by))
        show_markup(Html("<p>{}</p>").format(" · ".join(parts)))
        undoable = row.kind in UNDOABLE and row.kind != "curated" and not row.undone_by
        asked = st.session_state.get(_UNDO_ASKED) == key
        if (
            undoable
            and not asked
            and st.button(ctx.t("imports.past.undo"), key=f"import.undo-{key}")
        ):
            st.session_state[_UNDO_ASKED] = key
            st.rerun()
    if undoable and asked:
        _ask_undo(ctx, key)


def _ask_undo(ctx: PageContext, number: int) -> None:
    """Say what goes with an import, and undo it once that is confirmed."""
    preview = preview_undo(number)
    rows = [
        Html("<li>{}: {}</li>").format(ctx.t(f"store.table.{table}"), count)
        for table, count in preview.rows.items()
    ]
    if preview.decisions:
        text = ctx.t("imports.past.undo_decisions", count=preview.decisions)
        rows.append(Html("<li>{}</li>").format(text))
    with st.container(border=True, key="import.undo_box"):
        if preview.locked:
            _show_locked(ctx, preview.locked)
        elif preview.since:
            numbers = ", ".join(f"#{one}" for one in preview.since)
            st.warning(escape_markdown(ctx.t("imports.past.undo_first", numbers=numbers)))
        else:
            show_markup(
                Html("<p><b>{}</b></p><ul>{}</ul>").format(
                    ctx.t("imports.past.undo_ask", number=number), join_markup(rows)
                )
            )
        with st.container(horizontal=True, key="import.undo_buttons"):
            yes = st.button(
                ctx.t("imports.past.undo_yes"),
                type="primary",
                disabled=bool(preview.locked or preview.since),
                key="import.undo_yes",
            )
            no = st.button(ctx.t("imports.approve.no"), key="import.undo_no")
    if no:
        st.session_state.pop(_UNDO_ASKED, None)
        st.rerun()
    if yes:
        _undo_import(ctx, number)


def _show_locked(ctx: PageContext, period: str) -> None:
    """Say that an approved period is corrected, not undone, and lead there."""
    label = get_period_label(ctx.facts, period, ctx.language)
    link = Html('<a class="hp-link" target="_self" href="{}">{}</a>').format(
        build_page_link(ctx, PATH, Filters(), view="figures"), ctx.t("imports.past.correct")
    )
    show_markup(
        Html('<p class="hp-mind">{} {}</p>').format(
            ctx.t("imports.past.locked", period=label), link
        )
    )


def _undo_import(ctx: PageContext, number: int) -> None:
    try:
        undo_import(number, ctx.user, get_reason())
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state.pop(_UNDO_ASKED, None)
    finish_import(ctx.t("imports.past.undone", number=number))
