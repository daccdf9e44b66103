"""A commune or a former district over all periods: items, problems, figures, names, contradictions.

The address keeps the place (``place``: a commune's code or a former district's id); the page has
no other state that matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.history.place_history import find_place_history
from layers.history.place_totals import build_totals_lines, narrow_to_place
from pages.place.sections import (
    render_cases,
    render_contradictions,
    render_former_and_communes,
    render_name_uses,
    render_totals,
)
from pages.shell.html import Html, join_markup, show_markup
from pages.shell.last_opened import note_opened
from pages.shell.page_frame import set_page_title
from pages.widgets.export_button import show_export_button
from pages.widgets.links import build_link_query, choose_part_start, render_locator
from pages.widgets.matrix import (
    render_item_body,
    render_matrix,
    render_matrix_legend,
    render_titled_body,
    select_matrix_rows,
)
from pages.widgets.place_search import choose_place, show_all_places, show_first_places
from pages.widgets.saved_views import show_saved_views
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from layers.history.place_history import PlaceHistory
    from pages.shell.context import PageContext

ITEMS_AT_ONCE: Final = 20
LINES_AT_ONCE: Final = 60


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.place")
    if ctx.facts.periods.empty:
        st.info(ctx.t("pages.bar.empty"))
        return
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with right:
        key = choose_place(ctx)
    history = (
        find_place_history(ctx.facts, key, list_contradiction_decisions(), language=ctx.language)
        if key
        else None
    )
    with left:
        _show_heading(ctx, history)
    if history is None:
        if key:
            st.warning(ctx.t("bench.place.unknown"))
        show_first_places(ctx, "dia-ban", "place")
        show_all_places(ctx)
        return
    _show_matrix(ctx, history)
    show_markup(render_cases(ctx, history))
    _show_contradictions(ctx, history)
    show_markup(render_name_uses(ctx, history))
    show_markup(render_former_and_communes(ctx, history))
    note_opened(ctx, "place", key)


def _show_heading(ctx: PageContext, history: PlaceHistory | None) -> None:
    if history is None:
        show_markup(
            Html('<h2>{}</h2><div class="hp-under">{}</div>').format(
                ctx.t("bench.place.title"), ctx.t("bench.place.why")
            )
        )
        return
    place = history.place
    set_page_title(place.name, ctx.language)
    area = {"district": place.key} if place.kind == "district" else {"communes": place.key}
    links = (
        (f"./?{build_link_query(ctx, open=f'{place.kind}~{place.key}')}", "to_map"),
        (f"danh-muc?{build_link_query(ctx, **area)}", "to_table"),
        (f"dia-ban?{build_link_query(ctx, place='')}", "to_all"),
    )
    anchors = join_markup(
        (
            Html('<a class="hp-link" href="{}" target="_self">{}</a>').format(
                address, ctx.t(f"bench.place.{name}")
            )
            for address, name in links
        ),
        " · ",
    )
    show_markup(
        Html(
            '<div class="hp-place">{}<div><h2>{}</h2><div class="hp-under">{} {}</div></div></div>'
        ).format(
            render_locator(ctx, place.communes, links[0][0]),
            place.name[:1].upper() + place.name[1:],
            place.note,
            anchors,
        )
    )


def _show_matrix(ctx: PageContext, history: PlaceHistory) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key="place.choices", gap="medium"
    ):
        every = _ask_switch(ctx, "every")
        changed = _ask_switch(ctx, "only_changed")
        show_saved_views(ctx, "dia-ban", st.query_params.to_dict())
        show_export_button(ctx, narrow_to_place(history.place))
    rows = {
        item_history.item: select_matrix_rows(item_history.rows, every=every, only_changed=changed)
        for item_history in history.items
    }
    shown = [
        item_history for item_history in history.items if rows[item_history.item] or not changed
    ]
    problems = select_matrix_rows(history.problems, every=True, only_changed=changed)
    stated = select_matrix_rows(history.stated, every=True, only_changed=changed)
    if not shown and not problems and not stated:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.place.nothing")))
        return
    start = choose_part_start(
        ctx.t("bench.place.part"), len(shown), ITEMS_AT_ONCE, key="place.part"
    )
    bodies = (
        [render_totals(ctx, build_totals_lines(history.totals, ctx.language))] if start == 0 else []
    )
    bodies += [
        render_item_body(ctx, item_history, rows[item_history.item])
        for item_history in shown[start : start + ITEMS_AT_ONCE]
    ]
    for name, of_place in (("problems", problems), ("stated", stated)):
        if of_place and start == 0:
            bodies.append(render_titled_body(ctx, history.columns, f"bench.place.{name}", of_place))
    show_markup(render_matrix_legend(ctx))
    show_markup(render_matrix(ctx, history.columns, bodies))


def _show_contradictions(ctx: PageContext, history: PlaceHistory) -> None:
    lines = history.contradictions
    title = ctx.t("bench.contradictions.title", count=len(lines))
    start = choose_part_start(title, len(lines), LINES_AT_ONCE, key="place.contradictions")
    shown = lines[start : start + LINES_AT_ONCE]
    show_markup(render_contradictions(ctx, shown, title))


def _ask_switch(ctx: PageContext, name: str) -> bool:
    """Offer a switch that the address keeps."""
    chosen = st.toggle(
        ctx.t(f"bench.matrix.{name}"), value=st.query_params.get(name) == "1", key=f"place.{name}"
    )
    if chosen:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)
    return chosen
