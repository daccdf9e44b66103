"""Which projects count though the newest list no longer names them, and which do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import ProjectMapError
from pages.edit.save import finish_editing, get_form_serial, show_save_message
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from pages.widgets.links import build_link_query
from pages.widgets.source_list import render_source_list
from store.analysis.list_standing import find_list_standing
from store.editing.list_standing import count_unlisted_item
from store.facts.labels import get_period_label
from store.facts.sources import find_sources

if TYPE_CHECKING:
    from markupsafe import Markup

    from pages.shell.context import PageContext
    from store.analysis.list_standing import ListStanding


def show_list_standing(ctx: PageContext, period: str) -> None:
    """Show what the newest list leaves counted and what is out, and let planning staff change it.

    Nothing where the list names every project that is counted, and none is out.
    """
    standing = find_list_standing(ctx.facts, period)
    if not standing.kept and not standing.out:
        return
    title = ctx.t("pages.listing.title", kept=len(standing.kept), out=len(standing.out))
    with st.expander(title, key="listing"):
        show_save_message()
        show_markup(_render_standing(ctx, standing))
        answered = [off.item for off in standing.out if off.by_person]
        choices = [
            item
            for item in (*standing.kept, *answered)
            if ctx.may("edit.observation", ctx.facts.item_communes.get(item, ()))
        ]
        if choices:
            _show_change(ctx, choices, frozenset(answered), period)


def _render_standing(ctx: PageContext, standing: ListStanding) -> Markup:
    listing = get_period_label(ctx.facts, standing.period, ctx.language)
    kept = [_link_item(ctx, item) for item in standing.kept]
    out = [
        Html("{} {}").format(
            _link_item(ctx, off.item),
            Html('<span class="hp-mark">{}</span>').format(ctx.t("pages.listing.by_person"))
            if off.by_person
            else render_source_list(ctx, find_sources(ctx.facts, [off.obs])),
        )
        for off in standing.out
    ]
    return join_markup(
        Html('<div class="hp-notes"><p>{}</p><ul>{}</ul></div>').format(
            ctx.t(f"pages.listing.{name}", count=len(lines), period=listing),
            join_markup(Html("<li>{}</li>").format(line) for line in lines),
        )
        for name, lines in (("kept", kept), ("out", out))
        if lines
    )


def _link_item(ctx: PageContext, item: str) -> Markup:
    return Html('<a class="hp-link" href="du-an?{}" target="_self">{}</a>').format(
        build_link_query(ctx, item=item), ctx.facts.item_names.get(item, item)
    )


def _show_change(
    ctx: PageContext, choices: list[str], answered: frozenset[str], period: str
) -> None:
    """Ask which project is to count or not, and why; it is written down and can be undone."""
    key = get_form_serial()
    item = st.selectbox(
        ctx.t("pages.listing.item"),
        choices,
        format_func=lambda code: f"{code} · {ctx.facts.item_names[code]}",
        key=f"listing.item-{key}",
    )
    why = st.text_input(ctx.t("edit.save.why"), key=f"listing.why-{key}", max_chars=400).strip()
    counted = item in answered
    label = ctx.t("pages.listing.count" if counted else "pages.listing.leave_out")
    if st.button(label, key="listing.save", disabled=not why):
        try:
            count_unlisted_item(item, period, counted=counted, actor=ctx.user, why=why)
        except ProjectMapError as fault:
            st.error("  \n".join(escape_markdown(line) for line in str(fault).splitlines()))
        else:
            name = ctx.facts.item_names[item]
            done = "counted" if counted else "left_out"
            finish_editing(ctx.t(f"pages.listing.{done}", name=name))
            st.rerun()
