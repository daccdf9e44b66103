"""What was changed by hand lately, and taking one change back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import format_field_value, format_row_title, list_differences
from pages.edit.save import finish_editing, render_differences
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from store.editing.recent_changes import list_changes, undo_change

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.editing.recent_changes import ManualChange

MOST_CHANGES: Final = 20
MOST_ROWS: Final = 12
WHOSE: Final = ("item", "mine", "all")


def show_recent_changes(ctx: PageContext, name: str, *, key: str) -> None:
    """Show the latest changes, of one item or case, one's own, or all, each with its undoing.

    ``key`` is the page's, for its widgets.
    """
    whose = st.segmented_control(
        ctx.t("edit.changes.whose"),
        WHOSE if name else WHOSE[1:],
        default="item" if name else "mine",
        required=True,
        format_func=lambda choice: ctx.t(f"edit.changes.{choice}"),
        key=f"{key}.whose",
    )
    seen = {*ctx.facts.items["item"], *ctx.facts.cases["case"]}
    changes = list_changes(
        name=name if whose == "item" else "",
        actor=ctx.user.name if whose == "mine" else "",
        names=None if ctx.user.sees_all or ctx.user.scope is None else seen,
        most=MOST_CHANGES,
    )
    if not changes:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.changes.none")))
        return
    why = ""
    if ctx.may("edit.undo"):
        why = st.text_input(ctx.t("edit.changes.why"), key=f"{key}.undo_why", max_chars=400).strip()
    for change in changes:
        _show_change(ctx, change, why, key)


def _show_change(ctx: PageContext, change: ManualChange, why: str, key: str) -> None:
    with st.container(border=True, key=f"{key}.change-{change.number}"):
        show_markup(render_change(ctx, change))
        if change.undoes or change.undone_by or not ctx.may("edit.undo"):
            return
        if st.button(
            ctx.t("edit.changes.undo"), key=f"{key}.undo-{change.number}", disabled=not why
        ):
            try:
                undo_change(change.number, actor=ctx.user, why=why)
            except ProjectMapError as fault:
                st.error(escape_markdown(fault))
                return
            finish_editing(ctx.t("edit.changes.undone", number=change.number))
            st.rerun()


def render_change(ctx: PageContext, change: ManualChange) -> Markup:
    """Return a change in words: who, when, why, and what before and after."""
    state = ""
    if change.undone_by:
        state = ctx.t("edit.changes.was_undone", number=change.undone_by)
    elif change.undoes:
        state = ctx.t("edit.changes.undoes", number=change.undoes)
    parts = [
        Html('<div class="hp-under">{}</div>{}').format(
            format_row_title(ctx.facts, row, ctx.language),
            render_differences(
                ctx, list_differences(ctx.facts, row.before, row.after, ctx.language)
            ),
        )
        for row in change.rows[:MOST_ROWS]
    ]
    more = len(change.rows) - MOST_ROWS
    left = ctx.t("edit.changes.more", count=more) if more > 0 else ""
    return Html(
        '<div><b>{}</b> {} <div class="hp-under">{}</div></div>'
        '<details class="hp-notes"><summary>{}</summary>{}{}</details>'
    ).format(
        format_field_value(ctx.facts, "item", change.name, language=ctx.language)
        if change.name
        else "",
        Html('<span class="hp-mark">{}</span>').format(state) if state else "",
        ctx.t(
            "edit.changes.line",
            number=change.number,
            at=ctx.moment(change.at),
            who=change.actor,
            why=change.why,
        ),
        ctx.t("edit.changes.what", count=len(change.rows)),
        join_markup(parts),
        left,
    )
