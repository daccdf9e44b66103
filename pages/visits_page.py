"""The visits of the field, the latest first: claimed and seen, photos, what to mind, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from geo.text import fold
from layers.tables.visit_list import apart_rows, visit_rows
from pages.shell.html import Html, join, plain, show
from pages.widgets.links import part_start
from pages.widgets.visit_card import visit_card
from store.visits.resolve_duplicates import settle_visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.tables.visit_list import ApartRow, VisitRow
    from pages.shell.context import Context

AT_ONCE: Final = 20
MIND: Final = ("gap", "position", "problem")


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.visits")
    rows = visit_rows(ctx.facts, language=ctx.language)
    show(Html("<h2>{}</h2>").format(ctx.t("field.visits.title")))
    _apart(ctx)
    if not rows:
        st.info(ctx.t("field.visits.none"))
        return
    chosen = _filtered(ctx, rows)
    flagged = sum(row.flagged for row in chosen)
    counts = ctx.t("field.visits.count", count=len(chosen), all=len(rows), flagged=flagged)
    show(Html('<p class="hp-under">{}</p>').format(counts))
    start = part_start(ctx.t("field.visits.part"), len(chosen), AT_ONCE, key="visits.part")
    show(join(visit_card(ctx, row, named=True) for row in chosen[start : start + AT_ONCE]))


def _filtered(ctx: Context, rows: Sequence[VisitRow]) -> list[VisitRow]:
    """Return the visits that the reader asks for."""
    names = dict(zip(ctx.facts.communes["code"], ctx.facts.communes["name"], strict=True))
    there = sorted({code for row in rows for code in row.communes}, key=lambda code: names[code])
    with st.container(horizontal=True, key="visits.filters"):
        text = st.text_input(ctx.t("field.visits.text"), max_chars=100, key="visits.text")
        communes = st.multiselect(
            ctx.t("pages.filter.communes"),
            there,
            format_func=lambda code: plain(names[code]),
            placeholder=ctx.t("pages.filter.all"),
            key="visits.communes",
        )
        inspectors = st.multiselect(
            ctx.t("field.visits.inspector"),
            sorted({row.inspector for row in rows}),
            format_func=plain,
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
    words = fold(text).split()
    return [
        row
        for row in rows
        if (not communes or set(communes) & set(row.communes))
        and (not inspectors or row.inspector in inspectors)
        and (not mind or any(_minds(row, name) for name in mind))
        and all(word in fold(f"{row.item} {row.name} {row.works} {row.note}") for word in words)
    ]


def _minds(row: VisitRow, name: str) -> bool:
    if name == "gap":
        return row.gapped
    return bool(row.flags) if name == "position" else bool(row.problem)


def _apart(ctx: Context) -> None:
    """Show the conflicting visits, and let them be settled; none of them holds up the others."""
    if not ctx.may("visit.settle"):
        return
    rows = apart_rows(ctx.facts, ctx.user, language=ctx.language)
    if not rows:
        return
    with st.expander(ctx.t("field.visits.apart", count=len(rows)), expanded=True):
        for one in rows:
            show(
                Html('<p class="hp-mind">{}</p>{}').format(
                    ctx.t(f"field.apart.{one.why}"), visit_card(ctx, one.row, named=True)
                )
            )
            _settle(ctx, one)


def _settle(ctx: Context, one: ApartRow) -> None:
    """Offer to take the conflicting version for what was seen, or to leave it aside."""
    with st.container(horizontal=True, key=f"visits.settle-{one.number}"):
        keep = one.why == "differs" and st.button(
            ctx.t("field.apart.keep"), key=f"visits.keep-{one.number}"
        )
        drop = st.button(ctx.t("field.apart.drop"), key=f"visits.drop-{one.number}")
    if not keep and not drop:
        return
    try:
        settle_visit(one.number, "kept" if keep else "dropped", actor=ctx.user)
    except ProjectMapError as fault:
        st.error(plain(fault))
        return
    st.rerun()
