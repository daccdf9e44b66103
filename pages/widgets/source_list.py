"""Where a figure comes from, as a page shows it: document, lines, and the document's own words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geo.i18n import t
from pages.shell.html import Html, join_markup
from store.facts.labels import describe_corrections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.facts.sources import Source

MOST_RAW_CHARS: Final = 200
"""How much of the words read goes into a link; enough to mark the place."""

MOST_KEPT: Final = 4096
"""Lists that are kept as they were rendered: the same stand on many pages."""


def render_source_list(ctx: PageContext, sources: Sequence[Source]) -> Html:
    """Return the sources folded into one word that opens; '' without a source."""
    if not sources:
        return Html("")
    return _render_sources(tuple(sources), ctx.language, ctx.may("page.document"))


@lru_cache(maxsize=MOST_KEPT)
def _render_sources(sources: tuple[Source, ...], language: str, linked: bool) -> Html:
    entries = [
        Html("<li><b>{title}</b>{draft}, {place}{cell}{words}{corrected}{link}</li>").format(
            title=source.title,
            draft=Html(" <i>({})</i>").format(t("pages.source.draft", language))
            if source.status == "draft"
            else "",
            place=_format_place(source, language),
            cell=f", {source.cell}" if source.cell else "",
            words=Html('<q lang="vi">{}</q>').format(source.raw) if source.raw else "",
            corrected=_render_corrections(source, language),
            link=_render_link(source, language) if linked and source.line_from else "",
        )
        for source in sources
    ]
    return Html('<details class="hp-source"><summary>{}</summary><ul>{}</ul></details>').format(
        t("pages.source.open", language), join_markup(entries)
    )


def _render_corrections(source: Source, language: str) -> Markup:
    """Return what the document prints and how it is read, where the two differ."""
    text = describe_corrections(source, language)
    return Html('<div class="hp-corrected">{}</div>').format(text) if text else Html("")


def _render_link(source: Source, language: str) -> Markup:
    """Return a link to the document's own words, on the page of documents."""
    query = urlencode(
        {
            "doc": source.doc,
            "line": f"{source.line_from}-{source.line_to}",
            "raw": source.raw[:MOST_RAW_CHARS],
            "lang": language,
        }
    )
    return Html('<a class="hp-link" target="_blank" href="nguyen-van?{}">{}</a>').format(
        query, t("reviews.source.open", language)
    )


def _format_place(source: Source, language: str) -> str:
    if not source.line_from:
        return t("pages.source.whole", language)
    if source.line_from == source.line_to:
        return t("pages.source.line", language, line=source.line_from)
    return t("pages.source.lines", language, first=source.line_from, last=source.line_to)
