"""One project's own page: what a QR code on a site board opens, readable on a phone, printable.

The address names the project (``item``) and perhaps the period; a link to it is all it takes.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.details.clearance_lines import drop_repeated_reasons
from layers.details.project_details import find_item_details
from layers.details.project_summary import format_status_line
from layers.labels.short_names import shorten_name
from layers.tables.claimed_vs_observed import list_visit_gaps
from layers.tables.visit_list import list_gap_lines, list_visits
from pages.catalogue.item_choice import ask_item_name, list_item_choices, show_item_hits
from pages.map.panel import show_forecast
from pages.map.panel_sections import (
    render_conflict_lines,
    render_problem_lines,
    render_stated_lines,
    render_value_lines,
)
from pages.project.clearance_cases import render_case_list
from pages.project.links import render_project_links
from pages.project.sections import (
    show_approval,
    show_item_history,
    show_lines_or_text,
    show_location,
    show_section_heading,
    show_statements,
    show_told,
)
from pages.project.site_sign import show_site_sign
from pages.shell.html import Html, escape_markdown, join_markup, render_remark, show_markup
from pages.shell.last_opened import list_opened, note_opened, show_choices
from pages.shell.page_frame import set_page_title
from pages.widgets.visit_card import (
    build_project_link,
    render_latest_gaps,
    render_visit_card,
)
from store.facts.filters import Filters, filters_from_query
from store.facts.labels import get_period_label
from store.facts.selection import resolve_period, select_items

if TYPE_CHECKING:
    from layers.details.project_details import ItemDetails
    from pages.shell.context import PageContext

MOST_VISITS: Final = 12
_MILESTONES: Final = ("milestone_start", "milestone_inauguration", "milestone_finish")
_CLEARANCE: Final = ("actual_clearance_pct", "planned_clearance_pct")


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.project")
    filters = filters_from_query({**st.query_params.to_dict(), "carry": "1"})
    requested = st.query_params.get("item", "")
    facts = (
        find_item_details(ctx.facts, filters, requested, language=ctx.language)
        if requested
        else None
    )
    if facts is None:
        _choose_project(ctx, requested)
        return
    period = resolve_period(ctx.facts, filters)
    _show_top(ctx, facts, period)
    show_approval(ctx, facts, period)
    left, right = st.columns([2, 1], gap="large")
    with left:
        _show_figures(ctx, facts)
        show_statements(ctx, [line for line in facts.stated if not line.of_ground])
        _show_clearance(ctx, facts)
        _show_visits(ctx, facts, period)
    with right:
        show_location(ctx, facts, period)
        show_told(ctx, facts)
        show_markup(render_conflict_lines(ctx, facts.conflicts))
        show_forecast(ctx, filters, facts.item)
    show_section_heading(ctx, "history")
    show_item_history(ctx, facts.item)
    show_site_sign(ctx, facts)
    if facts.note:
        remark = render_remark(facts.note, ctx.language)
        show_markup(Html('<p class="hp-under">{}</p>').format(remark))
    note_opened(ctx, "item", facts.item)


def _choose_project(ctx: PageContext, requested: str) -> None:
    """Offer all projects: none is asked for, or one that is not there (or not to be seen)."""
    show_markup(Html("<h2>{}</h2>").format(ctx.t("field.project.title")))
    if requested:
        st.warning(escape_markdown(ctx.t("field.project.unknown", item=requested[:80])))
    if ctx.facts.items.empty:
        st.info(ctx.t("pages.bar.empty"))
        return
    typed = ask_item_name(ctx, key="project.search")
    show_item_hits(ctx, typed, _open_project, key="project.search")
    opened = list_item_choices(ctx, list_opened(ctx, "item"), partial(build_project_link, ctx))
    show_choices(ctx.t("pages.opened.last"), opened)
    # Those that are forecast to miss their goal, the largest first, to begin with.
    items = select_items(ctx.facts, Filters(forecasts=("misses",))).items
    rows = items.sort_values("investment_mvnd", ascending=False, na_position="last")["item"]
    title = f"{ctx.t('layers.figure.misses')} ({len(rows)})"
    show_choices(title, list_item_choices(ctx, rows, partial(build_project_link, ctx)))


def _open_project(item: str) -> None:
    st.query_params["item"] = item


def _show_top(ctx: PageContext, facts: ItemDetails, period: str) -> None:
    set_page_title(shorten_name(facts.name), ctx.language)
    kinds = (facts.kind_label, facts.funding_label, facts.phase_label)
    under = " · ".join(text for text in (facts.item, *kinds, facts.zone_name) if text)
    line = format_status_line(ctx.facts, facts.item, period, language=ctx.language)
    show_markup(
        Html('<h2 class="hp-project">{}</h2><div class="hp-under">{}</div>').format(
            facts.name, under
        )
    )
    show_markup(
        Html('<p class="hp-lead"><span class="hp-mark">{}</span> {}</p>').format(
            get_period_label(ctx.facts, period, ctx.language), line
        )
    )
    show_markup(render_project_links(ctx, facts.item, tuple(place.code for place in facts.places)))


def _show_figures(ctx: PageContext, facts: ItemDetails) -> None:
    """Show the figures with their sources, then who is asked to act and the milestones."""
    show_section_heading(ctx, "figures")
    apart = (*_MILESTONES, *_CLEARANCE)
    lines = drop_repeated_reasons(facts.lines, facts.problems)  # those stand under clearance
    rest = [line for line in lines if line.key not in apart]
    show_lines_or_text(ctx, rest, "field.project.no_figures")
    show_section_heading(ctx, "milestones")
    milestones = [line for line in facts.lines if line.key in _MILESTONES]
    show_lines_or_text(ctx, milestones, "field.project.no_milestones")


def _show_clearance(ctx: PageContext, facts: ItemDetails) -> None:
    """Show what reports state of clearance and what the register holds."""
    show_section_heading(ctx, "clearance")
    cases = render_case_list(ctx, facts.item)
    stated = [line for line in facts.stated if line.of_ground]
    shares = [line for line in facts.lines if line.key in _CLEARANCE]
    if not (shares or facts.problems or cases or stated):
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.project.no_clearance")))
        return
    if shares:
        show_markup(render_value_lines(ctx, shares))
    show_markup(render_problem_lines(ctx, facts.problems))
    if stated:
        show_markup(render_stated_lines(ctx, stated))
    show_markup(cases)


def _show_visits(ctx: PageContext, facts: ItemDetails, period: str) -> None:
    """Show claimed against observed: the latest of every measure, then every visit."""
    show_section_heading(ctx, "visits")
    rows = list_visits(ctx.facts, facts.item, language=ctx.language)
    if not rows:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.project.no_visits")))
        return
    lines = list_gap_lines(list_visit_gaps(ctx.facts, period), facts.item, language=ctx.language)
    if lines:
        show_markup(render_latest_gaps(ctx, lines))
    every = ctx.t("field.project.all_visits", count=len(rows))
    show_markup(Html('<h3 class="hp-sub">{}</h3>').format(every))
    show_markup(join_markup(render_visit_card(ctx, row) for row in rows[:MOST_VISITS]))
    if len(rows) > MOST_VISITS:
        left = ctx.t("field.project.more_visits", count=len(rows) - MOST_VISITS)
        show_markup(Html('<p class="hp-under">{}</p>').format(left))
