"""What columns mean, said by a person: heading, three of its cells, meaning, unit; remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from pages.imports.upload import get_upload, read_tables_anew
from pages.shell.html import Html, escape_markdown, show_markup
from reports.model.extraction import COLUMN_KEYS, COLUMN_UNITS, ColumnChoice
from reports.tables.grid.headings import fold_heading
from store.facts.labels import translate_word
from store.imports.column_choices import (
    forget_column_choice,
    list_column_choices,
    remember_column_choices,
)

if TYPE_CHECKING:
    from pages.imports.upload import UploadedReport
    from pages.shell.context import PageContext
    from reports.model.extraction import ColumnUse, Extraction

_OPEN: Final = frozenset({"asked", "unused"})
_MOST: Final = 30
"""Columns asked about at a time."""


def show_column_form(ctx: PageContext, read: Extraction) -> None:
    """Offer to say what columns mean that were not used, and to forget what was said before."""
    upload = get_upload()
    if upload is None or upload.document is None:
        return
    columns = _list_headings(read)
    remembered = {one.heading: one for one in list_column_choices(read.document.issuer)}
    said = {fold_heading(one.heading): one for one in upload.choices}
    known = [one for one in columns if fold_heading(one.heading) in remembered | said]
    open_ones = [one for one in columns if one.fate in _OPEN and one not in known][:_MOST]
    if open_ones:
        title = ctx.t("imports.columns.title", count=len(open_ones))
        with st.expander(escape_markdown(title), expanded=len(open_ones) <= 3):  # noqa: PLR2004
            _show_questions(ctx, upload, open_ones)
    for column in known:
        heading = fold_heading(column.heading)
        choice = said.get(heading) or remembered[heading]
        _show_known(ctx, upload, column, choice, kept=heading in remembered)


def _show_questions(ctx: PageContext, upload: UploadedReport, columns: list[ColumnUse]) -> None:
    issuer = upload.document.issuer if upload.document else ""
    answers: list[ColumnChoice] = []
    with st.form("import.columns", border=False):
        for number, column in enumerate(columns):
            about, meaning, unit = st.columns([5, 3, 2], vertical_alignment="bottom")
            with about:
                show_markup(_render_column(ctx, column))
            key = meaning.selectbox(
                ctx.t("imports.columns.meaning"),
                ("", *COLUMN_KEYS),
                format_func=lambda name: ctx.t(f"imports.meaning.{name or 'open'}"),
                key=f"import.columns.meaning-{number}-{fold_heading(column.heading)[:60]}",
            )
            chosen_unit = unit.selectbox(
                ctx.t("imports.columns.unit"),
                ("", *COLUMN_UNITS),
                format_func=lambda name: (
                    translate_word("measure_unit", name, ctx.language)
                    or ctx.t("imports.columns.unit_open")
                ),
                key=f"import.columns.unit-{number}-{fold_heading(column.heading)[:60]}",
            )
            if key:
                answers.append(ColumnChoice(fold_heading(column.heading), key, chosen_unit, issuer))
        whom = issuer or ctx.t("imports.columns.everybody")
        keep = st.checkbox(
            escape_markdown(ctx.t("imports.columns.keep", issuer=whom)),
            value=True,
            key="import.columns.keep",
        )
        pressed = st.form_submit_button(ctx.t("imports.columns.again"), type="primary")
    if not pressed:
        return
    if not answers:
        st.warning(ctx.t("imports.columns.none"))
        return
    try:
        if keep:
            remember_column_choices(answers, ctx.user)
        _read_with(upload, [] if keep else answers)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))


def _show_known(
    ctx: PageContext, upload: UploadedReport, column: ColumnUse, choice: ColumnChoice, *, kept: bool
) -> None:
    """Say what a person has said of a column, and offer to forget it."""
    heading = fold_heading(column.heading)
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"import.column-{heading[:60]}"
    ):
        unit = translate_word("measure_unit", choice.unit, ctx.language)
        unit = f" ({unit})" if unit else ""
        mark = ctx.t("imports.columns.kept" if kept else "imports.columns.this_time")
        show_markup(
            Html('<p>“{}”: {}{} <span class="hp-mark">{}</span></p>').format(
                " ".join(column.heading.split())[:120],
                ctx.t(f"imports.meaning.{choice.key}"),
                unit,
                mark,
            )
        )
        if st.button(ctx.t("imports.columns.forget"), key=f"import.forget-{heading[:60]}"):
            try:
                if kept:
                    forget_column_choice(choice, ctx.user)
                _read_with(upload, [], without=heading)
            except ProjectMapError as fault:
                st.error(escape_markdown(fault))


def _read_with(upload: UploadedReport, answers: list[ColumnChoice], *, without: str = "") -> None:
    """Read the tables again with what was said for this time, one heading of it left out."""
    new = {fold_heading(one.heading): one for one in (*upload.choices, *answers)}
    new.pop(without, None)
    read_tables_anew(upload.with_choices(tuple(new.values())))


def _list_headings(read: Extraction) -> list[ColumnUse]:
    """Return the columns that have a heading, each heading once, those not used first."""
    order = {"asked": 0, "unused": 1}
    found: dict[str, ColumnUse] = {}
    for column in sorted(read.columns, key=lambda one: order.get(one.fate, 2)):
        heading = fold_heading(column.heading)
        if heading and column.cells:
            found.setdefault(heading, column)
    return list(found.values())


def _render_column(ctx: PageContext, column: ColumnUse) -> Html:
    samples = " · ".join(f"“{sample}”" for sample in column.samples)
    fate = ctx.t(f"imports.fate.{column.fate}")
    return Html(
        '<div class="hp-column"><b>{}</b> <span class="hp-mark">{}</span>'
        '<div class="hp-under">{}</div></div>'
    ).format(" ".join(column.heading.split())[:200], fate, samples)
