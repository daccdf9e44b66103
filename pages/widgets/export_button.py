"""A button that offers what is filtered as files; nothing is made before somebody asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import clock
from pages.shell.html import Html, show_markup
from store.exports.audit_notes import read_last_csv_style
from store.exports.export import FORMATS, make_export_apart, make_file_name
from store.exports.file_options import CSV_STYLES, FileOptions
from store.facts.selection import select_items

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.exports.file_options import CsvStyle, Paper
    from store.facts.filters import Filters


_CSV: Final = "exports.last_csv_style"
"""Where the session keeps in which form its reader takes CSV."""


def show_export_button(
    ctx: PageContext, filters: Filters, *, columns: tuple[str, ...] = ()
) -> None:
    """Offer the items that the filters choose in every format, to who may export.

    ``columns`` are keys of the items' columns that the workbook prints, all main ones without any.
    The file holds what the filters choose of what
    the reader may see; it is made, and written down in the audit, when its button is pressed.
    """
    if not ctx.may("export.make"):
        return
    opened = st.popover(ctx.t("exports.bar.open"), key="exports.popover", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(width=340):
        count = len(select_items(ctx.facts, filters).items)
        summary = ctx.t("exports.bar.what", count=count)
        show_markup(Html('<p class="hp-under">{}</p>').format(summary))
        options = FileOptions(
            choose_csv_style(ctx, "exports.csv_style"), columns, _choose_paper(ctx)
        )
        for name in FORMATS:
            disabled = name == "oc4ids" and not count
            _show_button(ctx, filters, name, options, disabled=disabled)
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("exports.bar.inside")))


def choose_csv_style(ctx: PageContext, key: str) -> CsvStyle:
    """Ask in which form CSV is wanted; the last choice of whoever asks is offered first."""
    if _CSV not in st.session_state:
        usual: CsvStyle = "vietnamese" if ctx.language == "vi" else "standard"
        st.session_state[_CSV] = read_last_csv_style(ctx.user) or usual
    styles = list(CSV_STYLES)
    style: CsvStyle = st.selectbox(
        ctx.t("exports.csv_style.label"),
        styles,
        index=styles.index(st.session_state[_CSV]),
        format_func=lambda style: ctx.t(f"exports.csv_style.{style}"),
        help=ctx.t("exports.csv_style.help"),
        key=key,
    )
    st.session_state[_CSV] = style
    return style


def _choose_paper(ctx: PageContext) -> Paper:
    papers: tuple[Paper, ...] = ("", "a4", "a3")
    paper: Paper = st.segmented_control(
        ctx.t("exports.paper.label"),
        papers,
        default="",
        format_func=lambda paper: ctx.t(f"exports.paper.{paper or 'auto'}"),
        help=ctx.t("exports.paper.help"),
        key="exports.paper",
        required=True,
    )
    return paper


def _show_button(
    ctx: PageContext, filters: Filters, name: str, options: FileOptions, *, disabled: bool
) -> None:
    called = make_file_name(ctx.facts, filters, name, clock.now())
    st.download_button(
        ctx.t(f"exports.format.{name}"),
        data=partial(_make_file, ctx, filters, name, called, options),
        file_name=called,
        mime=FORMATS[name].mime,
        key=f"exports.{name}",
        help=ctx.t(f"exports.format.{name}_help"),
        on_click="ignore",
        width="stretch",
        disabled=disabled,
    )


def _make_file(
    ctx: PageContext, filters: Filters, name: str, called: str, options: FileOptions
) -> bytes:
    made = make_export_apart(
        filters, name, ctx.user, language=ctx.language, called=called, options=options
    )
    return made.content
