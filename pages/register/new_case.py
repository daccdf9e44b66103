"""Opening clearance cases: taking over what is stated already, or filling in a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import format_field_value
from pages.edit.save import finish_editing, get_form_serial
from pages.register.case_form import show_case_form
from pages.shell.html import Html, escape_markdown, show_markup
from store.clearance.register import open_case, open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases
from store.facts.item_snapshot import build_item_snapshot
from store.facts.labels import format_iso_day, translate_word
from store.facts.selection import find_default_period
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.shell.context import PageContext
    from store.clearance.suggested_cases import SuggestedCase
    from store.facts.facts import Facts

MOST_OFFERED: Final = 40
MOST_NAMED: Final = 5
_SUGGESTION_COLUMNS: Final = (
    "suggestion", "case", "name", "commune", "category", "statement", "body",
)  # fmt: skip


@cache_on_facts(most=1)
def build_suggestion_table(facts: Facts) -> pd.DataFrame:
    """Return what is stated and not in the register, with the columns that narrow it.

    What holds up most money comes first. Shared, not to be changed. Nobody has said of a suggestion
    yet in which state and how urgent it is: those columns it has not.
    """
    suggestions = list_suggested_cases(facts)
    held_up: dict[str, float] = {}
    if suggestions:
        items = build_item_snapshot(facts, find_default_period(facts))
        held_up = dict(zip(items["item"], items["investment_mvnd"].fillna(0), strict=True))
    rows = [
        {
            "suggestion": suggestion,
            "case": "",
            "name": facts.item_names.get(suggestion.item, ""),
            "commune": suggestion.commune,
            "category": suggestion.category,
            "statement": suggestion.statement,
            "body": suggestion.body,
        }
        for suggestion in sorted(suggestions, key=lambda one: -held_up.get(one.item, -1))
    ]
    return pd.DataFrame(rows, columns=_SUGGESTION_COLUMNS)


def show_suggested_cases(
    ctx: PageContext, chosen: pd.DataFrame, *, whole: int, expanded: bool
) -> None:
    """Show what reports and visits state that is not in the register, to be taken over.

    ``chosen``: the rows of ``build_suggestion_table`` that the filters leave of the ``whole``.
    """
    if not whole:
        return
    suggestions: list[SuggestedCase] = list(chosen["suggestion"])
    title = "title" if len(suggestions) == whole else "title_filtered"
    label = ctx.t(f"register.offer.{title}", count=len(suggestions), whole=whole)
    with st.expander(label, expanded=expanded, key="register.offers"):
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
        if len(suggestions) > MOST_OFFERED:
            more = ctx.t("register.offer.more", count=len(suggestions) - MOST_OFFERED)
            show_markup(Html('<p class="hp-under">{}</p>').format(more))


def show_new_case(ctx: PageContext) -> None:
    """Show the form of a new case."""
    typed = show_case_form(ctx, {}, f"new-{get_form_serial()}")
    why = st.text_input(
        ctx.t("edit.save.why"), key=f"register.why-new-{get_form_serial()}", max_chars=400
    ).strip()
    ready = bool(why) and typed is not None
    if st.button(
        ctx.t("register.page.open"), key="register.open", type="primary", disabled=not ready
    ):
        _run_action(ctx, lambda: (open_case(typed or {}, actor=ctx.user, why=why),))


def _show_suggestion(ctx: PageContext, suggestion: SuggestedCase, *, allowed: bool) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"register.o-{suggestion.source}"
    ):
        title, place = (
            format_field_value(ctx.facts, kind, code, language=ctx.language) if code else ""
            for kind, code in (("item", suggestion.item), ("commune", suggestion.commune))
        )
        if not title:
            title, place = place, ""
        show_markup(
            Html(
                '<div><b>{}</b> · {} <span class="hp-mark">{}</span>'
                '<div class="hp-under">{} {}{}</div></div>'
            ).format(
                title,
                ctx.t("register.offer.left")
                if suggestion.kind == "statement"
                else translate_word("obstacle", suggestion.category, ctx.language),
                ctx.t(f"register.offer.{suggestion.kind}"),
                " – ".join(filter(None, (place, suggestion.statement))),
                ctx.t("register.offer.since", day=format_iso_day(suggestion.opened, ctx.language)),
                Html("<div>{}</div>").format(suggestion.cited) if suggestion.cited else "",
            )
        )
        if ctx.may("register.write") and st.button(
            ctx.t("register.offer.take"),
            key=f"register.take-{suggestion.source}",
            disabled=not allowed,
        ):
            _run_action(ctx, lambda: open_stated_cases([suggestion.source], actor=ctx.user))


def _list_communes(ctx: PageContext, suggestion: SuggestedCase) -> list[str]:
    if suggestion.commune:
        return [suggestion.commune]
    return list(ctx.facts.item_communes.get(suggestion.item, ()))


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
