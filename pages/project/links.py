"""Where to go from a project's page: the map, a visit on the phone, editing, its places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from pages.shell.html import Html, join_markup
from pages.widgets.visit_card import build_project_map_link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from pages.shell.context import PageContext

PHONE: Final = "hpmap/phone/"
"""The field page, which works without a connection."""


def render_project_links(ctx: PageContext, item: str, communes: Sequence[str]) -> Markup:
    """Return the links that the reader may follow, as markup."""
    language = {} if ctx.language == "vi" else {"lang": ctx.language}
    links = [("map", build_project_map_link(ctx, item), "_self")]
    if ctx.may("phone.use"):
        links.append(("visit", f"{PHONE}#/item/{quote(item, safe='')}", "_blank"))
    if ctx.may("page.edit", communes or None):
        links.append(("edit", f"sua?{urlencode({'item': item} | language)}", "_self"))
    if communes and ctx.may("page.place"):
        links.append(("place", f"dia-ban?{urlencode({'place': communes[0]} | language)}", "_self"))
    return Html('<nav class="hp-links">{}</nav>').format(
        join_markup(
            Html('<a class="hp-button" href="{}" target="{}">{}</a>').format(
                address, target, ctx.t(f"field.link.{name}")
            )
            for name, address, target in links
        )
    )
