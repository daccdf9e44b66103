"""All pages by their addresses: which a reader may open stands in the table of permissions."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell import sign_in_redirect
from pages.shell.html import escape_markdown
from web.not_found import register_page_paths

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from pages.shell.context import PageContext
    from pages.shell.first_visit import PageRange


class PageEntry(NamedTuple):
    """A page: its address, its module in ``pages``, its name (``pages.nav.…`` and ``page.…``).

    The module is loaded when somebody opens the page: with all of them, starting takes longer.
    """

    path: str
    module: str
    name: str

    def render(self, ctx: PageContext) -> None:
        """Draw the page."""
        import_module(f"pages.{self.module}").show_page(ctx)


SECTIONS: Final[dict[str, tuple[PageEntry, ...]]] = {
    "": (
        PageEntry("ban-do", "map_page", "map"),
        PageEntry("dieu-hanh", "briefing_page", "briefing"),
    ),
    "read": (
        PageEntry("danh-muc", "items_page", "items"),
        PageEntry("dia-ban", "place_page", "place"),
        PageEntry("du-an", "project_page", "project"),
        PageEntry("so-sanh", "changes_page", "changes"),
        PageEntry("hai-ban-do", "two_maps_page", "two_maps"),
        PageEntry("nguyen-van", "document_page", "document"),
        PageEntry("nguon", "sources_page", "sources"),
        PageEntry("tro-giup", "help_page", "help"),
    ),
    "work": (
        PageEntry("nap", "import_page", "import"),
        PageEntry("xem-lai", "review_page", "review"),
        PageEntry("gpmb", "register_page", "register"),
        PageEntry("sua", "edit_page", "edit"),
    ),
    "field": (
        PageEntry("gan-toi", "near_page", "near"),
        PageEntry("kiem-tra", "visits_page", "visits"),
        PageEntry("bieu-mau", "odk_page", "odk"),
    ),
    "system": (
        PageEntry("nhat-ky", "audit_page", "audit"),
        PageEntry("tai-khoan-quan-tri", "accounts_page", "accounts"),
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


def load_pages(pages: PageRange) -> None:
    """Load pages that nobody has opened yet; within a run, for their components register."""
    entries = [entry for entries in SECTIONS.values() for entry in entries]
    for entry in {"none": [], "first": entries[:1], "all": entries}[pages]:
        import_module(f"pages.{entry.module}")


def _show_entry(entry: PageEntry, ctx: PageContext) -> None:
    try:
        ctx.require(f"page.{entry.name}")
        entry.render(ctx)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
