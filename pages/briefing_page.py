"""What leaders open every morning: what changed, what is stuck, who must act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import clock
from layers.summary.base_period import base_of, earlier_periods
from layers.watchlist.watchlist import watch_day, watch_list
from pages.briefing import downloads, presentation
from pages.briefing import sections as parts
from pages.map.notes import show_figures
from pages.shell import view_state
from pages.shell.html import Html, plain, show
from pages.widgets import filter_bar
from pages.widgets.links import page_link
from store.facts.labels import period_label
from store.facts.selection import period_of
from store.imports.contradiction_decisions import settlements

if TYPE_CHECKING:
    from datetime import date

    from pages.shell.context import Context
    from store.facts.filters import Filters

LEFT_HEIGHT: Final = 540
RIGHT_HEIGHTS: Final = (270, 261)
STYLE: Final = Path(__file__).resolve().parent / "shell" / "assets" / "leader.css"


def render(ctx: Context) -> None:
    """Show the page; ``?present=1`` shows it for a meeting room's screen."""
    ctx.require("page.briefing")
    st.html(STYLE)
    if st.query_params.get("present") == "1" and not ctx.facts.periods.empty:
        presentation.show_screen(ctx)
        return
    left, right = st.columns([1.25, 1], gap="small", vertical_alignment="bottom")
    with left:
        filter_bar.show(ctx, measures=False)
    if ctx.facts.periods.empty:
        return
    filters = view_state.current().filters
    with right:
        base = _choices(ctx, filters)
    show_figures(ctx, filters)
    day = _day(ctx, filters)
    settled = frozenset(settlements())
    rows = watch_list(ctx.facts, filters, settled=settled, day=day, language=ctx.language)
    left, right = st.columns([1.75, 1], gap="small")
    with left, st.container(key="briefing-watch", height=LEFT_HEIGHT, border=True):
        parts.show_watch(ctx, filters, rows, day)
    with right:
        with st.container(key="briefing-headline", height=RIGHT_HEIGHTS[0], border=True):
            parts.show_headline(ctx, filters, base, settled)
        with st.container(key="briefing-curve", height=RIGHT_HEIGHTS[1], border=True):
            parts.show_curve(ctx, filters)
    view_state.write_address()


def _choices(ctx: Context, filters: Filters) -> str:
    """Offer the period to hold this one against, the other views, the document; return the base."""
    period = period_of(ctx.facts, filters)
    earlier = earlier_periods(ctx.facts, period)
    asked = st.query_params.get("base", "")
    chosen = asked if asked in earlier else base_of(ctx.facts, period)
    with st.container(key="briefing-choices", horizontal=True, vertical_alignment="bottom"):
        if earlier:
            st.selectbox(
                ctx.t("leader.page.base"),
                earlier,
                index=earlier.index(chosen),
                format_func=lambda one: plain(period_label(ctx.facts, one, ctx.language)),
                key=f"briefing.base-{period}",
                on_change=parts.keep,
                args=("base", f"briefing.base-{period}"),
                width=190,
            )
        maps = page_link(ctx, "hai-ban-do", filters, base=chosen)
        screen = page_link(ctx, "dieu-hanh", filters, present="1", base=asked)
        show(
            Html(
                '<div class="hp-actions"><a class="hp-link" target="_self" href="{}">{}</a>'
                '<a class="hp-link" target="_self" href="{}">{}</a></div>'
            ).format(maps, ctx.t("leader.page.two_maps"), screen, ctx.t("leader.page.present"))
        )
        downloads.show_downloads(ctx, filters, base=chosen, day=_day(ctx, filters))
    return chosen if asked in earlier else ""


def _day(ctx: Context, filters: Filters) -> date | None:
    """Return the day that ages are counted to: the period's, or today where it is asked for."""
    if st.query_params.get("day") == "today":
        return clock.today()
    return watch_day(ctx.facts, filters)
