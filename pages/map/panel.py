"""Beside the map: what is chosen there, or, before anything is, where to look first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from geo.i18n import number
from layers.details.commune_details import commune_facts
from layers.details.project_details import item_facts
from layers.history.forecast_lines import outlook_lines
from layers.watchlist.watchlist import watch_list
from pages.map.panel_sections import (
    conflict_lines,
    fact_lines,
    former_units,
    heading,
    history_lines,
    place_lines,
    problem_lines,
)
from pages.shell import view_state
from pages.shell.html import Html, join, plain, show
from pages.shell.view_state import Choice
from pages.widgets.links import edit_link
from pages.widgets.source_list import source_list
from pages.widgets.visit_card import project_link
from store.facts.labels import vnd
from store.facts.selection import period_of
from store.imports.contradiction_decisions import settlements

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.choropleth.layer import Layer
    from layers.details.places import Place
    from pages.shell.context import Context
    from pages.shell.view_state import ViewState
    from store.facts.filters import Filters

MOST_ROWS: Final = 8
_HEADLINES: Final = ("investment_mvnd", "actual_construction_pct", "forecast", "status")


def show_panel(ctx: Context, state: ViewState, layer: Layer, place: Place | None) -> None:
    """Show what is chosen: a commune, an item, a former unit or zone; else the watch list."""
    if place is None:
        _watch(ctx, state)
        return
    st.button(ctx.t("pages.panel.close"), key="panel.close", type="tertiary", on_click=_close)
    if place.kind == "commune":
        _commune(ctx, state, place)
    elif place.kind == "item":
        page = Html('<a class="hp-link" href="{}" target="_self">{}</a>')
        show(page.format(project_link(ctx, place.key), ctx.t("field.link.page")))
        show_item(ctx, state, place)
    else:
        _area(ctx, layer, place)


def _close() -> None:
    view_state.change(choice=Choice())


def _open(kind: str, key: str) -> None:
    view_state.change(choice=Choice(kind, key), go=True)


def _row(label: str, kind: str, key: str, number: int) -> None:
    """Show one line that opens a place or an item."""
    st.button(
        plain(label),
        key=f"panel.{kind}-{key}-{number}",
        type="tertiary",
        width="stretch",
        on_click=_open,
        args=(kind, key),
    )


def _watch(ctx: Context, state: ViewState) -> None:
    """Show what needs a decision first; shown until something is chosen."""
    rows = watch_list(
        ctx.facts, state.filters, settled=frozenset(settlements()), language=ctx.language
    )
    show(heading(ctx.t("pages.panel.watch"), ctx.t("pages.panel.watch_why")))
    if not rows:
        show(Html("<p>{}</p>").format(ctx.t("pages.panel.watch_none")))
    for position, row in enumerate(rows[:MOST_ROWS]):
        _row(row.name, "item", row.item, position)
        act = ctx.t("pages.panel.must_act", body=row.asked_to_act) if row.asked_to_act else ""
        show(
            Html('<div class="hp-under"><b>{}</b> · {}<div>{}</div></div>').format(
                row.money, row.reason, act
            )
        )
    if len(rows) > MOST_ROWS:
        more = ctx.t("pages.panel.more", count=len(rows) - MOST_ROWS)
        show(Html('<div class="hp-under">{}</div>').format(more))


def _commune(ctx: Context, state: ViewState, place: Place) -> None:
    facts = commune_facts(ctx.facts, state.filters, place.key, language=ctx.language)
    if facts is None:
        return
    under = ctx.t(
        "pages.panel.commune_under",
        province=facts.former_province,
        area=number(facts.area_km2, 2, ctx.language),
        code=facts.code,
    )
    show(heading(place.name, under))
    show(fact_lines(ctx, facts.lines))
    if len(facts.items):
        show(Html("<h4>{}</h4>").format(ctx.t("pages.panel.items", count=len(facts.items))))
        for position, row in enumerate(facts.items.itertuples(index=False)):
            _row(row.name, "item", row.item, position)
            show(_item_under(ctx, state, row))
    else:
        show(Html("<p class='hp-under'>{}</p>").format(ctx.t("pages.panel.no_items")))
    show(problem_lines(ctx, facts.problems))
    show(former_units(ctx, facts))


def _item_under(ctx: Context, state: ViewState, row: Any) -> Markup:
    """Return the line under an item of a commune: kind, share of money, progress, forecast."""
    money_text = ""
    if not pd.isna(row.share_vnd):
        amount = vnd(row.share_vnd, ctx.language)
        money_text = ctx.t("pages.panel.share", money=amount) if row.communes > 1 else amount
    progress = "" if pd.isna(row.progress_pct) else row.progress_text
    parts = (row.kind_label, money_text, progress, row.forecast_label or row.status_label)
    found = item_facts(ctx.facts, state.filters, row.item, language=ctx.language)
    lines = [line for line in (found.lines if found else ()) if line.key in _HEADLINES]
    sources = dict.fromkeys(source for line in lines for source in line.sources)
    return Html('<div class="hp-under">{} {}</div>').format(
        " · ".join(part for part in parts if part), source_list(ctx, tuple(sources))
    )


def show_item(ctx: Context, state: ViewState, place: Place) -> None:
    """Show everything known of an item: figures, problems, places, contradictions, history."""
    facts = item_facts(ctx.facts, state.filters, place.key, language=ctx.language)
    if facts is None:
        return
    under = " · ".join(
        text for text in (facts.kind_label, facts.funding_label, facts.phase_label) if text
    )
    show(heading(facts.name, under))
    show(edit_link(ctx, place.key))
    if place.note:
        show(Html('<p class="hp-mind">{}</p>').format(place.note))
    show(fact_lines(ctx, facts.lines))
    show(problem_lines(ctx, facts.problems))
    show_estimate(ctx, state.filters, place.key)
    if facts.places:
        show(place_lines(ctx, facts))
        for position, one in enumerate(facts.places):
            _row(one.name, "commune", one.code, position)
    show(conflict_lines(ctx, facts.conflicts))
    show(history_lines(ctx, facts.history))
    if facts.note:
        show(Html('<p class="hp-under">{}</p>').format(facts.note))


def show_estimate(ctx: Context, filters: Filters, item: str) -> None:
    """Show the program's estimate of the item's next milestone, and that it is one."""
    period = period_of(ctx.facts, filters)
    lines = outlook_lines(ctx.facts, period, language=ctx.language)
    found = next((one for one in lines if one.item == item), None)
    if found is None:
        return
    reasons = join(
        Html("<li>{} {}</li>").format(one.sentence, source_list(ctx, one.sources))
        for one in found.reasons
    )
    show(
        Html(
            '<details class="hp-notes"><summary>{}: <span class="hp-outlook hp-outlook-{}">{}'
            "</span></summary><p>{}</p><ul>{}</ul><p><i>{}</i></p></details>"
        ).format(
            ctx.t("pages.panel.estimate"),
            found.outlook,
            found.label,
            found.sentence,
            reasons,
            found.disclaimer,
        )
    )


def _area(ctx: Context, layer: Layer, place: Place) -> None:
    """Show a former unit, district or zone: today's communes in it, each with the layer's value."""
    show(heading(place.name, place.note))
    frame = layer.frame.set_index("code")
    if not place.communes:
        show(Html("<p>{}</p>").format(ctx.t("pages.panel.place_unknown")))
    for position, code in enumerate(place.communes):
        _row(frame.loc[code, "name"], "commune", code, position)
        show(Html('<div class="hp-under">{}</div>').format(frame.loc[code, "label"]))
