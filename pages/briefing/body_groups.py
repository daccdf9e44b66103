"""Who must do what: every body folded to a line with its count and money, open to its projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.shell.html import Html, join_markup
from pages.widgets.watchlist_table import render_row_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from layers.watchlist.body_groups import BodyGroup
    from pages.shell.context import PageContext
    from store.facts.filters import Filters


MOST_ROWS: Final = 30
"""Of a body's, until the reader asks for all: a province's thousands would be megabytes."""


def render_body_groups(
    ctx: PageContext, filters: Filters, groups: Sequence[BodyGroup], most: int | None = MOST_ROWS
) -> Markup:
    """Return the groups in their order, the first one opened; ``most`` rows of each, or all."""
    if not groups:
        return Html("<p>{}</p>").format(ctx.t("pages.panel.watch_none"))
    return Html('<p class="hp-under">{}</p>{}').format(
        ctx.t("leader.bodies.help"),
        join_markup(
            _render_group(ctx, filters, group, most, opened=not number)
            for number, group in enumerate(groups)
        ),
    )


def _render_group(
    ctx: PageContext, filters: Filters, group: BodyGroup, most: int | None, *, opened: bool
) -> Markup:
    name = group.body or ctx.t("leader.bodies.none_named")
    why = Html("")
    if not group.body:
        why = Html('<p class="hp-under">{}</p>').format(ctx.t("leader.bodies.none_named_why"))
    rows = join_markup(
        Html('<li>{}: {} <span class="hp-under">{}</span></li>').format(
            render_row_link(ctx, filters, row),
            row.reason,
            ". ".join((row.money, *(f"{named.label}: {named.text}" for named in row.acting)))
            if not group.body
            else row.money,
        )
        for row in group.rows[:most]
    )
    left = len(group.rows) - (len(group.rows) if most is None else most)
    if left > 0:
        more = Html('<li class="hp-under">{}</li>').format(ctx.t("leader.bodies.more", count=left))
        rows = join_markup((rows, more))
    return Html(
        '<details class="hp-body"{}><summary><span class="{}">{}</span>'
        '<span class="hp-body-sum">{} · {}</span></summary>{}<ul>{}</ul></details>'
    ).format(
        Html(" open") if opened else Html(""),
        "" if group.body else "hp-nobody",
        name,
        ctx.t("leader.bodies.count", count=len(group.rows)),
        group.money,
        why,
        rows,
    )
