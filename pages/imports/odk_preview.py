"""Parts of the page of visits from ODK: the preview, its notes, what was imported before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.tables import render_table
from store.visits.odk_import import list_visit_imports, undo_visits

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.visits.odk_import_plan import PlannedVisit, VisitPlan

MOST_ROWS: Final = 500
MOST_PAST: Final = 20
MOST_NAMED: Final = 20
_DONE: Final = "odk.done"


def show_plan_table(ctx: PageContext, plan: VisitPlan) -> None:
    """Show the rows read: the faulty first, each fault with its column and what to do."""
    order = {"faulty": 0, "new": 1, "already": 2}
    rows = sorted(plan.rows, key=lambda planned: order[planned.state])
    head = [
        ctx.t(f"odk.column.{name}")
        for name in ("file", "row", "state", "wrong", "item", "at", "inspector", "photos")
    ]
    show_markup(render_table(head, [_render_row(ctx, planned) for planned in rows[:MOST_ROWS]]))
    if len(rows) > MOST_ROWS:
        more = ctx.t("odk.page.more", count=len(rows) - MOST_ROWS)
        show_markup(Html('<p class="hp-under">{}</p>').format(more))


def show_plan_notes(ctx: PageContext, plan: VisitPlan) -> None:
    """Say what of the upload nothing is read from."""
    notes = [
        ctx.t("odk.page.unused", file=file, columns=ctx.list_names(columns, MOST_NAMED))
        for file, columns in plan.unused.items()
    ]
    if plan.other:
        notes.append(ctx.t("odk.page.other", files=ctx.list_names(plan.other, MOST_NAMED)))
    if plan.spare:
        notes.append(ctx.t("odk.page.spare", count=len(plan.spare)))
    if notes:
        show_markup(
            Html('<ul class="hp-under">{}</ul>').format(
                join_markup(Html("<li>{}</li>").format(note) for note in notes)
            )
        )


def show_past_imports(ctx: PageContext) -> None:
    """Show the imports of visits, each to be taken back whole."""
    past = list_visit_imports()
    if past.empty:
        return
    show_markup(Html("<h2>{}</h2>").format(ctx.t("odk.page.past")))
    for row in past.head(MOST_PAST).itertuples(index=False):
        line = ctx.t(
            "odk.page.past_line",
            number=row.id,
            moment=ctx.moment(str(row.at)),
            actor=row.actor,
            name=row.name,
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"odk.past-{row.id}"):
            show_markup(Html("<div>{}</div>").format(line))
            if row.undone_by:
                undone = ctx.t("odk.page.undone", number=row.undone_by)
                show_markup(Html('<span class="hp-mark">{}</span>').format(undone))
            else:
                _show_undo(ctx, int(row.id))


def _show_undo(ctx: PageContext, number: int) -> None:
    with st.popover(ctx.t("odk.page.undo")):
        why = st.text_input(ctx.t("odk.page.undo_why"), max_chars=400, key=f"odk.undo_why-{number}")
        label = ctx.t("odk.page.undo_now", number=number)
        pressed = st.button(label, disabled=not why.strip(), key=f"odk.undo-{number}")
    if pressed:
        try:
            undoing = undo_visits(number, actor=ctx.user, why=why.strip())
        except ProjectMapError as fault:
            st.error(escape_markdown(fault))
            return
        st.session_state[_DONE] = ctx.t("odk.page.taken_back", number=number, undoing=undoing)
        st.rerun()


def _render_row(ctx: PageContext, planned: PlannedVisit) -> list[object]:
    visit = planned.visit
    look = "hp-level-large" if planned.state == "faulty" else "hp-level-none"
    state: Markup = Html('<span class="hp-mark {}">{}</span>').format(
        look if planned.state != "already" else "", ctx.t(f"odk.state.{planned.state}")
    )
    wrongs = join_markup(
        Html("<li><b>{}</b>: {}</li>").format(
            wrong.column or ctx.t("odk.column.row"), wrong.what(ctx.language)
        )
        for wrong in planned.wrongs
    )
    return [
        planned.file,
        planned.row or "–",
        state,
        Html("<ul>{}</ul>").format(wrongs) if planned.wrongs else "",
        visit.item if visit else "–",
        ctx.moment(visit.at) if visit else "–",
        visit.inspector if visit else "–",
        len(planned.pictures),
    ]
