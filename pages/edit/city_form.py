"""Editing what documents state of the whole city: its figures, and who does what until when."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.labels.field_labels import format_column_label, list_differences
from pages.edit.number_box import ask_number
from pages.edit.save import EditDraft, form_key, open_for_editing, show_save_form
from pages.edit.task_form import show_new_task, show_task
from pages.shell.html import Html, show_markup
from pages.widgets.source_list import render_source_list
from reports.model.ranges import COUNTS
from store.editing.city import edit_indicator
from store.editing.open_record import read_row, read_task
from store.facts.labels import format_quantity, format_times, get_period_label
from store.facts.sources import source_from_row
from store.templates.kinds import KINDS
from store.templates.rows import fill_template

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.audit.rows import Row
    from store.editing.open_record import OpenedRow, OpenedTask

NEW: Final = "new"
"""Stands for a task that is added."""

_MOST_TEXT_CHARS: Final = 4000


def show_city(ctx: PageContext) -> None:
    """Show the figures and tasks of a period, the form of one, and what saving it changes."""
    if not ctx.user.sees_all:
        show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.save.outside")))
        return
    ranks = ctx.facts.period_ranks
    left, right = st.columns([1, 4])
    with left:
        period = st.selectbox(
            format_column_label("period", ctx.language),
            sorted(ranks, key=ranks.__getitem__, reverse=True),
            format_func=lambda code: get_period_label(ctx.facts, code, ctx.language),
            key="edit.city_period",
        )
    tasks: dict[str, tuple[str, ...]] = {}
    options = {("statements", NEW): ctx.t("edit.city.new_task")} if period else {}
    options |= _list_options(ctx, str(period or ""), tasks)
    with right:
        chosen = st.selectbox(
            ctx.t("edit.city.choose", count=len(options) - 1),
            list(options),
            index=None,
            format_func=options.__getitem__,
            placeholder=ctx.t("edit.page.search"),
            key=f"edit.city-{period}",
        )
    if not chosen:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.city.why")))
        return
    table, key = chosen
    allowed = ctx.may("edit.observation")
    if table == "indicators":
        _open_indicator(ctx, key, allowed=allowed)
        return
    allowed = allowed and ctx.may("review.decide")
    if key == NEW:
        show_new_task(ctx, str(period), allowed=allowed)
        return
    look = partial(read_task, tasks[key])
    now: OpenedTask | None = open_for_editing(ctx, f"statements-{key}", look)
    if now is None or key not in now.rows:
        st.warning(ctx.t("edit.page.gone"))
        return
    _show_words(ctx, now.rows[key], "sentence")
    show_task(ctx, now, key, allowed=allowed)


def _open_indicator(ctx: PageContext, key: str, *, allowed: bool) -> None:
    look = partial(read_row, "indicators", key)
    now: OpenedRow | None = open_for_editing(ctx, f"indicators-{key}", look)
    if now is None:
        st.warning(ctx.t("edit.page.gone"))
        return
    _show_words(ctx, now.row, "raw")
    _show_indicator(ctx, now, key, allowed=allowed)


def _show_words(ctx: PageContext, row: Row, column: str) -> None:
    """Show the document's own words, and where they stand."""
    source = source_from_row(ctx.facts, {"raw": ""} | row)
    show_markup(
        Html('<p class="hp-under">{} <q class="hp-quote" lang="vi">{}</q> {}</p>').format(
            ctx.t("edit.figure.words"), row[column] or "…", render_source_list(ctx, (source,))
        )
    )


def _list_options(
    ctx: PageContext, period: str, tasks: dict[str, tuple[str, ...]]
) -> dict[tuple[str, str], str]:
    """Return what may be corrected, by table and key, with its name; those of templates.

    ``tasks`` is given the keys of all statements of a task, by the key of each.
    """
    options = {}
    for row in fill_template(ctx.facts, KINDS["indicators"], period, ctx.user).rows:
        value = format_quantity(float(str(row.cells["value"])), ctx.language)
        named = f"{row.cells['subject']} – {row.cells['measure']}: {value}"
        options["indicators", row.key] = named
    for row in fill_template(ctx.facts, KINDS["tasks"], period, ctx.user).rows:
        for column, keys in row.observations.items():
            value = str(row.cells[column])
            shown = value if column == "lead" else format_times(value, ctx.language)
            label = ctx.t(f"edit.city.{column}")
            options["statements", keys[0]] = f"{row.cells['task_name']} – {label}: {shown}"
            tasks[keys[0]] = tuple(key for said in row.observations.values() for key in said)
    return options


def _show_indicator(ctx: PageContext, now: OpenedRow, key: str, *, allowed: bool) -> None:
    faults: list[str] = []
    end = f"{key}-{form_key()}"
    typed: dict[str, Any] = {}
    with st.container(horizontal=True, key=f"edit.city_row-{end}"):
        for name in ("value", "total"):
            typed[name] = ask_number(
                ctx,
                format_column_label(name, ctx.language),
                now.row[name],
                faults,
                limits=COUNTS,
                key=f"edit.{name}-{end}",
                width=260,
            )
    typed["note"] = st.text_area(
        format_column_label("note", ctx.language),
        now.row["note"],
        max_chars=_MOST_TEXT_CHARS,
        height=90,
        key=f"edit.note-{end}",
    ).strip()
    if faults:
        return
    changes = {name: value for name, value in typed.items() if value != now.row[name]}
    before = {name: now.row[name] for name in changes}
    show_save_form(
        ctx,
        EditDraft(
            f"indicator-{key}",
            list_differences(ctx.facts, before, changes, ctx.language),
            now.seen,
            lambda seen, _key, why: edit_indicator(
                key, changes, seen=seen, actor=ctx.user, why=why
            ),
            period=str(now.row["period"]),
        ),
        allowed=allowed,
    )
