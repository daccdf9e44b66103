"""What changed between periods, what slipped, what contradicts, which milestones may hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.details.contradiction_lines import contradiction_lines
from layers.history.forecast_lines import outlook_lines
from layers.history.period_changes import diff_text, slip_text
from pages.shell.html import Html, join, plain, scrolling, show
from pages.widgets.source_list import source_list
from store.facts.facts import default_period
from store.imports.contradiction_decisions import CHOICES, reopen, settle, settlements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from layers.details.contradiction_lines import ContradictionLine
    from layers.history.period_changes import ChangeLine, ItemLines
    from pages.shell.context import Context

VIEWS: Final = ("diff", "slips", "contradictions", "outlook")


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.changes")
    show(Html("<h2>{}</h2>").format(ctx.t("compare.page.title")))
    if ctx.facts.periods.empty:
        st.info(ctx.t("pages.bar.empty"))
        return
    asked = st.query_params.get("view", "")
    view = st.segmented_control(
        ctx.t("compare.page.view"),
        VIEWS,
        default=asked if asked in VIEWS else VIEWS[0],
        required=True,
        format_func=lambda key: ctx.t(f"compare.view.{key}"),
        key="compare.view",
    )
    {"diff": _diff, "slips": _slips, "contradictions": _contradictions, "outlook": _outlook}[view](
        ctx
    )


def _period(ctx: Context, label: str, key: str, start: str) -> str:
    periods = ctx.facts.periods
    names = dict(zip(periods["period"], periods[f"label_{ctx.language}"], strict=True))
    chosen: str = st.selectbox(
        label, list(names), index=list(names).index(start), format_func=names.__getitem__, key=key
    )
    return chosen


def _diff(ctx: Context) -> None:
    order = list(ctx.facts.periods["period"])
    last = order[-1]
    before_last = default_period(ctx.facts)
    if before_last == last and len(order) > 1:
        before_last = order[-2]
    with st.container(horizontal=True, key="compare.periods"):
        before = _period(ctx, ctx.t("compare.diff.before"), "compare.before", before_last)
        after = _period(ctx, ctx.t("compare.diff.after"), "compare.after", last)
    if before == after:
        st.info(ctx.t("compare.diff.same"))
        return
    try:
        found = diff_text(ctx.facts, before, after, language=ctx.language)
    except ProjectMapError as fault:
        st.error(plain(fault))
        return
    show(Html('<p class="hp-lead">{}</p>').format(found.headline))
    if found.counts:
        rows = join(_change(ctx, line) for line in found.counts)
        show(_fold(ctx.t("compare.diff.counts"), Html("<ul>{}</ul>").format(rows), opened=True))
    for part in ("new", "gone", "changed", "slips"):
        groups: Sequence[ItemLines] = getattr(found, part)
        if groups:
            title = ctx.t(f"compare.diff.{part}", count=len(groups))
            show(_fold(title, _groups(ctx, groups), opened=part != "new"))


def _slips(ctx: Context) -> None:
    groups = slip_text(ctx.facts, language=ctx.language)
    show(Html('<p class="hp-under">{}</p>').format(ctx.t("compare.slips.why")))
    show(_groups(ctx, groups) if groups else Html("<p>{}</p>").format(ctx.t("compare.slips.none")))


def _contradictions(ctx: Context) -> None:
    lines = contradiction_lines(ctx.facts, settlements(), language=ctx.language)
    why = ""
    if ctx.may("conflict.settle"):
        label = ctx.t("compare.contradictions.why")
        why = st.text_input(label, key="compare.why", max_chars=300)
    still = [one for one in lines if one.state == "open"]
    count = ctx.t("compare.contradictions.count", count=len(lines), open=len(still))
    show(Html('<p class="hp-under">{}</p>').format(count))
    only_open = st.toggle(ctx.t("compare.contradictions.only_open"), key="compare.only_open")
    for one in still if only_open else lines:
        _contradiction(ctx, one, why.strip())


def _contradiction(ctx: Context, one: ContradictionLine, why: str) -> None:
    with st.container(border=True, key=f"compare.c-{one.id}"):
        show(
            Html(
                '<h4 class="hp-title">{title} <span class="hp-mark">{state}</span></h4>'
                '<div class="hp-under">{names}</div>'
                '<div class="hp-sides"><div>{a} {sa}</div><div>{b} {sb}</div></div>'
                '<div class="hp-under">{why} {note}</div>'
            ).format(
                title=one.title,
                state=one.state_label,
                names="; ".join(one.names),
                a=one.a,
                sa=source_list(ctx, one.a_sources),
                b=one.b,
                sb=source_list(ctx, one.b_sources),
                why=" ".join(one.why),
                note=one.note,
            )
        )
        if one.state != "open":
            choice = ctx.t(f"compare.choice.{one.choice}") if one.choice in CHOICES else one.choice
            told = ctx.t("compare.contradictions.settled", choice=choice, why=one.decided_why)
            show(Html('<div class="hp-under">{}</div>').format(told))
        if not ctx.may("conflict.settle"):
            return
        with st.container(horizontal=True, key=f"compare.buttons-{one.id}"):
            if one.state == "open":
                for choice in CHOICES:
                    if st.button(
                        ctx.t(f"compare.choice.{choice}"),
                        key=f"compare.{choice}-{one.id}",
                    ):
                        _act(partial(settle, one.id, choice, ctx.user, why, open_only=True))
            elif st.button(
                ctx.t("compare.contradictions.reopen"),
                key=f"compare.reopen-{one.id}-{one.choice}",
            ):
                _act(partial(reopen, one.id, ctx.user, why))


def _act(action: Callable[[], object]) -> None:
    try:
        action()
    except ProjectMapError as fault:
        st.error(plain(fault))
        return
    st.rerun()


def _outlook(ctx: Context) -> None:
    period = _period(ctx, ctx.t("pages.bar.period"), "compare.outlook", default_period(ctx.facts))
    show(Html('<p class="hp-mind">{}</p>').format(ctx.t("compare.outlook.why")))
    rows = [
        Html(
            "<tr><td><b>{name}</b><div>{sentence}</div>{sources}</td>"
            '<td><span class="hp-outlook hp-outlook-{key}">{label}</span></td>'
            "<td><ul>{reasons}</ul></td></tr>"
        ).format(
            name=one.title,
            sentence=one.sentence,
            sources=source_list(ctx, one.sources),
            key=one.outlook,
            label=one.label,
            reasons=join(
                Html("<li>{} <i>({})</i> {}</li>").format(
                    reason.sentence, reason.points, source_list(ctx, reason.sources)
                )
                for reason in one.reasons
            ),
        )
        for one in outlook_lines(ctx.facts, period, language=ctx.language)
    ]
    head = join(
        Html("<th>{}</th>").format(ctx.t(f"compare.outlook.{name}"))
        for name in ("project", "estimate", "reasons")
    )
    show(scrolling(Html("<tr>{}</tr>{}").format(head, join(rows))))


def _groups(ctx: Context, groups: Sequence[ItemLines]) -> Markup:
    return join(
        Html('<div class="hp-group"><b>{}</b><ul>{}</ul></div>').format(
            group.title, join(_change(ctx, line) for line in group.lines)
        )
        for group in groups
    )


def _change(ctx: Context, line: ChangeLine) -> Markup:
    look = f"hp-{line.direction}" if line.direction in {"better", "worse"} else ""
    return Html('<li class="{}">{} {}</li>').format(
        look, line.sentence, source_list(ctx, (*line.before, *line.after))
    )


def _fold(title: str, body: Markup, *, opened: bool) -> Markup:
    state = Html(" open") if opened else ""
    return Html('<details class="hp-notes"{}><summary>{}</summary>{}</details>').format(
        state, title, body
    )
