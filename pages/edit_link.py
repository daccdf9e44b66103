"""Links to the page on which an item is edited, for the other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pages.safe import Html

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.frame import Context

PATH = "sua"


def edit_link(ctx: Context, item: str, view: str = "") -> Markup:
    """Return a link to an item's editing, '' for a reader who may not; ``view`` is its part."""
    places = ctx.facts.places
    communes = list(places.loc[places["item"] == item, "commune"])
    if not (ctx.may("page.edit") and ctx.may("edit.item", communes)):
        return Html("")
    query = {"item": item, "lang": ctx.language} | ({"view": view} if view else {})
    return Html('<a class="hp-link" target="_self" href="{}?{}">{}</a>').format(
        PATH, urlencode(query), ctx.t("edit.page.link")
    )
