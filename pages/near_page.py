"""Projects near a chosen commune; the field page on a phone goes by the phone's own position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.i18n import format_number
from layers.details.nearby_projects import list_nearby_projects
from pages.project.links import PHONE
from pages.shell.html import Html, join_markup, show_markup
from pages.shell.last_opened import note_opened
from pages.widgets.place_search import MOST_CHARS, show_commune_hits, show_first_places
from pages.widgets.visit_card import build_project_link, build_project_map_link
from reports.model.schema import ITEM_KINDS
from store.facts.filters import Filters
from store.facts.selection import select_items

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
        typed = st.text_input(
            ctx.t("field.near.search"),
            placeholder=ctx.t("field.near.search_hint"),
            max_chars=MOST_CHARS,
            key="near.search",
            live=True,
        )
        commune = st.selectbox(
            ctx.t("field.near.commune"),
            codes,
            index=codes.index(requested) if requested in names else None,
            placeholder=ctx.t("field.near.choose"),
            format_func=names.__getitem__,
            key="near.commune",
        )
        kinds = st.multiselect(
            ctx.t("pages.filter.kinds"),
            ITEM_KINDS,
            format_func=lambda kind: ctx.t(f"layers.kind.{kind}"),
            placeholder=ctx.t("pages.filter.all"),
            key="near.kinds",
        )
    show_commune_hits(ctx, typed or "", _open_commune, key="near.search")
    if commune is None:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.near.nothing_chosen")))
        show_first_places(ctx, "gan-toi", "commune")
        return
    st.query_params["commune"] = commune
    filters = Filters(kinds=tuple(kinds))
    rows = list_nearby_projects(ctx.facts, filters, commune, most=MOST_ROWS, language=ctx.language)
    left = len(select_items(ctx.facts, filters).items) - len(rows)
    show_markup(
        Html('<p class="hp-under">{}</p>').format(ctx.t("field.near.how", name=names[commune]))
    )
    if not rows:
        st.info(ctx.t("field.near.none"))
    show_markup(
        Html('<ol class="hp-near">{}</ol>').format(
            join_markup(_render_row(ctx, row) for row in rows)
        )
    )
    if left:
        more = ctx.t("field.near.more", count=left)
        show_markup(Html('<p class="hp-under">{}</p>').format(more))
    note_opened(ctx, "place", commune)


def _open_commune(code: str) -> None:
    st.session_state["near.commune"] = code
    st.query_params["commune"] = code


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
