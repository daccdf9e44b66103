"""From one statement to values as the facts tables write them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reports.grammar.numbers import format_decimal
from reports.grammar.obstacle import classify_cause
from reports.model.dates import parse_span
from reports.model.extraction import ExtractedValue
from reports.model.schema import OBSTACLE_CATEGORIES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.statement import Statement

TRUST: Final = 0.9
"""How surely a statement that the reader calls sure is taken."""

MILLION: Final = "triệu đồng"
_HECTARES: Final = {"ha": Decimal(1), "m2": Decimal("0.0001"), "km2": Decimal(100)}
_HOLDS: Final = frozenset({"done", "measured"})
_MEANT: Final = frozenset({"planned", "required"})
_AMOUNTS: Final = {"investment": "investment_mvnd", "land_payment": "land_payment_mvnd"}
_SHARES: Final = {"construction_pct": "construction", "clearance_pct": "clearance"}
_TIMES: Final = {
    "start": "milestone_start",
    "finish": "milestone_finish",
    "inauguration": "milestone_inauguration",
}
_PLANNED_WORK: Final = frozenset(
    {
        "physical_done", "length", "land_cleared", "land_handed_over",
        "households_agreed", "households_paid", "households_cleared",
    }
)  # fmt: skip
"""What is work to be done when it is planned: kept in the text's own words."""

_LONGEST: Final = 120
_STAGE: Final = "giai đoạn"
_PLAN: Final = "quy hoạch"
"""What is approved there is a plan of the thing, not the thing."""


def make_values(statement: Statement, column: str) -> Iterator[ExtractedValue]:
    """Yield the values that a statement gives of its subject, none where it fits no field.

    ``column`` is the heading of its cell, or ``text``.
    """
    name = statement.field
    if name in _AMOUNTS or name == "area":
        yield from _make_amounts(statement, column)
    elif name in _SHARES:
        yield from _make_shares(statement, column)
    elif name in _TIMES or name == "works_from_to":
        yield from _make_times(statement, column)
    elif name == "planned_work":
        yield _make_value(statement, name, str(statement.value), column)
    elif statement.mood in _MEANT and name in _PLANNED_WORK:
        words = " ".join((statement.detail or statement.sentence).split())
        yield _make_value(statement, "planned_work", words, column)
    elif statement.mood in _HOLDS:
        yield from _make_words(statement, column)


def _make_amounts(statement: Statement, column: str) -> Iterator[ExtractedValue]:
    number = _get_number(statement)
    if number is None or statement.mood not in _HOLDS or statement.is_part:
        return
    if statement.field == "area" and not _is_narrowed(statement):
        factor = _HECTARES.get(statement.unit)
        if factor is not None:
            area = format_decimal(number * factor)
            yield _make_value(statement, "area_ha", area, column, unit="ha")
    elif statement.field in _AMOUNTS and statement.unit == MILLION:
        name = _AMOUNTS[statement.field]
        amount = format_decimal(Decimal(round(number)))
        yield _make_value(statement, name, amount, column, unit="million_vnd")


def _is_narrowed(statement: Statement) -> bool:
    """Return True for an area of something less than the thing: its green land, what it was."""
    detail = statement.detail.casefold()
    return bool(detail) and not detail.startswith((_STAGE, "gđ", "khu"))


def _make_shares(statement: Statement, column: str) -> Iterator[ExtractedValue]:
    number = _get_number(statement)
    done = statement.mood in _HOLDS
    if number is None or statement.is_part or not (done or statement.mood in _MEANT):
        return
    name = f"{'actual' if done else 'planned'}_{_SHARES[statement.field]}_pct"
    basis = "phase" if _STAGE in statement.detail.casefold() else ""
    value = format_decimal(number)
    yield _make_value(statement, name, value, column, unit="percent", basis=basis)


def _make_times(statement: Statement, column: str) -> Iterator[ExtractedValue]:
    if statement.field in _TIMES:
        moments = {_TIMES[statement.field]: str(statement.value)}
    else:
        first, _, last = str(statement.value).partition("..")
        moments = {"milestone_start": first, "milestone_finish": last}
    for name, when in moments.items():
        if parse_span(when):
            yield _make_value(statement, name, when, column)


def _make_words(statement: Statement, column: str) -> Iterator[ExtractedValue]:
    words = str(statement.value).strip()
    of_plan = words == "approved" and _PLAN in statement.detail
    if statement.field == "status" and words in STATUSES and not of_plan:
        yield _make_value(statement, "status", words, column)
    elif statement.field == "obstacle" and words:
        cause = statement.cause if statement.cause in OBSTACLE_CATEGORIES else ""
        cause = cause or classify_cause(f"{statement.cause} {words}")
        category = "other" if cause == "unspecified" else cause
        yield _make_value(statement, "obstacle", category, column)
        yield _make_value(statement, "obstacle_text", words, column)
    elif statement.field == "asked_to_act" and words:
        yield _make_value(statement, "asked_to_act", words, column)
    elif statement.field == "physical_done":
        number = _get_number(statement)
        if number is not None:
            total = "" if statement.total is None else format_decimal(Decimal(str(statement.total)))
            yield _make_value(
                statement, "physical_done", format_decimal(number), column,
                unit=statement.unit, total=total,
            )  # fmt: skip


def _get_number(statement: Statement) -> Decimal | None:
    if isinstance(statement.value, str):
        return None
    number = Decimal(str(statement.value))
    return number if number.is_finite() else None


def _make_value(
    statement: Statement,
    name: str,
    value: str,
    column: str,
    *,
    unit: str = "",
    basis: str = "",
    total: str = "",
) -> ExtractedValue:
    numeric = bool(unit)
    return ExtractedValue(
        name,
        value,
        statement.stated or statement.sentence,
        statement.place,
        column,
        component=statement.detail[:_LONGEST] if numeric else "",
        total=total,
        unit=unit,
        basis=basis,
        qualifier="" if not numeric or statement.qualifier == "exact" else statement.qualifier,
        confidence=TRUST,
    )
