"""The chosen cases of the register as files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo import clock
from pages.safe import Html, show
from store.exports.make import FORMATS
from store.exports.register import REGISTER_FORMATS, export_register, register_file

if TYPE_CHECKING:
    from pages.frame import Context


def show_register_exports(ctx: Context, cases: tuple[str, ...], told: str) -> None:
    """Offer the chosen cases as files, to who may export; ``told`` says by what they are chosen.

    A file is made, and written down in the audit, when its button is pressed.
    """
    if not (cases and ctx.may("export.make")):
        return
    opened = st.popover(ctx.t("exports.bar.open"), key="register.exports", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(width=340):
        show(Html('<p class="hp-under">{}</p>').format(
            ctx.t("register.export.what", count=len(cases))
        ))  # fmt: skip
        for name in REGISTER_FORMATS:
            called = register_file(name, clock.now())
            st.download_button(
                ctx.t(f"exports.format.{name}"),
                data=partial(_made, ctx, cases, name, told, called),
                file_name=called,
                mime=FORMATS[name].mime,
                key=f"register.export-{name}",
                on_click="ignore",
                width="stretch",
            )


def _made(ctx: Context, cases: tuple[str, ...], name: str, told: str, called: str) -> bytes:
    made = export_register(
        ctx.facts, cases, name, ctx.user, told=told, language=ctx.language, called=called
    )
    return made.content
