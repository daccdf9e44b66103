"""The key figures as cards; what each means stands in its help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.figures import key_figures
from pages.safe import Html, join, show

if TYPE_CHECKING:
    from pages.frame import Context
    from store.filters import Filters


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
