"""The fields of a clearance case, and of its steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.labels.field_labels import format_column_label
from pages.catalogue.item_choice import list_item_options
from pages.edit.number_box import ask_number
from reports.model.ranges import HECTARES, HOUSEHOLDS
from reports.model.schema import CLEARANCE_CATEGORIES
from store.db.staff_tables import CASE_STEPS, STEP_STATES
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.shell.context import PageContext

MOST_CHARS: Final = 400
MOST_TEXT_CHARS: Final = 4000
FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)


def show_case_form(ctx: PageContext, row: Mapping[str, Any], key: str) -> dict[str, Any] | None:
    """Return what stands in the form of a case; ``row`` is what it says now.

    ``None`` where something that was typed is no number.
    """
    faults: list[str] = []
    items = ctx.facts.item_names
    names = ctx.facts.commune_names
    kinds = {
        category: translate_word("obstacle", category, ctx.language)
        for category in CLEARANCE_CATEGORIES
    }
    typed: dict[str, Any] = {}
    with st.container(horizontal=True, key=f"register.row1-{key}"):
        chosen = st.session_state.get(f"register.item-{key}") or row.get("item") or ""
        options = list_item_options(ctx, items, chosen, key=f"register.item-{key}")
        labels = {code: f"{code} · {items[code]}" for code in options}
        typed["item"] = _ask_choice(ctx, "item", labels, row, key)
        typed["commune"] = _ask_choice(ctx, "commune", names, row, key)
        typed["category"] = _ask_choice(ctx, "category", kinds, row, key) or "unspecified"
    typed["statement"] = _ask_text(ctx, "statement", row, key, most=MOST_TEXT_CHARS)
    with st.container(horizontal=True, key=f"register.row2-{key}"):
        typed["body"] = _ask_text(ctx, "body", row, key)
        for name in ("opened", "deadline"):
            typed[name] = ask_day(ctx, name, str(row.get(name) or ""), key)
    with st.container(horizontal=True, key=f"register.row3-{key}"):
        for name in ("area_ha", "handed_ha"):
            typed[name] = ask_number(
                ctx,
                format_column_label(name, ctx.language),
                row.get(name),
                faults,
                limits=HECTARES,
                unit="ha",
                key=f"register.{name}-{key}",
            )
        for name in ("households", "households_left"):
            count = ask_number(
                ctx,
                format_column_label(name, ctx.language),
                row.get(name),
                faults,
                limits=HOUSEHOLDS,
                key=f"register.{name}-{key}",
            )
            typed[name] = None if count is None else int(count)
    typed["note"] = _ask_text(ctx, "note", row, key, most=MOST_TEXT_CHARS)
    return None if faults else typed


def show_steps_form(
    ctx: PageContext, steps: Mapping[str, Mapping[str, Any]], key: str
) -> dict[str, dict[str, Any]]:
    """Return the state, day and reason of every step as they stand in the form."""
    typed: dict[str, dict[str, Any]] = {}
    for step in CASE_STEPS:
        row = steps.get(step, {})
        with st.container(
            horizontal=True, vertical_alignment="bottom", key=f"register.step-{step}-{key}"
        ):
            state = st.selectbox(
                ctx.t(f"register.step.{step}"),
                STEP_STATES,
                index=STEP_STATES.index(row.get("state", "unknown")),
                format_func=lambda state: ctx.t(f"register.step_state.{state}"),
                key=f"register.state-{step}-{key}",
                width=230,
            )
            day = ask_day(ctx, "day", str(row.get("day", "")), f"{step}-{key}")
            reason = st.text_input(
                ctx.t("register.case.reason"),
                row.get("reason", ""),
                max_chars=MOST_CHARS,
                key=f"register.reason-{step}-{key}",
            )
        typed[step] = {"state": state, "day": day, "reason": " ".join(reason.split())}
    return typed


def ask_day(ctx: PageContext, name: str, value: str, key: str) -> str:
    """Return a day as ISO, '' where none is given."""
    day = st.date_input(
        format_column_label(name, ctx.language),
        value=date.fromisoformat(value) if value else None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD/MM/YYYY",
        key=f"register.{name}-{key}",
        width=170,
    )
    return day.isoformat() if isinstance(day, date) else ""


def _ask_choice(
    ctx: PageContext, name: str, labels: Mapping[str, str], row: Mapping[str, Any], key: str
) -> str:
    options, now = list(labels), row.get(name)
    return str(
        st.selectbox(
            format_column_label(name, ctx.language),
            options,
            index=options.index(str(now)) if now in labels else None,
            format_func=lambda option: labels[option],
            placeholder=ctx.t("edit.value.empty"),
            key=f"register.{name}-{key}",
        )
        or ""
    )


def _ask_text(
    ctx: PageContext, name: str, row: Mapping[str, Any], key: str, most: int = MOST_CHARS
) -> str:
    label = format_column_label(name, ctx.language)
    given = st.text_input(
        label, str(row.get(name) or ""), max_chars=most, key=f"register.{name}-{key}"
    )
    return " ".join(given.split())
