"""All items of the reports in one table: filtered with the map, sorted, grouped, arranged.

A row chosen opens the item's panel beside the table. Filters, columns, order and group are in the
address.
"""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.i18n import format_number
from layers.details.places import find_place
from layers.leaflet.view_address import PanelChoice, to_address
from layers.tables.item_groups import build_group_filters
from layers.tables.item_table import build_item_table, format_item_table
from layers.tables.table_columns import COLUMNS, PINNED, list_export_columns
from layers.tables.word_colours import COLOURED, list_coloured_words
from pages.catalogue import table_bar
from pages.catalogue import table_bar as table_state
from pages.catalogue.cell_drafts import carry_drafts, open_drafts
from pages.catalogue.cell_form import CELLS
from pages.catalogue.change_preview import show_saved_change
from pages.catalogue.edit_in_table import show_draft_change, show_switch, show_unsaved
from pages.catalogue.groups import show_groups
from pages.catalogue.many_rows import show_many_rows_form
from pages.catalogue.on_paper import offer_whole_list
from pages.catalogue.open_table import forget_open_table, show_open_table
from pages.map import panel
from pages.shell import view_state
from pages.shell.context import renew_context, run_alone
from pages.shell.html import Html, escape_markdown, show_markup
from pages.widgets.export_button import show_export_button
from pages.widgets.filters import filter_bar
from pages.widgets.links import choose_part_start
from pages.widgets.saved_views import show_saved_views
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.elements.arrow import SelectionMode

    from layers.tables.table_settings import TableSettings
    from pages.catalogue.cell_drafts import CellDrafts
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

ROWS_AT_ONCE: Final = 500
"""Rows that a browser is sent; of more, the reader chooses the part."""

ROW_HEIGHT: Final = 29
"""Pixels: as many rows as fit, each still easy to hit."""

BODY_HEIGHT: Final = 500
_STYLE: Final = Path(__file__).resolve().parent / "shell" / "assets" / "table_page.css"
_PICKED: Final = "items.picked"


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.items")
    st.html(_STYLE)
    table_bar.begin_table_settings(ctx)
    table_bar.keep_table_settings(ctx)
    with st.container(key="items-page"):
        filter_bar.show_filter_bar(ctx, measures=False, slim=True, beside=_show_bar)
        # Always there, so that what stands below keeps its place and is not sent anew for a group.
        with st.container(key="items.groups"):
            show_groups(ctx)
        _show_table_and_item(ctx)
        offer_whole_list(ctx)
    _write_address()


def _show_bar(ctx: PageContext) -> None:
    table_bar.show_table_bar(ctx)
    show_saved_views(ctx, "danh-muc", _build_query())
    columns = list_export_columns(table_state.get_table_settings().columns)
    show_export_button(ctx, _build_shown_filters(ctx), columns=columns)


def _build_shown_filters(ctx: PageContext) -> Filters:
    """Return the filters that choose what the table shows, its group among them.

    No filter can say of whom action is asked: such a group is exported with all the others, and
    the button says how many items that are.
    """
    view, filters = table_state.get_table_settings(), view_state.get_view_state().filters
    if not view.group or not view.part:
        return filters
    return build_group_filters(ctx.facts, filters, view.group, view.part) or filters


@run_alone
def _show_table_and_item(ctx: PageContext) -> None:
    """Show the table and what is chosen beside it; a choice runs this part and nothing else."""
    ctx = renew_context(ctx)
    show_saved_change(ctx)
    may = ctx.may("edit.item")
    slot = st.container(key="items.kept", gap=None)
    drafts = open_drafts(ctx.user.name, slot)
    state, view = view_state.get_view_state(), table_state.get_table_settings()
    table = build_item_table(ctx.facts, state.filters, view=view, language=ctx.language)
    codes = build_item_table(
        ctx.facts, state.filters, view=view.with_changes(columns=("item",)), language=ctx.language
    )["item"]
    period = resolve_period(ctx.facts, state.filters)
    if not drafts.count:
        drafts.period = period
    with st.container(horizontal=True, vertical_alignment="center", key="items.part-row"):
        is_open = may and show_switch(ctx)
        text = "bench.in_place.count" if is_open else "pages.items.count"
        count = ctx.t(text, count=format_number(len(table), 0, ctx.language))
        if may and not is_open:
            count = f"{count} {ctx.t('bench.many.hint')}"
        if len(table) > ROWS_AT_ONCE:
            count = f"{count} {ctx.t('pages.items.part_sorted')}"
        show_markup(
            Html('<p class="hp-under">{}</p><p class="hp-on-paper">{}</p>').format(
                count, ctx.t("bench.paper.fails")
            )
        )
        part = ctx.t("pages.items.part")
        start = choose_part_start(part, len(table), ROWS_AT_ONCE, key="items.rows")
    show_unsaved(ctx, drafts, period, is_open=is_open)
    table, codes = (rows.iloc[start : start + ROWS_AT_ONCE] for rows in (table, codes))
    if is_open and drafts.period == period:
        _show_open_cells(ctx, table, list(codes), drafts, slot)
    else:
        forget_open_table()
        carry_drafts(drafts, slot)
        _show_rows(ctx, table, list(codes), start)
    _write_address()


