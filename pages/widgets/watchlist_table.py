"""The watch list as a table: who must act, on which project, why, how much money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.labels.short_names import shorten_name
from layers.watchlist.reason import list_shown_reasons
from pages.shell.html import Html, join_markup
from pages.widgets.links import build_map_link
from pages.widgets.source_list import render_source_list
from pages.widgets.visit_card import build_project_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.choropleth.layer import LayerKey
    from layers.watchlist.reason import WatchReason
    from layers.watchlist.watchlist import WatchlistRow
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

MOST_PLACES: Final = 3
MOST_NAME_CHARS: Final = 90
_WRITTEN_HERE: Final = frozenset({"case_overdue", "case_open", "gap"})
"""What staff wrote down themselves stands on the project's page, not in a document."""
CLEARANCE: Final = frozenset({"clearance", "clearance_behind", "case_overdue", "case_open"})


def render_watchlist(
    ctx: PageContext, filters: Filters, rows: Sequence[WatchlistRow], most: int
) -> Markup:
    """Return the first ``most`` rows; a line parts what is held up from what needs clearing up.

    The age has a column only where what is held up differs in it.
    """
    aged = len({row.age for row in rows if row.holding}) > 1
    columns = ("body", "project", "reason", *(("age",) if aged else ()), "money")
    head = join_markup(
        Html('<th scope="col">{}</th>').format(ctx.t(f"leader.watch.{name}")) for name in columns
    )
    lines = []
    for number, row in enumerate(rows[:most], start=1):
        if not row.holding and (number == 1 or rows[number - 2].holding):
            lines.append(
                Html('<tr class="hp-watch-part"><th colspan="{}">{}</th></tr>').format(
                    len(columns), ctx.t("leader.watch.only_reports")
                )
            )
        lines.append(_render_row(ctx, filters, row, number, columns))
    return Html('<table class="hp-table hp-watch"><tr>{}</tr>{}</table>').format(
        head, join_markup(lines)
    )


def _render_row(
    ctx: PageContext, filters: Filters, row: WatchlistRow, number: int, columns: Sequence[str]
) -> Markup:
    cells = {
        "body": _render_bodies(ctx, row),
        "project": Html('{}<div class="hp-under">{}</div>').format(
            render_row_link(ctx, filters, row, f"{number}. "), _format_places(ctx, row)
        ),
        "reason": Html("<ul>{}</ul>").format(
            join_markup(
                _render_reason(ctx, row.item, reason) for reason in list_shown_reasons(row.reasons)
            )
        ),
        "age": row.age,
        "money": row.money,
    }
    return Html("<tr>{}</tr>").format(
        join_markup(
            Html('<td class="hp-watch-{}" data-label="{}">{}</td>').format(
                name, ctx.t(f"leader.watch.{name}"), cells[name]
            )
            for name in columns
        )
    )


def render_row_link(
    ctx: PageContext, filters: Filters, row: WatchlistRow, before: str = ""
) -> Markup:
    """Return a row's name as a link to the map, on the layer that its reasons are about."""
    layer = choose_row_layer(row)
    return Html('<a class="hp-link" target="_self" title="{} – {}" href="{}">{}{}</a>').format(
        row.name,
        ctx.t("leader.watch.to_map"),
        build_map_link(ctx, filters, row.item, layer),
        before,
        shorten_name(row.name, MOST_NAME_CHARS),
    )


def choose_row_layer(row: WatchlistRow) -> LayerKey:
    """Return the layer that shows what a row is watched for."""
    return "clearance" if any(reason.key in CLEARANCE for reason in row.reasons) else "progress"


def _format_places(ctx: PageContext, row: WatchlistRow) -> str:
    names = ctx.facts.commune_names
    places = [names[code] for code in row.communes if code in names]
    where = ", ".join(places[:MOST_PLACES])
    more = len(places) - MOST_PLACES
    if more > 0:
        where = ctx.t("leader.watch.more_places", places=where, more=more)
    return where or ctx.t("leader.watch.no_place")


def _render_bodies(ctx: PageContext, row: WatchlistRow) -> Markup:
    """Return who is named for a row: every role with its period and its own sources."""
    nobody = Html('<li><span class="hp-nobody">{}</span></li>')
    lines = [] if row.asked_to_act else [nobody.format(ctx.t("leader.body.unknown"))]
    lines += [
        Html("<li><span class='hp-under'>{}:</span> {} {}</li>").format(
            named.label, named.text, render_source_list(ctx, named.sources)
        )
        for named in row.acting
    ]
    return Html("<ul>{}</ul>").format(join_markup(lines))


def _render_reason(ctx: PageContext, item: str, reason: WatchReason) -> Markup:
    where = render_source_list(ctx, reason.sources)
    if reason.key in _WRITTEN_HERE and ctx.may("page.project"):
        where = Html('<a class="hp-link" target="_self" href="{}">{}</a>').format(
            build_project_link(ctx, item), ctx.t("leader.watch.project_page")
        )
    return Html('<li title="{}">{} {}</li>').format(reason.sentence, reason.label, where)
