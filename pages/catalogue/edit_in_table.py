"""What was edited in the table and is not saved yet: previewed, saved and undone as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.labels.reading_labels import format_exactly
from layers.labels.short_names import shorten_name
from pages.catalogue.cell_form import ask_source, format_heading
from pages.catalogue.change_preview import show_plan, show_saving
from pages.map.panel_sections import render_heading
from pages.shell.html import Html, escape_markdown, mark_unsaved, show_markup
from pages.widgets.tables import render_table
from store.editing.recent_changes import list_changes
from store.facts.facts import load_facts
from store.facts.labels import get_period_label
from store.templates.columns import format_value
from store.templates.many_rows import MANY_ROWS, CellEdits, fill_cells, plan_cell_edits, read_seals

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pages.catalogue.cell_drafts import CellDrafts
    from pages.shell.context import PageContext
    from store.templates.columns import Value
    from store.templates.plan import TemplatePlan
    from store.templates.rows import TemplateRow

_KEY: Final = "items.in-place"
_PLAN: Final = "items.drafts_plan"


def show_switch(ctx: PageContext) -> bool:
    """Show the switch that opens the cells; return whether it is on."""
    return bool(
        st.toggle(
            ctx.t("bench.in_place.switch"), key=_KEY, help=ctx.t("bench.in_place.switch_help")
        )
    )


def show_unsaved(ctx: PageContext, drafts: CellDrafts, period: str, *, is_open: bool) -> None:
    """Say what is edited and not saved where the table does not show it, and where to find it."""
    if not drafts.count:
        return
    label = get_period_label(ctx.facts, drafts.period, ctx.language)
    if drafts.period != period:
        text = ctx.t("bench.in_place.other_period", cells=drafts.count, period=label)
    elif not is_open:
        text = ctx.t("bench.in_place.closed", cells=drafts.count)
    else:
        return
    with st.container(key="items.in-place-left", horizontal=True, vertical_alignment="center"):
        st.warning(escape_markdown(text))
        show_markup(mark_unsaved(Html("")))
        _show_discard(ctx, drafts)


def show_draft_change(ctx: PageContext, drafts: CellDrafts, shown: Collection[str]) -> None:
    """Show what saving the drafts would change, and save them; ``shown`` are the table's rows."""
    heading = ctx.t("bench.in_place.title", cells=drafts.count)
    show_markup(mark_unsaved(render_heading(heading, ctx.t("bench.in_place.about"))))
    away = [item for item in drafts.cells if item not in set(shown)]
    if away:
        names = [shorten_name(ctx.facts.item_names.get(item, item)) for item in away]
        text = ctx.t("bench.in_place.away", names=ctx.list_names(names, 6))
        show_markup(Html('<p class="hp-mind">{}</p>').format(text))
    columns = {column for texts in drafts.cells.values() for column in texts}
    source, is_ready = None, True
    if any(MANY_ROWS.column(column).table == "observations" for column in columns):
        source, is_ready = ask_source(ctx, drafts.period, _KEY)
    known: tuple[object, TemplatePlan] | None = st.session_state.get(_PLAN)
    plan = _get_plan(ctx, drafts, source)

    def reopen() -> None:
        drafts.seals = read_seals(ctx.facts, drafts.period, list(drafts.cells), ctx.user)
        st.session_state.pop(_PLAN, None)

    def forget(saved: bool) -> None:
        st.session_state.pop(_PLAN, None)
        if saved:
            _keep_refused(ctx, drafts, plan)

    others = _list_changed_rows(ctx, drafts)
    show_plan(ctx, plan, reopen if others else None, columns=True)
    _show_others(ctx, drafts, others)
    if is_ready:
        show_saving(ctx, plan, _KEY, forget, seen=known is not None and known[1] is plan)
    _show_discard(ctx, drafts)


def _show_discard(ctx: PageContext, drafts: CellDrafts) -> None:
    st.button(
        ctx.t("bench.in_place.discard", cells=drafts.count),
        key="items.in-place-discard",
        type="tertiary",
        on_click=drafts.drop_all,
    )


def _get_plan(ctx: PageContext, drafts: CellDrafts, source: tuple[str, int] | None) -> TemplatePlan:
    """Return what would change, as it was shown: a save is of what its author had before them."""
    cells = tuple(
        (item, column, text)
        for item, texts in drafts.cells.items()
        for column, text in texts.items()
    )
    edits = CellEdits(drafts.period, cells, source, "." if ctx.language == "vi" else ",")
    made_of = edits, tuple(drafts.seals.items())
    kept: tuple[object, TemplatePlan] | None = st.session_state.get(_PLAN)
    if kept is None or kept[0] != made_of:
        kept = (made_of, plan_cell_edits(edits, ctx.facts, ctx.user, drafts.seals))
        st.session_state[_PLAN] = kept
    return kept[1]


def _keep_refused(ctx: PageContext, drafts: CellDrafts, plan: TemplatePlan) -> None:
    """Forget what was saved; what was refused stays in its cells."""
    items = list(drafts.cells)
    headings = {column.heading: column.key for column in MANY_ROWS.columns}
    left: dict[str, dict[str, str]] = {}
    for fault in plan.faults:
        item = items[fault.line - 1]
        texts = drafts.cells[item]
        column = headings.get(fault.heading)
        left.setdefault(item, {}).update({column: texts[column]} if column else texts)
    saved = [difference.key for difference in plan.differences]
    drafts.drop_but(left, read_seals(load_facts(), drafts.period, saved, ctx.user))


def _list_changed_rows(ctx: PageContext, drafts: CellDrafts) -> list[TemplateRow]:
    """Return the edited rows that somebody saved since they were opened, as they are now."""
    now = fill_cells(ctx.facts, drafts.period, list(drafts.cells), ctx.user)
    return [row for row in now.rows if row.cells["seal"] != drafts.seals.get(row.key)]


def _show_others(ctx: PageContext, drafts: CellDrafts, rows: Sequence[TemplateRow]) -> None:
    """Show what others saved meanwhile beside what is typed, and who it was."""
    for row in rows:
        name = shorten_name(ctx.facts.item_names.get(row.key, row.key))
        changes = list_changes(name=row.key, most=1)
        if changes:
            by = ctx.t("bench.in_place.by", who=changes[0].actor, at=ctx.moment(changes[0].at))
            name = f"{name} – {by}"
        texts = drafts.cells[row.key]
        cells = [
            (
                format_heading(MANY_ROWS.column(key), ctx.language),
                _write_now(ctx, row.cells.get(key), key),
                text or "–",
            )
            for key, text in texts.items()
        ]
        head = [ctx.t(f"bench.in_place.{part}") for part in ("cell", "now", "mine")]
        show_markup(Html("<h4>{}</h4>").format(name))
        show_markup(render_table(head, cells))


def _write_now(ctx: PageContext, value: Value, key: str) -> str:
    if isinstance(value, float):
        return format_exactly(value, ctx.language)
    return format_value(MANY_ROWS.column(key), value, ctx.facts) or "–"
