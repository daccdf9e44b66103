"""How the file is read where it leaves a choice: pages, hidden parts, encoding, period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.imports.upload import get_upload, read_upload
from pages.shell.html import escape_markdown
from reports.model.document import ReadOptions
from reports.model.errors import ReportError
from reports.model.head.document_head import read_period
from reports.readers.encodings.decoding import ENCODINGS
from reports.readers.page_ranges import format_page_ranges, parse_page_ranges
from store.facts.labels import get_period_label
from store.imports.plan.fact_rows import make_period_row

if TYPE_CHECKING:
    from pages.imports.upload import UploadedReport
    from pages.shell.context import PageContext

_CHOICES: Final = ("", *ENCODINGS)


def show_reading_form(ctx: PageContext) -> None:
    """Offer to read the file again in another way, and say how it is read now."""
    upload = get_upload()
    if upload is None:
        return
    now = _describe_options(ctx, upload)
    label = ctx.t("imports.reading.now", how=now) if now else ctx.t("imports.reading.title")
    key = f"{upload.name}-{len(upload.data)}"
    with (
        st.expander(escape_markdown(label), expanded=upload.document is None),
        st.form(f"import.reading-{key}", border=False),
    ):
        pages = st.text_input(
            ctx.t("imports.reading.pages"),
            value=format_page_ranges(upload.options.pages),
            placeholder=ctx.t("imports.reading.pages_example"),
            max_chars=200,
            key=f"import.reading.pages-{key}",
        )
        period = st.text_input(
            ctx.t("imports.reading.period"),
            value=upload.period,
            placeholder=ctx.t("imports.reading.period_example"),
            max_chars=10,
            key=f"import.reading.period-{key}",
        ).strip()
        encoding = upload.options.encoding
        if upload.document is None or upload.document.media != "scan":
            encoding = st.selectbox(
                ctx.t("imports.reading.encoding"),
                _CHOICES,
                index=_CHOICES.index(encoding) if encoding in _CHOICES else 0,
                format_func=lambda code: ctx.t(f"imports.encoding.{code or 'auto'}"),
                key=f"import.reading.encoding-{key}",
            )
        unseen = st.checkbox(
            ctx.t("imports.reading.unseen"),
            value=upload.options.unseen,
            key=f"import.reading.unseen-{key}",
        )
        pressed = st.form_submit_button(ctx.t("imports.reading.again"))
    if not pressed:
        return
    known_pages = upload.document.pages if upload.document and not upload.options.pages else 0
    try:
        ranges = parse_page_ranges(pages, known_pages)
    except ReportError as fault:
        st.error(escape_markdown(fault))
        return
    period = read_period(period)
    if period and make_period_row(period, "") is None:
        st.error(escape_markdown(ctx.t("store.problem.bad_period", period=period)))
        return
    options = ReadOptions(ranges, unseen, encoding)
    read_upload(ctx, replace(upload, options=options, period=period, document=None))


def _describe_options(ctx: PageContext, upload: UploadedReport) -> str:
    """Return in words what was chosen, '' for nothing."""
    options, parts = upload.options, []
    if options.pages:
        parts.append(ctx.t("imports.reading.now_pages", pages=format_page_ranges(options.pages)))
    if options.unseen:
        parts.append(ctx.t("imports.reading.now_unseen"))
    if options.encoding:
        parts.append(ctx.t(f"imports.encoding.{options.encoding}"))
    if upload.period:
        label = get_period_label(ctx.facts, upload.period, ctx.language)
        parts.append(ctx.t("imports.reading.now_period", period=label))
    return "; ".join(parts)
