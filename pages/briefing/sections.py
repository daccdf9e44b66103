"""The parts of the leaders' page: what to decide, who must act, what is new, plan and actual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.history.plan_bars import list_plan_bars
from layers.history.s_curve import build_s_curve
from layers.summary.summary import summarise_period
from layers.watchlist.body_groups import group_rows_by_body
from pages.briefing.body_groups import MOST_ROWS, render_body_groups
from pages.briefing.plan_bars import render_plan_bars
from pages.catalogue.item_choice import list_item_options
from pages.map.list_standing import show_list_standing
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets import s_curve_chart
from pages.widgets.period_corrections import show_period_corrections
from pages.widgets.source_list import render_source_list
from pages.widgets.watchlist_table import render_watchlist
from store.facts.labels import format_iso_day
from store.facts.selection import resolve_period, select_items

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from layers.summary.comparison import SummarySentence
    from layers.watchlist.watchlist import WatchlistRow
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

FIRST_ROWS: Final = 16


def write_query_param(name: str, key: str) -> None:
    """Write what was chosen to the address, which reproduces the view."""
    value = st.session_state[key]
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def show_watchlist(
    ctx: PageContext, filters: Filters, rows: tuple[WatchlistRow, ...], day: date | None
) -> None:
    """Show what needs a decision, the first rows of it; ``day`` is what ages are counted to."""
    held_up_count = sum(row.holding for row in rows)
    with st.container(horizontal=True, vertical_alignment="center", key="briefing-watch-head"):
        show_markup(
            Html('<h2 class="hp-title" title="{}">{}</h2><div class="hp-under">{}</div>').format(
                ctx.t("leader.watch.help"),
                ctx.t("leader.watch.title", held=held_up_count, others=len(rows) - held_up_count),
                ctx.t(
                    "leader.watch.day",
                    day=format_iso_day(day.isoformat() if day else "", ctx.language),
                ),
            )
        )
        st.toggle(
            ctx.t("leader.watch.today"),
            value=st.query_params.get("day") == "today",
            key="briefing.today",
            on_change=_handle_today_change,
        )
    if not rows:
        show_markup(Html("<p>{}</p>").format(ctx.t("pages.panel.watch_none")))
        return
    everything = len(rows) > FIRST_ROWS and st.session_state.get("briefing.all", False)
    show_markup(render_watchlist(ctx, filters, rows, len(rows) if everything else FIRST_ROWS))
    if len(rows) > FIRST_ROWS:
        st.toggle(ctx.t("leader.watch.all", count=len(rows)), key="briefing.all")


def _handle_today_change() -> None:
    if st.session_state["briefing.today"]:
        st.query_params["day"] = "today"
    elif "day" in st.query_params:
        del st.query_params["day"]


def show_summary(ctx: PageContext, filters: Filters, base: str, settled: frozenset[str]) -> None:
    """Show the period in sentences against an earlier one."""
    summary = summarise_period(
        ctx.facts, filters, base=base, settled=settled, language=ctx.language
    )
    show_markup(
        Html('<p class="hp-under" title="{}">{}</p><ul class="hp-headline">{}</ul>').format(
            ctx.t("leader.headline.help"),
            summary.why,
            join_markup(_render_sentence(ctx, sentence) for sentence in summary.sentences),
        )
    )
    period = resolve_period(ctx.facts, filters)
    show_period_corrections(ctx, period)
    show_list_standing(ctx, period)


def _render_sentence(ctx: PageContext, sentence: SummarySentence) -> Markup:
    """Return a sentence of the headline with its sources."""
    look = f"hp-{sentence.direction}" if sentence.direction else ""
    return Html('<li class="{}">{} {}</li>').format(
        look, sentence.text, render_source_list(ctx, sentence.sources)
    )


def show_bodies(ctx: PageContext, filters: Filters, rows: tuple[WatchlistRow, ...]) -> None:
    """Show who must do what."""
    groups = group_rows_by_body(rows, language=ctx.language)
    largest = max((len(group.rows) for group in groups), default=0)
    cut = largest > MOST_ROWS and not st.session_state.get("briefing.bodies", False)
    show_markup(render_body_groups(ctx, filters, groups, MOST_ROWS if cut else None))
    if largest > MOST_ROWS:
        st.toggle(ctx.t("leader.bodies.all"), key="briefing.bodies")


def show_plan(ctx: PageContext, filters: Filters) -> None:
    """Show plan against actual of this period; over the periods where the reader asks for it."""
    show_markup(
        render_plan_bars(ctx, filters, list_plan_bars(ctx.facts, filters, language=ctx.language))
    )
    asked = bool(st.query_params.get("curve"))
    if st.toggle(ctx.t("leader.curve.over_periods"), value=asked, key="briefing.curve"):
        _show_curve(ctx, filters)


def _show_curve(ctx: PageContext, filters: Filters) -> None:
    """Show plan and actual of what the filters choose, or of one project of it."""
    items = select_items(ctx.facts, filters).items
    names = dict(zip(items["item"], items["name"], strict=True))
    requested = st.query_params.get("curve", "")
    whole = ctx.t("leader.curve.scope")
    with st.container(horizontal=True, vertical_alignment="center", key="briefing-curve-head"):
        show_markup(
            Html('<h2 class="hp-title" title="{}">{}</h2>').format(
                ctx.t("leader.curve.help"), ctx.t("leader.curve.title")
            )
        )
        options = ["", *list_item_options(ctx, names, requested, key="briefing.curve_of")]
        item = st.selectbox(
            ctx.t("leader.curve.of"),
            options,
            index=options.index(requested) if requested in options else 0,
            format_func=lambda code: f"{code} · {names[code]}" if code else whole,
            key="briefing.curve_of",
            label_visibility="collapsed",
            on_change=write_query_param,
            args=("curve", "briefing.curve_of"),
        )
    curve = build_s_curve(ctx.facts, filters, item=item, language=ctx.language)
    s_curve_chart.show_s_curve_chart(ctx, curve, key="briefing.chart")
