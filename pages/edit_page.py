"""Editing by hand: an item's fields, communes, point and figures; the city's; what changed lately.

The address keeps the item (``item``) and the part that is open (``view``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from pages.catalogue.item_choice import ask_item_name, list_item_choices, show_item_hits
from pages.edit.city_form import show_city
from pages.edit.communes_form import show_communes_form
from pages.edit.figure_list import show_figures
from pages.edit.item_form import show_item_form, show_new_item_form
from pages.edit.point_form import show_point_form
from pages.edit.recent_changes import show_recent_changes
from pages.edit.save import carry_serial, open_for_editing, show_save_message
from pages.shell.html import Html, show_markup
from pages.shell.last_opened import list_opened, note_opened, show_choices
from store.editing.open_record import read_item
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedItem

VIEWS: Final = ("communes", "point", "fields", "figures", "changes", "new", "city")
MOST_UNPLACED: Final = 20
_OF_NO_ITEM: Final = frozenset({"changes", "new", "city"})
_KEPT: Final = "edit.kept"
_PARTS: Final = {
    "communes": show_communes_form,
    "point": show_point_form,
    "fields": show_item_form,
    "figures": show_figures,
}


def show_page(ctx: PageContext) -> None:
    """Show the page."""
    ctx.require("page.edit")
    show_markup(Html("<h2>{}</h2>").format(ctx.t("edit.page.title")))
    carry_serial()
    show_save_message()
    with st.container(horizontal=True, vertical_alignment="bottom", key="edit.bar", gap="small"):
        typed = ask_item_name(ctx, key="edit.search")
        item = _find_item(ctx)
        view = _choose_view(ctx, item)
    show_item_hits(ctx, typed, _open_item, key="edit.search")
    if view == "new":
        show_new_item_form(ctx)
        return
    if view == "city":
        show_city(ctx)
        return
    if not item and view != "changes":
        _show_first_choices(ctx)
        return
    if item:
        _show_item_name(ctx, item)
    if view == "changes":
        show_recent_changes(ctx, item, key="edit")
        return
    now: OpenedItem | None = open_for_editing(ctx, item, partial(read_item, item))
    if now is None:
        st.warning(ctx.t("edit.page.gone"))
        return
    communes = [str(row["commune"]) for row in now.places]
    allowed = ctx.may("edit.item", communes)
    if not allowed:
        show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.save.outside")))
    _PARTS[view](ctx, now, allowed=allowed)
    note_opened(ctx, "item", item)


def _find_item(ctx: PageContext) -> str:
    """Return the item that the address or the reader chose; '' for none."""
    requested = st.query_params.get("item", "") or str(st.session_state.get(_KEPT, ""))
    item = requested if requested in ctx.facts.item_names else ""
    st.session_state[_KEPT] = item
    return item


def _open_item(item: str) -> None:
    st.session_state[_KEPT] = item
    st.query_params["item"] = item


def _close_item() -> None:
    st.session_state[_KEPT] = ""
    st.query_params.pop("item", None)


def _show_item_name(ctx: PageContext, item: str) -> None:
    """Show which item is open, and the way to another."""
    items = ctx.facts.items
    kind = translate_word("kind", items.loc[items["item"] == item, "kind"].iat[0], ctx.language)
    name = f"{item} – {ctx.facts.item_names[item]} ({kind})"
    with st.container(horizontal=True, vertical_alignment="center", key="edit.open", gap="small"):
        show_markup(Html('<h3 class="hp-sub">{}</h3>').format(name))
        st.button(ctx.t("edit.page.other"), on_click=_close_item, key="edit.close")


def _show_first_choices(ctx: PageContext) -> None:
    """Show what was opened last, and the items of which no report says the commune."""
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.page.choose")))
    opened = list_item_choices(ctx, list_opened(ctx, "item"), partial(_build_address, ctx, ""))
    show_choices(ctx.t("pages.opened.last"), opened)
    placed = ctx.facts.item_communes
    unplaced = sorted(item for item in ctx.facts.item_names if not placed.get(item))
    shown = list_item_choices(
        ctx, unplaced[:MOST_UNPLACED], partial(_build_address, ctx, "communes")
    )
    show_choices(ctx.t("pages.opened.unplaced", count=len(unplaced)), shown)


def _build_address(ctx: PageContext, view: str, item: str) -> str:
    query = {"item": item, "view": view, "lang": "" if ctx.language == "vi" else ctx.language}
    return f"sua?{urlencode({key: value for key, value in query.items() if value})}"


def _choose_view(ctx: PageContext, item: str) -> str:
    requested = st.query_params.get("view", "")
    if "edit.view" not in st.session_state:
        st.session_state["edit.view"] = requested if requested in VIEWS else VIEWS[0]
    elif requested in VIEWS and st.session_state.get("edit.asked") != requested:
        st.session_state["edit.view"] = requested
    chosen = st.segmented_control(
        ctx.t("edit.page.view"),
        VIEWS,
        required=True,
        format_func=lambda key: ctx.t(f"edit.view.{key}"),
        key="edit.view",
    )
    view = str(chosen or VIEWS[0])
    st.session_state["edit.asked"] = view
    if st.query_params.get("view", "") != view and (item or view in _OF_NO_ITEM):
        st.query_params["view"] = view
    return view