def _show_open_cells(
    ctx: PageContext,
    table: pd.DataFrame,
    codes: list[str],
    drafts: CellDrafts,
    slot: DeltaGenerator,
) -> None:
    """Show the table with its cells open, and beside it what was edited and is not saved."""
    with st.container(key="items.body", horizontal=True, height=BODY_HEIGHT, border=False):
        with st.container(key="items.table", height="stretch"):
            show_open_table(ctx, table, codes, drafts, ROW_HEIGHT)
        carry_drafts(drafts, slot)
        if drafts.count:
            with st.container(key="items.side"):
                show_draft_change(ctx, drafts, codes)


def _show_rows(ctx: PageContext, table: pd.DataFrame, codes: list[str], start: int) -> None:
    """Show the rows to read, and beside them what of them is chosen."""
    state = view_state.get_view_state()
    settings = (start, *_list_row_settings(table_state.get_table_settings()))
    # Another order has other rows under the same numbers: what was chosen there is dropped.
    key = f"items.table-{hash((ctx.facts.version, state.filters, *settings))}"
    # A height is named so that the table may be lower than it likes; the style gives the real one.
    with st.container(key="items.body", horizontal=True, height=BODY_HEIGHT, border=False):
        with st.container(key="items.table", height="stretch"):
            selection = _show_table(ctx, table, key)
        _open_chosen_item(selection, codes, key)
        rows = [codes[row] for row in selection.get("rows", ()) if row < len(codes)]
        if rows and ctx.may("edit.item"):
            with st.container(key="items.side"):
                show_many_rows_form(ctx, rows, state.filters)
        else:
            _show_item(ctx, _find_cell(selection, codes))


def _find_cell(selection: Mapping[str, Any], codes: list[str]) -> tuple[str, str] | None:
    """Return the item and the column of the cell that is chosen."""
    cells = [cell for cell in selection.get("cells") or () if cell[0] < len(codes)]
    return (codes[cells[0][0]], str(cells[0][1])) if cells else None


def _show_table(ctx: PageContext, table: pd.DataFrame, key: str) -> Mapping[str, Any]:
    """Show the rows and return what of them is chosen.

    A cell chooses its row: by a click, or from row to row by the arrow keys. Who may change items
    marks several rows in front of them.
    """
    modes: list[SelectionMode] = ["single-cell"]
    if ctx.may("edit.item"):
        modes.append("multi-row")
    return st.dataframe(
        format_item_table(table, language=ctx.language),
        hide_index=True,
        # The same at all times, so that a browser that has these rows is not sent them again.
        height="stretch",
        row_height=ROW_HEIGHT,
        key=key,
        on_select="rerun",
        selection_mode=modes,
        alt=ctx.t("bench.table.label"),
        column_config=_configure_columns(ctx, table),
    )["selection"]


def _open_chosen_item(selection: Mapping[str, Any], codes: list[str], key: str) -> None:
    """Open the item of a cell that was chosen just now; one that was closed stays closed."""
    cells = selection.get("cells") or ()
    picked = (key, *cells[0]) if cells else None
    if picked == st.session_state.get(_PICKED):
        return
    st.session_state[_PICKED] = picked
    if cells and cells[0][0] < len(codes):
        view_state.change_view_state(choice=PanelChoice("item", codes[cells[0][0]]))


def _list_row_settings(view: TableSettings) -> tuple[object, ...]:
    """Return what the rows depend on: grouping alone leaves them as they are."""
    return view.columns, view.sort, view.part and (view.group, view.part)


def _configure_columns(ctx: PageContext, table: pd.DataFrame) -> Mapping[str, Any]:
    names = [str(name) for name in table.columns]
    pinned = set(takewhile(PINNED.__contains__, names))
    return {name: _configure_column(ctx, name, pinned=name in pinned) for name in names}


def _configure_column(ctx: PageContext, name: str, *, pinned: bool) -> Any:
    label, width = ctx.t(f"bench.column.{name}"), COLUMNS[name].width
    if name in COLOURED:
        words = list_coloured_words(name, ctx.language)
        return st.column_config.MultiselectColumn(
            label,
            width=width,
            options=list(words),
            color=[colour for colour, _ in words.values()],
            format_func=lambda text: words[text][1] if text in words else text,
        )
    right = COLUMNS[name].kind in {"number", "count"}
    return st.column_config.TextColumn(
        label, width=width, pinned=pinned or None, alignment="right" if right else None
    )


def _show_item(ctx: PageContext, cell: tuple[str, str] | None) -> None:
    """Show the chosen item beside the table, which has all the room before one is."""
    state = view_state.get_view_state()
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    if place is None or place.kind != "item":
        return
    with st.container(key="items.side"):
        with st.container(key="panel-head", horizontal=True, horizontal_alignment="right"):
            close = ctx.t("pages.panel.close")
            st.button(close, key="panel.close", type="tertiary", on_click=panel.close_panel)
        if cell is not None and cell[0] == place.key and cell[1] in CELLS and ctx.may("edit.item"):
            _show_cell(ctx, place.key, cell[1])
        with st.container(key="panel"):
            panel.show_item(ctx, state, place)


def _show_cell(ctx: PageContext, item: str, column: str) -> None:
    """Offer to change the cell that is chosen, where it stands."""
    name = ctx.t(f"bench.column.{column}")
    label = escape_markdown(ctx.t("bench.many.cell", name=name))
    opened = st.expander(label, key="items.cell", on_change="rerun")
    if opened.open:
        with opened:
            filters = view_state.get_view_state().filters
            show_many_rows_form(ctx, [item], filters, column=CELLS[column])


def _build_query() -> dict[str, str]:
    return to_address(view_state.get_view_state()) | table_state.get_table_settings().to_query()


def _write_address() -> None:
    view_state.write_address(table_state.get_table_settings().to_query())
