"""A commune or a former district over all periods: items, problems, figures, names, contradictions.

The address keeps the place (``place``: a commune's code or a former district's id); the page has
no other state that matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.history.place_history import place_history
from layers.history.place_totals import area_filters, totals_lines
from pages.place.sections import called_as, cases, contradictions, former_and_communes, totals_body
from pages.shell.html import Html, join, show
from pages.widgets.export_button import show_exports
from pages.widgets.links import part_start
from pages.widgets.matrix import chosen_rows, item_body, legend, link_query, matrix_table, rows_body
from pages.widgets.place_search import all_places, choose_place
from pages.widgets.saved_views import show_views
from store.imports.contradiction_decisions import settlements

if TYPE_CHECKING:
    from layers.history.place_history import PlaceHistory
    from pages.shell.context import Context

ITEMS_AT_ONCE: Final = 20


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.place")
    if ctx.facts.periods.empty:
        st.info(ctx.t("pages.bar.empty"))
        return
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with right:
        key = choose_place(ctx)
    found = place_history(ctx.facts, key, settlements(), language=ctx.language) if key else None
    with left:
        _heading(ctx, found)
    if found is None:
        if key:
            st.warning(ctx.t("bench.place.unknown"))
        all_places(ctx)
        return
    _matrix(ctx, found)
    show(cases(ctx, found))
    show(contradictions(ctx, found.contradictions))
    show(called_as(ctx, found))
    show(former_and_communes(ctx, found))


def _heading(ctx: Context, found: PlaceHistory | None) -> None:
    if found is None:
        show(
            Html('<h2>{}</h2><div class="hp-under">{}</div>').format(
                ctx.t("bench.place.title"), ctx.t("bench.place.why")
            )
        )
        return
    place = found.place
    area = {"district": place.key} if place.kind == "district" else {"communes": place.key}
    links = (
        (f"./?{link_query(ctx, open=f'{place.kind}~{place.key}')}", "to_map"),
        (f"danh-muc?{link_query(ctx, **area)}", "to_table"),
        (f"dia-ban?{link_query(ctx, place='')}", "to_all"),
    )
    anchors = join(
        (
            Html('<a class="hp-link" href="{}" target="_self">{}</a>').format(
                address, ctx.t(f"bench.place.{name}")
            )
            for address, name in links
        ),
        " · ",
    )
    show(
        Html('<h2>{}</h2><div class="hp-under">{} {}</div>').format(
            place.name[:1].upper() + place.name[1:], place.note, anchors
        )
    )


def _matrix(ctx: Context, found: PlaceHistory) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key="place.choices", gap="medium"
    ):
        every = _switch(ctx, "every")
        changed = _switch(ctx, "only_changed")
        show_views(ctx, "dia-ban", st.query_params.to_dict())
        show_exports(ctx, area_filters(found.place))
    rows = {
        one.item: chosen_rows(one.rows, every=every, only_changed=changed) for one in found.items
    }
    shown = [one for one in found.items if rows[one.item] or not changed]
    problems = chosen_rows(found.problems, every=True, only_changed=changed)
    if not shown and not problems:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.place.nothing")))
        return
    start = part_start(ctx.t("bench.place.part"), len(shown), ITEMS_AT_ONCE, key="place.part")
    bodies = [totals_body(ctx, totals_lines(found.totals, ctx.language))] if start == 0 else []
    bodies += [item_body(ctx, one, rows[one.item]) for one in shown[start : start + ITEMS_AT_ONCE]]
    if problems and start == 0:
        head = Html(
            '<tr class="hp-matrix-item"><th scope="rowgroup" colspan="{}">{}</th></tr>'
        ).format(len(found.columns) + 1, ctx.t("bench.place.problems"))
        bodies.append(Html("<tbody>{}{}</tbody>").format(head, rows_body(ctx, problems)))
    show(legend(ctx))
    show(matrix_table(ctx, found.columns, bodies))


def _switch(ctx: Context, name: str) -> bool:
    """Offer a switch that the address keeps."""
    chosen = st.toggle(
        ctx.t(f"bench.matrix.{name}"), value=st.query_params.get(name) == "1", key=f"place.{name}"
    )
    if chosen:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)
    return chosen
