"""The clearance register: what holds land up, since when, who must act, what is handed over.

The address keeps the case that is open (``case``) and the filters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.clock import today
from layers.tables.register_table import build_headline_cards, build_register_table, format_level
from pages.edit.save import carry_serial, show_save_message
from pages.register.case import show_case
from pages.register.filters import choose_criteria
from pages.register.new_case import build_suggestion_table, show_new_case, show_suggested_cases
from pages.register.sources import show_register_exports
from pages.register.stated_update import show_stated_updates
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.tables import style_table
from store.clearance.register_view import build_register, summarise_register
from store.facts.labels import format_iso_day

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from pages.shell.context import PageContext

HEIGHT: Final = 330
_NUMBERS: Final = {
    "age_days": 0, "area_ha": 2, "handed_ha": 2, "handed_pct": 1, "households_left": 0,
    "investment_bvnd": 1,
}  # fmt: skip
_TINTS: Final = {1: "#fffaeb", 2: "#fef0c7", 3: "#fee4e2"}


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.register")
    day = today()
    frame = build_register(ctx.facts, day)
    show_markup(Html("<h2>{}</h2>").format(ctx.t("register.page.title")))
    carry_serial()
    show_save_message()
    offered = build_suggestion_table(ctx.facts)
    if frame.empty:
        # Nothing to count yet: what waits to be taken over comes first.
        st.info(ctx.t("register.page.empty"))
        with st.expander(ctx.t("pages.bar.filters"), key="register.narrow"):
            criteria = choose_criteria(ctx, frame, offered)
    else:
        criteria = choose_criteria(ctx, frame, offered)
    chosen = criteria.narrow(ctx.facts, frame)
    if len(frame):
        _show_cards(ctx, chosen, day)
        counted = ctx.t(
            "register.page.counted",
            count=len(chosen),
            whole=len(frame),
            day=format_iso_day(day.isoformat(), ctx.language),
        )
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="register.counted",
        ):
            show_markup(Html('<p class="hp-under">{}</p>').format(counted))
            show_register_exports(ctx, tuple(chosen["case"]), criteria.describe(ctx))
        show_stated_updates(ctx, frozenset(chosen["case"]))
        _show_table(ctx, chosen)
    case = st.query_params.get("case", "")
    if case in set(frame["case"]):
        show_case(ctx, frame[frame["case"] == case].iloc[0])
    elif len(frame):
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("register.page.choose")))
    show_suggested_cases(
        ctx, criteria.narrow(ctx.facts, offered), whole=len(offered), expanded=frame.empty
    )
    _offer_new_case(ctx)


def _show_cards(ctx: PageContext, chosen: pd.DataFrame, day: date) -> None:
    cards = join_markup(
        Html(
            '<div class="hp-figure"><div class="hp-figure-label">{}</div>'
            '<div class="hp-figure-value">{}</div><div class="hp-figure-detail">{}</div></div>'
        ).format(label, value, detail)
        for label, value, detail in build_headline_cards(
            summarise_register(chosen), day, ctx.language
        )
    )
    show_markup(Html('<div class="hp-figures hp-whole">{}</div>').format(cards))


def _offer_new_case(ctx: PageContext) -> None:
    if ctx.may("register.write"):
        with st.expander(ctx.t("register.page.new"), key="register.new"):
            show_new_case(ctx)


def _show_table(ctx: PageContext, frame: pd.DataFrame) -> None:
    table = build_register_table(ctx.facts, frame, language=ctx.language)
    tints = {
        format_level(level, "open", ctx.language): f"background-color: {tint}"
        for level, tint in _TINTS.items()
    }
    look = style_table(ctx, table, _NUMBERS).map(
        lambda level_text: tints.get(level_text, ""), subset=["level"]
    )
    widths = {"case": 85, "level": 230, "name": 280, "commune": 140, "body": 190, "deadline": 100}
    chosen = st.dataframe(
        look,
        hide_index=True,
        height=min(HEIGHT, 40 + 35 * max(1, len(table))),
        placeholder=ctx.t("pages.table.unknown"),
        key="register.table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: st.column_config.Column(
                ctx.t(f"register.column.{name}"), width=widths.get(name), pinned=name == "case"
            )
            for name in table.columns
        },
    )
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(table):
        case = str(table.iloc[rows[0]]["case"])
        if st.session_state.get("register.row") != case:
            st.session_state["register.row"] = case
            st.query_params["case"] = case
