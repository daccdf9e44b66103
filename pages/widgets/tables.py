"""Tables whose numbers read as the language writes them and still sort as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.i18n import format_number
from pages.shell.html import Html, join_markup, render_scrolling_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup
    from pandas.io.formats.style import Styler

    from pages.shell.context import PageContext


def style_table(ctx: PageContext, table: pd.DataFrame, decimals: Mapping[str, int]) -> Styler:
    """Return the table with the columns of ``decimals`` written with at most so many decimals.

    Unknown numbers are written as unknown.
    """
    unknown = ctx.t("pages.table.unknown")

    def write(value: object, most: int) -> str:
        if pd.isna(value):
            return unknown
        amount = float(str(value))
        return format_number(amount, 0 if amount.is_integer() else most, ctx.language)

    return table.astype(dict.fromkeys(decimals, "float64")).style.format(
        {column: lambda value, most=most: write(value, most) for column, most in decimals.items()}
    )


def render_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Markup:
    """Return a table that scrolls in itself; cells that are no markup are escaped."""
    line = Html("<tr>{}</tr>")
    top = line.format(join_markup(Html("<th>{}</th>").format(text) for text in head))
    body = join_markup(
        line.format(join_markup(Html("<td>{}</td>").format(cell) for cell in row)) for row in rows
    )
    return render_scrolling_table(top + body, look="tall")
