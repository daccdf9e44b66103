"""What is open on the review page in one line, and the items that lie nowhere yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import format_number
from pages.shell.html import Html, join_markup, show_markup
from pages.widgets.links import render_edit_link
from store.imports.questions.shared import find_pattern, group_same, is_urgent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.shell.context import PageContext
    from store.imports.review_queue import ReviewQuestion
    from store.imports.statement_queue import StoredStatement

_MOST_LISTED: Final = 200


def show_open_counts(
    ctx: PageContext,
    reviews: Sequence[ReviewQuestion],
    statements: Sequence[StoredStatement],
    unread: int,
) -> None:
    """Say how many questions hold figures back, and in how many groups the others come."""
    asked = [same[0] for same in group_same(reviews)]
    urgent = sum(map(is_urgent, asked))
    groups = {find_pattern(one) for one in asked if not is_urgent(one)}
    patterns = {(one.doc, one.pattern) for one in statements}
    line = ctx.t(
        "reviews.page.counts",
        urgent=urgent,
        others=len(asked) - urgent,
        groups=len(groups),
        statements=len(statements),
        patterns=len(patterns),
        unread=format_number(unread, 0, ctx.language),
    )
    show_markup(Html('<p class="hp-under">{}</p>').format(line))


def show_unplaced(ctx: PageContext) -> None:
    """List the items that no document and nobody has placed, each with a way to place it."""
    facts = ctx.facts
    unplaced = facts.items[~facts.items["item"].isin(facts.places["item"])].sort_values("item")
    if unplaced.empty:
        return
    rows = join_markup(
        Html("<li>{} · {} {}</li>").format(
            row.item, row.name, render_edit_link(ctx, str(row.item), "communes")
        )
        for row in unplaced.head(_MOST_LISTED).itertuples(index=False)
    )
    title = ctx.t("reviews.page.unplaced", count=len(unplaced))
    show_markup(
        Html('<details class="hp-notes"><summary>{}</summary><ul>{}</ul></details>').format(
            title, rows
        )
    )
