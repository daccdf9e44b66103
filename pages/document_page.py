"""A document's own words round a place, the words read from it marked; and a page to open any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.details.source_excerpt import extract_excerpt
from pages.shell.html import Html, join_markup, render_scrolling_table, show_markup
from reports.model.ranges import LINES
from store.imports.plan.drafts import load_extraction

if TYPE_CHECKING:
    from markupsafe import Markup

    from layers.details.source_excerpt import ExcerptLine
    from pages.shell.context import PageContext

WIDE: Final = 6
"""Lines shown before and after a place on the page of its own."""


def show_page(ctx: PageContext) -> None:
    """Show the page: the place that the address names, or the documents to choose from."""
    ctx.require("page.document")
    documents = ctx.facts.documents
    titles = dict(zip(documents["doc"], documents["title"], strict=True))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("reviews.source.title")))
    query = st.query_params
    requested = query.get("doc", "")
    doc = st.selectbox(
        ctx.t("reviews.source.document"),
        list(titles),
        index=list(titles).index(requested) if requested in titles else 0,
        format_func=titles.__getitem__,
        key="source.doc",
    )
    first, last = _parse_lines(query.get("line", "")) if doc == requested else (1, 1)
    line = st.number_input(
        ctx.t("reviews.source.line"),
        min_value=1,
        max_value=int(LINES.high),
        value=first,
        step=1,
        key=f"source.line-{doc}",
    )
    raw = query.get("raw", "")[:400] if doc == requested and line == first else ""
    show_excerpt(ctx, doc, int(line), last if line == first else int(line), raw, around=WIDE)


def show_excerpt(
    ctx: PageContext, doc: str, line_from: int, line_to: int, raw: str, *, around: int = 3
) -> None:
    """Show the lines of a document round a place, if the document itself was imported."""
    known = ctx.facts.documents.set_index("doc")["sha256"]
    read = load_extraction(str(known[doc])) if doc in known.index else None
    if read is None:
        quote = Html('<blockquote class="hp-quote">{}</blockquote>').format(raw) if raw else ""
        why = ctx.t("reviews.source.not_kept")
        show_markup(Html('<p class="hp-under">{}</p>{}').format(why, quote))
        return
    lines = extract_excerpt(read.document, line_from, line_to, raw, around=around)
    show_markup(
        render_scrolling_table(join_markup(_render_line(line) for line in lines), look="hp-excerpt")
    )


def _render_line(line: ExcerptLine) -> Markup:
    cells = join_markup(
        Html("<td>{}</td>").format(
            join_markup(
                Html("<mark>{}</mark>" if piece.marked else "{}").format(piece.text)
                for piece in cell
            )
        )
        for cell in line.cells
    )
    look = Html(' class="hp-inside"') if line.inside else ""
    return Html("<tr{}><td class='hp-number'>{}</td>{}</tr>").format(look, line.number, cells)


def _parse_lines(text: str) -> tuple[int, int]:
    """Return the lines that an address names (``742``, ``742-750``), 1 for any other text."""
    first, _, last = text.partition("-")
    if not first.isdecimal() or len(first) > len("9999999"):
        return 1, 1
    start = max(int(first), 1)
    end = int(last) if last.isdecimal() and len(last) <= len("9999999") else start
    return start, max(start, end)
