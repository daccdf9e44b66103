"""All pages by their addresses: which a reader may open stands in the table of permissions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from geo.errors import ProjectMapError
from pages import (
    accounts_page,
    audit_page,
    briefing_page,
    changes_page,
    document_page,
    edit_page,
    help_page,
    import_page,
    items_page,
    map_page,
    near_page,
    odk_page,
    place_page,
    project_page,
    register_page,
    review_page,
    sources_page,
    two_maps_page,
    visits_page,
)
from pages.shell import sign_in_redirect
from pages.shell.html import escape_markdown
from web.not_found import register_page_paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import StreamlitPage

    from pages.shell.context import PageContext


class PageEntry(NamedTuple):
    """A page: its address, what draws it, and its name (``pages.nav.…`` and ``page.…``)."""

    path: str
    render: Callable[[PageContext], None]
    name: str


SECTIONS: Final[dict[str, tuple[PageEntry, ...]]] = {
    "": (
        PageEntry("ban-do", map_page.show_page, "map"),
        PageEntry("dieu-hanh", briefing_page.show_page, "briefing"),
    ),
    "read": (
        PageEntry("danh-muc", items_page.show_page, "items"),
        PageEntry("dia-ban", place_page.show_page, "place"),
        PageEntry("du-an", project_page.show_page, "project"),
        PageEntry("so-sanh", changes_page.show_page, "changes"),
        PageEntry("hai-ban-do", two_maps_page.show_page, "two_maps"),
        PageEntry("nguyen-van", document_page.show_page, "document"),
        PageEntry("nguon", sources_page.show_page, "sources"),
        PageEntry("tro-giup", help_page.show_page, "help"),
    ),
    "work": (
        PageEntry("nap", import_page.show_page, "import"),
        PageEntry("xem-lai", review_page.show_page, "review"),
        PageEntry("gpmb", register_page.show_page, "register"),
        PageEntry("sua", edit_page.show_page, "edit"),
    ),
    "field": (
        PageEntry("gan-toi", near_page.show_page, "near"),
        PageEntry("kiem-tra", visits_page.show_page, "visits"),
        PageEntry("bieu-mau", odk_page.show_page, "odk"),
    ),
    "system": (
        PageEntry("nhat-ky", audit_page.show_page, "audit"),
        PageEntry("tai-khoan-quan-tri", accounts_page.show_page, "accounts"),
    ),
}
"""The pages in the groups of the menu; the first of all is the one that opens."""


def build_pages(ctx: PageContext | None) -> dict[str, list[StreamlitPage]]:
    """Return all pages by group, those in the menu that the reader may open.

    The others have their address, so that it says who may; only the sign-in page for who may see
    none.
    """
    if ctx is None:
        return {"": [st.Page(sign_in_redirect.show_page, title="…", url_path="vao", default=True)]}
    register_page_paths(entry.path for entries in SECTIONS.values() for entry in entries)
    first = SECTIONS[""][0].path
    pages_by_section: dict[str, list[StreamlitPage]] = {}
    for section, entries in SECTIONS.items():
        title = ctx.t(f"pages.section.{section}") if section else ""
        for entry in entries:
            open_to = ctx.may(f"page.{entry.name}")
            page = st.Page(
                partial(_show_entry, entry, ctx),
                title=ctx.t(f"pages.nav.{entry.name}"),
                url_path=entry.path,
                default=entry.path == first,
                visibility="visible" if open_to else "hidden",
            )
            pages_by_section.setdefault(title if open_to else "", []).append(page)
    return pages_by_section


def _show_entry(entry: PageEntry, ctx: PageContext) -> None:
    try:
        ctx.require(f"page.{entry.name}")
        entry.render(ctx)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
