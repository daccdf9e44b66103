"""Drop a report in, see what it says, accept it whole or keep it as a draft, undo it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports import history
from pages.imports.accept import show_accept_form
from pages.imports.preview import get_plan, show_preview
from pages.imports.reading_form import show_reading_form
from pages.imports.upload import UploadedReport, put_upload_away, read_upload, show_refusal
from pages.shell.html import Html, escape_markdown, show_markup
from reports.facts_files.excel_template import build_template_csv, build_template_xlsx
from reports.open import LIMITS
from reports.sample.content import make_sample
from reports.sample.formats import FILE_STEM, to_docx

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from reports.model.extraction import Extraction


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
    if read is None:
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
        period = st.text_input(
            ctx.t("imports.page.period"),
            placeholder="2026-Q2",
            help=escape_markdown(", ".join(names)),
            key="import.period",
        ).strip()
    try:
        plan = get_plan(read, period)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        show_reading_form(ctx)
        return
    show_preview(ctx, plan)
    show_accept_form(ctx, plan)
