"""Where everything comes from: documents, boundaries, definitions, contradictions, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.boundaries.active import describe_source, get_active_layer
from geo.i18n import format_date, format_number
from layers.details.contradiction_lines import list_conflicts
from layers.details.document_list import list_corrections, list_documents, list_unplaced_items
from pages.shell.html import (
    Html,
    join_markup,
    render_fold,
    render_remark,
    render_scrolling_table,
    render_words,
    show_markup,
)
from pages.widgets.links import build_link_query, choose_part_start
from pages.widgets.source_list import render_source_list
from store.facts.labels import format_iso_day
from store.tiles.archive import TileFileError
from store.tiles.tile_file import load_tile_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from layers.details.document_list import DocumentEntry
    from pages.shell.context import PageContext

AT_ONCE: Final = 100
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
    _show_unplaced(ctx)
    show_markup(_render_corrections(ctx))


def _render_table(
    head: Iterable[str], rows: Iterable[Iterable[object]], *, look: str = ""
) -> Markup:
    line = Html("<tr>{}</tr>")
    top = line.format(join_markup(Html("<th>{}</th>").format(text) for text in head))
    body = join_markup(
        line.format(join_markup(Html("<td>{}</td>").format(c) for c in row)) for row in rows
    )
    return render_scrolling_table(top + body, look=look)


def _render_documents(ctx: PageContext) -> Markup:
    columns = ("title", "issuer", "as_of", "status", "values", "sha256")
    rows = [
        (
            _render_title(ctx, row),
            row.issuer,
            format_iso_day(row.as_of, ctx.language),
            ctx.t(f"pages.about.status_{row.status}"),
            row.values,
            Html('<code title="{}">{}</code>').format(row.sha256, row.sha256[:6] + "…"),
        )
        for row in list_documents(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.doc_{name}") for name in columns)
    return _render_table(head, rows, look="hp-cards")


def _render_title(ctx: PageContext, row: DocumentEntry) -> Markup:
    """Return a document's title, which leads to its own words."""
    return Html('<a class="hp-link" href="nguyen-van?{}" target="_self">{}</a>').format(
        build_link_query(ctx, doc=row.doc), row.title
    )


def _render_boundaries(ctx: PageContext) -> Markup:
    layer = get_active_layer()
    made_here = layer.provider == "approximate"  # its date says when it was put together
    source = ctx.t(
        f"pages.about.boundaries_{'made' if made_here else 'source'}",
        source=describe_source(layer, ctx.language),
        date=format_date(layer.date, ctx.language),
    )
    words = ctx.t(f"pages.notes.boundaries_{layer.provider}")
    return Html("<p>{}</p><p>{}</p>{}").format(
        words[:1].upper() + words[1:], source, _render_tiles(ctx)
    )


def _render_tiles(ctx: PageContext) -> Markup:
    """Return who made the map's own tiles; why there are none, for who may mend that."""
    try:
        file = load_tile_file()
    except TileFileError as fault:
        if not ctx.may("account.manage"):
            return Html("")
        words = ctx.t("map.tiles.fault", reason=fault)
        return Html('<p class="hp-warning" role="status">{}</p>').format(words)
    if file is None:
        return Html("")
    return Html("<p>{}</p>").format(ctx.t("map.tiles.credit", credit=file.credit))


def _render_definitions(ctx: PageContext) -> Markup:
    return join_markup(
        Html('<p class="hp-define"><b>{}.</b> {}</p>').format(
            ctx.t(f"pages.define.{name}_title"), ctx.t(f"pages.define.{name}")
        )
        for name in _DEFINITIONS
    )


def _render_conflicts(ctx: PageContext) -> Markup:
    rows = [
        (
            render_words(row.subject),
            Html("{}{}").format(
                render_words(row.value_a), render_source_list(ctx, (row.source_a,))
            ),
            Html("{}{}").format(
                render_words(row.value_b), render_source_list(ctx, (row.source_b,))
            ),
            render_remark(row.note, ctx.language),
        )
        for row in list_conflicts(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.conflict_{name}") for name in ("subject", "a", "b", "note"))
    return render_fold(ctx.t("pages.about.conflicts", count=len(rows)), _render_table(head, rows))


def _show_unplaced(ctx: PageContext) -> None:
    items = list_unplaced_items(ctx.facts)
    title = ctx.t("pages.about.unplaced", count=format_number(len(items), 0, ctx.language))
    start = choose_part_start(title, len(items), AT_ONCE, key="sources.unplaced")
    rows = [
        (row.item, render_words(row.name), render_remark(row.note, ctx.language))
        for row in items[start : start + AT_ONCE]
    ]
    head = (ctx.t(f"pages.about.unplaced_{name}") for name in ("item", "name", "note"))
    show_markup(render_fold(title, _render_table(head, rows)))


def _render_corrections(ctx: PageContext) -> Markup:
    rows = [
        (
            render_words(row.raw),
            render_words(row.corrected),
            render_remark(row.why, ctx.language),
            render_source_list(ctx, (row.source,)),
        )
        for row in list_corrections(ctx.facts)
    ]
    head = (ctx.t(f"pages.about.correction_{name}") for name in ("raw", "corrected", "why", "at"))
    return render_fold(ctx.t("pages.about.corrections", count=len(rows)), _render_table(head, rows))
