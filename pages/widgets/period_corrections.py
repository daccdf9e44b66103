"""That a period is approved, and what was corrected in it since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.shell.html import Html, join_markup, render_fold, show_markup
from store.facts.stored.period_corrections import (
    describe_approval,
    describe_correction,
    find_period_approval,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.facts.stored.period_corrections import PeriodCorrection


def show_period_corrections(ctx: PageContext, period: str) -> None:
    """Say when an approved period was approved, and list what was corrected in it since."""
    approval = find_period_approval(ctx.facts, period)
    if approval is None:
        return
    title = describe_approval(ctx.facts, period, approval, ctx.language)
    if approval.corrections:
        show_correction_list(ctx, title, approval.corrections)
    else:
        show_markup(Html('<p class="hp-under">{}</p>').format(title))


def show_correction_list(
    ctx: PageContext, title: str, corrections: Sequence[PeriodCorrection]
) -> None:
    """Show corrections below a title that opens them."""
    show_markup(render_fold(title, render_corrections(ctx, corrections)))


def render_corrections(ctx: PageContext, corrections: Sequence[PeriodCorrection]) -> Markup:
    """Return corrections as a list, nothing for none."""
    lines = join_markup(
        Html("<li>{}</li>").format(describe_correction(one, ctx.language)) for one in corrections
    )
    return Html("<ul>{}</ul>").format(lines) if corrections else Html("")
