"""The bar over the table: groups, columns, and what the rows are sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.tables.table_columns import COLUMNS, GROUPS
from layers.tables.table_settings import (
    DEFAULT_SORT,
    MAX_SORTS,
    Sort,
    TableSettings,
    parse_table_settings,
)
from store.accounts.usual_views import keep_usual_view, read_usual_view

if TYPE_CHECKING:
    from pages.shell.context import PageContext


_PAGE: Final = "danh-muc"
_STATE: Final = "table.state"
_CHANGED: Final = "table.changed"
_RECENT: Final = "recent.table"
_USUAL: Final = ("cols", "sort")
"""What of the arrangement is remembered."""


def begin_table_settings(ctx: PageContext) -> None:
    """Begin with the arrangement of the address, and where that has none, with the reader's last.

    Of a reader whom nobody knows it is remembered as long as the page stays open.
    """
    if _STATE in st.session_state:
        return
    query = st.query_params.to_dict()
    if not any(query.get(key) for key in _USUAL):
        known = bool(ctx.user.name)
        query |= read_usual_view(_PAGE, ctx.user) if known else st.session_state.get(_RECENT, {})
    st.session_state[_STATE] = parse_table_settings(query)


def keep_table_settings(ctx: PageContext) -> None:
    """Remember the columns and the order that were chosen just now."""
    if not st.session_state.pop(_CHANGED, False):
        return
    query = get_table_settings().to_query()
    usual: dict[str, str] = {key: query[key] for key in _USUAL if key in query}
    if ctx.may("view.save"):
        keep_usual_view(_PAGE, usual, ctx.user)
    else:
        st.session_state[_RECENT] = usual


def get_table_settings() -> TableSettings:
    """Return the session's arrangement; a new session takes it from the address."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = parse_table_settings(st.query_params.to_dict())
    view: TableSettings = st.session_state[_STATE]
    return view


def change_table_settings(**changes: object) -> None:
    """Change some fields of the session's arrangement."""
    st.session_state[_STATE] = get_table_settings().with_changes(**changes)


def reset_table_settings() -> None:
    """Return to the arrangement that the table begins with."""
    st.session_state[_STATE] = TableSettings()


def show_table_bar(ctx: PageContext) -> None:
    """Show the bar and take what is chosen in it into the session's arrangement."""
    view = get_table_settings()
    options = ["", *GROUPS]
    st.selectbox(
        ctx.t("bench.table.group"),
        options,
        index=options.index(view.group),
        format_func=lambda group: ctx.t(f"bench.groups.{group or 'none'}"),
        key="items.group",
        on_change=_handle_group_change,
        width=230,
    )
    opened = st.popover(ctx.t("bench.table.arrange"), key="items.arrange", on_change="rerun")
    if opened.open:
        with opened:
            _choose_columns(ctx, view.columns)
            _choose_sort(ctx, view.sort)
            st.button(ctx.t("bench.table.reset"), key="items.reset", on_click=_handle_reset)


def _choose_columns(ctx: PageContext, columns: tuple[str, ...]) -> None:
    st.multiselect(
        ctx.t("bench.table.columns"),
        list(COLUMNS),
        default=list(columns),
        format_func=lambda name: ctx.t(f"bench.column.{name}"),
        placeholder=ctx.t("bench.table.columns_none"),
        key="items.columns",
        on_change=_handle_columns_change,
    )


def _choose_sort(ctx: PageContext, sort: tuple[Sort, ...]) -> None:
    choices = [f"{sign}{name}" for name in COLUMNS for sign in ("-", "")]

    def label(choice: str) -> str:
        name = choice.removeprefix("-")
        arrow = "↓" if choice.startswith("-") else "↑"
        return f"{ctx.t(f'bench.column.{name}')} {arrow}"

    st.multiselect(
        ctx.t("bench.table.sort"),
        choices,
        default=[f"{'-' if down else ''}{name}" for name, down in sort],
        format_func=label,
        max_selections=MAX_SORTS,
        placeholder=ctx.t("bench.table.sort_none"),
        help=ctx.t("bench.table.sort_help"),
        key="items.sort",
        on_change=_handle_sort_change,
    )


def _handle_group_change() -> None:
    change_table_settings(group=st.session_state["items.group"])


def _handle_columns_change() -> None:
    chosen = tuple(st.session_state["items.columns"])
    if chosen:
        change_table_settings(columns=chosen)
        st.session_state[_CHANGED] = True


def _handle_sort_change() -> None:
    directions: dict[str, bool] = {}
    for choice in st.session_state["items.sort"]:
        directions.setdefault(choice.removeprefix("-"), choice.startswith("-"))
    change_table_settings(sort=tuple(directions.items()) or DEFAULT_SORT)
    st.session_state[_CHANGED] = True


def _handle_reset() -> None:
    """Bring back the columns and the order that the table begins with."""
    reset_table_settings()
    st.session_state[_CHANGED] = True
    for key in ("items.columns", "items.sort", "items.group"):
        st.session_state.pop(key, None)
