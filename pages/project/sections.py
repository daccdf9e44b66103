"""Parts of a project's page: its sections, figures or that there are none, position, approval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from layers.details.project_summary import locate_project
from layers.history.project_history import find_item_history
from pages.map.panel_sections import (
    render_place_lines,
    render_stated_lines,
    render_value_lines,
)
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.links import render_locator
from pages.widgets.matrix import (
    render_matrix,
    render_matrix_legend,
    render_rows_body,
    select_matrix_rows,
)
from pages.widgets.period_corrections import render_corrections
from pages.widgets.source_list import render_source_list
from pages.widgets.visit_card import build_project_map_link
from store.facts.labels import get_period_label, translate_word
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.stored.period_corrections import describe_approval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.details.project_details import ItemDetails
    from layers.details.stated_lines import StatedLine
    from layers.details.value_lines import ValueLine
    from pages.shell.context import PageContext
    from store.facts.stored.item_attributes import ItemAttribute


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


def show_location(ctx: PageContext, facts: ItemDetails, period: str) -> None:
    """Show the position, and that it is the project's own or only the middle of its commune."""
    show_section_heading(ctx, "where")
    where = locate_project(get_facts_known_at(ctx.facts, period), facts.item)
    point = None
    if where.precision == "own" and where.lon is not None and where.lat is not None:
        point = (where.lon, where.lat)
    show_markup(
        render_locator(
            ctx,
            [place.code for place in facts.places],
            build_project_map_link(ctx, facts.item),
            point,
        )
    )
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


def show_approval(ctx: PageContext, facts: ItemDetails, period: str) -> None:
    """Say that the period is approved and what of the project was corrected since."""
    if facts.approval is None:
        return
    own = replace(facts.approval, corrections=facts.approval.list_about(facts.item))
    show_markup(
        Html('<div class="hp-notes">{}{}</div>').format(
            describe_approval(ctx.facts, period, own, ctx.language),
            render_corrections(ctx, own.corrections),
        )
    )


def show_told(ctx: PageContext, facts: ItemDetails) -> None:
    """Show what the reports told the project to be: its bodies, another name or place."""
    places = {place.code for place in facts.places}
    known = {"name": {facts.name}, "kind": {facts.kind}, "commune": places}
    told = [one for one in facts.attributes if one.value not in known.get(one.attribute, set())]
    if not told:
        return
    show_section_heading(ctx, "told")
    rows = join_markup(
        Html('<li>{}: <b>{}</b> <span class="hp-under">{}</span> {}</li>').format(
            ctx.t(f"store.attribute.{one.attribute}").capitalize(),
            _name_attribute(ctx, one),
            get_period_label(ctx.facts, one.period, ctx.language),
            render_source_list(ctx, (one.source,)),
        )
        for one in told
    )
    show_markup(Html('<ul class="hp-places">{}</ul>').format(rows))


def _name_attribute(ctx: PageContext, told: ItemAttribute) -> str:
    if told.attribute == "commune":
        return str(ctx.facts.commune_names.get(told.value, told.value))
    if told.attribute == "kind":
        return translate_word("kind", told.value, ctx.language)
    return told.value


def show_statements(ctx: PageContext, lines: Sequence[StatedLine]) -> None:
    """Show what documents state of the project that is no figure of ours, if anything."""
    if lines:
        show_section_heading(ctx, "statements")
        show_markup(render_stated_lines(ctx, lines))


def show_lines_or_text(ctx: PageContext, lines: Sequence[ValueLine], otherwise: str) -> None:
    """Show figures with their sources, or the text that says there are none."""
    if lines:
        show_markup(render_value_lines(ctx, lines))
    else:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t(otherwise)))


def show_section_heading(ctx: PageContext, name: str) -> None:
    """Show a section's heading."""
    show_markup(Html('<h2 class="hp-head">{}</h2>').format(ctx.t(f"field.project.{name}")))
