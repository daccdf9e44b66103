"""Pieces of the page of a place: totals, contradictions, old names, today's communes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from pages.map.panel_sections import render_former_list
from pages.shell.html import Html, join_markup, render_fold, render_remark, render_scrolling_table
from pages.widgets.links import build_link_query
from pages.widgets.source_list import render_source_list
from store.facts.labels import format_iso_day, format_known_percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.details.contradiction_lines import ContradictionLine
    from layers.history.place_history import PlaceHistory
    from pages.shell.context import PageContext


MOST_NAMED: Final = 60
"""Items and places that a name in documents is shown with."""


def render_totals(
    ctx: PageContext, lines: Sequence[tuple[str, Sequence[tuple[str, str]]]]
) -> Markup:
    """Return the place's totals as the first part of its matrix, with what each is made of."""
    width = 1 + max((len(cells) for _, cells in lines), default=0)
    head = Html(
        '<tr class="hp-matrix-item"><th scope="rowgroup" colspan="{}"><div>{}'
        '<span class="hp-under">{}</span></div></th></tr>'
    ).format(width, ctx.t("bench.totals.title"), ctx.t("bench.totals.why"))
    rows = join_markup(
        Html("<tr><th scope='row'>{}</th>{}</tr>").format(
            label,
            join_markup(
                Html("<td><b>{}</b> <span class='hp-under'>{}</span></td>").format(text, detail)
                for text, detail in cells
            ),
        )
        for label, cells in lines
    )
    return Html("<tbody>{}{}</tbody>").format(head, rows)


def render_cases(ctx: PageContext, history: PlaceHistory) -> Markup:
    """Return the cases of the clearance register of the place, most severe first, as of today."""
    if history.cases.empty:
        return Html("")
    names = ctx.facts.commune_names
    head = join_markup(
        Html("<th scope='col'>{}</th>").format(ctx.t(f"bench.cases.{name}"))
        for name in ("case", "where", "level", "age", "deadline", "handed", "state")
    )
    unknown = ctx.t("layers.value.unknown")
    rows = join_markup(
        Html(
            '<tr><td><a class="hp-link" href="gpmb?{}" target="_self">{}</a>'
            '<div class="hp-under">{}</div></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>'
            "<td>{}</td><td>{}</td></tr>"
        ).format(
            build_link_query(ctx, case=row.case),
            row.name or row.case,
            "; ".join(text for text in (row.statement, row.body) if text),
            names.get(row.commune, unknown),
            ctx.t(f"register.level.{'none' if pd.isna(row.level) else row.level}"),
            unknown if pd.isna(row.age_days) else ctx.t("bench.cases.days", days=row.age_days),
            format_iso_day(row.deadline, ctx.language) or unknown,
            format_known_percent(row.handed_pct, ctx.language),
            ctx.t(f"register.state.{row.state}"),
        )
        for row in history.cases.itertuples(index=False)
    )
    still = int((history.cases["state"] == "open").sum())
    return render_fold(
        ctx.t("bench.cases.title", count=len(history.cases), open=still),
        Html('<div class="hp-scroll"><table class="hp-table"><tr>{}</tr>{}</table></div>').format(
            head, rows
        ),
        opened=True,
    )


def render_contradictions(
    ctx: PageContext, lines: Sequence[ContradictionLine], title: str
) -> Markup:
    """Return contradictions that touch the place's items, both sides with their sources."""
    if not lines:
        return Html("")
    rows = join_markup(
        Html(
            '<tr><td><b>{}</b><div class="hp-under">{}</div></td><td>{} {}</td><td>{} {}</td>'
            '<td>{}<div class="hp-under">{}</div></td></tr>'
        ).format(
            line.title,
            "; ".join(line.names),
            line.a,
            render_source_list(ctx, line.a_sources),
            line.b,
            render_source_list(ctx, line.b_sources),
            line.state_label,
            Html("{} {}").format(" ".join(line.why), render_remark(line.note, ctx.language)),
        )
        for line in lines
    )
    head = join_markup(
        Html("<th scope='col'>{}</th>").format(ctx.t(f"bench.contradictions.{name}"))
        for name in ("about", "one", "other", "state")
    )
    return render_fold(
        title,
        render_scrolling_table(Html("<tr>{}</tr>{}").format(head, rows)),
    )


def _list_names(ctx: PageContext, names: Sequence[str]) -> str:
    """Return names with semicolons; of very many the first, and how many others."""
    listed = "; ".join(names[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    return ctx.t("pages.list.more", names=listed, count=left) if left > 0 else listed


def render_name_uses(ctx: PageContext, history: PlaceHistory) -> Markup:
    """Return under which names documents speak of the place, and which items they place by it."""
    if not history.called:
        return Html("")
    names = {item.item: item.name for item in history.items}
    rows = join_markup(
        Html(
            '<tr><td><q lang="vi">{}</q></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'
        ).format(
            use.raw,
            use.commune,
            use.how_label,
            _list_names(ctx, [names.get(item, item) for item in use.items]),
            render_source_list(ctx, use.sources[:MOST_NAMED]),
        )
        for use in history.called
    )
    head = join_markup(
        Html("<th scope='col'>{}</th>").format(ctx.t(f"bench.called.{name}"))
        for name in ("raw", "today", "how", "items", "source")
    )
    return render_fold(
        ctx.t("bench.called.title", count=len(history.called)),
        render_scrolling_table(Html("<tr>{}</tr>{}").format(head, rows)),
    )


def render_former_and_communes(ctx: PageContext, history: PlaceHistory) -> Markup:
    """Return of what a commune was made, or which communes of today a former district is."""
    if history.former_units:
        return render_former_list(ctx, history.former_units)
    if history.place.kind != "district":
        return Html("")
    entries = join_markup(
        Html('<li><a class="hp-link" href="dia-ban?{}" target="_self">{}</a></li>').format(
            build_link_query(ctx, place=code), name
        )
        for code, name in history.communes
    )
    return render_fold(
        ctx.t("bench.place.communes", count=len(history.communes)),
        Html('<ul class="hp-columns">{}</ul>').format(entries),
    )
