"""Opening clearance cases: taking over what is stated already, or filling in a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import said
from pages.edit.save import let_go, serial
from pages.register.case_form import case_form
from pages.shell.html import Html, plain, show
from store.clearance.register import open_case, take_over
from store.clearance.suggested_cases import offers
from store.facts.labels import iso_day, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import Context
    from store.clearance.suggested_cases import Offer

MOST_OFFERED: Final = 40


def show_offers(ctx: Context) -> None:
    """Show what reports and visits state that is not in the register, to be taken over."""
    found = offers(ctx.facts)
    if not found:
        return
    label = ctx.t("register.offer.title", count=len(found))
    with st.expander(label, key="register.offers"):
        show(Html('<p class="hp-under">{}</p>').format(ctx.t("register.offer.why")))
        mine = [one for one in found if ctx.may("register.write", _communes(ctx, one))]
        if len(mine) > 1 and st.button(
            ctx.t("register.offer.all", count=len(mine)), key="register.take_all", type="primary"
        ):
            _do(ctx, lambda: take_over([one.source for one in mine], actor=ctx.user))
        for one in found[:MOST_OFFERED]:
            _offer(ctx, one, allowed=one in mine)


def show_new_case(ctx: Context) -> None:
    """Show the form of a new case."""
    typed = case_form(ctx, {}, f"new-{serial()}")
    why = st.text_input(
        ctx.t("edit.save.why"), key=f"register.why-new-{serial()}", max_chars=400
    ).strip()
    if st.button(
        ctx.t("register.page.open"), key="register.open", type="primary", disabled=not why
    ):
        _do(ctx, lambda: (open_case(typed, actor=ctx.user, why=why),))


def _offer(ctx: Context, one: Offer, *, allowed: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"register.o-{one.source}"):
        place = said(ctx.facts, "commune", one.commune, language=ctx.language)
        name = said(ctx.facts, "item", one.item, language=ctx.language) if one.item else ""
        show(
            Html(
                '<div><b>{}</b> · {} <span class="hp-mark">{}</span>'
                '<div class="hp-under">{} – {} {}</div></div>'
            ).format(
                name or place,
                word("obstacle", one.category, ctx.language),
                ctx.t(f"register.offer.{one.kind}"),
                place if name else "",
                one.statement,
                ctx.t("register.offer.since", day=iso_day(one.opened, ctx.language)),
            )
        )
        if ctx.may("register.write") and st.button(
            ctx.t("register.offer.take"), key=f"register.take-{one.source}", disabled=not allowed
        ):
            _do(ctx, lambda: take_over([one.source], actor=ctx.user))


def _communes(ctx: Context, one: Offer) -> list[str]:
    places = ctx.facts.places
    return [one.commune] if one.commune else list(places.loc[places["item"] == one.item, "commune"])


def _do(ctx: Context, action: Callable[[], tuple[str, ...]]) -> None:
    try:
        cases = action()
    except ProjectMapError as fault:
        st.error("  \n".join(plain(line) for line in str(fault).splitlines()))
        return
    told = ctx.t("register.offer.done", count=len(cases), cases=", ".join(cases[:5]))
    let_go(told)
    if len(cases) == 1:
        st.query_params["case"] = cases[0]
    st.rerun()
