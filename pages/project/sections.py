"""Parts of a project's page: its sections, figures or a word that there are none, its position."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.details.project_summary import where_is
from layers.history.project_history import item_history
from pages.map.panel_sections import fact_lines, place_lines
from pages.shell.html import Html, show
from pages.widgets.matrix import chosen_rows, legend, matrix_table, rows_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.details.project_details import ItemFacts
    from layers.details.value_lines import FactLine
    from pages.shell.context import Context


def show_item_history(ctx: Context, item: str) -> None:
    """Show what every period said of the item; nothing for an unknown item."""
    found = item_history(ctx.facts, item, language=ctx.language)
    if found is None:
        return
    with st.container(horizontal=True, key="history.choices"):
        every = st.toggle(ctx.t("bench.matrix.every"), value=True, key="history.every")
        changed = st.toggle(ctx.t("bench.matrix.only_changed"), key="history.changed")
    rows = chosen_rows(found.rows, every=every, only_changed=changed)
    if not rows:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.matrix.no_rows")))
        return
    show(legend(ctx))
    body = Html("<tbody>{}</tbody>").format(rows_body(ctx, rows, found.known))
    show(matrix_table(ctx, found.columns, [body]))


def show_where(ctx: Context, facts: ItemFacts) -> None:
    """Show the position, and that it is the project's own or only the middle of its commune."""
    section(ctx, "where")
    where = where_is(ctx.facts, facts.item)
    if where.precision == "own":
        how = ctx.t(f"field.how.{where.how}")
        accuracy = where.accuracy_m
        near = "" if accuracy is None else ctx.t("field.where.accuracy", metres=round(accuracy))
        said = ctx.t("field.where.own", how=how, accuracy=near)
    else:
        said = ctx.t(f"field.where.{where.precision}")
    show(
        Html('<p>{}{}</p><p class="hp-under">{}</p>').format(
            Html('<b class="hp-coordinates">{}</b><br>').format(where.coordinates)
            if where.coordinates
            else "",
            said,
            where.note,
        )
    )
    if facts.places:
        show(place_lines(ctx, facts))


def lines_or(ctx: Context, lines: Sequence[FactLine], otherwise: str) -> None:
    """Show figures with their sources, or the text that says there are none."""
    if lines:
        show(fact_lines(ctx, lines))
    else:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t(otherwise)))


def section(ctx: Context, name: str) -> None:
    """Show a section's heading."""
    show(Html('<h2 class="hp-head">{}</h2>').format(ctx.t(f"field.project.{name}")))
