"""What leaders open every morning: what changed, what is stuck, who must act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.base_period import base_of, earlier_periods
from layers.headline import headline
from layers.s_curve import s_curve
from layers.watch import watch_day, watch_list
from layers.words import iso_day, period_label
from pages import briefing_files, filters_bar, present, view_state
from pages.curve_view import show_curve
from pages.key_figures import show_figures
from pages.links import page_link
from pages.safe import Html, join, plain, show
from pages.sources import source_list
from pages.watch_table import watch_table
from store.selection import period_of, select
from store.settlements import settlements

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from layers.headline_sentence import HeadlineSentence
    from layers.watch import WatchRow
    from pages.frame import Context
    from store.filters import Filters

FIRST_ROWS: Final = 12
LEFT_HEIGHT: Final = 540
RIGHT_HEIGHTS: Final = (270, 261)
STYLE: Final = Path(__file__).resolve().parent.parent / "layers" / "assets" / "leader.css"
_HERE: Final = timedelta(hours=7)


def render(ctx: Context) -> None:
    """Show the page; ``?present=1`` shows it for a meeting room's screen."""
    ctx.require("page.briefing")
    st.html(STYLE)
    if st.query_params.get("present") == "1" and not ctx.facts.periods.empty:
        present.show_screen(ctx)
        return
    left, right = st.columns([1.25, 1], gap="small", vertical_alignment="bottom")
    with left:
        filters_bar.show(ctx, measures=False)
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
        _watch(ctx, filters, rows, day)
    with right:
        with st.container(key="briefing-headline", height=RIGHT_HEIGHTS[0], border=True):
            _headline(ctx, filters, base, settled)
        with st.container(key="briefing-curve", height=RIGHT_HEIGHTS[1], border=True):
            _curve(ctx, filters)
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
                on_change=_keep,
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
        briefing_files.show_downloads(ctx, filters, base=chosen, day=_day(ctx, filters))
    return chosen if asked in earlier else ""


def _keep(name: str, key: str) -> None:
    """Write what was chosen to the address, which reproduces the view."""
    value = st.session_state[key]
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def _day(ctx: Context, filters: Filters) -> date | None:
    """Return the day that ages are counted to: the period's, or today where it is asked for."""
    if st.query_params.get("day") == "today":
        return (datetime.now(UTC) + _HERE).date()
    return watch_day(ctx.facts, filters)


def _watch(ctx: Context, filters: Filters, rows: tuple[WatchRow, ...], day: date | None) -> None:
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


def _headline(ctx: Context, filters: Filters, base: str, settled: frozenset[str]) -> None:
    told = headline(ctx.facts, filters, base=base, settled=settled, language=ctx.language)
    show(
        Html(
            '<h2 class="hp-title" title="{}">{}</h2><p class="hp-under">{}</p>'
            '<ul class="hp-headline">{}</ul>'
        ).format(
            ctx.t("leader.headline.help"),
            ctx.t("leader.headline.title"),
            told.why,
            join(sentence(ctx, one) for one in told.sentences),
        )
    )


def sentence(ctx: Context, one: HeadlineSentence) -> Markup:
    """Return a sentence of the headline with its sources."""
    look = f"hp-{one.direction}" if one.direction else ""
    return Html('<li class="{}">{} {}</li>').format(look, one.text, source_list(ctx, one.sources))


def _curve(ctx: Context, filters: Filters) -> None:
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
            on_change=_keep,
            args=("curve", "briefing.curve_of"),
        )
    curve = s_curve(ctx.facts, filters, item=item, language=ctx.language)
    show_curve(ctx, curve, key="briefing.chart")
