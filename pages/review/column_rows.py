"""Rows of a column whose unit is asked about, in both readings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from layers.labels.reading_labels import format_exactly
from pages.shell.html import show_markup
from pages.widgets.tables import render_table
from store.facts.labels import translate_word
from store.imports.plan.review_rows import COLUMN_UNIT
from store.imports.questions.column_cells import UNITS

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.imports.plan.review_rows import ReviewRow


def show_column_rows(ctx: PageContext, review: ReviewRow) -> None:
    """Show rows of the column that a question is about, nothing of any other question."""
    if review.reason != COLUMN_UNIT:
        return
    own, unit = str(review.payload["own"]), str(review.payload["unit"])
    units = [one for one in (own, unit) if one]
    rows = [
        (
            sample["name"],
            sample["raw"],
            *(_write(ctx, Decimal(sample["number"]) * UNITS[one]) for one in units),
            _write(ctx, Decimal(sample["before"])),
        )
        for sample in review.payload["samples"]
    ]
    names = [translate_word("measure_unit", one, ctx.language) or one for one in units]
    head = (
        ctx.t("reviews.column.name"),
        ctx.t("reviews.column.raw"),
        *(ctx.t("reviews.column.read_in", unit=name) for name in names),
        ctx.t("reviews.column.known"),
    )
    show_markup(render_table(head, rows))


def _write(ctx: PageContext, millions: Decimal) -> str:
    amount = format_exactly(float(millions / 1000), ctx.language)
    return ctx.t("geo.unit.billion_vnd", amount=amount)
