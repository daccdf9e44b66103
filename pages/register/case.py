"""One clearance case: what it says and where that comes from, its steps, its history, its form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from layers.labels.field_labels import format_column_label, format_field_value, list_differences
from layers.tables.register_table import format_level
from pages.edit.recent_changes import show_recent_changes
from pages.edit.save import EditDraft, form_key, open_for_editing, show_save_form
from pages.register.case_form import show_case_form, show_steps_form
from pages.register.close_case import show_closing_form
from pages.register.sources import render_sources
from pages.register.stated_update import show_stated_update
from pages.shell.html import Html, join_markup, show_markup
from store.clearance.register import CASE_FIELDS, edit_case
from store.db.staff_tables import CASE_STEPS
from store.editing.open_record import read_case
from store.facts.labels import format_iso_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.shell.context import PageContext
    from store.editing.open_record import OpenedCase

PARTS: Final = ("look", "edit", "close", "history")
_FACTS: Final = (
    "category", "body", "opened", "deadline", "area_ha", "handed_ha", "households",
    "households_left", "note",
)  # fmt: skip


def show_case(ctx: PageContext, row: pd.Series) -> None:
    """Show a case (a row of ``store.clearance.register_view``) and what may be done with it."""
    code = str(row["case"])
    with st.container(border=True, key="register.case"):
        place = format_field_value(ctx.facts, "commune", row["commune"], language=ctx.language)
        show_markup(
            Html('<h3 class="hp-title">{} · {}</h3><div class="hp-under">{} {}</div>').format(
                code,
                row["name"] or row["statement"],
                f"{place} ·" if row["commune"] else "",
                format_level(row["level"], row["state"], ctx.language),
            )
        )
        communes = _list_communes(ctx, row)
        allowed = ctx.may("register.write", communes)
        part = "look"
        if ctx.may("register.write"):
            part = (
                st.segmented_control(
                    ctx.t("register.case.part"),
                    PARTS,
                    default="look",
                    required=True,
                    format_func=lambda tab: ctx.t(f"register.case.{tab}"),
                    label_visibility="collapsed",
                    key=f"register.part-{code}",
                )
                or "look"
            )
        if part == "look":
            _show_facts(ctx, row)
            show_stated_update(ctx, code, allowed=allowed)
        elif part == "history":
            show_recent_changes(ctx, code, key="register")
        else:
            now: OpenedCase | None = open_for_editing(ctx, code, partial(read_case, code))
            if now is not None and part == "edit":
                _show_edit_form(ctx, now, allowed=allowed)
            elif now is not None:
                show_closing_form(ctx, now, allowed=allowed and ctx.may("register.close", communes))


def _show_facts(ctx: PageContext, row: pd.Series) -> None:
    """Show the facts, the steps and the sources."""
    reasons = ", ".join(reason.text(ctx.language) for reason in row["reasons"])
    flags = ", ".join(ctx.t(f"register.flag.{flag}") for flag in row["flags"])
    facts = [(ctx.t("register.case.level_why"), reasons)]
    facts += [
        (format_column_label(name, ctx.language), _format_value(ctx, name, row[name]))
        for name in _FACTS
        if name != "note" or row["note"]
    ]
    left, right = st.columns([1.2, 1])
    with left:
        show_markup(Html("<p>{}</p>").format(row["statement"]))
        show_markup(
            Html('<dl class="hp-facts">{}</dl>').format(
                join_markup(Html("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in facts)
            )
        )
        if flags:
            show_markup(
                Html('<p class="hp-mind">{}: {}</p>').format(ctx.t("register.case.flags"), flags)
            )
        show_markup(render_sources(ctx, row))
    with right:
        show_markup(_render_steps(ctx, str(row["case"])))


def _render_steps(ctx: PageContext, case: str) -> Html:
    rows = ctx.facts.case_steps[ctx.facts.case_steps["case"] == case].set_index("step")
    lines = []
    for step in CASE_STEPS:
        known = rows.loc[step] if step in rows.index else {"state": "unknown"}
        day = format_iso_day(str(known.get("day", "")), ctx.language)
        lines.append(
            Html('<li class="hp-step-{}"><b>{}</b>: {} {} <i>{}</i></li>').format(
                known["state"],
                ctx.t(f"register.step.{step}"),
                ctx.t(f"register.step_state.{known['state']}"),
                day,
                known.get("reason", ""),
            )
        )
    return Html('<h4>{}</h4><ol class="hp-steps">{}</ol>').format(
        ctx.t("register.case.steps"), join_markup(lines)
    )


def _show_edit_form(ctx: PageContext, now: OpenedCase, *, allowed: bool) -> None:
    code, key = str(now.case["case"]), f"{now.case['case']}-{form_key()}"
    if now.case["state"] != "open":
        st.info(ctx.t("register.case.closed"))
        return
    typed = show_case_form(ctx, now.case, key)
    with st.expander(ctx.t("register.case.steps"), key=f"register.steps-{code}"):
        steps = show_steps_form(ctx, now.steps, key)
    if typed is None:
        return
    changes = {
        name: typed[name]
        for name in CASE_FIELDS
        if _to_form_value(typed[name]) != _to_form_value(now.case[name])
    }
    moved = {
        step: given
        for step, given in steps.items()
        if _format_step(given) != _format_step(now.steps.get(step, {}))
    }
    before = {name: now.case[name] for name in changes}
    before |= {f"step.{step}": _format_step(now.steps.get(step, {})) for step in moved}
    after = changes | {f"step.{step}": _format_step(given) for step, given in moved.items()}
    show_save_form(
        ctx,
        EditDraft(
            f"case-{code}",
            list_differences(ctx.facts, before, after, ctx.language),
            now.token,
            lambda token, _key, why: edit_case(
                code, changes, seen=token, actor=ctx.user, why=why, steps=moved
            ),
        ),
        allowed=allowed,
    )


def _format_step(step: Mapping[str, Any]) -> str:
    parts = (step.get("state", "unknown"), step.get("day", ""), step.get("reason", ""))
    return " ".join(filter(None, parts))


def _to_form_value(value: Any) -> Any:
    return "" if value is None else value


def _format_value(ctx: PageContext, name: str, value: Any) -> str:
    if pd.isna(value) or value == "":
        return ctx.t("layers.value.unknown")
    return format_field_value(ctx.facts, name, value, language=ctx.language)


def _list_communes(ctx: PageContext, row: pd.Series) -> list[str]:
    if row["commune"]:
        return [str(row["commune"])]
    places = ctx.facts.places
    return list(places.loc[places["item"] == row["item"], "commune"])
