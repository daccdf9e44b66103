"""Plan against actual as bullet bars: the bar is the actual, the mark across it the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.labels.short_names import shorten_name
from pages.shell.html import Html, join_markup
from pages.widgets.links import build_map_link
from pages.widgets.source_list import render_source_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.history.plan_bars import PlanBar
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MOST: Final = 20
_WHOLE: Final = 100.0


def render_plan_bars(ctx: PageContext, filters: Filters, bars: Sequence[PlanBar]) -> Markup:
    """Return the bars, the furthest behind first; a sentence where there is none."""
    if not bars:
        return Html('<p class="hp-under">{}</p>').format(ctx.t("leader.bars.none"))
    behind = sum(bar.short > 0 for bar in bars)
    rows = join_markup(_render_bar(ctx, filters, bar) for bar in bars[:MOST])
    return Html('<p class="hp-under">{}</p><div class="hp-bars">{}</div>').format(
        ctx.t("leader.bars.intro", count=len(bars), behind=behind), rows
    )


def _render_bar(ctx: PageContext, filters: Filters, bar: PlanBar) -> Markup:
    measure = ctx.t(f"leader.curve.{bar.measure}")
    under = f"{measure}: {bar.part}" if bar.part else measure
    said = ctx.t("leader.bars.said", actual=bar.actual_text, planned=bar.planned_text)
    return Html(
        '<div class="hp-bar-name"><a class="hp-link" target="_self" href="{link}">{name}</a>'
        '<span class="hp-under"> {under}</span></div>'
        '<div class="hp-bullet{look}" role="img" aria-label="{said}">'
        '<i class="hp-bullet-actual" style="width:{actual:.1f}%"></i>'
        '<i class="hp-bullet-plan" style="left:{planned:.1f}%"></i></div>'
        '<div class="hp-bar-value">{said} {sources}</div>'
    ).format(
        link=build_map_link(ctx, filters, bar.item),
        name=shorten_name(bar.name),
        under=under,
        look=" hp-bullet-behind" if bar.short > 0 else "",
        said=said,
        actual=min(bar.actual, _WHOLE),
        planned=min(bar.planned, _WHOLE),
        sources=render_source_list(ctx, bar.sources),
    )
