"""Two periods on one scale: a ring is the earlier share, a dot the later one, a line the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import format_percent
from pages.shell.html import Html, join_markup
from pages.widgets.source_list import render_source_list
from pages.widgets.visit_card import build_project_link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from layers.history.period_steps import PeriodStep, PeriodSteps
    from pages.shell.context import PageContext

MOST_ITEMS: Final = 40


def render_step_chart(ctx: PageContext, steps: PeriodSteps, periods: Mapping[str, str]) -> Markup:
    """Return the chart; ``periods`` are the labels of ``before`` and ``after``."""
    notes = _list_notes(ctx, steps, periods)
    under = join_markup(Html('<p class="hp-under">{}</p>').format(note) for note in notes)
    drawn = (*steps.counts, *_choose_items(steps.items))
    if not drawn:
        return Html("<p>{}</p>{}").format(ctx.t("compare.steps.none"), under)
    widest = max(100.0, *(max(step.before, step.after) for step in drawn))
    key = Html(
        '<p class="hp-steps-key"><i class="hp-step-before"></i>{before}'
        '<i class="hp-step-after"></i>{after}</p>'
    ).format(**periods)
    rows = join_markup(_render_step(ctx, step, widest, periods) for step in drawn)
    return Html('{}<ul class="hp-steps">{}{}</ul>{}').format(
        key, _render_axis(widest, ctx.language), rows, under
    )


def _render_axis(widest: float, language: str) -> Markup:
    """Return the figures above the scale's lines; who hears the page hears every row's own."""
    ticks = join_markup(
        Html('<span style="left:{}%">{}</span>').format(
            part, format_percent(widest * part / 100, language)
        )
        for part in (0, 25, 50, 75, 100)
    )
    return Html(
        '<li class="hp-step-axis" aria-hidden="true"><div class="hp-step-scale">{}</div></li>'
    ).format(ticks)


def _choose_items(items: Sequence[PeriodStep]) -> list[PeriodStep]:
    """Return the items to draw, in their order: of very many those that moved furthest."""
    furthest = sorted(items, key=lambda step: -abs(step.after - step.before))[:MOST_ITEMS]
    shown = {id(step) for step in furthest}
    return [step for step in items if id(step) in shown]


def _list_notes(ctx: PageContext, steps: PeriodSteps, periods: Mapping[str, str]) -> list[str]:
    """Return what the chart does not show, and why."""
    notes = []
    if steps.other_counts:
        notes.append(ctx.t("compare.steps.others", count=steps.other_counts))
    found = "some" if steps.items else "nothing"
    alone = {"before_only": steps.before_only, "after_only": steps.after_only}
    if steps.items or any(alone.values()):
        notes.append(
            ctx.t(f"compare.steps.items_{found}", count=len(steps.items), **alone, **periods)
        )
    if len(steps.items) > MOST_ITEMS:
        notes.append(ctx.t("compare.steps.furthest", count=MOST_ITEMS))
    return notes


def _render_step(
    ctx: PageContext, step: PeriodStep, widest: float, periods: Mapping[str, str]
) -> Markup:
    before, after = (100 * value / widest for value in (step.before, step.after))
    name = Html('<a class="hp-link" target="_self" href="{}">{}</a>').format(
        build_project_link(ctx, step.item), step.name
    )
    label = ctx.t(
        "compare.steps.label",
        name=step.name,
        first=periods["before"],
        then=periods["after"],
        before=step.before_text,
        after=step.after_text,
    )
    return Html(
        '<li class="hp-step {look}"><div>{name}</div>'
        '<div class="hp-step-scale" role="img" aria-label="{label}">'
        '<i class="hp-step-way" style="left:{low:.2f}%;width:{way:.2f}%"></i>'
        '<i class="hp-step-before" style="left:{before:.2f}%"></i>'
        '<i class="hp-step-after" style="left:{after:.2f}%"></i></div>'
        '<div class="hp-step-value">{said} <b>{mark}</b> {sources}</div></li>'
    ).format(
        look=f"hp-step-{step.direction}" if step.direction else "",
        name=name if step.item else step.name,
        label=label,
        low=min(before, after),
        way=abs(after - before),
        before=before,
        after=after,
        said=f"{step.before_text} → {step.after_text}",
        mark=ctx.t(f"compare.steps.{step.direction}") if step.direction else "",
        sources=render_source_list(ctx, step.sources),
    )
