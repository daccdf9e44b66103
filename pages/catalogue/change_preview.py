"""What a change of the table's cells would do, saving it as one, and taking it back as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.short_names import shorten_name
from pages.catalogue.cell_form import format_heading
from pages.edit.approved_note import show_approved_note
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.tables import render_table
from store.db.errors import ImportRefusedError
from store.editing.recent_changes import undo_change
from store.editing.validation import LONGEST_CHARS
from store.facts.labels import get_period_label
from store.templates.apply import apply_template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages.shell.context import PageContext
    from store.templates.plan import TemplatePlan

_UNDO: Final = "items.many_undo"
_SAVED: Final = "items.many_saved"
_FAULT: Final = "items.many_fault"


def show_saved_change(ctx: PageContext) -> None:
    """Say what was saved last and offer to take the whole of it back, until something else is."""
    said = st.session_state.get(_SAVED)
    if said is None:
        return
    number, message = said
    with st.container(horizontal=True, vertical_alignment="center", key="items.many-saved"):
        st.success(escape_markdown(message))
        if number and ctx.may("edit.undo"):
            st.button(ctx.t("bench.many.undo"), key="items.many-undo", on_click=_handle_undo)
        st.button(ctx.t("pages.panel.close"), key="items.many-said", on_click=_forget_message)
    if st.session_state.pop(_UNDO, False):
        _undo(ctx, number)


def _handle_undo() -> None:
    st.session_state[_UNDO] = True


def _forget_message() -> None:
    st.session_state.pop(_SAVED, None)


def _undo(ctx: PageContext, number: int) -> None:
    try:
        undo_change(number, actor=ctx.user, why=ctx.t("bench.many.undo_why"))
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    st.session_state[_SAVED] = (0, ctx.t("bench.many.undone", number=number))
    st.rerun()


def show_plan(
    ctx: PageContext,
    plan: TemplatePlan,
    reopen: Callable[[], None] | None,
    *,
    columns: bool = False,
) -> None:
    """Show which cells would change and which are refused; ``columns``: they are of several.

    ``reopen`` takes the rows as they are now, where that can help.
    """
    cells = len(plan.differences)
    text = ctx.t("bench.many.changed" if cells else "bench.many.same", cells=cells)
    period = ctx.t(
        "bench.many.period", period=get_period_label(ctx.facts, plan.sheet.period, ctx.language)
    )
    show_markup(Html('<p class="hp-under"><b>{}</b> {}</p>').format(text, period))
    if cells:
        show_unusual(ctx, plan.unusual)
        _show_differences(ctx, plan, columns=columns)
        show_approved_note(ctx, plan.corrects)
    if plan.faults:
        st.warning(escape_markdown(ctx.t("bench.many.refused", count=len(plan.faults))))
        faults = [
            (
                shorten_name(fault.name),
                *([_name_column(ctx, plan, fault.heading)] if columns else []),
                fault.text,
            )
            for fault in plan.faults
        ]
        names = ("name", *(["column"] if columns else []), "fault")
        show_markup(render_table([ctx.t(f"templates.page.{name}") for name in names], faults))
        again = ctx.t("bench.many.again")
        if reopen and st.button(again, key="items.many-again", type="tertiary"):
            reopen()
            st.rerun()


def show_unusual(ctx: PageContext, unusual: Sequence[str]) -> None:
    """Say what would be unusual: a tenfold amount is seen before it is saved."""
    if unusual:
        lines = join_markup(Html("<br>{}").format(line) for line in unusual)
        head = ctx.t("templates.page.unusual")
        show_markup(Html('<p class="hp-mind"><b>{}</b>{}</p>').format(head, lines))


def _show_differences(ctx: PageContext, plan: TemplatePlan, *, columns: bool) -> None:
    rows = [
        (
            shorten_name(difference.name),
            *([_name_column(ctx, plan, difference.heading)] if columns else []),
            ctx.t("templates.page.earlier", before=difference.before)
            if difference.earlier and difference.before
            else difference.before or "–",
            Html("<b>{}</b>").format(difference.after or ctx.t("bench.many.unknown")),
        )
        for difference in plan.differences
    ]
    names = ["templates.page.name", *(["templates.page.column"] if columns else [])]
    names += ["templates.page.before", "bench.many.after"]
    show_markup(render_table([ctx.t(name) for name in names], rows))


def _name_column(ctx: PageContext, plan: TemplatePlan, heading: str) -> str:
    for column in plan.sheet.kind.columns:
        if column.heading == heading:
            return format_heading(column, ctx.language)
    return heading


def show_saving(
    ctx: PageContext, plan: TemplatePlan, key: str, forget: Callable[[bool], None], *, seen: bool
) -> None:
    """Ask why and save what was ``seen``: what changes with the press itself is shown first.

    ``forget`` is called once what was planned holds no longer: with True where it was saved.
    """
    fault = st.session_state.pop(_FAULT, "")
    if fault:
        st.error(escape_markdown(fault))
    if not plan.changes:
        return
    why = st.text_input(ctx.t("edit.save.why"), key=f"{key}-why", max_chars=LONGEST_CHARS).strip()
    cells = len(plan.differences)
    label = ctx.t("bench.many.save", cells=cells)
    if st.button(label, key=f"{key}-save", type="primary", disabled=not why):
        if not seen:
            st.info(ctx.t("bench.many.look_again"))
            return
        try:
            number = apply_template(plan, ctx.user, why)
        except ImportRefusedError as refused:
            # Somebody changed something meanwhile: what is shown next is worked out anew.
            forget(False)
            st.session_state[_FAULT] = str(refused)
        except ProjectMapError as refused:
            st.error(escape_markdown(refused))
            return
        else:
            forget(True)
            message = ctx.t("bench.many.done", cells=cells, number=number)
            st.session_state[_SAVED] = (number, message)
        st.rerun()
    if not why:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.save.ask_why")))
