"""What is said before a change is saved that would touch an approved period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.shell.html import Html, show_markup
from store.facts.labels import get_period_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.shell.context import PageContext


def show_approved_note(
    ctx: PageContext, periods: Iterable[str], *, texts: str = "edit.save"
) -> bool:
    """Say which of the periods are approved; return whether the reader may correct those.

    True where none is. ``texts`` is the section of the catalogue that says what that means there.
    """
    approved = [period for period in periods if period in ctx.facts.approvals]
    may = ctx.may("edit.approved")
    for period in approved:
        label = get_period_label(ctx.facts, period, ctx.language)
        text = ctx.t(f"{texts}.{'corrects' if may else 'approved'}", period=label)
        show_markup(Html('<p class="hp-mind">{}</p>').format(text))
    return may or not approved
