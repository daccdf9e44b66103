"""The program's own words as a reader sees them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import CatalogueError
from geo.i18n import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    format_date,
    format_money,
    format_number,
    format_percent,
    t,
)
from reports.model.schema import FIELDS
from store.facts.commune_shares import VND_PER_MVND
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.facts.facts import Facts


def translate_word(section: str, key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the text of a word of the facts (``kind``, ``forecast``, ``measure``…).

    '' for ''; the word itself where the catalogue lacks it, for tables may bring new ones.
    """
    if not key:
        return ""
    try:
        return t(f"layers.{section}.{key}", language)
    except CatalogueError:
        return key


def format_vnd(amount: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return an amount in đồng as billions: ``12.792,6 tỷ đồng``."""
    return format_money(float(amount) / VND_PER_MVND, language)


def get_period_label(facts: Facts, period: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a period; its id where it is unknown."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return _map_period_labels(facts, known).get(period, period)


def get_as_of_date(facts: Facts, period: str) -> str:
    """Return the ISO date that a period's reports speak as of; '' for an unknown period."""
    days = facts.periods.loc[facts.periods["period"] == period, "as_of"]
    return str(days.iloc[0]) if len(days) else ""


def format_iso_day(text: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return an ISO date as the language writes it; '' for ''."""
    return format_date(date.fromisoformat(text), language) if text else ""


def format_when(when: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return ``2026-Q3``, ``2026-05``, ``2026`` or a day in words."""
    year, _, rest = when.partition("-")
    if not rest:
        return t("layers.when.year", language, year=year)
    if rest.startswith("Q"):
        quarter = "I" * int(rest[1]) if rest != "Q4" else "IV"
        return t("layers.when.quarter", language, year=year, quarter=quarter)
    month, _, last = rest.partition("-")
    if last:
        return format_iso_day(when, language)
    return t("layers.when.month", language, year=year, month=int(month))


def format_known_percent(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a percentage, or the word for unknown where it is NaN."""
    return (
        t("layers.value.unknown", language) if pd.isna(value) else format_percent(value, language)
    )


def format_count(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a whole number as the language writes it."""
    return format_number(value, 0, language)


def format_quantity(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a number with as many decimals as it has, two at most."""
    places = next((places for places in range(3) if round(value, places) == value), 2)
    return format_number(value, places, language)


def format_observation(row: Mapping[str, Any], language: str = DEFAULT_LANGUAGE) -> str:
    """Return one observation's value in words: number with unit and qualifier, word or text."""
    field, value = str(row["field"]), str(row["value"])
    amount = float(str(row["number"])) if not pd.isna(row["number"]) else float("nan")
    kind = FIELDS[field].kind
    if field.endswith("_mvnd"):
        text = format_money(amount, language)
    elif field.endswith("_pct"):
        text = format_percent(amount, language)
    elif kind == "number":
        text = _format_with_unit(row, amount, language)
    elif kind == "when":
        text = format_when(value, language)
    elif kind == "word":
        text = translate_word(field, value, language)
    else:
        text = value
    qualifier = str(row["qualifier"])
    if qualifier not in {"", "exact"}:
        text = t(f"layers.qualifier.{qualifier}", language, value=text)
    return text


def _format_with_unit(row: Mapping[str, Any], amount: float, language: str) -> str:
    text = format_quantity(amount, language)
    total = row["total"]
    if not pd.isna(total):
        text = f"{text}/{format_quantity(float(str(total)), language)}"
    unit = str(row["unit"])
    if unit == "percent":
        return f"{text} %"
    return f"{text} {unit}".strip()


@cache_on_facts(most=16)
def _map_period_labels(facts: Facts, language: str) -> dict[str, str]:
    periods = facts.periods
    return dict(zip(periods["period"], periods[f"label_{language}"], strict=True))
