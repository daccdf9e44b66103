"""Closing a clearance case: handed over, withdrawn, or opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.clock import today
from layers.labels.field_labels import list_differences
from pages.edit.save import EditDraft, form_key, show_save_form
from pages.register.case_form import ask_day
from pages.shell.html import Html, show_markup
from store.clearance.register import close_case, reopen_case, withdraw_case

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedCase


def show_closing_form(ctx: PageContext, now: OpenedCase, *, allowed: bool) -> None:
    """Show what closes an open case, or opens a closed one again."""
    code = str(now.case["case"])
    if now.case["state"] != "open":
        _show_reopen_form(ctx, now, allowed=allowed)
        return
    show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("register.close.why")))
    way = st.segmented_control(
        ctx.t("register.close.way"),
        ("handed_over", "withdrawn"),
        default="handed_over",
        required=True,
        format_func=lambda option: ctx.t(f"register.close.{option}"),
        key=f"register.way-{code}-{form_key()}",
    )
    day = ask_day(ctx, "closed", today().isoformat(), f"{code}-{form_key()}")
    unknown = False
    if way == "handed_over" and now.case["area_ha"] is None:
        unknown = st.checkbox(
            ctx.t("register.close.area_unknown"), key=f"register.unknown-{code}-{form_key()}"
        )
    after = {"state": way, "closed": day}

    def save(token: str, _key: str, why: str) -> int:
        if way == "withdrawn":
            return withdraw_case(code, day, seen=token, actor=ctx.user, why=why)
        return close_case(code, day, seen=token, actor=ctx.user, why=why, area_unknown=unknown)

    before = {"state": now.case["state"], "closed": now.case["closed"]}
    show_save_form(
        ctx,
        EditDraft(
            f"close-{code}",
            list_differences(ctx.facts, before, after, ctx.language),
            now.token,
            save,
            label=f"register.close.{way}",
        ),
        allowed=allowed,
    )


def _show_reopen_form(ctx: PageContext, now: OpenedCase, *, allowed: bool) -> None:
    code = str(now.case["case"])
    before = {"state": now.case["state"], "closed": now.case["closed"]}
    show_save_form(
        ctx,
        EditDraft(
            f"reopen-{code}",
            list_differences(ctx.facts, before, {"state": "open", "closed": ""}, ctx.language),
            now.token,
            lambda token, _key, why: reopen_case(code, seen=token, actor=ctx.user, why=why),
            label="register.close.reopen",
        ),
        allowed=allowed,
    )
