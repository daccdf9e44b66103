"""One project's own page: what a QR code on a site board opens, readable on a phone, printable.

The address names the project (``item``) and perhaps the period; a link to it is all it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.details.project_details import item_facts
from layers.details.project_summary import status_line
from layers.tables.claimed_vs_observed import visit_gaps
from layers.tables.visit_list import gap_lines, visit_rows
from pages.map.panel import show_estimate
from pages.map.panel_sections import conflict_lines, fact_lines, problem_lines
from pages.project.clearance_cases import case_list
from pages.project.links import project_links
from pages.project.sections import lines_or, section, show_item_history, show_where
from pages.project.site_sign import show_board
from pages.shell.html import Html, join, plain, show
from pages.widgets.visit_card import latest_gaps, visit_card
from store.facts.facts import default_period
from store.facts.filters import from_query
from store.facts.labels import period_label

if TYPE_CHECKING:
    from layers.details.project_details import ItemFacts
    from pages.shell.context import Context

MOST_VISITS: Final = 12
_MILESTONES: Final = ("milestone_start", "milestone_inauguration", "milestone_finish")
_CLEARANCE: Final = ("actual_clearance_pct", "planned_clearance_pct")


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.project")
    filters = from_query({**st.query_params.to_dict(), "carry": "1"})
    asked = st.query_params.get("item", "")
    facts = item_facts(ctx.facts, filters, asked, language=ctx.language) if asked else None
    if facts is None:
        _choose(ctx, asked)
        return
    period = filters.period if filters.period in set(ctx.facts.periods["period"]) else ""
    _top(ctx, facts, period or default_period(ctx.facts))
    left, right = st.columns([2, 1], gap="large")
    with left:
        _figures(ctx, facts)
        _clearance(ctx, facts)
        _visits(ctx, facts, period or default_period(ctx.facts))
    with right:
        show_where(ctx, facts)
        show(conflict_lines(ctx, facts.conflicts))
        show_estimate(ctx, filters, facts.item)
        show_board(ctx, facts)
    section(ctx, "history")
    show_item_history(ctx, facts.item)
    if facts.note:
        show(Html('<p class="hp-under">{}</p>').format(facts.note))


def _choose(ctx: Context, asked: str) -> None:
    """Offer all projects: none is asked for, or one that is not there (or not to be seen)."""
    show(Html("<h2>{}</h2>").format(ctx.t("field.project.title")))
    if asked:
        st.warning(plain(ctx.t("field.project.unknown", item=asked[:80])))
    if ctx.facts.items.empty:
        st.info(ctx.t("pages.bar.empty"))
        return
    names = dict(zip(ctx.facts.items["item"], ctx.facts.items["name"], strict=True))
    chosen = st.selectbox(
        ctx.t("field.project.choose"),
        sorted(names),
        index=None,
        format_func=lambda item: plain(f"{item} – {names[item]}"),
        key="project.item",
    )
    if chosen:
        st.query_params["item"] = chosen
        st.rerun()


def _top(ctx: Context, facts: ItemFacts, period: str) -> None:
    kinds = (facts.kind_label, facts.funding_label, facts.phase_label)
    under = " · ".join(text for text in (facts.item, *kinds, facts.zone_name) if text)
    line = status_line(ctx.facts, facts.item, period, language=ctx.language)
    show(
        Html('<h1 class="hp-project">{}</h1><div class="hp-under">{}</div>').format(
            facts.name, under
        )
    )
    show(
        Html('<p class="hp-lead"><span class="hp-mark">{}</span> {}</p>').format(
            period_label(ctx.facts, period, ctx.language), line
        )
    )
    show(project_links(ctx, facts.item, tuple(place.code for place in facts.places)))


def _figures(ctx: Context, facts: ItemFacts) -> None:
    """Show the figures with their sources, then who is asked to act and the milestones."""
    section(ctx, "figures")
    apart = (*_MILESTONES, *_CLEARANCE)
    rest = [line for line in facts.lines if line.key not in apart]
    lines_or(ctx, rest, "field.project.no_figures")
    section(ctx, "milestones")
    milestones = [line for line in facts.lines if line.key in _MILESTONES]
    lines_or(ctx, milestones, "field.project.no_milestones")


def _clearance(ctx: Context, facts: ItemFacts) -> None:
    """Show what reports state of clearance and what the register holds."""
    section(ctx, "clearance")
    cases = case_list(ctx, facts.item)
    shares = [line for line in facts.lines if line.key in _CLEARANCE]
    if not shares and not facts.problems and not cases:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("field.project.no_clearance")))
        return
    if shares:
        show(fact_lines(ctx, shares))
    show(problem_lines(ctx, facts.problems))
    show(cases)


def _visits(ctx: Context, facts: ItemFacts, period: str) -> None:
    """Show claimed against observed: the latest of every measure, then every visit."""
    section(ctx, "visits")
    rows = visit_rows(ctx.facts, facts.item, language=ctx.language)
    if not rows:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("field.project.no_visits")))
        return
    lines = gap_lines(visit_gaps(ctx.facts, period), facts.item, language=ctx.language)
    if lines:
        show(latest_gaps(ctx, lines))
    every = ctx.t("field.project.all_visits", count=len(rows))
    show(Html('<h3 class="hp-sub">{}</h3>').format(every))
    show(join(visit_card(ctx, row) for row in rows[:MOST_VISITS]))
    if len(rows) > MOST_VISITS:
        left = ctx.t("field.project.more_visits", count=len(rows) - MOST_VISITS)
        show(Html('<p class="hp-under">{}</p>').format(left))
