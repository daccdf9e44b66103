"""A button that offers what is filtered as files; nothing is made before somebody asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo import clock
from pages.shell.html import Html, show_markup
from store.exports.export import FORMATS, make_export, make_file_name
from store.facts.selection import select_items

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.facts.filters import Filters


def show_export_button(ctx: PageContext, filters: Filters, *, key: str = "exports") -> None:
    """Offer the items that the filters choose in every format, to who may export.

    ``key`` tells two of them on one page apart. The file holds what the filters choose of what the
    reader may see; it is made, and written down in the audit, when its button is pressed.
    """
    if not ctx.may("export.make"):
        return
    opened = st.popover(ctx.t("exports.bar.open"), key=f"{key}.popover", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(width=340):
        count = len(select_items(ctx.facts, filters).items)
        summary = ctx.t("exports.bar.what", count=count)
        show_markup(Html('<p class="hp-under">{}</p>').format(summary))
        for name in FORMATS:
            _show_button(
                ctx, filters, name, key=f"{key}.{name}", disabled=name == "oc4ids" and not count
            )
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("exports.bar.inside")))


def _show_button(
    ctx: PageContext, filters: Filters, name: str, *, key: str, disabled: bool
) -> None:
    called = make_file_name(ctx.facts, filters, name, clock.now())
    st.download_button(
        ctx.t(f"exports.format.{name}"),
        data=partial(_make_file, ctx, filters, name, called),
        file_name=called,
        mime=FORMATS[name].mime,
        key=key,
        help=ctx.t(f"exports.format.{name}_help"),
        on_click="ignore",
        width="stretch",
        disabled=disabled,
    )


def _make_file(ctx: PageContext, filters: Filters, name: str, called: str) -> bytes:
    made = make_export(ctx.facts, filters, name, ctx.user, language=ctx.language, called=called)
    return made.content
