"""A document's own words round a place, the words read from it marked; and a page to open any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from layers.details.known_row import list_known_row
from layers.details.source_excerpt import extract_excerpt
from pages.shell.html import Html, join_markup, render_scrolling_table, show_markup
from pages.shell.last_opened import list_opened, note_opened, show_choices
from reports.model.ranges import LINES
from store.facts.labels import get_period_label
from store.imports.plan.drafts import load_extraction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from layers.details.known_row import KnownCell
    from layers.details.source_excerpt import ExcerptLine
    from pages.shell.context import PageContext

PATH: Final = "nguyen-van"
MOST_NEWEST: Final = 12
BEFORE: Final = 4
AFTER: Final = 60
"""Lines shown before and after a place on the page of its own."""


def show_page(ctx: PageContext) -> None:
    """Show the page: the place that the address names, or the documents to choose from."""
    ctx.require("page.document")
    documents = ctx.facts.documents
    titles = dict(zip(documents["doc"], documents["title"], strict=True))
    show_markup(Html("<h2>{}</h2>").format(ctx.t("reviews.source.title")))
    query = st.query_params
    requested = query.get("doc", "")
    bar = st.container(horizontal=True, vertical_alignment="bottom", key="source.bar")
    doc = bar.selectbox(
        ctx.t("reviews.source.document"),
        list(titles),
        index=list(titles).index(requested) if requested in titles else None,
        format_func=titles.__getitem__,
        placeholder=ctx.t("reviews.source.choose"),
        key="source.doc",
    )
    if doc is None:
        _show_first_choices(ctx, titles)
        return
    first, last = _parse_lines(query.get("line", "")) if doc == requested else (1, 1)
    with bar:
        line = _choose_line(ctx, doc, first)
    raw = query.get("raw", "")[:400] if doc == requested and line == first else ""
    show_excerpt(ctx, doc, line, last if line == first else line, raw, around=BEFORE, after=AFTER)
    note_opened(ctx, "doc", doc)


def _choose_line(ctx: PageContext, doc: str, first: int) -> int:
    """Ask from which line on the document is shown; two buttons turn its pages."""
    key = f"source.line-{doc}"
    with st.container(
        horizontal=True, vertical_alignment="bottom", width="content", key="source.turn"
    ):
        line = st.number_input(
            ctx.t("reviews.source.line"),
            min_value=1,
            max_value=int(LINES.high),
            value=first,
            step=1,
            key=key,
            width=150,
        )
        for name, step in (("back", -AFTER), ("on", AFTER)):
            st.button(
                ctx.t(f"reviews.source.{name}"),
                key=f"source.{name}-{doc}",
                disabled=step < 0 and line == 1,
                on_click=_turn_to_line,
                args=(key, max(1, int(line) + step)),
            )
    return int(line)


def _turn_to_line(key: str, line: int) -> None:
    st.session_state[key] = min(line, int(LINES.high))


def _show_first_choices(ctx: PageContext, titles: Mapping[str, str]) -> None:
    """Show the documents opened last, and the newest with the period that each is of."""
    periods = dict(zip(ctx.facts.documents["doc"], ctx.facts.documents["period"], strict=True))
    ranks = ctx.facts.document_ranks
    newest = sorted(titles, key=lambda doc: ranks[doc], reverse=True)[:MOST_NEWEST]
    more = {} if ctx.language == "vi" else {"lang": ctx.language}
    for title, docs in (("last", list_opened(ctx, "doc")), ("newest", newest)):
        choices = (
            (
                f"{PATH}?{urlencode({'doc': doc} | more)}",
                titles[doc],
                get_period_label(ctx.facts, periods[doc], ctx.language),
            )
            for doc in docs
            if doc in titles
        )
        show_choices(ctx.t(f"pages.opened.{title}"), choices)


def show_excerpt(
    ctx: PageContext,
    doc: str,
    line_from: int,
    line_to: int,
    raw: str,
    *,
    around: int = 3,
    after: int | None = None,
) -> None:
    """Show the lines of a document round a place, if the document itself was imported."""
    hashes = ctx.facts.documents.set_index("doc")["sha256"]
    read = load_extraction(str(hashes[doc])) if doc in hashes.index else None
    if read is None:
        why = ctx.t("reviews.source.not_kept")
        known = list_known_row(ctx.facts, doc, line_from, line_to, raw, language=ctx.language)
        shown = _render_known_row(ctx, known) if known else _render_quote(raw)
        show_markup(Html('<p class="hp-under">{}</p>{}').format(why, shown))
        return
    lines = extract_excerpt(read.document, line_from, line_to, raw, around=around, after=after)
    if not lines:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("reviews.source.ended")))
        return
    width = max(len(line.cells) for line in lines)
    show_markup(
        render_scrolling_table(
            join_markup(_render_line(line, width) for line in lines),
            look="hp-excerpt" if width > 1 else "hp-excerpt hp-prose",
        )
    )


def _render_quote(raw: str) -> Markup:
    return (
        Html('<blockquote class="hp-quote" lang="vi">{}</blockquote>').format(raw)
        if raw
        else Html("")
    )


def _render_known_row(ctx: PageContext, cells: Sequence[KnownCell]) -> Markup:
    """Return what is known of a table's row: every cell under its heading, the figure marked."""
    rows = join_markup(
        Html('<tr><th>{}</th><td lang="vi">{}</td></tr>').format(
            cell.heading, Html("<mark>{}</mark>" if cell.marked else "{}").format(cell.text)
        )
        for cell in cells
    )
    title = Html("<p>{}</p>").format(ctx.t("layers.known_row.title"))
    return Html("{}{}").format(title, render_scrolling_table(rows, look="hp-excerpt"))


def _render_line(line: ExcerptLine, width: int) -> Markup:
    """Return a line as a row of ``width`` cells; a paragraph runs over all of them."""
    span = Html(' colspan="{}"').format(width) if len(line.cells) == 1 < width else ""
    cells = join_markup(
        Html('<td{} lang="vi">{}</td>').format(
            span,
            join_markup(
                Html("<mark>{}</mark>" if piece.marked else "{}").format(piece.text)
                for piece in cell
            ),
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
