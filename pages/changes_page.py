"""What changed between periods, what slipped, what contradicts, which milestones may hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import streamlit as st

from geo.errors import ProjectMapError
from layers.details.contradiction_lines import describe_contradiction
from layers.history.forecast_lines import describe_forecast
from layers.history.period_changes import describe_delays, describe_period_changes
from layers.history.period_steps import list_period_steps
from pages.catalogue.item_choice import find_wanted_items
from pages.map.list_standing import show_list_standing
from pages.periods.step_chart import render_step_chart
from pages.shell.html import (
    Html,
    escape_markdown,
    join_markup,
    render_fold,
    render_remark,
    render_scrolling_table,
    show_markup,
)
from pages.widgets.links import choose_part_start
from pages.widgets.source_list import render_source_list
from store.analysis.contradictions import list_contradictions
from store.analysis.milestones.milestone_forecast import forecast_milestones
from store.facts.labels import get_period_label
from store.facts.selection import find_default_period
from store.imports.contradiction_decisions import (
    CHOICES,
    list_contradiction_decisions,
    reopen_contradiction,
    settle_contradiction,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from layers.details.contradiction_lines import ContradictionLine
    from layers.history.period_changes import ChangeLine, ItemChanges
    from pages.shell.context import PageContext

AT_ONCE: Final = 100
Row = TypeVar("Row")
VIEWS: Final = ("diff", "slips", "contradictions", "outlook")


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.changes")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("compare.page.title")))
    if ctx.facts.periods.empty:
        st.info(ctx.t("pages.bar.empty"))
        return
    requested = st.query_params.get("view", "")
    view = st.segmented_control(
        ctx.t("compare.page.view"),
        VIEWS,
        default=requested if requested in VIEWS else VIEWS[0],
        required=True,
        format_func=lambda key: ctx.t(f"compare.view.{key}"),
        key="compare.view",
    )
    {
        "diff": _show_diff,
        "slips": _show_delays,
        "contradictions": _show_contradictions,
        "outlook": _show_forecasts,
    }[view](ctx)


def _choose_period(ctx: PageContext, label: str, key: str, start: str) -> str:
    periods = ctx.facts.periods
    names = dict(zip(periods["period"], periods[f"label_{ctx.language}"], strict=True))
    chosen: str = st.selectbox(
        label, list(names), index=list(names).index(start), format_func=names.__getitem__, key=key
    )
    return chosen


def _show_diff(ctx: PageContext) -> None:
    order = list(ctx.facts.periods["period"])
    last = order[-1]
    before_last = find_default_period(ctx.facts)
    if before_last == last and len(order) > 1:
        before_last = order[-2]
    with st.container(horizontal=True, key="compare.periods"):
        before = _choose_period(ctx, ctx.t("compare.diff.before"), "compare.before", before_last)
        after = _choose_period(ctx, ctx.t("compare.diff.after"), "compare.after", last)
    if before == after:
        st.info(ctx.t("compare.diff.same"))
        return
    try:
        changes = describe_period_changes(ctx.facts, before, after, language=ctx.language)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    show_markup(Html('<p class="hp-lead">{}</p>').format(changes.headline))
    _show_steps(ctx, before, after)
    if changes.counts:
        rows = join_markup(_render_change(ctx, line) for line in changes.counts)
        show_markup(
            render_fold(ctx.t("compare.diff.counts"), Html("<ul>{}</ul>").format(rows), opened=True)
        )
    show_list_standing(ctx, after)
    parts = {part: getattr(changes, part) for part in ("new", "gone", "changed", "slips")}
    most = max(map(len, parts.values()))
    wanted = find_wanted_items(ctx, most, AT_ONCE, key="compare.diff")
    for part, groups in parts.items():
        chosen = [group for group in groups if wanted is None or group.item in wanted]
        if chosen:
            title = ctx.t(f"compare.diff.{part}", count=len(chosen))
            start = choose_part_start(title, len(chosen), AT_ONCE, key=f"compare.part-{part}")
            body = _render_groups(ctx, chosen[start : start + AT_ONCE])
            show_markup(render_fold(title, body, opened=part != "new"))


def _show_steps(ctx: PageContext, before: str, after: str) -> None:
    """Show on one scale what both periods state."""
    steps = list_period_steps(ctx.facts, before, after, language=ctx.language)
    periods = {
        "before": get_period_label(ctx.facts, before, ctx.language),
        "after": get_period_label(ctx.facts, after, ctx.language),
    }
    show_markup(
        Html('<h3 class="hp-title">{}</h3>{}').format(
            ctx.t("compare.steps.title"), render_step_chart(ctx, steps, periods)
        )
    )


def _show_delays(ctx: PageContext) -> None:
    groups = describe_delays(ctx.facts, language=ctx.language)
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("compare.slips.why")))
    if not groups:
        show_markup(Html("<p>{}</p>").format(ctx.t("compare.slips.none")))
        return
    wanted = find_wanted_items(ctx, len(groups), AT_ONCE, key="compare.slips")
    chosen = [group for group in groups if wanted is None or group.item in wanted]
    show_markup(_render_groups(ctx, _choose_part(ctx, chosen, "slips")))


def _choose_part(ctx: PageContext, rows: Sequence[Row], name: str) -> Sequence[Row]:
    """Return the part of the rows that is shown at once, asking which where they are many."""
    label = ctx.t("pages.items.part")
    start = choose_part_start(label, len(rows), AT_ONCE, key=f"compare.part-{name}")
    return rows[start : start + AT_ONCE]


def _show_contradictions(ctx: PageContext) -> None:
    found = list_contradictions(ctx.facts, list_contradiction_decisions())
    why = ""
    if ctx.may("conflict.settle"):
        label = ctx.t("compare.contradictions.why")
        why = st.text_input(label, key="compare.why", max_chars=300)
    still = [contradiction for contradiction in found if contradiction.state == "open"]
    count = ctx.t("compare.contradictions.count", count=len(found), open=len(still))
    show_markup(Html('<p class="hp-under">{}</p>').format(count))
    only_open = st.toggle(ctx.t("compare.contradictions.only_open"), key="compare.only_open")
    wanted = find_wanted_items(ctx, len(found), AT_ONCE, key="compare.contradictions")
    chosen = [
        contradiction
        for contradiction in (still if only_open else found)
        if wanted is None or not wanted.isdisjoint(contradiction.items)
    ]
    for contradiction in _choose_part(ctx, chosen, "contradictions"):
        line = describe_contradiction(ctx.facts, contradiction, ctx.language)
        _show_contradiction(ctx, line, why.strip())


def _show_contradiction(ctx: PageContext, line: ContradictionLine, why: str) -> None:
    with st.container(border=True, key=f"compare.c-{line.id}"):
        show_markup(
            Html(
                '<h4 class="hp-title">{title} <span class="hp-mark">{state}</span></h4>'
                '<div class="hp-under">{names}</div>'
                '<div class="hp-sides"><div>{a} {sa}</div><div>{b} {sb}</div></div>'
                '<div class="hp-under">{why} {note}</div>'
            ).format(
                title=line.title,
                state=line.state_label,
                names="; ".join(line.names),
                a=line.a,
                sa=render_source_list(ctx, line.a_sources),
                b=line.b,
                sb=render_source_list(ctx, line.b_sources),
                why=" ".join(line.why),
                note=render_remark(line.note, ctx.language),
            )
        )
        if line.state != "open":
            choice = (
                ctx.t(f"compare.choice.{line.choice}") if line.choice in CHOICES else line.choice
            )
            outcome = ctx.t("compare.contradictions.settled", choice=choice, why=line.decided_why)
            show_markup(Html('<div class="hp-under">{}</div>').format(outcome))
        if not ctx.may("conflict.settle"):
            return
        with st.container(horizontal=True, key=f"compare.buttons-{line.id}"):
            if line.state == "open":
                for choice in CHOICES:
                    if st.button(
                        ctx.t(f"compare.choice.{choice}"),
                        key=f"compare.{choice}-{line.id}",
                    ):
                        _run_action(
                            partial(
                                settle_contradiction, line.id, choice, ctx.user, why, open_only=True
                            )
                        )
            elif st.button(
                ctx.t("compare.contradictions.reopen"),
                key=f"compare.reopen-{line.id}-{line.choice}",
            ):
                _run_action(partial(reopen_contradiction, line.id, ctx.user, why))


def _run_action(action: Callable[[], object]) -> None:
    try:
        action()
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.rerun()


def _show_forecasts(ctx: PageContext) -> None:
    period = _choose_period(
        ctx, ctx.t("pages.bar.period"), "compare.outlook", find_default_period(ctx.facts)
    )
    show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("compare.outlook.why")))
    forecasts = forecast_milestones(ctx.facts, period)
    wanted = find_wanted_items(ctx, len(forecasts), AT_ONCE, key="compare.outlook")
    chosen = [forecast for forecast in forecasts if wanted is None or forecast.item in wanted]
    lines = [
        describe_forecast(forecast, ctx.language)
        for forecast in _choose_part(ctx, chosen, "outlook")
    ]
    rows = [
        Html(
            "<tr><td><b>{name}</b><div>{sentence}</div>{sources}</td>"
            '<td><span class="hp-outlook hp-outlook-{key}">{label}</span></td>'
            "<td><ul>{reasons}</ul></td></tr>"
        ).format(
            name=line.title,
            sentence=line.sentence,
            sources=render_source_list(ctx, line.sources),
            key=line.outlook,
            label=line.label,
            reasons=join_markup(
                Html("<li>{} <i>({})</i> {}</li>").format(
                    reason.sentence, reason.points, render_source_list(ctx, reason.sources)
                )
                for reason in line.reasons
            ),
        )
        for line in lines
    ]
    head = join_markup(
        Html("<th>{}</th>").format(ctx.t(f"compare.outlook.{name}"))
        for name in ("project", "estimate", "reasons")
    )
    show_markup(render_scrolling_table(Html("<tr>{}</tr>{}").format(head, join_markup(rows))))


def _render_groups(ctx: PageContext, groups: Sequence[ItemChanges]) -> Markup:
    return join_markup(
        Html('<div class="hp-group"><b>{}</b><ul>{}</ul></div>').format(
            group.title, join_markup(_render_change(ctx, line) for line in group.lines)
        )
        for group in groups
    )


def _render_change(ctx: PageContext, line: ChangeLine) -> Markup:
    look = f"hp-{line.direction}" if line.direction in {"better", "worse"} else ""
    return Html('<li class="{}">{} {}</li>').format(
        look, line.sentence, render_source_list(ctx, (*line.before, *line.after))
    )
