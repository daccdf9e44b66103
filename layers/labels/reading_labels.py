"""What a statement says, in the words of whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import CatalogueError
from geo.i18n import DEFAULT_LANGUAGE, format_number, t
from store.facts.labels import format_times, translate_word

if TYPE_CHECKING:
    from reports.model.statement import Statement

_MONEY: Final = "triệu đồng"
_BILLION: Final = 1000
_MOST_PLACES: Final = 6


def translate_term(section: str, key: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a term of statements (``field``, ``mood``, ``kind``, ``why``, ``unread`` …) in words.

    '' for ''; of a reason that the catalogue lacks, its general one; else the term as it is.
    """
    if not key:
        return ""
    for name in (key, "other"):
        try:
            return t(f"statements.{section}.{name}", language)
        except CatalogueError:
            continue
    return key


def format_reading(statement: Statement, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a statement's value with its unit, total and qualifier, as exact as it is stated."""
    value = statement.value
    if isinstance(value, str):
        text = format_word_value(statement.field, value, language)
    else:
        text = format_amount(value, statement.unit, language, total=statement.total)
    if statement.qualifier == "exact":
        return text
    return f"{translate_term('qualifier', statement.qualifier, language)} {text}"


def format_amount(
    value: float, unit: str, language: str = DEFAULT_LANGUAGE, *, total: float | None = None
) -> str:
    """Return a number with its unit; money in million VND as billions from one billion on."""
    whole = "" if total is None else f"/{format_exactly(total, language)}"
    if unit == _MONEY and total is None and abs(value) >= _BILLION:
        amount = format_exactly(value / _BILLION, language)
        return t("geo.unit.billion_vnd", language, amount=amount)
    shown = translate_word("measure_unit", unit, language)
    return f"{format_exactly(value, language)}{whole} {shown}".strip()


def format_exactly(value: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a number with all its decimals, six at most."""
    places = next(
        (count for count in range(_MOST_PLACES) if round(value, count) == value), _MOST_PLACES
    )
    return format_number(value, places, language)


def format_word_value(field: str, value: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return a value that is a time, a range of times, a state or words."""
    if field == "status":
        return translate_word("status", value, language)
    return format_times(value, language)


def format_time(statement: Statement, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the time that a statement holds for; '' where there is none."""
    return format_times(statement.when, language)
