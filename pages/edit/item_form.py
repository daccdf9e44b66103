"""Editing what an item is: its fields; adding one, taking one out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import ProjectMapError
from layers.labels.field_labels import column_label, lines_between
from pages.edit.communes_form import choose_communes
from pages.edit.save import Draft, form_key, let_go, offer, serial
from pages.shell.html import Html, plain, show
from reports.model.schema import FUNDINGS, ITEM_KINDS, PHASES
from store.editing.items import add_item, edit_item, remove_item
from store.facts.labels import word

if TYPE_CHECKING:
    from pages.shell.context import Context
    from store.editing.open_record import OpenedItem

CHOICES: Final = {"kind": ITEM_KINDS, "funding": FUNDINGS, "phase": ("", *PHASES)}
MOST_CHARS: Final = 400
MOST_NOTE_CHARS: Final = 4000


def show_fields(ctx: Context, now: OpenedItem, *, allowed: bool) -> None:
    """Show the form of an item's fields, and what saving it changes."""
    code = str(now.item["item"])
    typed = _fields(ctx, now.item, f"{code}-{form_key()}")
    show(Html('<p class="hp-under">{}: <q>{}</q></p>').format(
        ctx.t("edit.item.raw"), now.item["name_raw"] or "…"
    ))  # fmt: skip
    changes = {name: value for name, value in typed.items() if value != (now.item[name] or "")}
    before = {name: now.item[name] for name in changes}
    offer(
        ctx,
        Draft(
            f"item-{code}",
            lines_between(ctx.facts, before, changes, ctx.language),
            now.item_token,
            lambda token, _key, why: edit_item(code, changes, seen=token, actor=ctx.user, why=why),
        ),
        allowed=allowed,
    )
    with st.expander(ctx.t("edit.item.remove"), key="edit.remove"):
        _remove(ctx, now, allowed=allowed)


def show_new(ctx: Context) -> None:
    """Show the form of a new item."""
    show(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.item.new_why")))
    empty: dict[str, Any] = dict.fromkeys(("name", "phase", "group", "no", "zone", "note"), "")
    empty |= {"kind": ITEM_KINDS[0], "funding": "unknown"}
    typed = _fields(ctx, empty, f"new-{serial()}")
    communes = choose_communes(ctx, f"new-{serial()}", ())
    why = st.text_input(ctx.t("edit.save.why"), key=f"edit.why-new-{serial()}").strip()
    if st.button(
        ctx.t("edit.item.add"), key="edit.add", type="primary", disabled=not (why and typed["name"])
    ):
        try:
            code = add_item(typed, communes, actor=ctx.user, why=why)
        except ProjectMapError as fault:
            st.error("  \n".join(plain(line) for line in str(fault).splitlines()))
            return
        let_go(ctx.t("edit.item.added", item=code))
        st.query_params["item"] = code
        st.query_params["view"] = "fields"
        st.session_state["edit.kept"] = code
        st.rerun()


def _fields(ctx: Context, row: dict[str, Any], key: str) -> dict[str, str]:
    """Return what stands in the form."""
    typed = {
        "name": st.text_input(
            _label(ctx, "name"), row["name"], key=f"edit.name-{key}", max_chars=MOST_CHARS
        )
    }
    with st.container(horizontal=True, key=f"edit.row1-{key}"):
        for name, options in CHOICES.items():
            typed[name] = st.selectbox(
                _label(ctx, name),
                options,
                index=options.index(row[name]) if row[name] in options else 0,
                format_func=partial(_word, ctx, name),
                key=f"edit.{name}-{key}",
            )
    zones = ["", *ctx.facts.zones["zone"]]
    names = dict(zip(ctx.facts.zones["zone"], ctx.facts.zones["name"], strict=True))
    with st.container(horizontal=True, key=f"edit.row2-{key}"):
        typed["zone"] = st.selectbox(
            _label(ctx, "zone"),
            zones,
            index=zones.index(row["zone"]) if row["zone"] in zones else 0,
            format_func=lambda one: names.get(one) or ctx.t("edit.value.empty"),
            key=f"edit.zone-{key}",
        )
        for name in ("group", "no"):
            typed[name] = st.text_input(
                _label(ctx, name), row[name], key=f"edit.{name}-{key}", max_chars=MOST_CHARS
            )
    typed["note"] = st.text_area(
        _label(ctx, "note"),
        row["note"],
        key=f"edit.note-{key}",
        max_chars=MOST_NOTE_CHARS,
        height=80,
    )
    return {name: " ".join(str(value).split()) for name, value in typed.items()}


def _word(ctx: Context, name: str, one: str) -> str:
    return word(name, one, ctx.language) or ctx.t("edit.value.empty")


def _remove(ctx: Context, now: OpenedItem, *, allowed: bool) -> None:
    """Offer to take the item out; the store refuses it while something is said of it."""
    code, name = str(now.item["item"]), str(now.item["name"])
    show(Html('<p class="hp-under">{}</p>').format(ctx.t("edit.item.remove_why")))
    offer(
        ctx,
        Draft(
            f"remove-{code}",
            lines_between(ctx.facts, {"name": name}, None, ctx.language),
            now.item_token,
            lambda token, _key, why: remove_item(code, seen=token, actor=ctx.user, why=why),
            label="edit.item.remove",
        ),
        allowed=allowed,
    )


def _label(ctx: Context, column: str) -> str:
    return column_label(column, ctx.language)
