"""Where a figure comes from, as a page shows it: document, lines, and the document's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.safe import Html, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.frame import Context
    from store.sources import Source


def source_list(ctx: Context, sources: Sequence[Source]) -> Html:
    """Return the sources folded into one word that opens; '' without a source."""
    if not sources:
        return Html("")
    entries = [
        Html("<li><b>{title}</b>{draft}, {place}{cell}<q>{raw}</q></li>").format(
            title=source.title,
            draft=Html(" <i>({})</i>").format(ctx.t("pages.source.draft"))
            if source.status == "draft"
            else "",
            place=_place(ctx, source),
            cell=f", {source.cell}" if source.cell else "",
            raw=source.raw or "…",
        )
        for source in sources
    ]
    return Html('<details class="hp-source"><summary>{}</summary><ul>{}</ul></details>').format(
        ctx.t("pages.source.open"), join(entries)
    )


def _place(ctx: Context, source: Source) -> str:
    if not source.line_from:
        return ctx.t("pages.source.whole")
    if source.line_from == source.line_to:
        return ctx.t("pages.source.line", line=source.line_from)
    return ctx.t("pages.source.lines", first=source.line_from, last=source.line_to)
