"""The list beside the map before anything is chosen: what the layer is about, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from geo.i18n import format_percent
from layers.details.places import BETWEEN
from layers.leaflet.clicks import PLACE_KINDS
from layers.leaflet.view_address import PanelChoice
from layers.side_lists.clearance_list import describe_scope, list_clearance_groups
from layers.side_lists.investment_list import BAR_GROUPS, list_money_bars
from layers.side_lists.progress_list import SECTIONS, list_late_rows
from layers.summary.key_figures import list_key_figures
from pages.map.panel_sections import render_heading
from pages.shell import view_state
from pages.shell.actions import show_actions
from pages.shell.html import Html, join_markup, render_words
from pages.widgets.source_list import render_source_list
from reports.model.schema import FUNDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from layers.leaflet.view_address import ViewState
    from layers.side_lists.clearance_list import ClearanceGroup, ClearanceRow
    from layers.side_lists.investment_list import BarGroup, MoneyBar
    from layers.side_lists.progress_list import LateRow
    from pages.shell.context import PageContext

Row = TypeVar("Row")


MOST_ROWS: Final = 60
"""Of a group or section, until the reader asks for all: thousands would be megabytes a look."""
_ALL: Final = "side.all"


def show_layer_list(ctx: PageContext, state: ViewState) -> None:
    """Show the list of the layer; a row opens what it names and sends the map there."""
    if state.layer == "clearance":
        markup = _render_clearance(ctx, state)
    elif state.layer == "investment":
        markup = _render_investment(ctx, state, _choose_group(ctx))
    else:
        markup = _render_progress(ctx, state)
    show_actions(markup, _follow, key=f"side.list-{state.layer}")


def _follow(act: str) -> None:
    """Open what a row names, or filter by what its bar counts."""
    what, _, key = act.partition("~")
    filters = view_state.get_view_state().filters
    if what == "more":
        st.session_state[_ALL] = True
    elif what in PLACE_KINDS:
        view_state.change_view_state(choice=PanelChoice(what, key), go=True)
    elif what == "funding" and key in FUNDINGS:
        chosen = () if filters.fundings == (key,) else (key,)
        st.session_state["bar.fundings"] = list(chosen)
        view_state.change_view_state(filters=filters.with_changes(fundings=chosen))
    elif what == "within":
        district = "" if filters.district == key else key
        st.session_state["bar.district"] = district
        view_state.change_view_state(filters=filters.with_changes(district=district))


def _render_link(kind: str, key: str, text: str) -> Markup:
    return Html('<button type="button" class="hp-row" data-act="{}~{}">{}</button>').format(
        kind, key, text
    )


def _render_rows(
    ctx: PageContext, rows: Sequence[Row], render: Callable[[PageContext, Row], Markup]
) -> Markup:
    """Return the rows; of very many the first, and a button that says how many are left."""
    most = len(rows) if st.session_state.get(_ALL) else MOST_ROWS
    shown = join_markup(render(ctx, row) for row in rows[:most])
    if len(rows) <= most:
        return shown
    more = ctx.t("pages.side.more", count=len(rows) - most)
    return shown + Html(
        '<li><button type="button" class="hp-row" data-act="more~">{}</button></li>'
    ).format(more)


def _render_marks(ctx: PageContext, row: ClearanceRow) -> Markup:
    """Return how grave a problem is, since when, and that it is of an earlier period."""
    marks = [Html('<span class="hp-mark">{}</span>').format(row.severity_label)]
    if row.carried:
        text = ctx.t("pages.side.carried", period=row.period)
        marks.append(Html('<span class="hp-mark hp-mark-carried">{}</span>').format(text))
    if row.age_days:
        text = ctx.t("pages.side.age", days=row.age_days)
        marks.append(Html('<span class="hp-mark">{}</span>').format(text))
    return join_markup(marks, " ")


def _render_clearance(ctx: PageContext, state: ViewState) -> Markup:
    groups = list_clearance_groups(ctx.facts, state.filters, ctx.language)
    head = render_heading(ctx.t("pages.side.clearance"))
    if not groups:
        return head + Html("<p>{}</p>").format(ctx.t("pages.side.clearance_none"))
    scope = describe_scope(ctx.facts, state.filters, ctx.language)
    under = Html('<div class="hp-under">{}</div>').format(scope)
    return head + under + join_markup(_render_group(ctx, group) for group in groups)


def _render_group(ctx: PageContext, group: ClearanceGroup) -> Markup:
    body = group.body or ctx.t("pages.side.no_body")
    return Html(
        '<section class="hp-acts"><h4{}><span>{}</span><span class="hp-sum">{}</span></h4>'
        "<ul>{}</ul></section>"
    ).format(
        "" if group.body else Html(' class="hp-nobody"'),
        body,
        group.money,
        _render_rows(ctx, group.rows, _render_problem),
    )


def _render_problem(ctx: PageContext, row: ClearanceRow) -> Markup:
    names = join_markup((_render_link("commune", code, name) for code, name in row.places), ", ")
    places = names
    if row.along:
        places = Html("<details><summary>{}</summary>{}</details>").format(
            ctx.t("pages.side.along", count=len(row.places)), names
        )
    item = _render_link("item", row.item, row.item_name) if row.item else Html("")
    said = render_words(row.statement)
    cause = Html("{}: {}").format(row.cause, said) if said else Html("{}").format(row.cause)
    return Html(
        '<li class="{carried}"><div class="hp-line"><span>{title}</span><b>{money}</b></div>'
        "{second}<div>{cause}</div><div>{marks} {sources}</div>{lead}</li>"
    ).format(
        carried="hp-carried" if row.carried else "",
        title=item or names,
        money=row.money,
        second=Html("<div>{}</div>").format(places) if item and row.places else "",
        cause=cause,
        marks=_render_marks(ctx, row),
        sources=render_source_list(ctx, row.sources),
        lead=Html('<div class="hp-under">{}</div>').format(row.lead) if row.lead else "",
    )


def _choose_group(ctx: PageContext) -> BarGroup:
    chosen: BarGroup = st.segmented_control(
        ctx.t("pages.side.group"),
        BAR_GROUPS,
        default="item",
        required=True,
        format_func=lambda name: ctx.t(f"pages.side.by_{name}"),
        label_visibility="collapsed",
        key="side.group",
    )
    return chosen if chosen in BAR_GROUPS else "item"


def _render_investment(ctx: PageContext, state: ViewState, group: BarGroup) -> Markup:
    bars = list_money_bars(ctx.facts, state.filters, group, ctx.language)
    known = ctx.t("pages.side.known", money=bars.text, known=bars.known, items=bars.items)
    head = render_heading(ctx.t("pages.side.investment"), known)
    rows = join_markup(_render_bar(ctx, bar, group) for bar in bars.bars)
    return head + Html('<ol class="hp-bars">{}</ol>').format(rows)


def _render_bar(ctx: PageContext, bar: MoneyBar, group: BarGroup) -> Markup:
    act = ""
    if group == "item" and bar.key:
        act = f"item~{bar.key}"
    elif group == "funding" and bar.key in FUNDINGS:
        act = f"funding~{bar.key}"
    elif group == "district" and bar.key and BETWEEN not in bar.key:
        act = f"within~{bar.key}"
    label = (
        Html('<button type="button" class="hp-row" data-act="{}">{}</button>').format(
            act, bar.label
        )
        if act
        else Html("<span>{}</span>").format(bar.label)
    )
    share = format_percent(bar.share, ctx.language)
    count = "" if group == "item" else ctx.t("pages.side.items", count=bar.items)
    return Html(
        '<li><div class="hp-line">{}<b>{}</b></div>'
        '<div class="hp-track"><span style="width:{}%"></span></div>'
        '<div class="hp-under">{}</div></li>'
    ).format(
        label, bar.text, f"{bar.length:.2f}", " · ".join(text for text in (share, count) if text)
    )


def _render_progress(ctx: PageContext, state: ViewState) -> Markup:
    rows = list_late_rows(ctx.facts, state.filters, ctx.language)
    head = render_heading(ctx.t("pages.side.progress"))
    parts = [head]
    if not any(row.section == "misses" for row in rows):
        figures = list_key_figures(ctx.facts, state.filters, language=ctx.language)
        misses = next(figure for figure in figures if figure.key == "misses")
        text = ctx.t("pages.side.misses_total", text=misses.text, detail=misses.detail)
        parts.append(Html('<p class="hp-mind">{}</p>').format(text))
    for section in SECTIONS:
        own = [row for row in rows if row.section == section]
        if own:
            title = ctx.t(f"pages.side.{section}", count=len(own))
            lines = _render_rows(ctx, own, _render_late)
            parts.append(
                Html('<section class="hp-acts"><h4>{}</h4><ul>{}</ul></section>').format(
                    title, lines
                )
            )
    return join_markup(parts)


def _render_late(ctx: PageContext, row: LateRow) -> Markup:
    acting = join_markup(
        Html('<div class="hp-under"><b>{}</b>: {}</div>').format(label, text)
        for label, text in row.acting
    )
    return Html(
        '<li><div class="hp-line"><span>{}</span><b>{}</b></div><div>{} {}</div>{}</li>'
    ).format(
        _render_link("item", row.item, row.name),
        row.money,
        "; ".join(text for text in (row.gap, row.why) if text),
        render_source_list(ctx, row.sources),
        acting,
    )
