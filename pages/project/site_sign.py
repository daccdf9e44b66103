"""A project's QR code on its page, and the sheets for its site board to download."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from layers.print.qr_code import make_qr_png, make_qr_svg
from layers.print.site_sign import SIZES, SiteSign, build_site_sign_pdf
from pages.shell.html import Html, show_markup
from web.public_address import build_project_url, find_public_base

if TYPE_CHECKING:
    from layers.details.project_details import ItemDetails
    from pages.shell.context import PageContext


def show_site_sign(ctx: PageContext, facts: ItemDetails) -> None:
    """Show the QR code of the page being shown, the address it holds, and the files to print."""
    base = find_public_base(st.context.url or "")
    show_markup(Html('<h2 class="hp-head">{}</h2>').format(ctx.t("field.project.board")))
    if not base:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.board.no_address")))
        return
    address = build_project_url(base, facts.item)
    code = make_qr_png(address)
    if not code:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("field.board.too_long")))
        return
    show_markup(
        Html(
            '<img class="hp-qr" alt="{}" src="data:image/png;base64,{}">'
            '<p class="hp-under hp-address">{}</p>'
        ).format(ctx.t("field.board.alt", code=facts.item), b64encode(code).decode(), address)
    )
    where = ", ".join(place.name for place in facts.places)
    under = " · ".join(text for text in (facts.kind_label, where) if text)
    board = SiteSign(facts.item, facts.name, under, address)
    name = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in facts.item)
    with st.container(horizontal=True, key="project.board"):
        for size in SIZES:
            st.download_button(
                ctx.t("field.board.sheet", size=size),
                partial(build_site_sign_pdf, board, size, language=ctx.language),
                file_name=f"bien-{name}-{size}.pdf",
                mime="application/pdf",
                key=f"project.board-{size}",
            )
        st.download_button(
            ctx.t("field.board.qr", kind="SVG"),
            partial(make_qr_svg, address),
            file_name=f"qr-{name}.svg",
            key="project.qr-svg",
        )
        st.download_button(
            ctx.t("field.board.qr", kind="PNG"),
            code,
            file_name=f"qr-{name}.png",
            key="project.qr-png",
        )
