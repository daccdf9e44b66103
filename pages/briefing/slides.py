"""What the slides of a meeting room's screen say: the city, the goal, the land, the money, cases.

Each slide has a name, which the address keeps, and the layer that it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import format_percent
from layers.details.clearance_lines import list_problem_lines
from layers.labels.short_names import shorten_name
from layers.summary.key_figures import list_key_figures
from layers.summary.summary import summarise_period
from pages.shell.html import Html, join_markup
from pages.widgets.watchlist_table import choose_row_layer
from store.facts.clearance_problems import list_clearance_problems
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_vnd
from store.facts.selection import select_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from layers.choropleth.layer import LayerKey
    from layers.watchlist.watchlist import WatchlistRow
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MOST_CASES: Final = 8
MOST_SENTENCES: Final = 5
MOST_LINES: Final = 16
MOST_AMOUNTS: Final = 10
THEMES: Final[dict[str, LayerKey | None]] = {
    "0": None,
    "goal": "progress",
    "clearance": "clearance",
    "money": "investment",
}
"""The slides before the cases by their names, with their layers; the first keeps the reader's."""


@dataclass(frozen=True)
class Slide:
    """One slide: its name in the address, its layer, and the case that it is about, if it is."""

    name: str
    layer: LayerKey | None
    row: WatchlistRow | None = None


def list_slides(rows: Sequence[WatchlistRow]) -> tuple[Slide, ...]:
    """Return the slides in their order; a case has the number that it has in the watch list."""
    cases = (
        Slide(str(number), choose_row_layer(row), row)
        for number, row in enumerate(rows[:MOST_CASES], start=1)
    )
    return (*(Slide(name, layer) for name, layer in THEMES.items()), *cases)


def render_theme(
    ctx: PageContext,
    filters: Filters,
    name: str,
    rows: Sequence[WatchlistRow],
    settled: frozenset[str],
) -> Markup:
    """Return what the slide of a theme says; '' of a case."""
    title = ctx.t(f"leader.present.title_{name}") if name in THEMES else ""
    made = {
        "0": _render_overview,
        "goal": _render_goal,
        "clearance": _render_clearance,
        "money": _render_money,
    }.get(name)
    if made is None:
        return Html("")
    return Html("<h2>{}</h2>{}").format(title, made(ctx, filters, rows, settled))


def _render_overview(
    ctx: PageContext, filters: Filters, _rows: Sequence[WatchlistRow], settled: frozenset[str]
) -> Markup:
    summary = summarise_period(ctx.facts, filters, settled=settled, language=ctx.language)
    sentences = join_markup(
        Html('<li class="{}">{}</li>').format(
            f"hp-{sentence.direction}" if sentence.direction else "", sentence.text
        )
        for sentence in summary.sentences[:MOST_SENTENCES]
    )
    return Html('<ul class="hp-headline">{}</ul><p class="hp-under">{}</p>').format(
        sentences, summary.why
    )


def _render_goal(
    ctx: PageContext, filters: Filters, rows: Sequence[WatchlistRow], _settled: frozenset[str]
) -> Markup:
    figures = list_key_figures(ctx.facts, filters, language=ctx.language)
    figure = next(figure for figure in figures if figure.key == "misses")
    missing = [row for row in rows if any(reason.key == "misses" for reason in row.reasons)]
    lines = (
        (shorten_name(row.name), keep_together(row.money), row.body) for row in missing[:MOST_LINES]
    )
    return _render_figure(figure.text, figure.detail) + _render_lines(lines)


def _render_clearance(
    ctx: PageContext, filters: Filters, _rows: Sequence[WatchlistRow], _settled: frozenset[str]
) -> Markup:
    figures = {one.key: one for one in list_key_figures(ctx.facts, filters, language=ctx.language)}
    communes, money = figures["clearance_communes"], figures["held_up"]
    names = ctx.facts.commune_names
    problems = list_problem_lines(
        ctx.facts, list_clearance_problems(ctx.facts, filters), language=ctx.language
    )
    ordered = sorted(problems, key=lambda line: (-line.severity, not line.item, line.code))
    unknown = ctx.t("leader.body.unknown")
    lines = (
        (
            names.get(line.code, "") or ctx.t("leader.watch.no_place").capitalize(),
            line.category_label,
            line.asked_to_act or unknown,
        )
        for line in ordered[:MOST_LINES]
    )
    head = ctx.t("leader.present.clearance_money", money=money.text, detail=money.detail)
    return _render_figure(communes.text, f"{communes.detail}; {head}") + _render_lines(lines)


def _render_money(
    ctx: PageContext, filters: Filters, _rows: Sequence[WatchlistRow], _settled: frozenset[str]
) -> Markup:
    items = select_items(ctx.facts, filters).items
    known = items[items["investment_mvnd"].notna()].sort_values(
        ["investment_mvnd", "item"], ascending=[False, True]
    )
    total = int(known["investment_mvnd"].sum())
    if not total:
        return Html("<p>{}</p>").format(ctx.t("leader.headline.no_money"))
    amounts = [int(amount) for amount in known["investment_mvnd"]]
    under = ctx.t(
        "leader.present.without_largest",
        known=len(known),
        items=len(items),
        money=_format_money(ctx, total - amounts[0]),
    )
    lines = (
        (
            shorten_name(name),
            keep_together(_format_money(ctx, amount)),
            format_percent(100 * amount / total, ctx.language),
        )
        for name, amount in zip(known["name"], amounts[:MOST_AMOUNTS], strict=False)
    )
    return _render_figure(_format_money(ctx, total), under) + _render_lines(lines)


def keep_together(amount: str) -> str:
    """Return an amount whose number and unit stand in one line."""
    return amount.replace(" ", "\N{NO-BREAK SPACE}")


def _format_money(ctx: PageContext, mvnd: int) -> str:
    return format_vnd(mvnd * VND_PER_MVND, ctx.language)


def _render_figure(text: str, under: str) -> Markup:
    return Html('<p class="hp-screen-figure">{}</p><p class="hp-under">{}</p>').format(text, under)


def _render_lines(lines: Iterable[tuple[str, str, str]]) -> Markup:
    entry = Html('<li><b>{}</b> <span>{}</span> <span class="hp-under">{}</span></li>')
    return Html('<ol class="hp-screen-list">{}</ol>').format(
        join_markup(entry.format(*line) for line in lines)
    )
