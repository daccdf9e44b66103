"""Where everything comes from: documents, boundaries, definitions, contradictions, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import active_layer
from geo.i18n import day, number
from layers.details.contradiction_lines import conflicts_of
from layers.details.document_list import correction_rows, document_rows, unplaced_rows
from pages.shell.html import Html, join, scrolling, show
from pages.widgets.source_list import source_list
from store.facts.labels import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from pages.shell.context import Context

_DEFINITIONS = ("progress", "investment", "clearance", "severity", "carry", "place")


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.sources")
    show(Html("<h2>{}</h2>").format(ctx.t("pages.about.documents")))
    show(_documents(ctx))
    show(Html("<h2>{}</h2>").format(ctx.t("pages.about.boundaries")))
    show(_boundaries(ctx))
    show(Html("<h2>{}</h2>").format(ctx.t("pages.about.definitions")))
    show(_definitions(ctx))
    show(_conflicts(ctx))
    show(_unplaced(ctx))
    show(_corrections(ctx))


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Markup:
    line = Html("<tr>{}</tr>")
    top = line.format(join(Html("<th>{}</th>").format(text) for text in head))
    body = join(line.format(join(Html("<td>{}</td>").format(c) for c in row)) for row in rows)
    return scrolling(top + body)


def _documents(ctx: Context) -> Markup:
    columns = ("title", "issuer", "as_of", "status", "values", "sha256")
    rows = [
        (
            row.title,
            row.issuer,
            iso_day(row.as_of, ctx.language),
            ctx.t(f"pages.about.status_{row.status}"),
            row.values,
            Html("<code>{}</code>").format(row.sha256[:16] + "…"),
        )
        for row in document_rows(ctx.facts)
    ]
    return _table((ctx.t(f"pages.about.doc_{name}") for name in columns), rows)


def _boundaries(ctx: Context) -> Markup:
    layer = active_layer()
    return Html("<p>{}</p><p>{}</p>").format(
        ctx.t(f"pages.notes.boundaries_{layer.provider}"),
        ctx.t(
            "pages.about.boundaries_source", source=layer.source, date=day(layer.date, ctx.language)
        ),
    )


def _definitions(ctx: Context) -> Markup:
    return join(
        Html("<p><b>{}.</b> {}</p>").format(
            ctx.t(f"pages.define.{name}_title"), ctx.t(f"pages.define.{name}")
        )
        for name in _DEFINITIONS
    )


def _conflicts(ctx: Context) -> Markup:
    rows = [
        (
            row.subject,
            Html("{}{}").format(row.value_a, source_list(ctx, (row.source_a,))),
            Html("{}{}").format(row.value_b, source_list(ctx, (row.source_b,))),
            row.note,
        )
        for row in conflicts_of(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.conflict_{name}") for name in ("subject", "a", "b", "note"))
    return _folded(ctx.t("pages.about.conflicts", count=len(rows)), _table(head, rows))


def _unplaced(ctx: Context) -> Markup:
    rows = [(row.item, row.name, row.note) for row in unplaced_rows(ctx.facts)]
    head = (ctx.t(f"pages.about.unplaced_{name}") for name in ("item", "name", "note"))
    return _folded(ctx.t("pages.about.unplaced", count=number(len(rows))), _table(head, rows))


def _corrections(ctx: Context) -> Markup:
    rows = [
        (row.raw, row.corrected, row.why, source_list(ctx, (row.source,)))
        for row in correction_rows(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.correction_{name}") for name in ("raw", "corrected", "why", "at"))
    return _folded(ctx.t("pages.about.corrections", count=len(rows)), _table(head, rows))


def _folded(title: str, body: Markup) -> Markup:
    return Html('<details class="hp-notes"><summary>{}</summary>{}</details>').format(title, body)
