"""Drop a report in, see what it says, accept it whole or keep it as a draft, undo it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports import history
from pages.imports.accept import show_accept_form
from pages.imports.filled_template import show_template_downloads, show_template_preview
from pages.imports.preview import get_plan, name_period, show_preview
from pages.imports.reading_form import show_reading_form
from pages.imports.upload import UploadedReport, put_upload_away, read_upload, show_refusal
from pages.review.planned_questions import forget_last_answer
from pages.shell.html import Html, escape_markdown, show_markup
from reports.facts_files.excel_template import build_template_csv, build_template_xlsx
from reports.model.head.document_head import propose_period, read_period
from reports.open import LIMITS
from reports.sample.content import make_sample
from reports.sample.formats import FILE_STEM, to_docx

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from reports.model.extraction import Extraction
    from store.templates.sheet import FilledSheet


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.import")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("imports.page.title")))
    done = st.session_state.pop(history.DONE, "")
    if done:
        st.success(escape_markdown(done))
    history.ask_reason(ctx)
    _show_upload(ctx)
    show_refusal()
    read: Extraction | None = st.session_state.get(history.READ)
    template: FilledSheet | None = st.session_state.get(history.TEMPLATE)
    if template is not None:
        show_template_preview(ctx, template)
    elif read is None:
        show_reading_form(ctx)
    else:
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
        show_template_downloads(ctx)
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
        put_upload_away()
        read_upload(ctx, UploadedReport(given.name, given.getvalue()))


def _make_sample_docx() -> bytes:
    return to_docx(make_sample())


def _show_preview(ctx: PageContext, read: Extraction) -> None:
    names = dict(zip(ctx.facts.periods["period"], ctx.facts.periods["label_vi"], strict=True))
    period = read.document.period
    if not period:
        days = (one.when for one in read.reading.statements if one.place.table and one.when)
        proposed = propose_period(read.document, days)
        named = st.text_input(
            ctx.t("imports.page.period_proposed" if proposed else "imports.page.period"),
            name_period(ctx, proposed) if proposed else "",
            placeholder=ctx.t("imports.page.period_example"),
            help=escape_markdown("; ".join(names.values())),
            key=f"import.period-{read.document.sha256[:12]}",
        )
        period = read_period(named)
    try:
        plan = get_plan(read, period)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        if not forget_last_answer(read.document.sha256):  # it may be why
            show_reading_form(ctx)
            return
        plan = get_plan(read, period)
    show_preview(ctx, plan)
    show_accept_form(ctx, plan)
