"""Narrowing the clearance register: by place, body, cause, state and level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.text import fold_text
from layers.tables.register_table import format_level
from reports.model.schema import CLEARANCE_CATEGORIES
from store.db.staff_tables import CASE_STATES
from store.facts.filters import Filters
from store.facts.labels import translate_word
from store.facts.selection import resolve_area

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from pages.shell.context import PageContext

LEVELS: Final = (3, 2, 1, 0)
MOST_CHARS: Final = 80


def filter_register_rows(ctx: PageContext, frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the rows that the reader's choices leave, and the choices in words.

    The address keeps the choices.
    """
    names = ctx.facts.commune_names
    districts = _list_districts(ctx)
    present = sorted(set(frame["commune"]) - {""}, key=lambda code: names.get(code, code))
    bodies = sorted(set(frame["body"]) - {""})
    with st.container(horizontal=True, key="register.bar", gap="small"):
        text = st.text_input(
            ctx.t("register.filter.text"), max_chars=MOST_CHARS, key="register.text", width=200
        )
        commune = _choose_criterion(ctx, "commune", present, names)
        district = _choose_criterion(ctx, "district", list(districts), districts)
        body = _choose_criterion(ctx, "body", bodies, {})
        category = _choose_criterion(
            ctx,
            "category",
            list(CLEARANCE_CATEGORIES),
            {key: translate_word("obstacle", key, ctx.language) for key in CLEARANCE_CATEGORIES},
        )
        state = _choose_criterion(
            ctx,
            "state",
            list(CASE_STATES),
            {key: ctx.t(f"register.state.{key}") for key in CASE_STATES},
        )
        level = _choose_criterion(
            ctx,
            "level",
            [str(number) for number in LEVELS],
            {str(number): format_level(number, "open", ctx.language) for number in LEVELS},
        )
    rows = frame
    for column, value in (
        ("commune", commune),
        ("body", body),
        ("category", category),
        ("state", state),
    ):
        if value:
            rows = rows[rows[column] == value]
    if district:
        codes = resolve_area(ctx.facts, Filters(district=district)) or frozenset()
        rows = rows[rows["commune"].isin(codes)]
    if level:
        rows = rows[rows["level"] == int(level)]
    words = fold_text(text).split()
    if words:
        texts = rows["case"] + " " + rows["name"] + " " + rows["statement"] + " " + rows["body"]
        rows = rows[[all(word in fold_text(line) for word in words) for line in texts]]
    texts = {
        "text": text,
        "commune": names.get(commune, ""),
        "district": districts.get(district, ""),
        "body": body,
        "category": translate_word("obstacle", category, ctx.language),
        "state": ctx.t(f"register.state.{state}") if state else "",
        "level": format_level(int(level), "open", ctx.language) if level else "",
    }
    lines = [f"{ctx.t(f'register.filter.{key}')}: {value}" for key, value in texts.items() if value]
    return rows, "; ".join(lines)


def _choose_criterion(
    ctx: PageContext, name: str, options: list[str], labels: Mapping[str, str]
) -> str:
    """Return what is chosen of one criterion, '' for all."""
    requested = st.query_params.get(name, "")
    key = f"register.{name}"
    if key not in st.session_state and requested in options:
        st.session_state[key] = requested
    chosen = st.selectbox(
        ctx.t(f"register.filter.{name}"),
        options,
        index=None,
        format_func=lambda option: labels.get(option, option),
        placeholder=ctx.t("register.filter.all"),
        key=key,
        width=170,
    )
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
    return str(chosen or "")


def _list_districts(ctx: PageContext) -> dict[str, str]:
    units = ctx.facts.former_units
    rows = units[(units["relation"] == "set") & (units["district"] != "")]
    return {
        str(row.unit): translate_word("unit", str(row.kind), ctx.language) + f" {row.name}"
        for row in rows.sort_values("name").itertuples(index=False)
    }
