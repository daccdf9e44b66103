"""The visits of the field, the latest first: claimed and seen, photos, what to mind, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from geo.text import fold_text
from layers.tables.visit_list import list_conflicting_visits, list_visits
from pages.project.first_visits import show_first_visits
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.links import choose_part_start
from pages.widgets.visit_card import render_visit_card
from store.visits.resolve_duplicates import settle_visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.tables.visit_list import VisitEntry
    from pages.shell.context import PageContext
    from store.visits.read import StoredVisit

AT_ONCE: Final = 20
MIND: Final = ("gap", "position", "problem")


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.visits")
    rows = list_visits(ctx.facts, language=ctx.language)
    show_markup(Html("<h2>{}</h2>").format(ctx.t("field.visits.title")))
    _show_conflicts(ctx)
    if not rows:
        show_first_visits(ctx)
        return
    chosen = _filter_visits(ctx, rows)
    flagged = sum(row.flagged for row in chosen)
    counts = ctx.t("field.visits.count", count=len(chosen), all=len(rows), flagged=flagged)
    show_markup(Html('<p class="hp-under">{}</p>').format(counts))
    start = choose_part_start(ctx.t("field.visits.part"), len(chosen), AT_ONCE, key="visits.part")
    show_markup(
        join_markup(
            render_visit_card(ctx, row, named=True) for row in chosen[start : start + AT_ONCE]
        )
    )


def _filter_visits(ctx: PageContext, rows: Sequence[VisitEntry]) -> list[VisitEntry]:
    """Return the visits that the reader asks for."""
    names = ctx.facts.commune_names
    visited_communes = sorted(
        {code for row in rows for code in row.visit.communes}, key=lambda code: names[code]
    )
    with st.container(horizontal=True, key="visits.filters"):
        text = st.text_input(ctx.t("field.visits.text"), max_chars=100, key="visits.text")
        communes = st.multiselect(
            ctx.t("pages.filter.communes"),
            visited_communes,
            format_func=names.__getitem__,
            placeholder=ctx.t("pages.filter.all"),
            select_all=False,
            key="visits.communes",
        )
        inspectors = st.multiselect(
            ctx.t("field.visits.inspector"),
            sorted({row.visit.inspector for row in rows}),
            placeholder=ctx.t("pages.filter.all"),
            key="visits.inspectors",
        )
        mind = st.multiselect(
            ctx.t("field.visits.mind"),
            MIND,
            format_func=lambda name: ctx.t(f"field.mind.{name}"),
            placeholder=ctx.t("pages.filter.all"),
            key="visits.mind",
        )
    words = fold_text(text).split()
    return [
        row
        for row in rows
        if (not communes or set(communes) & set(row.visit.communes))
        and (not inspectors or row.visit.inspector in inspectors)
        and (not mind or any(_is_match(row, name) for name in mind))
        and all(
            word in fold_text(f"{row.visit.item} {row.name} {row.visit.works} {row.visit.note}")
            for word in words
        )
    ]


def _is_match(row: VisitEntry, name: str) -> bool:
    if name == "gap":
        return row.has_flagged_gap
    return bool(row.flags) if name == "position" else bool(row.visit.problem)


def _show_conflicts(ctx: PageContext) -> None:
    """Show the conflicting visits, and let them be settled; none of them holds up the others."""
    if not ctx.may("visit.settle"):
        return
    rows = list_conflicting_visits(ctx.facts, ctx.user, language=ctx.language)
    if not rows:
        return
    with st.expander(ctx.t("field.visits.apart", count=len(rows)), expanded=True):
        for row in rows:
            show_markup(
                Html('<p class="hp-mind">{}</p>{}').format(
                    ctx.t(f"field.apart.{row.visit.why}"), render_visit_card(ctx, row, named=True)
                )
            )
            _show_conflict(ctx, row.visit)


def _show_conflict(ctx: PageContext, conflict: StoredVisit) -> None:
    """Offer to take the conflicting version for what was seen, or to leave it aside."""
    with st.container(horizontal=True, key=f"visits.settle-{conflict.number}"):
        keep = conflict.why == "differs" and st.button(
            ctx.t("field.apart.keep"), key=f"visits.keep-{conflict.number}"
        )
        drop = st.button(ctx.t("field.apart.drop"), key=f"visits.drop-{conflict.number}")
    if not keep and not drop:
        return
    try:
        settle_visit(conflict.number, "kept" if keep else "dropped", actor=ctx.user)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.rerun()
