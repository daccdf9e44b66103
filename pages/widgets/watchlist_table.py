"""The watch list as a table: project, why, who must act, since when, how much money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.summary.key_figures import shorten_name
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
COLUMNS: Final = ("project", "reason", "body", "age", "money")
_WRITTEN_HERE: Final = frozenset({"case_overdue", "case_open", "gap"})
"""What staff wrote down themselves stands on the project's page, not in a document."""
_CLEARANCE: Final = frozenset({"clearance", "clearance_behind", "case_overdue", "case_open"})


def render_watchlist(
    ctx: PageContext, filters: Filters, rows: Sequence[WatchlistRow], most: int
) -> Markup:
    """Return the first ``most`` rows; a line parts what is held up from what needs clearing up."""
    head = join_markup(
        Html("<th>{}</th>").format(ctx.t(f"leader.watch.{name}")) for name in COLUMNS
    )
    lines = []
    for number, row in enumerate(rows[:most], start=1):
        if not row.holding and (number == 1 or rows[number - 2].holding):
            lines.append(
                Html('<tr class="hp-watch-part"><th colspan="5">{}</th></tr>').format(
                    ctx.t("leader.watch.only_reports")
                )
            )
        lines.append(_render_row(ctx, filters, row, number))
    return Html('<table class="hp-table hp-watch"><tr>{}</tr>{}</table>').format(
        head, join_markup(lines)
    )


def _render_row(ctx: PageContext, filters: Filters, row: WatchlistRow, number: int) -> Markup:
    names = ctx.facts.commune_names
    places = [names[code] for code in row.communes if code in names]
    more = len(places) - MOST_PLACES
    where = ", ".join(places[:MOST_PLACES])
    if more > 0:
        where = ctx.t("leader.watch.more_places", places=where, more=more)
    is_held_up = any(reason.key in _CLEARANCE for reason in row.reasons)
    layer: LayerKey = "clearance" if is_held_up else "progress"
    cells = (
        Html(
            '<a class="hp-link" target="_self" title="{full} – {title}" href="{href}">'
            "{number}. {name}</a>"
            '<div class="hp-under">{places}</div>'
        ).format(
            title=ctx.t("leader.watch.to_map"),
            href=build_map_link(ctx, filters, row.item, layer),
            number=number,
            full=row.name,
            name=shorten_name(row.name, MOST_NAME_CHARS),
            places=where or ctx.t("leader.watch.no_place"),
        ),
        Html("<ul>{}</ul>").format(
            join_markup(_render_reason(ctx, row.item, reason) for reason in row.reasons)
        ),
        row.body,
        row.age,
        row.money,
    )
    return Html("<tr>{}</tr>").format(
        join_markup(
            Html('<td data-label="{}">{}</td>').format(ctx.t(f"leader.watch.{name}"), cell)
            for name, cell in zip(COLUMNS, cells, strict=True)
        )
    )


def _render_reason(ctx: PageContext, item: str, reason: WatchReason) -> Markup:
    where = render_source_list(ctx, reason.sources)
    if reason.key in _WRITTEN_HERE and ctx.may("page.project"):
        where = Html('<a class="hp-link" target="_self" href="{}">{}</a>').format(
            build_project_link(ctx, item), ctx.t("leader.watch.project_page")
        )
    return Html('<li title="{}">{} {}</li>').format(reason.sentence, reason.label, where)
