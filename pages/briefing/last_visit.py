"""What changed since the reader looked last, and what falls due: the days ahead as a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo import clock
from geo.i18n import format_date
from layers.labels.short_names import shorten_name
from layers.summary.news import describe_news
from layers.watchlist.deadlines import AHEAD_DAYS, list_deadlines
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.links import build_map_link, build_page_link
from pages.widgets.source_list import render_source_list
from store.accounts.last_visits import read_news, record_visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.choropleth.layer import LayerKey
    from layers.summary.news import NewsLine
    from layers.watchlist.deadlines import Deadline
    from pages.shell.context import PageContext
    from store.accounts.last_visits import VisitMark
    from store.facts.filters import Filters

MOST_LATE: Final = 8
_MARK: Final = "briefing.visit"
_NEWS: Final = "briefing.news"


def show_last_visit(ctx: PageContext, filters: Filters) -> None:
    """Show the news for the reader, then what is due; a session is one visit."""
    _show_news(ctx, filters)
    today = clock.today()
    due = list_deadlines(ctx.facts, filters, today, language=ctx.language)
    show_markup(
        Html('<h2 class="hp-title">{}</h2><p class="hp-under">{}</p>').format(
            ctx.t("leader.since.due", days=AHEAD_DAYS),
            ctx.t("leader.since.due_under", today=format_date(today, ctx.language)),
        )
    )
    if not due:
        text = ctx.t("leader.since.due_none", days=AHEAD_DAYS)
        show_markup(Html('<p class="hp-under">{}</p>').format(text))
        return
    ahead = [one for one in due if not one.late]
    late = [one for one in reversed(due) if one.late]
    if ahead:
        _show_timeline(ctx, filters, "ahead", ahead, len(ahead))
    if late:
        everything = len(late) > MOST_LATE and st.session_state.get("briefing.late", False)
        shown = late if everything else late[:MOST_LATE]
        _show_timeline(ctx, filters, "late", shown, len(late))
        if len(late) > MOST_LATE:
            st.toggle(ctx.t("leader.since.more_late", count=len(late)), key="briefing.late")


def _show_news(ctx: PageContext, filters: Filters) -> None:
    if not ctx.user.name:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("leader.since.visitor")))
        return
    if _MARK not in st.session_state:
        st.session_state[_MARK] = record_visit(ctx.user)
    mark = st.session_state[_MARK]
    if mark is None:
        text = ctx.t("leader.since.first")
        show_markup(Html('<p class="hp-under">{}</p>').format(text))
        return
    lines = _find_news(ctx, mark)
    body = (
        join_markup(_render_line(ctx, filters, line) for line in lines)
        if lines
        else Html("<li>{}</li>").format(ctx.t("leader.since.nothing"))
    )
    show_markup(
        Html('<h2 class="hp-title">{}</h2><ul class="hp-news">{}</ul>').format(
            ctx.t("leader.since.title", at=ctx.moment(mark.at)), body
        )
    )


def _find_news(ctx: PageContext, mark: VisitMark) -> tuple[NewsLine, ...]:
    """Return the news since a mark, read again only when the reader's facts are others."""
    stamp = (ctx.facts.version, ctx.language, mark)
    known: tuple[object, tuple[NewsLine, ...]] | None = st.session_state.get(_NEWS)
    if known is None or known[0] != stamp:
        lines = describe_news(ctx.facts, read_news(mark.seen), language=ctx.language)
        known = st.session_state[_NEWS] = (stamp, lines)
    return known[1]


def _render_line(ctx: PageContext, filters: Filters, line: NewsLine) -> Markup:
    kind = ctx.t(f"leader.news.kind_{line.kind}")
    text = Html("{}").format(line.text)
    href = ""
    if line.item:
        layer: LayerKey = "clearance" if line.kind.startswith("case") else "progress"
        href = build_map_link(ctx, filters, line.item, layer)
    elif line.period:
        href = build_page_link(ctx, "dieu-hanh", filters.with_changes(period=line.period))
    if href:
        text = Html('<a class="hp-link" target="_self" href="{}">{}</a>').format(href, text)
    return Html('<li><span class="hp-mark">{}</span> {}</li>').format(kind, text)


def _show_timeline(
    ctx: PageContext, filters: Filters, key: str, shown: Sequence[Deadline], count: int
) -> None:
    rows = join_markup(_render_deadline(ctx, filters, one) for one in shown)
    show_markup(
        Html('<p class="hp-sub"><b>{}</b></p><ol class="hp-due">{}</ol>').format(
            ctx.t(f"leader.since.{key}", count=count), rows
        )
    )


def _render_deadline(ctx: PageContext, filters: Filters, one: Deadline) -> Markup:
    name = Html("")
    if one.name:
        layer: LayerKey = "clearance" if one.kind == "case" else "progress"
        name = Html('<br><a class="hp-link" target="_self" href="{}">{}</a>').format(
            build_map_link(ctx, filters, one.item, layer), shorten_name(one.name)
        )
    return Html('<li class="{}"><time datetime="{}">{}</time> {}{} {}</li>').format(
        "hp-due-late" if one.late else "",
        one.day.isoformat(),
        format_date(one.day, ctx.language),
        one.text,
        name,
        render_source_list(ctx, one.sources),
    )
