"""All items of the reports in one table: filtered with the map, sorted, grouped, arranged.

A row chosen opens the item's panel under the table. Filters, columns, order and group are in the
address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.details.places import find_place
from layers.tables.item_groups import build_group_filters
from layers.tables.item_table import build_item_table, format_item_table
from layers.tables.table_columns import COLUMNS
from pages.catalogue import table_bar
from pages.catalogue import table_bar as table_state
from pages.catalogue.groups import show_groups
from pages.map import panel
from pages.shell import view_state
from pages.shell.html import Html, show_markup
from pages.shell.view_state import PanelChoice
from pages.widgets import filter_bar
from pages.widgets.export_button import show_export_button
from pages.widgets.matrix import build_link_query
from pages.widgets.saved_views import show_saved_views

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd

    from layers.tables.table_settings import TableSettings
    from pages.shell.context import PageContext
    from store.facts.filters import Filters

TABLE_HEIGHT: Final = 400


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.items")
    filter_bar.show_filter_bar(ctx, measures=False, beside=_show_bar)
    # Always there, so that what stands below keeps its place and is not sent anew for a group.
    with st.container(key="items.groups"):
        show_groups(ctx)
    _show_table_and_item(ctx)
    _write_address()


def _show_bar(ctx: PageContext) -> None:
    table_bar.show_table_bar(ctx)
    show_saved_views(ctx, "danh-muc", _build_query())
    show_export_button(ctx, _build_shown_filters(ctx))


def _build_shown_filters(ctx: PageContext) -> Filters:
    """Return the filters that choose what the table shows, its group among them.

    No filter can say of whom action is asked: such a group is exported with all the others, and
    the button says how many items that are.
    """
    view, filters = table_state.get_table_settings(), view_state.get_view_state().filters
    if not view.group or not view.part:
        return filters
    return build_group_filters(ctx.facts, filters, view.group, view.part) or filters


@st.fragment
def _show_table_and_item(ctx: PageContext) -> None:
    """Show table and panel; a row chosen runs this part again and nothing else."""
    state, view = view_state.get_view_state(), table_state.get_table_settings()
    table = build_item_table(ctx.facts, state.filters, view=view, language=ctx.language)
    codes = build_item_table(
        ctx.facts, state.filters, view=view.with_changes(columns=("item",)), language=ctx.language
    )["item"]
    count = ctx.t("pages.items.count", count=len(table))
    show_markup(Html('<p class="hp-under">{}</p>').format(count))
    chosen = st.dataframe(
        format_item_table(table, language=ctx.language),
        hide_index=True,
        placeholder=ctx.t("pages.table.unknown"),
        # The same at all times, so that a browser that has these rows is not sent them again.
        height=TABLE_HEIGHT,
        # Another order has other rows under the same numbers: what was chosen there is dropped.
        key=f"items.table-{hash((ctx.facts.version, state.filters, *_list_row_settings(view)))}",
        on_select="rerun",
        selection_mode="single-row",
        alt=ctx.t("bench.table.label"),
        column_config=_configure_columns(ctx, table),
    )
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(codes):
        view_state.change_view_state(choice=PanelChoice("item", str(codes.iloc[rows[0]])))
    _show_item(ctx)
    _write_address()


def _list_row_settings(view: TableSettings) -> tuple[object, ...]:
    """Return what the rows depend on: grouping alone leaves them as they are."""
    return view.columns, view.sort, view.part and (view.group, view.part)


def _configure_columns(ctx: PageContext, table: pd.DataFrame) -> Mapping[str, Any]:
    return {
        name: st.column_config.TextColumn(
            ctx.t(f"bench.column.{name}"),
            width=COLUMNS[name].width,
            pinned=(name == "item" and name == table.columns[0]) or None,
            alignment="right" if COLUMNS[name].kind in {"number", "count"} else None,
        )
        for name in table.columns
    }


def _show_item(ctx: PageContext) -> None:
    state = view_state.get_view_state()
    place = find_place(ctx.facts, state.choice.kind, state.choice.key, language=ctx.language)
    if place is None or place.kind != "item":
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("pages.items.choose")))
        return
    with st.container(key="panel", border=True):
        page = Html('<a class="hp-button" href="du-an?{}" target="_self">{}</a>').format(
            build_link_query(ctx, item=place.key), ctx.t("bench.table.project")
        )
        show_markup(Html('<div class="hp-links">{}</div>').format(page))
        panel.show_item(ctx, state, place)


def _build_query() -> dict[str, str]:
    return (
        view_state.to_address(view_state.get_view_state())
        | table_state.get_table_settings().to_query()
    )


def _write_address() -> None:
    view_state.write_address(table_state.get_table_settings().to_query())
