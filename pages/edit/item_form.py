"""Editing what an item is: its fields; adding one, taking one out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import format_column_label, list_differences
from pages.edit.communes_form import choose_communes
from pages.edit.save import EditDraft, finish_editing, form_key, get_form_serial, show_save_form
from pages.shell.html import Html, escape_markdown, show_markup
from reports.model.schema import FUNDINGS, ITEM_KINDS, PHASES
from store.editing.items import add_item, edit_item, remove_item
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedItem

CHOICES: Final = {"kind": ITEM_KINDS, "funding": FUNDINGS, "phase": ("", *PHASES)}
MOST_CHARS: Final = 400
MOST_NOTE_CHARS: Final = 4000


def show_item_form(ctx: PageContext, now: OpenedItem, *, allowed: bool) -> None:
    """Show the form of an item's fields, and what saving it changes."""
    code = str(now.item["item"])
    typed = _ask_fields(ctx, now.item, f"{code}-{form_key()}")
    show_markup(Html('<p class="hp-under">{}: <q lang="vi">{}</q></p>').format(
        ctx.t("edit.item.raw"), now.item["name_raw"] or "…"
    ))  # fmt: skip
    changes = {name: value for name, value in typed.items() if value != (now.item[name] or "")}
    before = {name: now.item[name] for name in changes}
    show_save_form(
        ctx,
        EditDraft(
            f"item-{code}",
            list_differences(ctx.facts, before, changes, ctx.language),
            now.item_token,
            lambda token, _key, why: edit_item(code, changes, seen=token, actor=ctx.user, why=why),
        ),
        allowed=allowed,
    )
    with st.expander(ctx.t("edit.item.remove"), key="edit.remove"):
        _show_removal(ctx, now, allowed=allowed)


def show_new_item_form(ctx: PageContext) -> None:
    """Show the form of a new item."""
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.item.new_why")))
    empty: dict[str, Any] = dict.fromkeys(("name", "phase", "group", "no", "zone", "note"), "")
    empty |= {"kind": ITEM_KINDS[0], "funding": "unknown"}
    typed = _ask_fields(ctx, empty, f"new-{get_form_serial()}")
    communes = choose_communes(ctx, f"new-{get_form_serial()}", ())
    why = st.text_input(ctx.t("edit.save.why"), key=f"edit.why-new-{get_form_serial()}").strip()
    if st.button(
        ctx.t("edit.item.add"), key="edit.add", type="primary", disabled=not (why and typed["name"])
    ):
        try:
            code = add_item(typed, communes, actor=ctx.user, why=why)
        except ProjectMapError as fault:
            st.error("  \n".join(escape_markdown(line) for line in str(fault).splitlines()))
            return
        finish_editing(ctx.t("edit.item.added", item=code))
        st.query_params["item"] = code
        st.query_params["view"] = "fields"
        st.session_state["edit.kept"] = code
        st.rerun()


def _ask_fields(ctx: PageContext, row: dict[str, Any], key: str) -> dict[str, str]:
    """Return what stands in the form."""
    typed = {
        "name": st.text_input(
            _format_label(ctx, "name"), row["name"], key=f"edit.name-{key}", max_chars=MOST_CHARS
        )
    }
    with st.container(horizontal=True, key=f"edit.row1-{key}"):
        for name, options in CHOICES.items():
            typed[name] = st.selectbox(
                _format_label(ctx, name),
                options,
                index=options.index(row[name]) if row[name] in options else 0,
                format_func=partial(_format_word, ctx, name),
                key=f"edit.{name}-{key}",
            )
    zones = ["", *ctx.facts.zones["zone"]]
    names = ctx.facts.zone_names
    with st.container(horizontal=True, key=f"edit.row2-{key}"):
        typed["zone"] = st.selectbox(
            _format_label(ctx, "zone"),
            zones,
            index=zones.index(row["zone"]) if row["zone"] in zones else 0,
            format_func=lambda zone: names.get(zone) or ctx.t("edit.value.empty"),
            key=f"edit.zone-{key}",
        )
        for name in ("group", "no"):
            typed[name] = st.text_input(
                _format_label(ctx, name), row[name], key=f"edit.{name}-{key}", max_chars=MOST_CHARS
            )
    typed["note"] = st.text_area(
        _format_label(ctx, "note"),
        row["note"],
        key=f"edit.note-{key}",
        max_chars=MOST_NOTE_CHARS,
        height=80,
    )
    return {name: " ".join(str(value).split()) for name, value in typed.items()}


def _format_word(ctx: PageContext, name: str, word: str) -> str:
    return translate_word(name, word, ctx.language) or ctx.t("edit.value.empty")


def _show_removal(ctx: PageContext, now: OpenedItem, *, allowed: bool) -> None:
    """Offer to take the item out; the store refuses it while something is said of it."""
    code, name = str(now.item["item"]), str(now.item["name"])
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.item.remove_why")))
    show_save_form(
        ctx,
        EditDraft(
            f"remove-{code}",
            list_differences(ctx.facts, {"name": name}, None, ctx.language),
            now.item_token,
            lambda token, _key, why: remove_item(code, seen=token, actor=ctx.user, why=why),
            label="edit.item.remove",
        ),
        allowed=allowed,
    )


def _format_label(ctx: PageContext, column: str) -> str:
    return format_column_label(column, ctx.language)
