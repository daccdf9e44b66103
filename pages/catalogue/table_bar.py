"""The bar over the table: groups, columns, and what the rows are sorted by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.tables.table_columns import COLUMNS, GROUPS
from layers.tables.table_settings import DEFAULT_SORT, MAX_SORTS, Sort, TableView, table_from_query

if TYPE_CHECKING:
    from pages.shell.context import Context


_STATE: Final = "table.state"


def current() -> TableView:
    """Return the session's arrangement; a new session takes it from the address."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = table_from_query(st.query_params.to_dict())
    view: TableView = st.session_state[_STATE]
    return view


def change(**changes: object) -> None:
    """Change some fields of the session's arrangement."""
    st.session_state[_STATE] = current().with_changes(**changes)


def reset() -> None:
    """Return to the arrangement that the table begins with."""
    st.session_state[_STATE] = TableView()


def show(ctx: Context) -> None:
    """Show the bar and take what is chosen in it into the session's arrangement."""
    view = current()
    options = ["", *GROUPS]
    st.selectbox(
        ctx.t("bench.table.group"),
        options,
        index=options.index(view.group),
        format_func=lambda group: ctx.t(f"bench.groups.{group or 'none'}"),
        key="items.group",
        on_change=_group_changed,
        width=230,
    )
    opened = st.popover(ctx.t("bench.table.arrange"), key="items.arrange", on_change="rerun")
    if opened.open:
        with opened:
            _columns(ctx, view.columns)
            _sort(ctx, view.sort)
            st.button(ctx.t("bench.table.reset"), key="items.reset", on_click=_reset)


def _columns(ctx: Context, columns: tuple[str, ...]) -> None:
    st.multiselect(
        ctx.t("bench.table.columns"),
        list(COLUMNS),
        default=list(columns),
        format_func=lambda name: ctx.t(f"bench.column.{name}"),
        placeholder=ctx.t("bench.table.columns_none"),
        key="items.columns",
        on_change=_columns_changed,
    )


def _sort(ctx: Context, sort: tuple[Sort, ...]) -> None:
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
        on_change=_sort_changed,
    )


def _group_changed() -> None:
    change(group=st.session_state["items.group"])


def _columns_changed() -> None:
    chosen = tuple(st.session_state["items.columns"])
    if chosen:
        change(columns=chosen)


def _sort_changed() -> None:
    found: dict[str, bool] = {}
    for choice in st.session_state["items.sort"]:
        found.setdefault(choice.removeprefix("-"), choice.startswith("-"))
    change(sort=tuple(found.items()) or DEFAULT_SORT)


def _reset() -> None:
    """Bring back the columns and the order that the table begins with."""
    reset()
    for key in ("items.columns", "items.sort", "items.group"):
        st.session_state.pop(key, None)
