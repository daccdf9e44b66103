"""Where a clearance case comes from: the report's words, or the visit with its photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.safe import Html, join
from pages.sources import source_list
from store.sources import source_at, sources_of

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from pages.frame import Context
    from store.sources import Source


def sources_markup(ctx: Context, row: pd.Series) -> Markup:
    """Return the sources of a case as markup."""
    parts = []
    if row["clearance"]:
        parts.append(
            Html('<div class="hp-under">{} {}</div>').format(
                ctx.t("register.case.from_report"), source_list(ctx, _stated(ctx, row["clearance"]))
            )
        )
    if row["visit"]:
        parts.append(_visit(ctx, str(row["visit"])))
    if not parts:
        parts.append(Html('<p class="hp-under">{}</p>').format(ctx.t("register.case.from_person")))
    return join(parts)


def _stated(ctx: Context, source: str) -> tuple[Source, ...]:
    """Return the place of a statement, or of the observation of an obstacle."""
    rows = ctx.facts.clearance[ctx.facts.clearance["clearance"] == source]
    if rows.empty:
        return sources_of(ctx.facts, [source])
    one = rows.iloc[0]
    return (
        source_at(
            ctx.facts,
            str(one["doc"]),
            int(one["line_from"]),
            int(one["line_to"]),
            raw=str(one["raw"]),
        ),
    )


def _visit(ctx: Context, visit: str) -> Markup:
    rows = ctx.facts.visits[ctx.facts.visits["visit"] == visit]
    if rows.empty:
        return Html("<p>{}</p>").format(ctx.t("register.case.visit_gone"))
    one = rows.iloc[0]
    photos = ctx.facts.photos[ctx.facts.photos["visit"] == visit]["photo"]
    pictures = join(
        Html(
            '<a href="hpmap/photo/{}" target="_blank"><img src="hpmap/photo/{}/thumb" alt="{}"></a>'
        ).format(photo, photo, ctx.t("register.case.photo", number=number))
        for number, photo in enumerate(photos if ctx.may("photo.see") else (), start=1)
    )
    return Html('<p>{}</p><div class="hp-photos">{}</div>').format(
        ctx.t("register.case.from_visit", who=one["inspector"], at=ctx.moment(str(one["at"]))),
        pictures,
    )
