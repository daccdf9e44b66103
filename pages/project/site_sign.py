"""A project's QR code on its page, and the sheets for its site board to download."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from layers.print.qr_code import qr_png, qr_svg
from layers.print.site_sign import SIZES, Board, site_board
from pages.shell.html import Html, show
from web.public_address import project_address, public_base

if TYPE_CHECKING:
    from layers.details.project_details import ItemFacts
    from pages.shell.context import Context


def show_board(ctx: Context, facts: ItemFacts) -> None:
    """Show the QR code of the page being shown, the address it holds, and the files to print."""
    base = public_base(st.context.url or "")
    show(Html('<h2 class="hp-head">{}</h2>').format(ctx.t("field.project.board")))
    if not base:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("field.board.no_address")))
        return
    address = project_address(base, facts.item)
    code = qr_png(address)
    if not code:
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("field.board.too_long")))
        return
    show(
        Html(
            '<img class="hp-qr" alt="{}" src="data:image/png;base64,{}">'
            '<p class="hp-under hp-address">{}</p>'
        ).format(ctx.t("field.board.alt", code=facts.item), b64encode(code).decode(), address)
    )
    where = ", ".join(place.name for place in facts.places)
    under = " · ".join(text for text in (facts.kind_label, where) if text)
    board = Board(facts.item, facts.name, under, address)
    name = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in facts.item)
    with st.container(horizontal=True, key="project.board"):
        for size in SIZES:
            st.download_button(
                ctx.t("field.board.sheet", size=size),
                partial(site_board, board, size, language=ctx.language),
                file_name=f"bien-{name}-{size}.pdf",
                mime="application/pdf",
                key=f"project.board-{size}",
            )
        st.download_button(
            ctx.t("field.board.qr", kind="SVG"),
            partial(qr_svg, address),
            file_name=f"qr-{name}.svg",
            key="project.qr-svg",
        )
        st.download_button(
            ctx.t("field.board.qr", kind="PNG"),
            code,
            file_name=f"qr-{name}.png",
            key="project.qr-png",
        )
