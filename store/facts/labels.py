"""The program's own words as a reader sees them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.clock import to_local_time
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
from reports.grammar.project_status import states_year_goal
from reports.model.dates import parse_span
from reports.model.schema import FIELDS
from store.facts.commune_shares import VND_PER_MVND
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.facts.facts import Facts
    from store.facts.sources import Source
    from store.facts.stored.hand_corrections import HandCorrection

_MOST_DAYS: Final = 4
"""Days of a figure's corrections that are named; of more, the first and the last."""

_SHORT: Final = frozenset({"H1", "H2", "Q1", "Q2", "Q3", "Q4"})
_SMALL_WORDS: Final = re.compile(r"(?<= )(?:năm|tháng|for|of) (?=[\dA-Z])")


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


def get_short_period_label(facts: Facts, period: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a period in a few letters: ``Q1 2026``, ``Programme 2026``.

    What is no quarter or half year goes by its name, without small words before its time: a
    programme or a notice is called what it is, not by the month in which it was issued.
    """
    year, _, part = period.partition("-")
    if parse_span(year) is None or part not in _SHORT:
        return _SMALL_WORDS.sub("", get_period_label(facts, period, language))
    return t(f"layers.period_short.{part.lower()}", language, year=year)


def get_as_of_date(facts: Facts, period: str) -> str:
    """Return the ISO date that a period's reports speak as of; '' for an unknown period."""
    return facts.period_ends.get(period, "")


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


def format_times(value: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a time or a range of times (``2024-Q4..2025-Q4``) in words; other text as it is."""
    times = value.split("..")
    if value and all(parse_span(time) is not None for time in times):
        return " – ".join(format_when(time, language) for time in times)
    return value


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


def format_forecast(
    forecast: str, *, year_goal: bool = False, language: str = DEFAULT_LANGUAGE
) -> str:
    """Return a forecast of the quarter's goal in words, with what it says of the year's goal."""
    text = translate_word("forecast", forecast, language)
    return t("layers.value.year_goal", language, text=text) if text and year_goal else text


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
    elif field == "forecast":
        goal = states_year_goal(str(row["raw"]))
        text = format_forecast(value, year_goal=goal, language=language)
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
    return f"{text} {translate_word('measure_unit', str(row['unit']), language)}".strip()


def describe_corrections(source: Source, language: str = DEFAULT_LANGUAGE) -> str:
    """Return how a source's words were corrected, with the reasons; '' where they were not."""
    return " ".join(
        t(
            "layers.correction.full",
            language,
            printed=correction.printed,
            read_as=correction.read_as,
            why=correction.why,
        )
        for correction in source.corrections
    )


def describe_figure_corrections(sources: Iterable[Source], language: str = DEFAULT_LANGUAGE) -> str:
    """Return which numbers the documents print otherwise, to stand beside a figure; '' for none.

    Also on which days a person corrected a figure, and what it was at first; by whom, the audit
    says.
    """
    sources = tuple(sources)
    corrections = dict.fromkeys(
        correction
        for source in sources
        for correction in source.corrections
        if correction.changes_figure
    )
    by_hand = dict.fromkeys(source.by_hand for source in sources if source.by_hand)
    return " ".join(
        (
            *(
                t(
                    "layers.correction.short",
                    language,
                    printed=correction.printed,
                    read_as=correction.read_as,
                )
                for correction in corrections
            ),
            *(_describe_correction_by_hand(correction, language) for correction in by_hand),
        )
    )


def _describe_correction_by_hand(correction: HandCorrection, language: str) -> str:
    before: dict[str, Any] = vars(correction) | {
        "number": pd.to_numeric(correction.value, errors="coerce")
    }
    if correction.field:
        text = format_observation(before, language)
    elif correction.unit == "million_vnd":
        text = format_money(float(correction.value), language)
    else:
        text = _format_with_unit(before, float(correction.value), language)
    days = sorted({to_local_time(datetime.fromisoformat(at)).date() for at in correction.moments})
    texts = [format_date(day, language) for day in days]
    count = len(correction.moments)
    key = "by_hand" if count == 1 else "by_hand_day" if len(days) == 1 else "by_hand_days"
    key = key if len(days) <= _MOST_DAYS else "by_hand_range"
    return t(
        f"layers.correction.{key}",
        language,
        count=count,
        day=texts[0],
        days=", ".join(texts),
        last=texts[-1],
        before=text,
    )


@cache_on_reports(most=16)
def _map_period_labels(facts: Facts, language: str) -> dict[str, str]:
    periods = facts.periods
    return dict(zip(periods["period"], periods[f"label_{language}"], strict=True))
