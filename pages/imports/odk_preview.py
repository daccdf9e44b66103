"""Parts of the page of visits from ODK: the preview, its notes, what was imported before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell.html import Html, join, plain, show
from pages.widgets.tables import markup_table
from store.visits.odk_import import undo_visits, visit_imports

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import Context
    from store.visits.odk_import_plan import PlannedVisit, VisitPlan

MOST_ROWS: Final = 500
MOST_PAST: Final = 20
_DONE: Final = "odk.done"


def plan_table(ctx: Context, plan: VisitPlan) -> None:
    """Show the rows read: the faulty first, each fault with its column and what to do."""
    order = {"faulty": 0, "new": 1, "already": 2}
    rows = sorted(plan.rows, key=lambda one: order[one.state])
    head = [
        ctx.t(f"odk.column.{name}")
        for name in ("file", "row", "state", "wrong", "item", "at", "inspector", "photos")
    ]
    show(markup_table(head, [_row(ctx, one) for one in rows[:MOST_ROWS]]))
    if len(rows) > MOST_ROWS:
        more = ctx.t("odk.page.more", count=len(rows) - MOST_ROWS)
        show(Html('<p class="hp-under">{}</p>').format(more))


def plan_notes(ctx: Context, plan: VisitPlan) -> None:
    """Say what of the upload nothing is read from."""
    notes = [
        ctx.t("odk.page.unused", file=file, columns=", ".join(columns[:20]))
        for file, columns in plan.unused.items()
    ]
    if plan.other:
        notes.append(ctx.t("odk.page.other", files=", ".join(plan.other[:20])))
    if plan.spare:
        notes.append(ctx.t("odk.page.spare", count=len(plan.spare)))
    if notes:
        show(
            Html('<ul class="hp-under">{}</ul>').format(
                join(Html("<li>{}</li>").format(note) for note in notes)
            )
        )


def past_imports(ctx: Context) -> None:
    """Show the imports of visits, each to be taken back whole."""
    past = visit_imports()
    if past.empty:
        return
    show(Html("<h2>{}</h2>").format(ctx.t("odk.page.past")))
    for row in past.head(MOST_PAST).itertuples(index=False):
        line = ctx.t(
            "odk.page.past_line",
            number=row.id,
            moment=ctx.moment(str(row.at)),
            actor=row.actor,
            name=row.name,
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"odk.past-{row.id}"):
            show(Html("<div>{}</div>").format(line))
            if row.undone_by:
                undone = ctx.t("odk.page.undone", number=row.undone_by)
                show(Html('<span class="hp-mark">{}</span>').format(undone))
            else:
                _undo(ctx, int(row.id))


def _undo(ctx: Context, number: int) -> None:
    with st.popover(ctx.t("odk.page.undo")):
        why = st.text_input(ctx.t("odk.page.undo_why"), max_chars=400, key=f"odk.undo_why-{number}")
        label = ctx.t("odk.page.undo_now", number=number)
        pressed = st.button(label, disabled=not why.strip(), key=f"odk.undo-{number}")
    if pressed:
        try:
            undoing = undo_visits(number, actor=ctx.user, why=why.strip())
        except ProjectMapError as fault:
            st.error(plain(fault))
            return
        st.session_state[_DONE] = ctx.t("odk.page.taken_back", number=number, undoing=undoing)
        st.rerun()


def _row(ctx: Context, one: PlannedVisit) -> list[object]:
    sent = one.sent
    look = "hp-level-large" if one.state == "faulty" else "hp-level-none"
    state: Markup = Html('<span class="hp-mark {}">{}</span>').format(
        look if one.state != "already" else "", ctx.t(f"odk.state.{one.state}")
    )
    wrongs = join(
        Html("<li><b>{}</b>: {}</li>").format(
            wrong.column or ctx.t("odk.column.row"), wrong.what(ctx.language)
        )
        for wrong in one.wrongs
    )
    return [
        one.file,
        one.row or "–",
        state,
        Html("<ul>{}</ul>").format(wrongs) if one.wrongs else "",
        sent.item if sent else "–",
        ctx.moment(sent.at) if sent else "–",
        sent.inspector if sent else "–",
        len(one.pictures),
    ]
