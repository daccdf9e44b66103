"""Drop a report in, see what it says, accept it whole or keep it as a draft, undo it whole."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports import history, preview
from pages.shell.html import Html, escape_markdown, show_markup
from reports.extract import extract_document
from reports.facts_files.excel_template import build_template_csv, build_template_xlsx
from reports.open import LIMITS, open_document
from reports.sample.content import make_sample
from reports.sample.formats import FILE_STEM, to_docx
from store.imports.apply import apply_import
from store.imports.plan.drafts import save_draft
from store.imports.plan.planning import plan_import

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from reports.model.extraction import Extraction
    from store.imports.plan.plan import ImportPlan

_LOG = logging.getLogger(__name__)


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.import")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("imports.page.title")))
    done = st.session_state.pop(history.DONE, "")
    if done:
        st.success(escape_markdown(done))
    history.ask_reason(ctx)
    _show_upload(ctx)
    read: Extraction | None = st.session_state.get(history.READ)
    if read is not None:
        _show_preview(ctx, read)
    history.show_import_history(ctx)


def _show_upload(ctx: PageContext) -> None:
    show_markup(
        Html('<p class="hp-under">{}</p>').format(
            ctx.t(
                "imports.page.limits",
                size=LIMITS.max_upload_mb,
                pages=LIMITS.max_pages,
                seconds=LIMITS.max_seconds,
            )
        )
    )
    turn = st.session_state.setdefault("import.turn", 0)
    given = st.file_uploader(
        ctx.t("imports.page.choose"),
        key=f"import.file-{turn}",
        max_upload_size=int(LIMITS.max_upload_mb),
    )
    with st.container(horizontal=True, key="import.templates"):
        st.download_button(
            ctx.t("imports.page.template_xlsx"), build_template_xlsx, file_name="mau-bao-cao.xlsx"
        )
        st.download_button(
            ctx.t("imports.page.template_csv"), build_template_csv, file_name="mau-bao-cao.csv"
        )
        st.download_button(
            ctx.t("imports.page.sample"),
            _make_sample_docx,
            file_name=f"{FILE_STEM}.docx",
            help=ctx.t("imports.page.sample_help"),
        )
    if given is not None:
        st.session_state["import.turn"] = turn + 1
        _read_report(ctx, given.getvalue(), given.name)


def _make_sample_docx() -> bytes:
    return to_docx(make_sample())


def _read_report(ctx: PageContext, data: bytes, name: str) -> None:
    """Read an uploaded file, stage by stage, and keep what was read in the session."""
    bar = st.progress(0.0, ctx.t("imports.stage.open"))

    def pages(done: int, all_pages: int) -> None:
        share = 0.7 * done / max(all_pages, 1)
        bar.progress(share, ctx.t("imports.stage.pages", done=done, pages=all_pages))

    try:
        document = open_document(data, name, progress=pages)
        bar.progress(0.75, ctx.t("imports.stage.extract"))
        read = extract_document(document)
    except ProjectMapError as fault:
        _LOG.warning("a report was refused: %s", type(fault).__name__)
        st.session_state.pop(history.READ, None)
        bar.empty()
        st.error(escape_markdown(fault))
        return
    bar.progress(1.0, ctx.t("imports.stage.done"))
    st.session_state[history.READ] = read
    st.rerun()


def _show_preview(ctx: PageContext, read: Extraction) -> None:
    names = dict(zip(ctx.facts.periods["period"], ctx.facts.periods["label_vi"], strict=True))
    period = read.document.period
    if not period:
        period = st.text_input(
            ctx.t("imports.page.period"),
            placeholder="2026-Q2",
            help=escape_markdown(", ".join(names)),
            key="import.period",
        ).strip()
    try:
        plan = plan_import(read, period=period)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    preview.show_preview(ctx, plan)
    _show_accept_form(ctx, plan)


def _show_accept_form(ctx: PageContext, plan: ImportPlan) -> None:
    """Offer what can be done with the plan: accept it whole, keep a draft, put it away."""
    if plan.already:
        st.info(ctx.t("imports.accept.already", number=plan.already))
    ready = not plan.already and not plan.blocked
    with st.container(horizontal=True, key="import.buttons"):
        accept = st.button(
            ctx.t("imports.accept.accept"),
            type="primary",
            disabled=not ready,
            help=None if ready else ctx.t("imports.accept.not_ready"),
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
            number = apply_import(plan, ctx.user, history.get_reason())
            history.finish_import(
                ctx.t("imports.accept.accepted", number=number, reviews=len(plan.reviews))
            )
        if keep:
            save_draft(plan.extraction, ctx.user, period=plan.period)
            history.finish_import(ctx.t("imports.accept.kept"))
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
    if away:
        history.finish_import("")
