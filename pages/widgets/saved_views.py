"""Saved views of a page: open one by its address, save what is shown, rename, share, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from geo.errors import ProjectMapError
from pages.shell.form_tokens import get_seen_token, refill_form
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from store.accounts.saved_views import (
    MAX_NAME_CHARS,
    change_view,
    delete_view,
    list_views,
    save_view,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages.shell.context import PageContext
    from store.accounts.saved_views import SavedView


def show_saved_views(ctx: PageContext, page: str, query: Mapping[str, str]) -> None:
    """Offer the saved views, and to save this one. ``query`` is what the address says now."""
    opened = st.popover(ctx.t("bench.views.title"), key="views.popover", on_change="rerun")
    if not opened.open:  # nothing is asked of the store before somebody wants to see it
        return
    with opened:
        try:
            views = list_views(ctx.user)
        except ProjectMapError as fault:
            st.error(escape_markdown(fault))
            return
        _show_list(ctx, views)
        if ctx.may("view.save"):
            _show_save_form(ctx, page, query)
            _show_manage_form(ctx, [view for view in views if view.mine or _may_delete(ctx, view)])
        for kind in ("done", "fault"):
            message = st.session_state.pop(f"views.{kind}", "")
            if message:
                (st.success if kind == "done" else st.error)(escape_markdown(message))


def _show_list(ctx: PageContext, views: Sequence[SavedView]) -> None:
    if not views:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("bench.views.none")))
        return
    entries = join_markup(
        Html(
            '<li><a class="hp-link" href="{}" target="_self">{}</a>'
            ' <span class="hp-under">{}</span></li>'
        ).format(build_view_address(ctx, view), view.name, _describe_view(ctx, view))
        for view in views
    )
    show_markup(Html('<ul class="hp-views">{}</ul>').format(entries))


def build_view_address(ctx: PageContext, view: SavedView) -> str:
    """Return the address of a view: it alone shows it again."""
    query = dict(view.query) | ({} if ctx.language == "vi" else {"lang": ctx.language})
    path = "./" if view.page == "ban-do" else view.page
    return f"{path}?{urlencode(query)}" if query else path


def _describe_view(ctx: PageContext, view: SavedView) -> str:
    parts = [ctx.t(f"bench.views.page_{view.page.replace('-', '_')}")]
    if not view.mine:
        parts.append(ctx.t("bench.views.of", owner=view.owner))
    elif view.shared:
        parts.append(ctx.t("bench.views.shared"))
    return " · ".join(parts)


def _show_save_form(ctx: PageContext, page: str, query: Mapping[str, str]) -> None:
    if st.session_state.pop("views.clear", False):
        st.session_state["views.name"] = ""
    name = st.text_input(
        ctx.t("bench.views.name"),
        max_chars=MAX_NAME_CHARS,
        key="views.name",
        placeholder=ctx.t("bench.views.name_hint"),
    )
    shared = False
    if ctx.may("view.share"):
        shared = st.toggle(ctx.t("bench.views.share"), key="views.shared")

    def keep() -> None:
        save_view(page, name, query, ctx.user, shared=shared)
        st.session_state["views.clear"] = True

    if st.button(ctx.t("bench.views.save"), key="views.save"):
        _run_action(ctx, keep, "saved")


def _show_manage_form(ctx: PageContext, views: Sequence[SavedView]) -> None:
    if not views:
        return
    by_number = {view.number: view for view in views}
    tokens = {view.number: view.token for view in views}
    seen = get_seen_token("views.seen", "views.chosen", tokens)
    chosen = st.selectbox(
        ctx.t("bench.views.change"),
        list(by_number),
        index=None,
        format_func=lambda number: by_number[number].name,
        placeholder=ctx.t("bench.views.change_hint"),
        key="views.chosen",
    )
    view = by_number.get(chosen) if chosen is not None else None
    if view is None:
        return
    if view.mine:
        new = st.text_input(
            ctx.t("bench.views.rename"),
            value=view.name,
            max_chars=MAX_NAME_CHARS,
            key=f"views.rename-{view.number}-{seen}",
        )
        shared = view.shared
        if ctx.may("view.share") or view.shared:
            shared = st.toggle(
                ctx.t("bench.views.share"),
                value=view.shared,
                key=f"views.share-{view.number}-{seen}",
            )
        if st.button(ctx.t("bench.views.keep"), key="views.keep"):
            refill_form("views.seen")
            _run_action(
                ctx,
                lambda: change_view(view.number, ctx.user, name=new, shared=shared, seen=seen),
                "kept",
            )
    if st.button(ctx.t("bench.views.delete"), key="views.delete"):
        _run_action(ctx, lambda: delete_view(view.number, ctx.user), "deleted")


def _may_delete(ctx: PageContext, view: SavedView) -> bool:
    return view.shared and ctx.may("account.manage")


def _run_action(ctx: PageContext, act: Callable[[], object], done: str) -> None:
    """Carry out a button's act; say in the next run what came of it.

    Never as a widget's callback: those run before it is asked who sends, as whoever had the page.
    """
    try:
        act()
    except ProjectMapError as fault:
        st.session_state["views.fault"] = str(fault)
    else:
        st.session_state["views.done"] = ctx.t(f"bench.views.{done}")
    st.rerun()
