"""Opening clearance cases: taking over what is stated already, or filling in a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import format_field_value
from pages.edit.save import finish_editing, get_form_serial
from pages.register.case_form import show_case_form
from pages.shell.html import Html, escape_markdown, show_markup
from store.clearance.register import open_case, open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases
from store.facts.labels import format_iso_day, translate_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext
    from store.clearance.suggested_cases import SuggestedCase

MOST_OFFERED: Final = 40
MOST_NAMED: Final = 5


def show_suggested_cases(ctx: PageContext) -> None:
    """Show what reports and visits state that is not in the register, to be taken over."""
    suggestions = list_suggested_cases(ctx.facts)
    if not suggestions:
        return
    label = ctx.t("register.offer.title", count=len(suggestions))
    with st.expander(label, key="register.offers"):
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("register.offer.why")))
        allowed_cases = [
            suggestion
            for suggestion in suggestions
            if ctx.may("register.write", _list_communes(ctx, suggestion))
        ]
        if len(allowed_cases) > 1 and st.button(
            ctx.t("register.offer.all", count=len(allowed_cases)),
            key="register.take_all",
            type="primary",
        ):
            _run_action(
                ctx,
                lambda: open_stated_cases(
                    [suggestion.source for suggestion in allowed_cases], actor=ctx.user
                ),
            )
        for suggestion in suggestions[:MOST_OFFERED]:
            _show_suggestion(ctx, suggestion, allowed=suggestion in allowed_cases)


def show_new_case(ctx: PageContext) -> None:
    """Show the form of a new case."""
    typed = show_case_form(ctx, {}, f"new-{get_form_serial()}")
    why = st.text_input(
        ctx.t("edit.save.why"), key=f"register.why-new-{get_form_serial()}", max_chars=400
    ).strip()
    if st.button(
        ctx.t("register.page.open"), key="register.open", type="primary", disabled=not why
    ):
        _run_action(ctx, lambda: (open_case(typed, actor=ctx.user, why=why),))


def _show_suggestion(ctx: PageContext, suggestion: SuggestedCase, *, allowed: bool) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"register.o-{suggestion.source}"
    ):
        place = format_field_value(ctx.facts, "commune", suggestion.commune, language=ctx.language)
        name = (
            format_field_value(ctx.facts, "item", suggestion.item, language=ctx.language)
            if suggestion.item
            else ""
        )
        show_markup(
            Html(
                '<div><b>{}</b> · {} <span class="hp-mark">{}</span>'
                '<div class="hp-under">{} – {} {}</div></div>'
            ).format(
                name or place,
                translate_word("obstacle", suggestion.category, ctx.language),
                ctx.t(f"register.offer.{suggestion.kind}"),
                place if name else "",
                suggestion.statement,
                ctx.t("register.offer.since", day=format_iso_day(suggestion.opened, ctx.language)),
            )
        )
        if ctx.may("register.write") and st.button(
            ctx.t("register.offer.take"),
            key=f"register.take-{suggestion.source}",
            disabled=not allowed,
        ):
            _run_action(ctx, lambda: open_stated_cases([suggestion.source], actor=ctx.user))


def _list_communes(ctx: PageContext, suggestion: SuggestedCase) -> list[str]:
    places = ctx.facts.places
    return (
        [suggestion.commune]
        if suggestion.commune
        else list(places.loc[places["item"] == suggestion.item, "commune"])
    )


def _run_action(ctx: PageContext, action: Callable[[], tuple[str, ...]]) -> None:
    try:
        cases = action()
    except ProjectMapError as fault:
        st.error("  \n".join(escape_markdown(line) for line in str(fault).splitlines()))
        return
    names = ctx.list_names(cases, MOST_NAMED)
    finish_editing(ctx.t("register.offer.done", count=len(cases), cases=names))
    if len(cases) == 1:
        st.query_params["case"] = cases[0]
    st.rerun()
