"""What leaders open every morning: what changed, what is stuck, who must act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import clock
from layers.summary.base_period import choose_base_period, list_earlier_periods
from layers.summary.lead_sentence import write_lead_sentence
from layers.watchlist.watchlist import build_watchlist, find_watch_day
from pages.briefing import downloads, last_visit, presentation
from pages.briefing import sections as parts
from pages.map.newer_report import show_newer_report
from pages.map.notes import show_key_figures
from pages.shell import view_state
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.filters import filter_bar
from pages.widgets.links import build_page_link
from store.facts.labels import get_period_label
from store.facts.selection import resolve_period
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from datetime import date

    from pages.shell.context import PageContext
    from store.facts.filters import Filters

HEIGHT: Final = 420
"""Of both panels where a browser does not know ``dvh``; in others they fill the window."""

TABS: Final = ("bodies", "news", "since", "plan")
STYLE: Final = Path(__file__).resolve().parent / "shell" / "assets" / "leader.css"
_ASKED_FIRST: Final = (
    "<style>@media (max-width: 640px) {"
    " [data-testid=stColumn]:has(.st-key-briefing-more) { order: -1; } }</style>"
)
"""On a phone the panel of the tab that was asked for stands before the long list."""


def show_page(ctx: PageContext) -> None:
    """Show the page; ``?present=1`` shows it for a meeting room's screen."""
    ctx.require("page.briefing")
    st.html(STYLE)
    if st.query_params.get("present") == "1" and not ctx.facts.periods.empty:
        presentation.show_screen(ctx)
        return
    top = st.container(key="briefing-lead")
    filter_bar.show_filter_bar(ctx, measures=False, slim=True, beside=_show_choices)
    if ctx.facts.periods.empty:
        return
    filters = view_state.get_view_state().filters
    day = _find_day(ctx, filters)
    settled = frozenset(list_contradiction_decisions())
    rows = build_watchlist(ctx.facts, filters, settled=settled, day=day, language=ctx.language)
    lead = write_lead_sentence(ctx.facts, filters, rows, language=ctx.language)
    with top:
        show_markup(Html('<p class="hp-lead-sentence">{}</p>').format(lead))
        show_newer_report(ctx, filters)
    left, right = st.columns([1.75, 1], gap="small")
    with left, st.container(key="briefing-watch", height=HEIGHT, border=True):
        parts.show_watchlist(ctx, filters, rows, day)
    with right, st.container(key="briefing-more", height=HEIGHT, border=True):
        asked = st.query_params.get("tab", "")
        if asked in TABS:
            st.html(_ASKED_FIRST)
        who, news, since, plan = st.tabs(
            [ctx.t(f"leader.tab.{name}") for name in TABS],
            default=ctx.t(f"leader.tab.{asked}") if asked in TABS else None,
            key=f"briefing.tabs-{asked if asked in TABS else ''}",  # others asked for: others shown
        )
        with who:
            parts.show_bodies(ctx, filters, rows)
        with news:
            parts.show_summary(ctx, filters, _get_requested_base(ctx, filters), settled)
        with since:
            last_visit.show_last_visit(ctx, filters)
        with plan:
            parts.show_plan(ctx, filters)
    show_key_figures(ctx, filters)
    view_state.write_address()


def _get_requested_base(ctx: PageContext, filters: Filters) -> str:
    """Return the earlier period that the address asks to compare with, '' for none."""
    requested = st.query_params.get("base", "")
    earlier = list_earlier_periods(ctx.facts, resolve_period(ctx.facts, filters))
    return requested if requested in earlier else ""


def _show_choices(ctx: PageContext) -> None:
    """Offer the period to hold this one against, the other views, the document."""
    if ctx.facts.periods.empty:
        return
    filters = view_state.get_view_state().filters
    period = resolve_period(ctx.facts, filters)
    earlier = list_earlier_periods(ctx.facts, period)
    requested = _get_requested_base(ctx, filters)
    chosen = requested or choose_base_period(ctx.facts, period)
    with st.container(key="briefing-choices", horizontal=True, vertical_alignment="bottom"):
        if earlier:
            st.selectbox(
                ctx.t("leader.page.base"),
                earlier,
                index=earlier.index(chosen),
                format_func=lambda period_code: ctx.t(
                    "leader.maps.against",
                    period=get_period_label(ctx.facts, period_code, ctx.language),
                ),
                label_visibility="collapsed",
                key=f"briefing.base-{period}",
                on_change=parts.write_query_param,
                args=("base", f"briefing.base-{period}"),
                width=225,
            )
        maps = build_page_link(ctx, "hai-ban-do", filters, base=chosen)
        screen = build_page_link(ctx, "dieu-hanh", filters, present="1", base=requested)
        show_markup(
            Html(
                '<div class="hp-actions"><a class="hp-link" target="_self" href="{}">{}</a>'
                '<a class="hp-link" target="_self" href="{}">{}</a>{}</div>'
            ).format(
                maps,
                ctx.t("leader.page.two_maps"),
                screen,
                ctx.t("leader.page.present"),
                join_markup(
                    Html('<a class="hp-link hp-on-phone" target="_self" href="{}">{}</a>').format(
                        build_page_link(ctx, "dieu-hanh", filters, tab=tab, base=requested),
                        ctx.t(f"leader.tab.{tab}"),
                    )
                    for tab in ("news", "since")
                ),
            )
        )
        downloads.show_downloads(ctx, filters, base=requested, day=_find_day(ctx, filters))


def _find_day(ctx: PageContext, filters: Filters) -> date | None:
    """Return the day that ages are counted to: the period's, or today where it is asked for."""
    if st.query_params.get("day") == "today":
        return clock.today()
    return find_watch_day(ctx.facts, filters)
