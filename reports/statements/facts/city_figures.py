"""From a statement about the city to a figure of it: of today's city, done, and of a known kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import is_day
from reports.model.extraction import Indicator
from reports.statements.facts.item_kinds import strip_generic_words
from reports.statements.facts.scope import is_document_of_city, is_time_of_city

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Document
    from reports.model.extraction import Extraction
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
        or statement.qualifier not in {"exact", "about"}
        or statement.is_part
        or statement.province
        or isinstance(value, str)
        or not is_document_of_city(document)
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


def list_city_figures(read: Extraction) -> tuple[Indicator, ...]:
    """Return the figures that the text gives, without those that are not today's city's.

    What a sentence says of one project, a district, a board or a time before is none, nor what is
    planned there: it is kept as that sentence's statement.
    """
    if not is_document_of_city(read.document):
        return ()
    lines: dict[int, list[Statement]] = {}
    for statement in read.reading.statements:
        for line in range(statement.place.line_from, statement.place.line_to + 1):
            lines.setdefault(line, []).append(statement)
    return tuple(
        figure
        for figure in read.indicators
        if not _is_of_another(
            figure,
            [
                statement
                for statement in lines.get(figure.place.line_from, ())
                if statement.value == figure.value
            ],
        )
    )


def _is_of_another(figure: Indicator, statements: Sequence[Statement]) -> bool:
    """Return True if all statements of a figure say that it is not the city's."""
    if figure.subject == "public_investment" and figure.measure.startswith("disbursed"):
        return bool(statements) and not any(map(_may_be_of_city, statements))
    if figure.subject == "social_housing" and figure.measure.startswith("done"):
        named = [
            statement.subject_kind in {"project", "housing"}
            and bool(strip_generic_words(statement.subject))
            for statement in statements
        ]
        return bool(named) and all(named)
    return False


def _may_be_of_city(statement: Statement) -> bool:
    if statement.mood not in {"done", "measured"} or statement.is_part:
        return False
    if statement.subject_kind == "body":  # "kế hoạch Hội đồng nhân dân giao" is whose plan it is
        return any(sign in fold_text(statement.subject) for _, signs in _PLANS for sign in signs)
    return statement.subject_kind in {"city", "unknown"}


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
