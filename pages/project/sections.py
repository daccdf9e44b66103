"""Parts of a project's page: its sections, figures or a word that there are none, its position."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.details.project_summary import locate_project
from layers.history.project_history import find_item_history
from pages.map.panel_sections import render_place_lines, render_value_lines
from pages.shell.html import Html, show_markup
from pages.widgets.matrix import (
    render_matrix,
    render_matrix_legend,
    render_rows_body,
    select_matrix_rows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.details.project_details import ItemDetails
    from layers.details.value_lines import ValueLine
    from pages.shell.context import PageContext


def show_item_history(ctx: PageContext, item: str) -> None:
    """Show what every period said of the item; nothing for an unknown item."""
    history = find_item_history(ctx.facts, item, language=ctx.language)
    if history is None:
        return
    with st.container(horizontal=True, key="history.choices"):
        every = st.toggle(ctx.t("bench.matrix.every"), value=True, key="history.every")
        changed = st.toggle(ctx.t("bench.matrix.only_changed"), key="history.changed")
    rows = select_matrix_rows(history.rows, every=every, only_changed=changed)
    if not rows:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.matrix.no_rows")))
        return
    show_markup(render_matrix_legend(ctx))
    body = Html("<tbody>{}</tbody>").format(render_rows_body(ctx, rows, history.known))
    show_markup(render_matrix(ctx, history.columns, [body]))


def show_location(ctx: PageContext, facts: ItemDetails) -> None:
    """Show the position, and that it is the project's own or only the middle of its commune."""
    show_section_heading(ctx, "where")
    where = locate_project(ctx.facts, facts.item)
    if where.precision == "own":
        how = ctx.t(f"field.how.{where.how}")
        accuracy = where.accuracy_m
        near = "" if accuracy is None else ctx.t("field.where.accuracy", metres=round(accuracy))
        text = ctx.t("field.where.own", how=how, accuracy=near)
    else:
        text = ctx.t(f"field.where.{where.precision}")
    show_markup(
        Html('<p>{}{}</p><p class="hp-under">{}</p>').format(
            Html('<b class="hp-coordinates">{}</b><br>').format(where.coordinates)
            if where.coordinates
            else "",
            text,
            where.note,
        )
    )
    if facts.places:
        show_markup(render_place_lines(ctx, facts))


def show_lines_or_text(ctx: PageContext, lines: Sequence[ValueLine], otherwise: str) -> None:
    """Show figures with their sources, or the text that says there are none."""
    if lines:
        show_markup(render_value_lines(ctx, lines))
    else:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t(otherwise)))


def show_section_heading(ctx: PageContext, name: str) -> None:
    """Show a section's heading."""
    show_markup(Html('<h2 class="hp-head">{}</h2>').format(ctx.t(f"field.project.{name}")))
