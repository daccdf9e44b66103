"""Under the map: what the layer shows, as of when, from which documents, over which boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.boundaries.active import active_layer
from layers.summary.key_figures import key_figures, stated_indicators
from pages.shell import view_state
from pages.shell.html import Html, join, show
from pages.widgets.source_list import source_list

if TYPE_CHECKING:
    from layers.choropleth.layer import Layer
    from pages.shell.context import Context
    from store.facts.filters import Filters


def show_figures(ctx: Context, filters: Filters) -> None:
    """Show the key figures of what the filters choose."""
    cards = [
        Html(
            '<div class="hp-figure" title="{help}"><div class="hp-figure-label">{label}</div>'
            '<div class="hp-figure-value">{text}</div>'
            '<div class="hp-figure-detail">{detail}</div></div>'
        ).format(help=one.help, label=one.label, text=one.text, detail=one.detail)
        for one in key_figures(ctx.facts, filters, language=ctx.language)
    ]
    show(Html('<div class="hp-figures">{}</div>').format(join(cards)))


def show_notes(ctx: Context, layer: Layer) -> None:
    """Show the layer's definition and provenance, and what the reports count themselves."""
    legend, boundaries = layer.legend, active_layer()
    notes = [legend.definition, *legend.notes]
    lines = [Html("<p>{}</p>").format(note) for note in notes if note]
    documents = ", ".join(dict.fromkeys(source.title for source in legend.sources))
    if documents:
        lines.append(Html("<p><b>{}</b> {}</p>").format(ctx.t("pages.notes.sources"), documents))
    provider = ctx.t(f"pages.notes.boundaries_{boundaries.provider}")
    lines.append(Html("<p><b>{}</b> {}</p>").format(ctx.t("pages.notes.boundaries"), provider))
    show(
        Html('<details class="hp-notes" open><summary>{}</summary>{}</details>').format(
            ctx.t("pages.notes.title", layer=legend.title, as_of=legend.as_of_text), join(lines)
        )
    )
    _stated(ctx)


def _stated(ctx: Context) -> None:
    """Offer the counts that the period's reports state themselves; sent when opened only."""
    stated = stated_indicators(ctx.facts, view_state.current().filters, language=ctx.language)
    label = ctx.t("pages.notes.stated", count=len(stated))
    if not stated or not st.toggle(label, key="notes.stated"):
        return
    rows = [
        Html("<tr><td>{}</td><td class='hp-number'>{}</td><td>{}</td></tr>").format(
            one.label, one.text, source_list(ctx, (one.source,))
        )
        for one in stated
    ]
    show(
        Html('<p class="hp-under">{}</p><table class="hp-table">{}</table>').format(
            ctx.t("pages.notes.stated_why"), join(rows)
        )
    )
