"""An item over its communes and all periods, for the pages that show an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.item_history import item_history
from pages.matrix_view import chosen_rows, legend, matrix_table, rows_body
from pages.safe import Html, show

if TYPE_CHECKING:
    from pages.frame import Context


def show_item_history(ctx: Context, item: str) -> None:
    """Show what every period said of the item; nothing for an unknown item."""
    found = item_history(ctx.facts, item, language=ctx.language)
    if found is None:
        return
    with st.container(horizontal=True, key="history.choices"):
        every = st.toggle(ctx.t("bench.matrix.every"), value=True, key="history.every")
        changed = st.toggle(ctx.t("bench.matrix.only_changed"), key="history.changed")
    rows = chosen_rows(found.rows, every=every, only_changed=changed)
    if not rows:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.matrix.no_rows")))
        return
    show(legend(ctx))
    body = Html("<tbody>{}</tbody>").format(rows_body(ctx, rows, found.known))
    show(matrix_table(ctx, found.columns, [body]))
