"""Where everything comes from: documents, boundaries, definitions, contradictions, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import get_active_layer
from geo.i18n import format_date, format_number
from layers.details.contradiction_lines import list_conflicts
from layers.details.document_list import list_corrections, list_documents, list_unplaced_items
from pages.shell.html import Html, join_markup, render_scrolling_table, show_markup
from pages.widgets.source_list import render_source_list
from store.facts.labels import format_iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from pages.shell.context import PageContext

_DEFINITIONS = ("progress", "investment", "clearance", "severity", "carry", "place")


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.sources")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("pages.about.documents")))
    show_markup(_render_documents(ctx))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("pages.about.boundaries")))
    show_markup(_render_boundaries(ctx))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("pages.about.definitions")))
    show_markup(_render_definitions(ctx))
    show_markup(_render_conflicts(ctx))
    show_markup(_render_unplaced(ctx))
    show_markup(_render_corrections(ctx))


def _render_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    line = Html("<tr>{}</tr>")
    top = line.format(join_markup(Html("<th>{}</th>").format(text) for text in head))
    body = join_markup(
        line.format(join_markup(Html("<td>{}</td>").format(c) for c in row)) for row in rows
    )
    return render_scrolling_table(top + body)


def _render_documents(ctx: PageContext) -> Markup:
    columns = ("title", "issuer", "as_of", "status", "values", "sha256")
    rows = [
        (
            row.title,
            row.issuer,
            format_iso_day(row.as_of, ctx.language),
            ctx.t(f"pages.about.status_{row.status}"),
            row.values,
            Html("<code>{}</code>").format(row.sha256[:16] + "…"),
        )
        for row in list_documents(ctx.facts)
    ]
    return _render_table((ctx.t(f"pages.about.doc_{name}") for name in columns), rows)


def _render_boundaries(ctx: PageContext) -> Markup:
    layer = get_active_layer()
    return Html("<p>{}</p><p>{}</p>").format(
        ctx.t(f"pages.notes.boundaries_{layer.provider}"),
        ctx.t(
            "pages.about.boundaries_source",
            source=layer.source,
            date=format_date(layer.date, ctx.language),
        ),
    )


def _render_definitions(ctx: PageContext) -> Markup:
    return join_markup(
        Html("<p><b>{}.</b> {}</p>").format(
            ctx.t(f"pages.define.{name}_title"), ctx.t(f"pages.define.{name}")
        )
        for name in _DEFINITIONS
    )


def _render_conflicts(ctx: PageContext) -> Markup:
    rows = [
        (
            row.subject,
            Html("{}{}").format(row.value_a, render_source_list(ctx, (row.source_a,))),
            Html("{}{}").format(row.value_b, render_source_list(ctx, (row.source_b,))),
            row.note,
        )
        for row in list_conflicts(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.conflict_{name}") for name in ("subject", "a", "b", "note"))
    return _render_fold(ctx.t("pages.about.conflicts", count=len(rows)), _render_table(head, rows))


def _render_unplaced(ctx: PageContext) -> Markup:
    rows = [(row.item, row.name, row.note) for row in list_unplaced_items(ctx.facts)]
    head = (ctx.t(f"pages.about.unplaced_{name}") for name in ("item", "name", "note"))
    return _render_fold(
        ctx.t("pages.about.unplaced", count=format_number(len(rows))), _render_table(head, rows)
    )


def _render_corrections(ctx: PageContext) -> Markup:
    rows = [
        (row.raw, row.corrected, row.why, render_source_list(ctx, (row.source,)))
        for row in list_corrections(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.correction_{name}") for name in ("raw", "corrected", "why", "at"))
    return _render_fold(
        ctx.t("pages.about.corrections", count=len(rows)), _render_table(head, rows)
    )


def _render_fold(title: str, body: Markup) -> Markup:
    return Html('<details class="hp-notes"><summary>{}</summary>{}</details>').format(title, body)
