"""A project's cases of the clearance register on its page, the gravest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo import clock
from pages.shell.html import Html, join_markup
from pages.widgets.links import build_link_query
from store.clearance.register_view import build_register
from store.facts.labels import format_iso_day, format_quantity, translate_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from pages.shell.context import PageContext


def render_case_list(ctx: PageContext, item: str) -> Markup:
    """Return the item's cases as they stand today: cause, land, who must act, age, level."""
    register = build_register(ctx.facts, clock.today())
    cases = register[register["item"] == item]
    if cases.empty:
        return Html("")
    names = ctx.facts.commune_names
    return Html('<h3 class="hp-sub">{}</h3><ul class="hp-problems">{}</ul>').format(
        ctx.t("field.case.title", count=len(cases)),
        join_markup(_render_case(ctx, row, names) for row in cases.itertuples(index=False)),
    )


def _render_case(ctx: PageContext, row: Any, names: Mapping[str, str]) -> Markup:
    unknown = ctx.t("layers.value.unknown")
    area, handed = (
        unknown if pd.isna(value) else format_quantity(float(value), ctx.language)
        for value in (row.area_ha, row.handed_ha)
    )
    parts = [
        ctx.t("field.case.area", handed=handed, area=area),
        ctx.t("field.case.body", body=row.body or unknown),
        ctx.t("field.case.deadline", day=format_iso_day(row.deadline, ctx.language) or unknown),
        names.get(row.commune, ""),
    ]
    if row.state == "open" and not pd.isna(row.age_days):
        parts.append(ctx.t("bench.cases.days", days=row.age_days))
    level = "" if pd.isna(row.level) else ctx.t(f"register.level.{row.level}")
    link = Html("")
    if ctx.may("page.register"):
        link = Html('<a class="hp-link" href="gpmb?{}" target="_self">{}</a>').format(
            build_link_query(ctx, case=row.case), ctx.t("field.link.case")
        )
    return Html(
        '<li><b>{}</b> <span class="hp-mark">{}</span> {}<div>{}</div>'
        '<div class="hp-under">{}</div>{}</li>'
    ).format(
        translate_word("obstacle", row.category, ctx.language),
        ctx.t(f"register.state.{row.state}"),
        Html('<span class="hp-mark hp-mark-differs">{}</span>').format(level) if level else "",
        row.statement,
        " · ".join(text for text in parts if text),
        link,
    )
