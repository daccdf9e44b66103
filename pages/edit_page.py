"""Editing an item by hand: its fields, communes, point and figures; what was changed lately.

The address keeps the item (``item``) and the part that is open (``view``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from pages.edit.communes_form import show_communes
from pages.edit.figure_list import show_figures
from pages.edit.item_form import show_fields, show_new
from pages.edit.point_form import show_point
from pages.edit.recent_changes import show_changes
from pages.edit.save import carry_serial, opened, say_what_was_done
from pages.shell.html import Html, show
from store.editing.open_record import open_item
from store.facts.labels import word

if TYPE_CHECKING:
    from pages.shell.context import Context
    from store.editing.open_record import OpenedItem

VIEWS: Final = ("communes", "point", "fields", "figures", "changes", "new")
_KEPT: Final = "edit.kept"
_PARTS: Final = {
    "communes": show_communes,
    "point": show_point,
    "fields": show_fields,
    "figures": show_figures,
}


def render(ctx: Context) -> None:
    """Show the page."""
    ctx.require("page.edit")
    show(Html("<h2>{}</h2>").format(ctx.t("edit.page.title")))
    carry_serial()
    say_what_was_done()
    with st.container(horizontal=True, vertical_alignment="bottom", key="edit.bar", gap="small"):
        item = _item(ctx)
        view = _view(ctx, item)
    if view == "new":
        show_new(ctx)
        return
    if not item and view != "changes":
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.page.choose")))
        return
    if view == "changes":
        show_changes(ctx, item, key="edit")
        return
    now: OpenedItem | None = opened(ctx, item, partial(open_item, item))
    if now is None:
        st.warning(ctx.t("edit.page.gone"))
        return
    communes = [str(row["commune"]) for row in now.places]
    allowed = ctx.may("edit.item", communes)
    if not allowed:
        show(Html('<p class="hp-mind">{}</p>').format(ctx.t("edit.save.outside")))
    _PARTS[view](ctx, now, allowed=allowed)


def _item(ctx: Context) -> str:
    """Return the item that the address or the reader chose; '' for none."""
    items = ctx.facts.items.sort_values("item")
    names = {
        str(row.item): f"{row.item} · {row.name} ({word('kind', row.kind, ctx.language)})"
        for row in items.itertuples(index=False)
    }
    asked = st.query_params.get("item", "") or str(st.session_state.get(_KEPT, ""))
    if asked in names and st.session_state.get(_KEPT) != asked:
        st.session_state[_KEPT] = asked
        st.session_state["edit.item"] = asked
    chosen = st.selectbox(
        ctx.t("edit.page.item"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=ctx.t("edit.page.search"),
        key="edit.item",
        on_change=_chosen,
    )
    return str(chosen or "")


def _chosen() -> None:
    code = str(st.session_state.get("edit.item") or "")
    st.session_state[_KEPT] = code
    if code:
        st.query_params["item"] = code
    else:
        st.query_params.pop("item", None)


def _view(ctx: Context, item: str) -> str:
    asked = st.query_params.get("view", "")
    if "edit.view" not in st.session_state:
        st.session_state["edit.view"] = asked if asked in VIEWS else VIEWS[0]
    elif asked in VIEWS and st.session_state.get("edit.asked") != asked:
        st.session_state["edit.view"] = asked
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
