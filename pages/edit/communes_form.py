"""Editing where an item lies: its communes, found by any name they have or had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import ProjectMapError
from geo.geocoder import get_default_geocoder
from geo.i18n import format_percent
from layers.labels.field_labels import FieldDifference, format_column_label, format_field_value
from pages.edit.save import EditDraft, form_key, show_save_form
from pages.shell.html import Html, escape_markdown, join_markup, show_markup
from store.editing.items import set_communes
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedItem

MOST_CHARS: Final = 300
MOST_OFFERED: Final = 12


def show_communes_form(ctx: PageContext, now: OpenedItem, *, allowed: bool) -> None:
    """Show the communes of an item with how they are known, and what saving changes."""
    code = str(now.item["item"])
    before = [str(row["commune"]) for row in now.places]
    rows = join_markup(
        Html('<li><b>{}</b>: {}, {} {} <q lang="vi">{}</q></li>').format(
            format_field_value(ctx.facts, "commune", row["commune"], language=ctx.language),
            translate_word("how", row["how"], ctx.language),
            translate_word("certainty", row["certainty"], ctx.language),
            row["note"],
            row["raw"],
        )
        if row["raw"]
        else Html("<li><b>{}</b>: {}, {} {}</li>").format(
            format_field_value(ctx.facts, "commune", row["commune"], language=ctx.language),
            translate_word("how", row["how"], ctx.language),
            translate_word("certainty", row["certainty"], ctx.language),
            row["note"],
        )
        for row in now.places
    )
    show_markup(Html("<ul class='hp-places'>{}</ul>").format(rows))
    chosen = choose_communes(ctx, f"{code}-{form_key()}", before)
    lines = []
    if set(chosen) != set(before):
        values = [
            format_field_value(
                ctx.facts, "communes", " ".join(sorted(codes)), language=ctx.language
            )
            for codes in (before, chosen)
        ]
        lines = [FieldDifference(format_column_label("communes", ctx.language), *values)]
    show_save_form(
        ctx,
        EditDraft(
            f"communes-{code}",
            lines,
            now.communes_token,
            lambda token, _key, why: set_communes(
                code, chosen, seen=token, actor=ctx.user, why=why
            ),
            again=True,
        ),
        allowed=allowed,
    )


def choose_communes(ctx: PageContext, key: str, before: Sequence[str]) -> list[str]:
    """Return the codes chosen; names of before the merger are turned into today's communes.

    ``key`` ends the keys of the fields: another one fills them anew.
    """
    names = ctx.facts.commune_names
    field_key = f"edit.communes-{key}"
    chosen: list[str] = st.multiselect(
        ctx.t("edit.places.choose"),
        sorted(names, key=names.__getitem__),
        default=None if field_key in st.session_state else list(before),
        format_func=lambda code: names.get(code, code),
        placeholder=ctx.t("edit.places.none"),
        select_all=False,
        key=field_key,
    )
    typed = st.text_input(
        ctx.t("edit.places.search"),
        placeholder=ctx.t("edit.places.hint"),
        max_chars=MOST_CHARS,
        key=f"edit.geocode-{key}",
    )
    if typed:
        _offer_matches(ctx, typed, field_key, names)
    return chosen


def _offer_matches(ctx: PageContext, typed: str, field_key: str, names: Mapping[str, str]) -> None:
    """Offer the communes that a text names, each with why and how surely."""
    try:
        result = get_default_geocoder().geocode(typed)
    except ProjectMapError as fault:
        st.error(escape_markdown(fault))
        return
    if not result.matches:
        show_markup(
            Html('<p class="hp-under">{}</p>').format(ctx.t("edit.places.unknown", text=typed))
        )
    with st.container(horizontal=True, key="edit.matches", gap="small"):
        for match in result.matches[:MOST_OFFERED]:
            sure = format_percent(100 * match.confidence, ctx.language)
            st.button(
                escape_markdown(
                    ctx.t("edit.places.add", name=names.get(match.code, match.code), percent=sure)
                ),
                key=f"edit.match-{match.code}",
                on_click=_add_commune,
                args=(field_key, match.code),
            )


def _add_commune(field_key: str, code: str) -> None:
    now = list(st.session_state.get(field_key, []))
    st.session_state[field_key] = [*now, code] if code not in now else now
