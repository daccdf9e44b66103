"""Narrowing the clearance register: by place, body, cause, state and level."""

from __future__ import annotations

from dataclasses import dataclass
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
    from store.facts.facts import Facts

LEVELS: Final = (3, 2, 1, 0)
MOST_CHARS: Final = 80


@dataclass(frozen=True)
class RegisterCriteria:
    """What the reader narrows the register to, '' for all."""

    text: str = ""
    commune: str = ""
    district: str = ""
    body: str = ""
    category: str = ""
    state: str = ""
    level: str = ""

    def narrow(self, facts: Facts, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows that are left; a column that they do not have narrows nothing."""
        for column in ("commune", "body", "category", "state"):
            value = getattr(self, column)
            if value and column in rows:
                rows = rows[rows[column] == value]
        if self.district:
            codes = resolve_area(facts, Filters(district=self.district)) or frozenset()
            rows = rows[rows["commune"].isin(codes)]
        if self.level and "level" in rows:
            rows = rows[rows["level"] == int(self.level)]
        words = fold_text(self.text).split()
        if words:
            texts = rows["case"] + " " + rows["name"] + " " + rows["statement"] + " " + rows["body"]
            rows = rows[[all(word in fold_text(line) for word in words) for line in texts]]
        return rows

    def describe(self, ctx: PageContext) -> str:
        """Return the choices in words."""
        unit = _list_districts(ctx).get(self.district, "")
        category = translate_word("obstacle", self.category, ctx.language)
        texts = {
            "text": self.text,
            "commune": ctx.facts.commune_names.get(self.commune, ""),
            "district": unit,
            "body": self.body,
            "category": category if self.category else "",
            "state": ctx.t(f"register.state.{self.state}") if self.state else "",
            "level": format_level(int(self.level), "open", ctx.language) if self.level else "",
        }
        return "; ".join(
            f"{ctx.t(f'register.filter.{key}')}: {value}" for key, value in texts.items() if value
        )


def choose_criteria(ctx: PageContext, *frames: pd.DataFrame) -> RegisterCriteria:
    """Return the reader's choices among what the frames hold. The address keeps them."""
    names = ctx.facts.commune_names
    districts = _list_districts(ctx)
    present = sorted(
        {code for frame in frames for code in frame["commune"]} - {""},
        key=lambda code: names.get(code, code),
    )
    bodies = sorted({body for frame in frames for body in frame["body"]} - {""})
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
    return RegisterCriteria(text, commune, district, body, category, state, level)


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
