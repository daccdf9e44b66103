"""The groups over the table of items: counts and sums; a row chosen shows its items only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo.i18n import format_money
from layers.tables.aligned_numbers import align_numbers
from layers.tables.item_groups import NONE, build_group_filters, build_group_table
from pages.catalogue import table_bar
from pages.shell import view_state
from pages.shell.html import Html, show_markup

if TYPE_CHECKING:
    from layers.tables.item_groups import GroupTable
    from pages.shell.context import PageContext

MOST_PIXELS: Final = 190
_ROW: Final = 35
_NUMBERS: Final = ("items", "investment_bvnd", "unknown", "construction", "misses", "problems")


def show_groups(ctx: PageContext) -> None:
    """Show the groups that the arrangement asks for; nothing without one."""
    view, filters = table_bar.get_table_settings(), view_state.get_view_state().filters
    if not view.group:
        return
    table = build_group_table(ctx.facts, filters, view.group, language=ctx.language)
    keys = list(table.frame["key"])
    if view.part and view.part not in keys:
        table_bar.change_table_settings(part="")
        view = table_bar.get_table_settings()
    _show_totals(ctx, table)
    money_label = "share" if table.shares else "investment_bvnd"
    chosen = st.dataframe(
        _format_groups(table, ctx.language),
        hide_index=True,
        height=min(MOST_PIXELS, _ROW * (len(keys) + 1) + 3),
        key=f"items.groups-{view.group}-{hash((ctx.facts.version, filters))}",
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [keys.index(view.part)]}} if view.part else None,
        alt=ctx.t(f"bench.groups.{view.group}"),
        column_config={
            "label": st.column_config.TextColumn(ctx.t(f"bench.groups.{view.group}"), width=260),
            **{
                name: st.column_config.TextColumn(
                    ctx.t(f"bench.grouped.{money_label if name == 'investment_bvnd' else name}"),
                    alignment="right",
                )
                for name in _NUMBERS
            },
        },
    )
    rows = chosen["selection"]["rows"]
    table_bar.change_table_settings(part=keys[rows[0]] if rows and rows[0] < len(keys) else "")
    _show_filter_button(ctx)


def _format_groups(table: GroupTable, language: str) -> pd.DataFrame:
    frame = table.frame
    return pd.DataFrame(
        {
            "label": frame["label"],
            **{name: align_numbers(frame[name], language=language) for name in _NUMBERS},
        }
    )


def _show_totals(ctx: PageContext, table: GroupTable) -> None:
    """Say what all items come to, each counted once, and how the groups stand to that."""
    amount = ctx.t("layers.value.unknown")
    if table.investment_bvnd is not None:
        amount = format_money(table.investment_bvnd * 1000, ctx.language)
    how = "shares" if table.shares else "overlap" if table.overlap else "once"
    line = ctx.t("bench.grouped.sum", groups=len(table.frame), items=table.items, amount=amount)
    show_markup(
        Html('<p class="hp-under"><b>{}</b> {}</p>').format(line, ctx.t(f"bench.grouped.{how}"))
    )


def _show_filter_button(ctx: PageContext) -> None:
    view, filters = table_bar.get_table_settings(), view_state.get_view_state().filters
    if not view.part or view.part == NONE:
        return
    narrowed = build_group_filters(ctx.facts, filters, view.group, view.part)
    if narrowed is not None and narrowed != filters:
        st.button(
            ctx.t("bench.grouped.as_filter"),
            key="items.as_filter",
            type="tertiary",
            on_click=_apply_filter,
            args=(narrowed,),
        )


def _apply_filter(narrowed: object) -> None:
    """Let map, figures and table show the chosen group only."""
    view_state.change_view_state(filters=narrowed)  # type: ignore[arg-type]
    for key in [key for key in st.session_state if str(key).startswith("bar.")]:
        del st.session_state[key]
    table_bar.change_table_settings(part="")
