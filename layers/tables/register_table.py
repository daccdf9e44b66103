"""The clearance register as a reader sees it: rows in words, and its figures in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_percent, t
from store.clearance.escalation import MAX_LEVEL
from store.column_values import list_cells
from store.facts.labels import format_iso_day, format_quantity, translate_word

if TYPE_CHECKING:
    from datetime import date

    from store.clearance.register_view import RegisterSummary
    from store.facts.facts import Facts

SIGNS: Final = {0: "○", 1: "◔", 2: "◑", 3: "●"}
"""One sign per level, so that it is told without colour."""

NO_SIGN: Final = "–"
TABLE_COLUMNS: Final = (
    "case", "level", "name", "commune", "category", "body", "age_days", "deadline", "area_ha",
    "handed_ha", "handed_pct", "households_left", "investment_bvnd", "state",
)  # fmt: skip


def format_level(level: object, state: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a level with its sign in words; a closed case's state where it has none."""
    if state != "open":
        return f"{NO_SIGN} {t(f'register.state.{state}', language)}"
    if pd.isna(level):
        return f"? {t('register.level.none', language)}"
    number = int(str(level))
    return f"{SIGNS[number]} {t(f'register.level.{number}', language)}"


def build_register_table(
    facts: Facts, frame: pd.DataFrame, *, language: str = DEFAULT_LANGUAGE
) -> pd.DataFrame:
    """Return the register's rows as ``TABLE_COLUMNS``: words, numbers as numbers, NaN for unknown.

    ``investment_bvnd`` is in billion VND.
    """
    names = facts.commune_names
    rows = frame.assign(
        level=[
            format_level(level, state, language)
            for level, state in list_cells(frame, "level", "state")
        ],
        name=frame["name"].where(frame["name"] != "", frame["statement"]),
        commune=frame["commune"].map(names).fillna(""),
        category=[translate_word("obstacle", category, language) for category in frame["category"]],
        deadline=[format_iso_day(deadline, language) for deadline in frame["deadline"]],
        state=[t(f"register.state.{state}", language) for state in frame["state"]],
        investment_bvnd=frame["investment_mvnd"].astype("float64") / 1000,
    )
    return rows[list(TABLE_COLUMNS)].reset_index(drop=True)


def build_headline_cards(
    summary: RegisterSummary, day: date, language: str = DEFAULT_LANGUAGE
) -> tuple[tuple[str, str, str], ...]:
    """Return the register's figures as label, value and what to mind."""
    share = t("layers.value.unknown", language)
    if summary.handed_pct is not None:
        share = format_percent(summary.handed_pct, language)
    values = {
        "handed": share,
        "open": str(summary.opened),
        "urgent": f"{SIGNS[MAX_LEVEL]} {summary.urgent}" if summary.urgent else "0",
        "overdue": str(summary.overdue),
        "closed": str(summary.handed_over),
        "households": format_quantity(summary.households_left, language),
    }
    details = {
        "handed": format_quantity(summary.handed_ha, language),
        "area": format_quantity(summary.area_ha, language),
        "known": summary.known,
        "unknown": summary.unknown,
        "withdrawn": summary.withdrawn,
        "day": format_iso_day(day.isoformat(), language),
    }
    return tuple(
        (
            t(f"register.card.{name}", language),
            value,
            t(f"register.card.{name}_detail", language, **details),
        )
        for name, value in values.items()
    )
