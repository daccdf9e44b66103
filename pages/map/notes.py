"""What the layer shows, as of when, from which documents, over which boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.boundaries.active import get_active_layer
from layers.summary.key_figures import list_key_figures, list_stated_indicators
from pages.map.list_standing import show_list_standing
from pages.shell import view_state
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.period_corrections import show_period_corrections
from pages.widgets.source_list import render_source_list
from store.facts.selection import resolve_period

if TYPE_CHECKING:
    from layers.choropleth.layer import Layer
    from pages.shell.context import PageContext
    from store.facts.filters import Filters


def show_key_figures(ctx: PageContext, filters: Filters) -> None:
    """Show the key figures of what the filters choose."""
    cards = [
        Html(
            '<div class="hp-figure" title="{help}"><div class="hp-figure-label">{label}</div>'
            '<div class="hp-figure-value">{text}</div>'
            '<div class="hp-figure-detail">{detail}</div></div>'
        ).format(help=figure.help, label=figure.label, text=figure.text, detail=figure.detail)
        for figure in list_key_figures(ctx.facts, filters, language=ctx.language)
    ]
    show_markup(Html('<div class="hp-figures">{}</div>').format(join_markup(cards)))


def show_layer_notes(ctx: PageContext, layer: Layer) -> None:
    """Show the layer's definition and provenance, and what the reports count themselves."""
    legend, boundaries = layer.legend, get_active_layer()
    notes = [legend.definition, *legend.brief, *legend.notes]
    lines = [Html("<p>{}</p>").format(note) for note in notes if note]
    documents = ", ".join(dict.fromkeys(source.title for source in legend.sources))
    if documents:
        lines.append(Html("<p><b>{}</b> {}</p>").format(ctx.t("pages.notes.sources"), documents))
    provider = ctx.t(f"pages.notes.boundaries_{boundaries.provider}")
    lines.append(Html("<p><b>{}</b> {}</p>").format(ctx.t("pages.notes.boundaries"), provider))
    show_markup(
        Html('<div class="hp-notes"><h3 class="hp-title">{}</h3>{}</div>').format(
            ctx.t("pages.notes.title", layer=legend.title, as_of=legend.as_of_text),
            join_markup(lines),
        )
    )
    _show_stated_counts(ctx)
    period = resolve_period(ctx.facts, view_state.get_view_state().filters)
    show_period_corrections(ctx, period)
    show_list_standing(ctx, period)


def _show_stated_counts(ctx: PageContext) -> None:
    """Offer the counts that the period's reports state themselves; sent when opened only."""
    stated = list_stated_indicators(
        ctx.facts, view_state.get_view_state().filters, language=ctx.language
    )
    label = ctx.t("pages.notes.stated", count=len(stated))
    if not stated or not st.toggle(label, key="notes.stated"):
        return
    rows = [
        Html("<tr><td>{}</td><td class='hp-number'>{}</td><td>{}</td></tr>").format(
            indicator.label, indicator.text, render_source_list(ctx, (indicator.source,))
        )
        for indicator in stated
    ]
    show_markup(
        Html('<p class="hp-under">{}</p><table class="hp-table">{}</table>').format(
            ctx.t("pages.notes.stated_why"), join_markup(rows)
        )
    )
