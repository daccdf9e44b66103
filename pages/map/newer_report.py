"""A slim line above the map where a newer report than the one shown exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.summary.period_coverage import find_newer_report
from pages.shell import view_state
from pages.shell.actions import show_actions
from pages.shell.html import Html

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.facts.filters import Filters


def show_newer_report(ctx: PageContext, filters: Filters) -> None:
    """Offer the newest report, and say how much it covers, where an older one is shown."""
    newer = find_newer_report(ctx.facts, filters, ctx.language)
    if newer is None:
        return
    text = ctx.t("pages.newer.text", label=newer.label, day=newer.day, coverage=newer.text)
    show_actions(
        Html(
            '<div class="hp-newer"><span>{}</span> '
            '<button type="button" class="hp-row" data-act="{}">{}</button></div>'
        ).format(text, newer.period, ctx.t("pages.newer.show")),
        _open_period,
        key="newer.show",
    )


def _open_period(period: str) -> None:
    st.session_state["bar.period"] = period
    filters = view_state.get_view_state().filters
    view_state.change_view_state(filters=filters.with_changes(period=period))
