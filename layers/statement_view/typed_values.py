"""Values of statements as people type them: a number with its unit, a time in words, a state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE
from geo.text import fold_text
from layers.labels.reading_labels import format_exactly, format_word_value
from reports.grammar.milestone import find_times
from reports.grammar.numbers import SPACED, read_number
from reports.grammar.typed_numbers import MILLIONS
from reports.model.dates import parse_span
from reports.model.statement import NUMBER_FIELDS, TIME_FIELDS
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from reports.model.statement import Statement

MONEY: Final = "triệu đồng"
BILLION: Final = "tỷ đồng"
_THOUSAND: Final = 1000
_AMOUNT: Final = re.compile(rf"\s*({SPACED}|\d[\d.,]*)\s*(?:/\s*({SPACED}|\d[\d.,]*))?\s*(\D*)\s*")
_RANGE: Final = re.compile(r"\s*(?:\.\.|–|—|\s-\s|\sđến\s|\stới\s)\s*")
_STATES: Final = (
    "preparing", "not_started", "approved", "established", "started", "under_construction",
    "paused", "inaugurated", "in_operation", "removed_from_list", "undetermined",
)  # fmt: skip


@dataclass(frozen=True)
class TypedValue:
    """A value as statements keep it: money in million VND, times as ``2026-Q3``."""

    value: float | str
    unit: str = ""
    total: float | None = None


def write_value(statement: Statement, language: str = DEFAULT_LANGUAGE) -> tuple[str, str]:
    """Return a statement's value and unit as they are typed into a form."""
    value = statement.value
    if isinstance(value, str):
        is_time = statement.field in TIME_FIELDS
        return (
            write_time(value, language)
            if is_time
            else format_word_value(statement.field, value, language)
        ), ""
    whole = "" if statement.total is None else f"/{format_exactly(statement.total, language)}"
    if statement.unit == MONEY and not whole and abs(value) >= _THOUSAND:
        return format_exactly(value / _THOUSAND, language), BILLION
    return f"{format_exactly(value, language)}{whole}", statement.unit


def read_value(
    field: str, text: str, unit: str, language: str = DEFAULT_LANGUAGE
) -> TypedValue | None:
    """Return what was typed as statements keep it, ``None`` where it cannot be read.

    Words behind the number are its unit, and count more than ``unit``.
    """
    text = " ".join(text.split())
    if field in TIME_FIELDS:
        time = read_time(text)
        return TypedValue(time) if time else None
    if field not in NUMBER_FIELDS:
        value = _find_state(text, language) if field == "status" else text
        return TypedValue(value) if value else None
    match = _AMOUNT.fullmatch(text)
    number = _read_number(match[1], language) if match else None
    if match is None or number is None:
        return None
    total = _read_number(match[2], language) if match[2] else None
    if (match[2] and total is None) or match[3].startswith("/"):
        return None
    own = (match[3] or unit).strip().replace("²", "2")
    factor = MILLIONS.get(" ".join(fold_text(own).split()))
    if factor is None:
        return TypedValue(number, own, total)
    return TypedValue(round(number * factor, 6), MONEY, total)


def write_time(when: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a time as it is typed: in Vietnamese words, in English as statements keep it."""
    return format_word_value("", when, language) if language == DEFAULT_LANGUAGE else when


def read_time(text: str) -> str:
    """Return a time, or a range of two, as statements keep it; '' where it cannot be read."""
    ends = [_read_end(part) for part in _RANGE.split(text.strip()) if part.strip()]
    return "..".join(ends) if ends and len(ends) <= 2 and all(ends) else ""  # noqa: PLR2004


def _read_end(text: str) -> str:
    if parse_span(text.strip()):
        return text.strip()
    found = [when for when, _ in find_times(text)]
    return found[0] if len(found) == 1 else ""


def _read_number(text: str, language: str) -> float | None:
    """Return a number, groups of three parted as the language writes them."""
    readings = read_number(text.strip(), "." if language == "vi" else ",")
    return float(readings[0]) if len(readings) == 1 else None


def _find_state(text: str, language: str) -> str:
    """Return the program's word for a state that is typed in the reader's language."""
    folded = fold_text(text)
    return next(
        (
            state
            for state in _STATES
            if folded in {state, fold_text(translate_word("status", state, language))}
        ),
        "",
    )
