"""Beside the map: what is chosen there, or, before anything is, where to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo.i18n import format_number
from layers.details.commune_details import find_commune_details
from layers.details.project_details import find_item_details
from layers.history.forecast_lines import list_forecast_lines
from layers.watchlist.watchlist import build_watchlist
from pages.map.panel_sections import (
    render_conflict_lines,
    render_former_units,
    render_heading,
    render_history_lines,
    render_place_lines,
    render_problem_lines,
    render_value_lines,
)
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.shell.view_state import PanelChoice
from pages.widgets.links import render_edit_link
from pages.widgets.source_list import render_source_list
from pages.widgets.visit_card import build_project_link
from store.facts.labels import format_vnd
from store.facts.selection import resolve_period
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.choropleth.layer import Layer
    from layers.details.places import ChosenPlace
    from pages.shell.context import PageContext
    from pages.shell.view_state import ViewState
    from store.facts.filters import Filters

MOST_ROWS: Final = 8
_HEADLINES: Final = ("investment_mvnd", "actual_construction_pct", "forecast", "status")


def show_panel(ctx: PageContext, state: ViewState, layer: Layer, place: ChosenPlace | None) -> None:
    """Show what is chosen: a commune, an item, a former unit or zone; else the watch list."""
    if place is None:
        _show_watchlist(ctx, state)
        return
    st.button(ctx.t("pages.panel.close"), key="panel.close", type="tertiary", on_click=_close_panel)
    if place.kind == "commune":
        _show_commune(ctx, state, place)
    elif place.kind == "item":
        page = Html('<a class="hp-link" href="{}" target="_self">{}</a>')
        show_markup(page.format(build_project_link(ctx, place.key), ctx.t("field.link.page")))
        show_item(ctx, state, place)
    else:
        _show_area(ctx, layer, place)


def _close_panel() -> None:
    view_state.change_view_state(choice=PanelChoice())


def _open_choice(kind: str, key: str) -> None:
    view_state.change_view_state(choice=PanelChoice(kind, key), go=True)


def _show_row(label: str, kind: str, key: str, number: int) -> None:
    """Show one line that opens a place or an item."""
    st.button(
        escape_markdown(label),
        key=f"panel.{kind}-{key}-{number}",
        type="tertiary",
        width="stretch",
        on_click=_open_choice,
        args=(kind, key),
    )


def _show_watchlist(ctx: PageContext, state: ViewState) -> None:
    """Show what needs a decision first; shown until something is chosen."""
    rows = build_watchlist(
        ctx.facts,
        state.filters,
        settled=frozenset(list_contradiction_decisions()),
        language=ctx.language,
    )
    show_markup(render_heading(ctx.t("pages.panel.watch"), ctx.t("pages.panel.watch_why")))
    if not rows:
        show_markup(Html("<p>{}</p>").format(ctx.t("pages.panel.watch_none")))
    for position, row in enumerate(rows[:MOST_ROWS]):
        _show_row(row.name, "item", row.item, position)
        act = ctx.t("pages.panel.must_act", body=row.asked_to_act) if row.asked_to_act else ""
        show_markup(
            Html('<div class="hp-under"><b>{}</b> · {}<div>{}</div></div>').format(
                row.money, row.reason, act
            )
        )
    if len(rows) > MOST_ROWS:
        more = ctx.t("pages.panel.more", count=len(rows) - MOST_ROWS)
        show_markup(Html('<div class="hp-under">{}</div>').format(more))


def _show_commune(ctx: PageContext, state: ViewState, place: ChosenPlace) -> None:
    facts = find_commune_details(ctx.facts, state.filters, place.key, language=ctx.language)
    if facts is None:
        return
    under = ctx.t(
        "pages.panel.commune_under",
        province=facts.former_province,
        area=format_number(facts.area_km2, 2, ctx.language),
        code=facts.code,
    )
    show_markup(render_heading(place.name, under))
    show_markup(render_value_lines(ctx, facts.lines))
    if len(facts.items):
        show_markup(Html("<h4>{}</h4>").format(ctx.t("pages.panel.items", count=len(facts.items))))
        for position, row in enumerate(facts.items.itertuples(index=False)):
            _show_row(row.name, "item", row.item, position)
            show_markup(_render_item_note(ctx, state, row))
    else:
        show_markup(Html("<p class='hp-under'>{}</p>").format(ctx.t("pages.panel.no_items")))
    show_markup(render_problem_lines(ctx, facts.problems))
    show_markup(render_former_units(ctx, facts))


def _render_item_note(ctx: PageContext, state: ViewState, row: Any) -> Markup:
    """Return the line under an item of a commune: kind, share of money, progress, forecast."""
    money_text = ""
    if not pd.isna(row.share_vnd):
        amount = format_vnd(row.share_vnd, ctx.language)
        money_text = ctx.t("pages.panel.share", money=amount) if row.communes > 1 else amount
    progress = "" if pd.isna(row.progress_pct) else row.progress_text
    parts = (row.kind_label, money_text, progress, row.forecast_label or row.status_label)
    details = find_item_details(ctx.facts, state.filters, row.item, language=ctx.language)
    lines = [line for line in (details.lines if details else ()) if line.key in _HEADLINES]
    sources = dict.fromkeys(source for line in lines for source in line.sources)
    return Html('<div class="hp-under">{} {}</div>').format(
        " · ".join(part for part in parts if part), render_source_list(ctx, tuple(sources))
    )


def show_item(ctx: PageContext, state: ViewState, place: ChosenPlace) -> None:
    """Show everything known of an item: figures, problems, places, contradictions, history."""
    facts = find_item_details(ctx.facts, state.filters, place.key, language=ctx.language)
    if facts is None:
        return
    under = " · ".join(
        text for text in (facts.kind_label, facts.funding_label, facts.phase_label) if text
    )
    show_markup(render_heading(facts.name, under))
    show_markup(render_edit_link(ctx, place.key))
    if place.note:
        show_markup(Html('<p class="hp-mind">{}</p>').format(place.note))
    show_markup(render_value_lines(ctx, facts.lines))
    show_markup(render_problem_lines(ctx, facts.problems))
    show_forecast(ctx, state.filters, place.key)
    if facts.places:
        show_markup(render_place_lines(ctx, facts))
        for position, commune in enumerate(facts.places):
            _show_row(commune.name, "commune", commune.code, position)
    show_markup(render_conflict_lines(ctx, facts.conflicts))
    show_markup(render_history_lines(ctx, facts.history))
    if facts.note:
        show_markup(Html('<p class="hp-under">{}</p>').format(facts.note))


def show_forecast(ctx: PageContext, filters: Filters, item: str) -> None:
    """Show the program's estimate of the item's next milestone, and that it is one."""
    period = resolve_period(ctx.facts, filters)
    lines = list_forecast_lines(ctx.facts, period, language=ctx.language)
    forecast = next((line for line in lines if line.item == item), None)
    if forecast is None:
        return
    reasons = join_markup(
        Html("<li>{} {}</li>").format(reason.sentence, render_source_list(ctx, reason.sources))
        for reason in forecast.reasons
    )
    show_markup(
        Html(
            '<details class="hp-notes"><summary>{}: <span class="hp-outlook hp-outlook-{}">{}'
            "</span></summary><p>{}</p><ul>{}</ul><p><i>{}</i></p></details>"
        ).format(
            ctx.t("pages.panel.estimate"),
            forecast.outlook,
            forecast.label,
            forecast.sentence,
            reasons,
            forecast.disclaimer,
        )
    )


def _show_area(ctx: PageContext, layer: Layer, place: ChosenPlace) -> None:
    """Show a former unit, district or zone: today's communes in it, each with the layer's value."""
    show_markup(render_heading(place.name, place.note))
    frame = layer.frame.set_index("code")
    if not place.communes:
        show_markup(Html("<p>{}</p>").format(ctx.t("pages.panel.place_unknown")))
    for position, code in enumerate(place.communes):
        _show_row(frame.loc[code, "name"], "commune", code, position)
        show_markup(Html('<div class="hp-under">{}</div>').format(frame.loc[code, "label"]))
