"""Editing an item by hand: its fields, communes, point and figures; what was changed lately.

The address keeps the item (``item``) and the part that is open (``view``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.edit.communes_form import show_communes_form
from pages.edit.figure_list import show_figures
from pages.edit.item_form import show_item_form, show_new_item_form
from pages.edit.point_form import show_point_form
from pages.edit.recent_changes import show_recent_changes
from pages.edit.save import carry_serial, open_for_editing, show_save_message
from pages.shell.html import Html, show_markup
from store.editing.open_record import read_item
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedItem

VIEWS: Final = ("communes", "point", "fields", "figures", "changes", "new")
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
        item = _choose_item(ctx)
        view = _choose_view(ctx, item)
    if view == "new":
        show_new_item_form(ctx)
        return
    if not item and view != "changes":
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.page.choose")))
        return
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


def _choose_item(ctx: PageContext) -> str:
    """Return the item that the address or the reader chose; '' for none."""
    items = ctx.facts.items.sort_values("item")
    names = {
        str(row.item): f"{row.item} · {row.name} ({translate_word('kind', row.kind, ctx.language)})"
        for row in items.itertuples(index=False)
    }
    requested = st.query_params.get("item", "") or str(st.session_state.get(_KEPT, ""))
    if requested in names and st.session_state.get(_KEPT) != requested:
        st.session_state[_KEPT] = requested
        st.session_state["edit.item"] = requested
    chosen = st.selectbox(
        ctx.t("edit.page.item"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=ctx.t("edit.page.search"),
        key="edit.item",
        on_change=_handle_item_choice,
    )
    return str(chosen or "")


def _handle_item_choice() -> None:
    code = str(st.session_state.get("edit.item") or "")
    st.session_state[_KEPT] = code
    if code:
        st.query_params["item"] = code
    else:
        st.query_params.pop("item", None)


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
    if st.query_params.get("view", "") != view and (item or view in {"new", "changes"}):
        st.query_params["view"] = view
    return view
