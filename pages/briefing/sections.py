"""The parts of the briefing: watch list, headline, curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.history.s_curve import s_curve
from layers.summary.summary import headline
from pages.shell.html import Html, join, plain, show
from pages.widgets import s_curve_chart
from pages.widgets.source_list import source_list
from pages.widgets.watchlist_table import watch_table
from store.facts.labels import iso_day
from store.facts.selection import select

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from layers.summary.comparison import HeadlineSentence
    from layers.watchlist.watchlist import WatchRow
    from pages.shell.context import Context
    from store.facts.filters import Filters

FIRST_ROWS: Final = 12


def keep(name: str, key: str) -> None:
    """Write what was chosen to the address, which reproduces the view."""
    value = st.session_state[key]
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def show_watch(
    ctx: Context, filters: Filters, rows: tuple[WatchRow, ...], day: date | None
) -> None:
    """Show what needs a decision, the first rows of it; ``day`` is what ages are counted to."""
    held = sum(row.holding for row in rows)
    with st.container(horizontal=True, vertical_alignment="center", key="briefing-watch-head"):
        show(
            Html('<h2 class="hp-title" title="{}">{}</h2><div class="hp-under">{}</div>').format(
                ctx.t("leader.watch.help"),
                ctx.t("leader.watch.title", held=held, others=len(rows) - held),
                ctx.t(
                    "leader.watch.day", day=iso_day(day.isoformat() if day else "", ctx.language)
                ),
            )
        )
        st.toggle(
            ctx.t("leader.watch.today"),
            value=st.query_params.get("day") == "today",
            key="briefing.today",
            on_change=_today_changed,
        )
    if not rows:
        show(Html("<p>{}</p>").format(ctx.t("pages.panel.watch_none")))
        return
    everything = len(rows) > FIRST_ROWS and st.session_state.get("briefing.all", False)
    show(watch_table(ctx, filters, rows, len(rows) if everything else FIRST_ROWS))
    if len(rows) > FIRST_ROWS:
        st.toggle(ctx.t("leader.watch.all", count=len(rows)), key="briefing.all")


def _today_changed() -> None:
    if st.session_state["briefing.today"]:
        st.query_params["day"] = "today"
    elif "day" in st.query_params:
        del st.query_params["day"]


def show_headline(ctx: Context, filters: Filters, base: str, settled: frozenset[str]) -> None:
    """Show the period in sentences against an earlier one."""
    told = headline(ctx.facts, filters, base=base, settled=settled, language=ctx.language)
    show(
        Html(
            '<h2 class="hp-title" title="{}">{}</h2><p class="hp-under">{}</p>'
            '<ul class="hp-headline">{}</ul>'
        ).format(
            ctx.t("leader.headline.help"),
            ctx.t("leader.headline.title"),
            told.why,
            join(_sentence(ctx, one) for one in told.sentences),
        )
    )


def _sentence(ctx: Context, one: HeadlineSentence) -> Markup:
    """Return a sentence of the headline with its sources."""
    look = f"hp-{one.direction}" if one.direction else ""
    return Html('<li class="{}">{} {}</li>').format(look, one.text, source_list(ctx, one.sources))


def show_curve(ctx: Context, filters: Filters) -> None:
    """Show plan and actual of what the filters choose, or of one project of it."""
    items = select(ctx.facts, filters).items
    names = dict(zip(items["item"], items["name"], strict=True))
    asked = st.query_params.get("curve", "")
    options = ["", *names]
    whole = ctx.t("leader.curve.scope")
    with st.container(horizontal=True, vertical_alignment="center", key="briefing-curve-head"):
        show(
            Html('<h2 class="hp-title" title="{}">{}</h2>').format(
                ctx.t("leader.curve.help"), ctx.t("leader.curve.title")
            )
        )
        item = st.selectbox(
            ctx.t("leader.curve.of"),
            options,
            index=options.index(asked) if asked in names else 0,
            format_func=lambda code: plain(names[code]) if code else whole,
            key="briefing.curve_of",
            label_visibility="collapsed",
            on_change=keep,
            args=("curve", "briefing.curve_of"),
        )
    curve = s_curve(ctx.facts, filters, item=item, language=ctx.language)
    s_curve_chart.show_curve(ctx, curve, key="briefing.chart")
