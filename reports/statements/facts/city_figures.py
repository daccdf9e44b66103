"""From a statement about the city to a figure of it: of today's city, done, and of a known kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import is_day
from reports.model.extraction import Indicator
from reports.statements.facts.scope import is_time_of_city

if TYPE_CHECKING:
    from reports.model.document import Document
    from reports.model.statement import Statement

_PLANS: Final = (
    ("pm_plan", ("thu tuong",)),
    ("council_plan", ("hoi dong nhan dan", "hdnd")),
    ("plan_after_saving", ("tiet kiem",)),
)
_SOCIAL: Final = "nha o xa hoi"


def make_indicator(statement: Statement, document: Document) -> Indicator | None:
    """Return the figure of today's city that a statement gives, ``None`` where it gives none."""
    value = statement.value
    if (
        statement.status != "sure"
        or statement.subject_kind != "city"
        or statement.mood != "done"
        or statement.part_of
        or statement.province
        or isinstance(value, str)
        or not is_time_of_city(statement.when, document)
        or not _fits_period(statement.when, document.period)
    ):
        return None
    kind = _find_kind(statement)
    if kind is None:
        return None
    subject, measure, unit = kind
    return Indicator(
        subject,
        measure,
        float(value),
        statement.total,
        unit,
        statement.stated or statement.sentence,
        statement.place,
    )


def _fits_period(when: str, period: str) -> bool:
    """Return True if a figure of a time may stand for the document's period.

    A week's or one month's amount is none of the quarter; what is counted since the year began
    up to a day is.
    """
    first, apart, _ = when.partition("..")
    if not when or when == period:
        return True
    if apart:
        return first == first[:4] or first[4:] in {"-01", "-01-01", "-Q1"}
    return is_day(when) or (when == when[:4] and period.startswith(when))


def _find_kind(statement: Statement) -> tuple[str, str, str] | None:
    """Return subject, measure and unit as the facts know them."""
    told = fold_text(f"{statement.detail} {statement.subject}")
    if statement.field == "disbursed" and statement.unit == "triệu đồng":
        return "public_investment", "disbursed", "million_vnd"
    if statement.field == "disbursed_pct":
        plan = next((name for name, signs in _PLANS if any(sign in told for sign in signs)), "")
        return ("public_investment", f"disbursed_pct_of_{plan}", "percent") if plan else None
    if statement.field == "dwellings" and _SOCIAL in told:
        return "social_housing", "done", "dwelling"
    return None
