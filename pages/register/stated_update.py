"""What documents state of an open case otherwise than the register has it: offered, not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import format_column_label, format_field_value
from pages.edit.save import finish_editing
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.links import build_link_query
from pages.widgets.source_list import render_source_list
from store.clearance.register import edit_case
from store.clearance.suggested_cases import map_case_updates
from store.editing.open_record import read_case

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.clearance.suggested_cases import CaseUpdate


MOST_NAMED: Final = 12


def show_stated_updates(ctx: PageContext, cases: frozenset[str]) -> None:
    """Say of which of the cases documents state other figures, each a link to its case."""
    others = sorted(cases & set(map_case_updates(ctx.facts)))
    if not others:
        return
    links = join_markup(
        (
            Html('<a class="hp-link" href="gpmb?{}" target="_self">{}</a>').format(
                build_link_query(ctx, case=case), case
            )
            for case in others[:MOST_NAMED]
        ),
        ", ",
    )
    text = ctx.t("register.update.many", count=len(others))
    show_markup(Html('<p class="hp-mind">{}{}</p>').format(text, links))


def show_stated_update(ctx: PageContext, case: str, *, allowed: bool) -> None:
    """Show what documents state otherwise of a case, with a button that takes it over."""
    update = map_case_updates(ctx.facts).get(case)
    if update is None:
        return
    lines = join_markup(
        Html("<li>{} <b>{}</b> {}</li>").format(
            ctx.t(
                "register.update.line",
                column=format_column_label(name, ctx.language),
                before=_format(ctx, name, update.before[name]),
            ),
            _format(ctx, name, value),
            render_source_list(ctx, (update.ground.statements[name].source,)),
        )
        for name, value in update.after.items()
    )
    title = ctx.t("register.update.title")
    show_markup(Html('<div class="hp-notes"><b>{}</b><ul>{}</ul></div>').format(title, lines))
    if allowed and st.button(ctx.t("register.update.take"), key=f"register.update-{case}"):
        _take_over(ctx, update)


def _take_over(ctx: PageContext, update: CaseUpdate) -> None:
    opened = read_case(update.case)
    if opened is None:
        return
    try:
        edit_case(update.case, update.after, seen=opened.token, actor=ctx.user, why=update.why)
    except ProjectMapError as fault:
        st.error("  \n".join(escape_markdown(line) for line in str(fault).splitlines()))
        return
    finish_editing(ctx.t("register.update.done", case=update.case))
    st.rerun()


def _format(ctx: PageContext, name: str, value: Any) -> str:
    return format_field_value(ctx.facts, name, value, language=ctx.language)
