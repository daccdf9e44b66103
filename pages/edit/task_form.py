"""The forms of a task: correcting who leads it or until when, adding one, taking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.labels.field_labels import (
    format_column_label,
    format_field_value,
    list_differences,
)
from layers.statement_view.typed_values import read_time, write_time
from pages.edit.number_box import ask_number
from pages.edit.save import EditDraft, form_key, show_save_form
from pages.shell.html import Html, show_markup
from reports.model.ranges import LINES
from store.editing.city import edit_task
from store.editing.tasks import add_task, remove_task
from store.facts.labels import format_times

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedTask

_MOST_CHARS: Final = 400
_MOST_TEXT_CHARS: Final = 4000


def show_task(ctx: PageContext, now: OpenedTask, key: str, *, allowed: bool) -> None:
    """Show the form of one of a task's statements, and offer to take the whole task out."""
    row = now.rows[key]
    of_lead = row["field"] == "lead"
    if of_lead:
        given = _ask_lead(ctx, str(row["value"]), f"{key}-{form_key()}")
    else:
        given = _ask_deadline(ctx, str(row["value"]), f"{key}-{form_key()}")
    before, after = (
        {"value": text if of_lead else format_times(text, ctx.language)}
        for text in (str(row["value"]), given)
    )
    show_save_form(
        ctx,
        EditDraft(
            f"task-{key}",
            list_differences(ctx.facts, before, after, ctx.language),
            now.tokens[key],
            lambda seen, _key, why: edit_task(key, given, seen=seen, actor=ctx.user, why=why),
            period=str(row["period"]),
        ),
        allowed=allowed,
    )
    with st.expander(ctx.t("edit.city.remove_task"), key="edit.remove_task"):
        show_save_form(
            ctx,
            EditDraft(
                f"gone-{key}",
                list_differences(ctx.facts, _describe_task(ctx, now), None, ctx.language),
                now.seen,
                lambda seen, _key, why: remove_task(
                    tuple(now.rows), seen=seen, actor=ctx.user, why=why
                ),
                label="edit.city.remove_task",
                period=str(row["period"]),
            ),
            allowed=allowed,
        )


def show_new_task(ctx: PageContext, period: str, *, allowed: bool) -> None:
    """Show the form of a task that a document of the period gives somebody."""
    documents = ctx.facts.documents
    docs = list(documents.loc[documents["period"] == period, "doc"])
    if not docs:
        st.info(ctx.t("edit.figure.no_document"))
        return
    show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.city.new_task_why")))
    end = f"new-{period}-{form_key()}"
    typed: dict[str, Any] = {"period": period}
    faults: list[str] = []
    typed["name"] = st.text_area(
        format_column_label("task_name", ctx.language),
        max_chars=_MOST_CHARS,
        height=68,
        key=f"edit.task_name-{end}",
    ).strip()
    with st.container(horizontal=True, key=f"edit.task_row-{end}"):
        typed["lead"] = _ask_lead(ctx, "", end)
        typed["deadline"] = _ask_deadline(ctx, "", end)
    with st.container(horizontal=True, key=f"edit.task_source-{end}"):
        typed["doc"] = st.selectbox(
            format_column_label("doc", ctx.language),
            docs,
            format_func=lambda document: format_field_value(
                ctx.facts, "doc", document, language=ctx.language
            ),
            key=f"edit.task_doc-{end}",
        )
        for name in ("line_from", "line_to"):
            label, key = format_column_label(name, ctx.language), f"edit.task_{name}-{end}"
            typed[name] = ask_number(ctx, label, None, faults, limits=LINES, key=key, width=150)
    typed["sentence"] = st.text_input(
        format_column_label("raw", ctx.language),
        max_chars=_MOST_TEXT_CHARS,
        key=f"edit.task_words-{end}",
    ).strip()
    whole = typed["name"] and (typed["lead"] or typed["deadline"]) and not faults
    shown = {
        "task_name": typed["name"],
        "lead": typed["lead"],
        "task_deadline": format_times(typed["deadline"], ctx.language),
    }
    lines = list_differences(ctx.facts, None, shown, ctx.language)
    show_save_form(
        ctx,
        EditDraft(
            f"new-task-{period}",
            lines if whole else (),
            "",
            lambda _seen, _key, why: add_task(typed, actor=ctx.user, why=why),
            period=period,
        ),
        allowed=allowed,
    )


def _ask_lead(ctx: PageContext, value: str, end: str) -> str:
    return st.text_input(
        format_column_label("lead", ctx.language),
        value,
        max_chars=_MOST_CHARS,
        key=f"edit.lead-{end}",
    ).strip()


def _ask_deadline(ctx: PageContext, value: str, end: str) -> str:
    """Return the time typed as statements keep it; what is none stays as it was typed."""
    shown = write_time(value, ctx.language)
    given = st.text_input(
        format_column_label("task_deadline", ctx.language),
        shown,
        placeholder=ctx.t("bench.many.when_hint"),
        max_chars=_MOST_CHARS,
        key=f"edit.deadline-{end}",
    ).strip()
    return value if given == shown else read_time(given) or given


def _describe_task(ctx: PageContext, now: OpenedTask) -> dict[str, str]:
    """Return what is said of a task, by column."""
    said = {"task_name": str(next(iter(now.rows.values()))["subject"])}
    for row in now.rows.values():
        value = str(row["value"])
        if row["field"] == "lead":
            said["lead"] = value
        else:
            said["task_deadline"] = format_times(value, ctx.language)
    return said
