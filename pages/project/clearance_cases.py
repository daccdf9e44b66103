"""A project's cases of the clearance register on its page, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo import clock
from pages.shell.html import Html, join
from pages.widgets.matrix import link_query
from store.clearance.register_view import register_at
from store.facts.labels import iso_day, quantity, word

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import Context


def case_list(ctx: Context, item: str) -> Markup:
    """Return the item's cases as they stand today: cause, land, who must act, age, level."""
    register = register_at(ctx.facts, clock.today())
    mine = register[register["item"] == item]
    if mine.empty:
        return Html("")
    names = dict(zip(ctx.facts.communes["code"], ctx.facts.communes["name"], strict=True))
    return Html('<h3 class="hp-sub">{}</h3><ul class="hp-problems">{}</ul>').format(
        ctx.t("field.case.title", count=len(mine)),
        join(_case(ctx, row, names) for row in mine.itertuples(index=False)),
    )


def _case(ctx: Context, row: Any, names: dict[str, str]) -> Markup:
    unknown = ctx.t("layers.value.unknown")
    area, handed = (
        unknown if pd.isna(value) else quantity(float(value), ctx.language)
        for value in (row.area_ha, row.handed_ha)
    )
    told = [
        ctx.t("field.case.area", handed=handed, area=area),
        ctx.t("field.case.body", body=row.body or unknown),
        ctx.t("field.case.deadline", day=iso_day(row.deadline, ctx.language) or unknown),
        names.get(row.commune, ""),
    ]
    if row.state == "open" and not pd.isna(row.age_days):
        told.append(ctx.t("bench.cases.days", days=row.age_days))
    level = "" if pd.isna(row.level) else ctx.t(f"register.level.{row.level}")
    link = Html("")
    if ctx.may("page.register"):
        link = Html('<a class="hp-link" href="gpmb?{}" target="_self">{}</a>').format(
            link_query(ctx, case=row.case), ctx.t("field.link.case")
        )
    return Html(
        '<li><b>{}</b> <span class="hp-mark">{}</span> {}<div>{}</div>'
        '<div class="hp-under">{}</div>{}</li>'
    ).format(
        word("obstacle", row.category, ctx.language),
        ctx.t(f"register.state.{row.state}"),
        Html('<span class="hp-mark hp-mark-differs">{}</span>').format(level) if level else "",
        row.statement,
        " · ".join(text for text in told if text),
        link,
    )
