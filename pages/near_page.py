"""Projects near a chosen commune; the field page on a phone goes by the phone's own position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.i18n import format_number
from layers.details.nearby_projects import list_nearby_projects
from pages.project.links import PHONE
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.visit_card import build_project_link, build_project_map_link
from reports.model.schema import ITEM_KINDS
from store.facts.filters import Filters

if TYPE_CHECKING:
    from layers.details.nearby_projects import NearbyProject
    from pages.shell.context import PageContext

MOST_ROWS: Final = 40
_KM: Final = 1000


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.near")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("field.near.title")))
    if ctx.may("phone.use"):
        show_markup(
            Html('<p>{} <a class="hp-button" href="{}" target="_blank">{}</a></p>').format(
                ctx.t("field.near.phone"), PHONE, ctx.t("field.near.open_phone")
            )
        )
    names = ctx.facts.commune_names
    requested = st.query_params.get("commune", "")
    codes = sorted(names, key=names.__getitem__)
    with st.container(horizontal=True, key="near.choices"):
        commune = st.selectbox(
            ctx.t("field.near.commune"),
            codes,
            index=codes.index(requested) if requested in names else None,
            placeholder=ctx.t("field.near.choose"),
            format_func=lambda code: escape_markdown(names[code]),
            key="near.commune",
        )
        kinds = st.multiselect(
            ctx.t("pages.filter.kinds"),
            ITEM_KINDS,
            format_func=lambda kind: ctx.t(f"layers.kind.{kind}"),
            placeholder=ctx.t("pages.filter.all"),
            key="near.kinds",
        )
    if commune is None:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.near.nothing_chosen")))
        return
    st.query_params["commune"] = commune
    rows = list_nearby_projects(
        ctx.facts, Filters(kinds=tuple(kinds)), commune, language=ctx.language
    )
    show_markup(
        Html('<p class="hp-under">{}</p>').format(ctx.t("field.near.how", name=names[commune]))
    )
    if not rows:
        st.info(ctx.t("field.near.none"))
    show_markup(
        Html('<ol class="hp-near">{}</ol>').format(
            join_markup(_render_row(ctx, row) for row in rows[:MOST_ROWS])
        )
    )
    if len(rows) > MOST_ROWS:
        more = ctx.t("field.near.more", count=len(rows) - MOST_ROWS)
        show_markup(Html('<p class="hp-under">{}</p>').format(more))


def _render_row(ctx: PageContext, row: NearbyProject) -> Html:
    if row.distance_m is None:
        far = ctx.t("field.near.unknown")
    elif row.within and row.where.precision != "own":
        far = ctx.t("field.near.within")
    else:
        far = ctx.t("field.near.km", km=format_number(row.distance_m / _KM, 1, ctx.language))
    own = row.where.precision == "own"
    link = Html('<a class="hp-link" href="{}" target="_self">{}</a>').format(
        build_project_map_link(ctx, row.item), ctx.t("field.link.map")
    )
    where = link
    if row.where.coordinates:
        where = Html('<span class="hp-coordinates">{}</span> ({}) · {}').format(
            row.where.coordinates, ctx.t(f"field.near.{'own' if own else 'middle'}"), link
        )
    return Html(
        '<li><a class="hp-link" href="{}" target="_self"><b>{}</b></a> '
        '<span class="hp-mark">{}</span><div>{}</div><div class="hp-under">{}</div></li>'
    ).format(build_project_link(ctx, row.item), row.name, far, row.status, where)
