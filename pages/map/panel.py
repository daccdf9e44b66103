"""Beside the map: what is chosen there, or, before anything is, where to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo.i18n import format_number
from layers.details.commune_details import find_commune_details
from layers.details.project_details import find_item_details, list_headline_sources
from layers.history.forecast_lines import find_forecast_line
from layers.leaflet.view_address import PanelChoice
from pages.map.lists import show_layer_list
from pages.map.panel_sections import (
    render_conflict_lines,
    render_former_units,
    render_heading,
    render_history_lines,
    render_place_lines,
    render_problem_lines,
    render_stated_section,
    render_value_lines,
)
from pages.shell import view_state
from pages.shell.html import Html, escape_markdown, join_markup, render_remark, show_markup
from pages.widgets.links import choose_part_start, render_edit_link
from pages.widgets.source_list import render_source_list
from pages.widgets.visit_card import build_project_link
from store.facts.labels import format_vnd
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.choropleth.layer import Layer, LayerKey
    from layers.details.places import ChosenPlace
    from layers.leaflet.view_address import ViewState
    from pages.shell.context import PageContext
    from store.facts.filters import Filters
    from store.facts.sources import Source

ITEMS_AT_ONCE: Final = 40


def show_panel(ctx: PageContext, state: ViewState, layer: Layer, place: ChosenPlace | None) -> None:
    """Show what is chosen, or else the list of the layer."""
    if place is None:
        show_layer_list(ctx, state)
        return
    if place.kind == "commune":
        _show_commune(ctx, state, place)
    elif place.kind == "item":
        show_item(ctx, state, place)
    else:
        _show_area(ctx, layer, place)


def close_panel() -> None:
    """Close what is open in the panel."""
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
    problems = render_problem_lines(ctx, facts.problems)
    unnamed = sum(not problem.item for problem in facts.problems)
    if unnamed:
        text = ctx.t("pages.panel.unnamed", count=unnamed)
        problems += Html('<p class="hp-under">{}</p>').format(text)
    # What the layer is about comes first.
    if state.layer == "clearance":
        show_markup(problems)
    show_markup(render_value_lines(ctx, facts.lines))
    if len(facts.items):
        show_markup(Html("<h4>{}</h4>").format(ctx.t("pages.panel.items", count=len(facts.items))))
        rows = _order_items(facts.items, state.layer)
        label = ctx.t("bench.place.part")
        start = choose_part_start(label, len(rows), ITEMS_AT_ONCE, key=f"panel.part-{place.key}")
        shown = rows.iloc[start : start + ITEMS_AT_ONCE]
        for position, row in enumerate(shown.itertuples(index=False), start):
            _show_row(row.name, "item", row.item, position)
            sources = list_headline_sources(ctx.facts, state.filters, row.item)
            show_markup(_render_item_note(ctx, row, sources))
    else:
        show_markup(Html("<p class='hp-under'>{}</p>").format(ctx.t("pages.panel.no_items")))
    if state.layer != "clearance":
        show_markup(problems)
    show_markup(render_stated_section(ctx, facts.stated))
    show_markup(render_former_units(ctx, facts))


def _order_items(items: pd.DataFrame, layer: LayerKey) -> pd.DataFrame:
    """Return a commune's items, those first that the layer is about: late ones, or the dearest."""
    ranked = items.sort_values("share_vnd", ascending=False, na_position="last", kind="stable")
    if layer == "progress":
        late = ranked["forecast"].map({"misses": 0, "undetermined": 1}).fillna(2)
        ranked = ranked.iloc[late.argsort(kind="stable")]
    return ranked


def _render_item_note(ctx: PageContext, row: Any, sources: tuple[Source, ...]) -> Markup:
    """Return the line under an item of a commune: kind, share of money, progress, forecast."""
    money_text = ""
    if not pd.isna(row.share_vnd):
        amount = format_vnd(row.share_vnd, ctx.language)
        money_text = ctx.t("pages.panel.share", money=amount) if row.communes > 1 else amount
    progress = "" if pd.isna(row.progress_pct) else row.progress_text
    parts = (row.kind_label, money_text, progress, row.forecast_label or row.status_label)
    return Html('<div class="hp-under">{} {}</div>').format(
        " · ".join(part for part in parts if part), render_source_list(ctx, sources)
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
    page = Html('<a class="hp-link" href="{}" target="_self">{}</a>').format(
        build_project_link(ctx, place.key), ctx.t("field.link.page")
    )
    links = (page, render_edit_link(ctx, place.key))
    show_markup(
        Html('<div class="hp-under">{}</div>').format(Html(" · ").join(filter(None, links)))
    )
    if place.note:
        show_markup(Html('<p class="hp-mind">{}</p>').format(place.note))
    show_markup(render_value_lines(ctx, facts.lines))
    show_markup(render_problem_lines(ctx, facts.problems))
    show_markup(render_stated_section(ctx, facts.stated))
    show_forecast(ctx, state.filters, place.key)
    if facts.places:
        show_markup(render_place_lines(ctx, facts))
        for position, commune in enumerate(facts.places):
            _show_row(commune.name, "commune", commune.code, position)
    show_markup(render_conflict_lines(ctx, facts.conflicts))
    show_markup(render_history_lines(ctx, facts.history))
    if facts.note:
        remark = render_remark(facts.note, ctx.language)
        show_markup(Html('<p class="hp-under">{}</p>').format(remark))


def show_forecast(ctx: PageContext, filters: Filters, item: str) -> None:
    """Show the program's estimate of the item's next milestone, and that it is one."""
    period = resolve_period(ctx.facts, filters)
    forecast = find_forecast_line(ctx.facts, period, item, language=ctx.language)
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
