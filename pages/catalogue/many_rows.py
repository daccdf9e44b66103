"""Giving several rows of the table one value: the form, what it would change, saving it as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.labels.short_names import shorten_name
from pages.catalogue.cell_form import ask_value, format_heading
from pages.catalogue.change_preview import show_plan, show_saving
from pages.map.panel_sections import render_heading
from pages.shell.html import Html, show_markup
from store.facts.selection import resolve_period
from store.templates.many_rows import FOR_SEVERAL, MANY_ROWS, ManyRows, plan_many_rows, read_seals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.shell.context import PageContext
    from store.facts.filters import Filters
    from store.templates.plan import TemplatePlan

_SEALS: Final = "items.many_seals"
_PLAN: Final = "items.many_plan"
_MOST_NAMES: Final = 6


def show_many_rows_form(
    ctx: PageContext, items: Sequence[str], filters: Filters, *, column: str = ""
) -> None:
    """Show the form for the items chosen, or for the one cell of one item that ``column`` names."""
    period = resolve_period(ctx.facts, filters)
    key = f"items.many-{'cell' if column else 'rows'}-{column}"
    chosen = column or _choose_column(ctx, items, key)
    edit = ask_value(ctx, tuple(items), period, MANY_ROWS.column(chosen), f"{key}-{chosen}")
    if edit is None:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.many.ask_value")))
        return
    known = st.session_state.get(_PLAN)
    plan = _get_plan(ctx, edit)
    show_plan(ctx, plan, forget_preview)
    show_saving(ctx, plan, key, _forget, seen=known is not None and known[1] is plan)


def _choose_column(ctx: PageContext, items: Sequence[str], key: str) -> str:
    names = [shorten_name(ctx.facts.item_names.get(item, item)) for item in items]
    chosen = ctx.t("bench.many.chosen", count=len(items), names=ctx.list_names(names, _MOST_NAMES))
    show_markup(render_heading(ctx.t("bench.many.title"), chosen))
    return str(
        st.selectbox(
            ctx.t("bench.many.field"),
            FOR_SEVERAL,
            format_func=lambda name: format_heading(MANY_ROWS.column(name), ctx.language),
            key=f"{key}-column",
        )
    )


def _get_plan(ctx: PageContext, edit: ManyRows) -> TemplatePlan:
    """Return what would change, as it was shown: a save is of what its author had before them."""
    seals = st.session_state.get(_SEALS)
    if seals is None or seals[0] != (edit.period, edit.items):
        of_now = read_seals(ctx.facts, edit.period, edit.items, ctx.user)
        seals = ((edit.period, edit.items), of_now)
        st.session_state[_SEALS] = seals
    kept: tuple[ManyRows, TemplatePlan] | None = st.session_state.get(_PLAN)
    if kept is None or kept[0] != edit:
        kept = (edit, plan_many_rows(edit, ctx.facts, ctx.user, seals[1]))
        st.session_state[_PLAN] = kept
    return kept[1]


def _forget(saved: bool) -> None:
    """Forget the preview, and where it was saved what stood for its rows too."""
    if saved:
        forget_preview()
    st.session_state.pop(_PLAN, None)


def forget_preview() -> None:
    """Forget what was shown: rows are opened anew, as they are by then."""
    for name in (_PLAN, _SEALS):
        st.session_state.pop(name, None)
