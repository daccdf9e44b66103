"""What leaders open every morning: what changed, what is stuck, who must act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import clock
from layers.summary.base_period import choose_base_period, list_earlier_periods
from layers.watchlist.watchlist import build_watchlist, find_watch_day
from pages.briefing import downloads, presentation
from pages.briefing import sections as parts
from pages.map.notes import show_key_figures
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown, show_markup
from pages.widgets import filter_bar
from pages.widgets.links import build_page_link
from store.facts.labels import get_period_label
from store.facts.selection import resolve_period
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from datetime import date

    from pages.shell.context import PageContext
    from store.facts.filters import Filters

LEFT_HEIGHT: Final = 540
RIGHT_HEIGHTS: Final = (270, 261)
STYLE: Final = Path(__file__).resolve().parent / "shell" / "assets" / "leader.css"


def show_page(ctx: PageContext) -> None:
    """Show the page; ``?present=1`` shows it for a meeting room's screen."""
    ctx.require("page.briefing")
    st.html(STYLE)
    if st.query_params.get("present") == "1" and not ctx.facts.periods.empty:
        presentation.show_screen(ctx)
        return
    left, right = st.columns([1.25, 1], gap="small", vertical_alignment="bottom")
    with left:
        filter_bar.show_filter_bar(ctx, measures=False)
    if ctx.facts.periods.empty:
        return
    filters = view_state.get_view_state().filters
    with right:
        base = _show_choices(ctx, filters)
    show_key_figures(ctx, filters)
    day = _find_day(ctx, filters)
    settled = frozenset(list_contradiction_decisions())
    rows = build_watchlist(ctx.facts, filters, settled=settled, day=day, language=ctx.language)
    left, right = st.columns([1.75, 1], gap="small")
    with left, st.container(key="briefing-watch", height=LEFT_HEIGHT, border=True):
        parts.show_watchlist(ctx, filters, rows, day)
    with right:
        with st.container(key="briefing-headline", height=RIGHT_HEIGHTS[0], border=True):
            parts.show_summary(ctx, filters, base, settled)
        with st.container(key="briefing-curve", height=RIGHT_HEIGHTS[1], border=True):
            parts.show_curve(ctx, filters)
    view_state.write_address()


def _show_choices(ctx: PageContext, filters: Filters) -> str:
    """Offer the period to hold this one against, the other views, the document; return the base."""
    period = resolve_period(ctx.facts, filters)
    earlier = list_earlier_periods(ctx.facts, period)
    requested = st.query_params.get("base", "")
    chosen = requested if requested in earlier else choose_base_period(ctx.facts, period)
    with st.container(key="briefing-choices", horizontal=True, vertical_alignment="bottom"):
        if earlier:
            st.selectbox(
                ctx.t("leader.page.base"),
                earlier,
                index=earlier.index(chosen),
                format_func=lambda period_code: escape_markdown(
                    get_period_label(ctx.facts, period_code, ctx.language)
                ),
                key=f"briefing.base-{period}",
                on_change=parts.write_query_param,
                args=("base", f"briefing.base-{period}"),
                width=190,
            )
        maps = build_page_link(ctx, "hai-ban-do", filters, base=chosen)
        screen = build_page_link(ctx, "dieu-hanh", filters, present="1", base=requested)
        show_markup(
            Html(
                '<div class="hp-actions"><a class="hp-link" target="_self" href="{}">{}</a>'
                '<a class="hp-link" target="_self" href="{}">{}</a></div>'
            ).format(maps, ctx.t("leader.page.two_maps"), screen, ctx.t("leader.page.present"))
        )
        downloads.show_downloads(ctx, filters, base=chosen, day=_find_day(ctx, filters))
    return chosen if requested in earlier else ""


def _find_day(ctx: PageContext, filters: Filters) -> date | None:
    """Return the day that ages are counted to: the period's, or today where it is asked for."""
    if st.query_params.get("day") == "today":
        return clock.today()
    return find_watch_day(ctx.facts, filters)
