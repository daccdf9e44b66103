"""Where a figure comes from, as a page shows it: document, lines, and the document's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from pages.shell.html import Html, join_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.facts.sources import Source

MOST_RAW_CHARS: Final = 200
"""How much of the words read goes into a link; enough to mark the place."""


def render_source_list(ctx: PageContext, sources: Sequence[Source]) -> Html:
    """Return the sources folded into one word that opens; '' without a source."""
    if not sources:
        return Html("")
    entries = [
        Html("<li><b>{title}</b>{draft}, {place}{cell}<q>{raw}</q>{link}</li>").format(
            title=source.title,
            draft=Html(" <i>({})</i>").format(ctx.t("pages.source.draft"))
            if source.status == "draft"
            else "",
            place=_format_place(ctx, source),
            cell=f", {source.cell}" if source.cell else "",
            raw=source.raw or "…",
            link=_render_link(ctx, source),
        )
        for source in sources
    ]
    return Html('<details class="hp-source"><summary>{}</summary><ul>{}</ul></details>').format(
        ctx.t("pages.source.open"), join_markup(entries)
    )


def _render_link(ctx: PageContext, source: Source) -> Markup:
    """Return a link to the document's own words, on the page of documents."""
    if not source.line_from or not ctx.may("page.document"):
        return Html("")
    query = urlencode(
        {
            "doc": source.doc,
            "line": f"{source.line_from}-{source.line_to}",
            "raw": source.raw[:MOST_RAW_CHARS],
            "lang": ctx.language,
        }
    )
    return Html('<a class="hp-link" target="_blank" href="nguyen-van?{}">{}</a>').format(
        query, ctx.t("reviews.source.open")
    )


def _format_place(ctx: PageContext, source: Source) -> str:
    if not source.line_from:
        return ctx.t("pages.source.whole")
    if source.line_from == source.line_to:
        return ctx.t("pages.source.line", line=source.line_from)
    return ctx.t("pages.source.lines", first=source.line_from, last=source.line_to)
