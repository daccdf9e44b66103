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
from pages.shell.html import plain
from web.not_found import know_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.navigation.page import StreamlitPage

    from pages.shell.context import Context


class Entry(NamedTuple):
    """A page: its address, what draws it, and its name (``pages.nav.…`` and ``page.…``)."""

    path: str
    render: Callable[[Context], None]
    name: str


SECTIONS: Final[dict[str, tuple[Entry, ...]]] = {
    "": (
        Entry("ban-do", map_page.render, "map"),
        Entry("dieu-hanh", briefing_page.render, "briefing"),
    ),
    "read": (
        Entry("danh-muc", items_page.render, "items"),
        Entry("dia-ban", place_page.render, "place"),
        Entry("du-an", project_page.render, "project"),
        Entry("so-sanh", changes_page.render, "changes"),
        Entry("hai-ban-do", two_maps_page.render, "two_maps"),
        Entry("nguyen-van", document_page.render, "document"),
        Entry("nguon", sources_page.render, "sources"),
        Entry("tro-giup", help_page.render, "help"),
    ),
    "work": (
        Entry("nap", import_page.render, "import"),
        Entry("xem-lai", review_page.render, "review"),
        Entry("gpmb", register_page.render, "register"),
        Entry("sua", edit_page.render, "edit"),
    ),
    "field": (
        Entry("gan-toi", near_page.render, "near"),
        Entry("kiem-tra", visits_page.render, "visits"),
        Entry("bieu-mau", odk_page.render, "odk"),
    ),
    "system": (
        Entry("nhat-ky", audit_page.render, "audit"),
        Entry("tai-khoan-quan-tri", accounts_page.render, "accounts"),
    ),
}
"""The pages in the groups of the menu; the first of all is the one that opens."""


def pages_for(ctx: Context | None) -> dict[str, list[StreamlitPage]]:
    """Return all pages by group, those in the menu that the reader may open.

    The others have their address, so that it says who may; only the sign-in page for who may see
    none.
    """
    if ctx is None:
        return {"": [st.Page(sign_in_redirect.render, title="…", url_path="vao", default=True)]}
    know_pages(entry.path for entries in SECTIONS.values() for entry in entries)
    first = SECTIONS[""][0].path
    found: dict[str, list[StreamlitPage]] = {}
    for section, entries in SECTIONS.items():
        title = ctx.t(f"pages.section.{section}") if section else ""
        for entry in entries:
            open_to = ctx.may(f"page.{entry.name}")
            page = st.Page(
                partial(_shown, entry, ctx),
                title=ctx.t(f"pages.nav.{entry.name}"),
                url_path=entry.path,
                default=entry.path == first,
                visibility="visible" if open_to else "hidden",
            )
            found.setdefault(title if open_to else "", []).append(page)
    return found


def _shown(entry: Entry, ctx: Context) -> None:
    try:
        ctx.require(f"page.{entry.name}")
        entry.render(ctx)
    except ProjectMapError as fault:
        st.error(plain(fault))
