"""The visit form for ODK and Kobo, and the import of what teams recorded with it."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports.odk_preview import show_past_imports, show_plan_notes, show_plan_table
from pages.shell.html import Html, escape_markdown, show_markup
from reports.odk.read import read_submissions
from reports.odk.submission import ODK_LIMITS
from store.visits.odk_import import apply_visits
from store.visits.odk_import_plan import plan_visits
from store.visits.quality_flags import load_field_limits
from store.visits.xlsform import FORM_FILE, has_form_items, make_visit_form

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.visits.odk_import_plan import VisitPlan

_LOG = logging.getLogger(__name__)
TYPES: Final = ("zip", "csv", "xlsx", "xml", "jpg", "jpeg", "png", "webp")
_PLAN: Final = "odk.plan"
DONE: Final = "odk.done"


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.odk")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("odk.page.title")))
    done = st.session_state.pop(DONE, "")
    if done:
        st.success(escape_markdown(done))
    _show_form(ctx)
    show_markup(Html("<h2>{}</h2>").format(ctx.t("odk.page.import")))
    _show_upload(ctx)
    plan: VisitPlan | None = st.session_state.get(_PLAN)
    if plan is not None:
        _show_preview(ctx, plan)
    show_past_imports(ctx)


def _show_form(ctx: PageContext) -> None:
    show_markup(Html("<p>{}</p>").format(ctx.t("odk.page.why")))
    if not has_form_items(ctx.facts, ctx.user):
        st.info(ctx.t("odk.form.no_items"))
        return
    form = partial(_make_form, ctx)
    st.download_button(ctx.t("odk.page.download"), form, file_name=FORM_FILE, key="odk.form")
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("odk.page.how")))


def _make_form(ctx: PageContext) -> bytes:
    return make_visit_form(ctx.facts, ctx.user)


def _show_upload(ctx: PageContext) -> None:
    limits = ODK_LIMITS
    show_markup(
        Html('<p>{}</p><p class="hp-under">{}</p>').format(
            ctx.t("odk.page.which"),
            ctx.t(
                "odk.page.limits",
                size=f"{limits.max_upload_mb:g}",
                rows=limits.max_rows,
                photos=limits.max_photos,
                each=load_field_limits().max_photos_per_visit,
            ),
        )
    )
    turn = st.session_state.setdefault("odk.turn", 0)
    given = st.file_uploader(
        ctx.t("odk.page.choose"),
        type=list(TYPES),
        accept_multiple_files=True,
        key=f"odk.files-{turn}",
        max_upload_size=int(limits.max_upload_mb),
    )
    if given and st.button(ctx.t("odk.page.read"), type="primary", key="odk.read"):
        st.session_state["odk.turn"] = turn + 1
        _read_uploads(ctx, [(file.name, file.getvalue()) for file in given])


def _read_uploads(ctx: PageContext, uploads: list[tuple[str, bytes]]) -> None:
    """Read what was uploaded and keep the plan in the session; nothing is written yet."""
    bar = st.progress(0.0, ctx.t("odk.page.reading"))

    def rows(done: int, every: int) -> None:
        bar.progress(done / max(every, 1), ctx.t("odk.page.rows_done", done=done, rows=every))

    st.session_state.pop(_PLAN, None)
    try:
        submissions = read_submissions(uploads)
        plan = plan_visits(submissions, uploads, actor=ctx.user, progress=rows)
    except ProjectMapError as fault:
        _LOG.warning("an upload of visits was refused: %s", type(fault).__name__)
        bar.empty()
        st.error(escape_markdown(fault))
        return
    st.session_state[_PLAN] = plan
    st.rerun()


def _show_preview(ctx: PageContext, plan: VisitPlan) -> None:
    """Show every row with its state, then offer to store them or to put the upload away."""
    counts = plan.counts()
    show_markup(Html('<p class="hp-lead">{}</p>').format(ctx.t("odk.page.counts", **counts)))
    show_plan_notes(ctx, plan)
    show_plan_table(ctx, plan)
    leave_out = False
    if counts["faulty"]:
        st.warning(ctx.t("odk.import.faulty", count=counts["faulty"]))
        label = ctx.t("odk.page.leave_out", count=counts["faulty"])
        leave_out = st.checkbox(label, key="odk.leave_out")
    why = st.text_input(ctx.t("odk.page.reason"), max_chars=400, key="odk.why")
    ready = counts["new"] > 0 and (leave_out or not counts["faulty"])
    with st.container(horizontal=True, key="odk.buttons"):
        label = ctx.t("odk.page.accept", count=counts["new"])
        accept = st.button(label, type="primary", disabled=not ready, key="odk.accept")
        away = st.button(ctx.t("odk.page.away"), key="odk.away")
    if away:
        _finish_import("")
    if accept:
        try:
            number = apply_visits(plan, actor=ctx.user, why=why, leave_out=leave_out)
        except ProjectMapError as fault:
            st.error(escape_markdown(fault))
            return
        _finish_import(ctx.t("odk.page.accepted", number=number, **counts))


def _finish_import(message: str) -> None:
    st.session_state.pop(_PLAN, None)
    st.session_state[DONE] = message
    st.rerun()
