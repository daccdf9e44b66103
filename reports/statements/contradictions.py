"""Figures that contradict one another: an amount and its share, two totals of one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.predicates.said_of import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement

_PLAN_REACH: Final = 110
"""Characters within which a plan follows the share of it."""
_OFF: Final = 0.03
"""By how much an amount may differ from its share of the plan."""
_TOTALS: Final = frozenset({"investment", "area", "length", "dwellings"})
"""What a thing has one of."""


def question_shares(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield a sentence's statements; an amount that its own share of the plan denies is asked.

    "68.398 tỷ đồng … đạt 22,87% kế hoạch (36.728 tỷ đồng)" has a digit too much somewhere.
    """
    expected = [
        float(share.value) / 100 * float(plan.value)
        for share in statements
        for plan in statements
        if share.field == "disbursed_pct"
        and plan.field == "allocated"
        and not isinstance(share.value, str)
        and not isinstance(plan.value, str)
        and 0 < plan.start - share.end < _PLAN_REACH
    ]
    for statement in statements:
        value = statement.value
        if statement.field != "disbursed" or isinstance(value, str) or not expected:
            yield statement
        elif min(abs(value - amount) / max(amount, 1) for amount in expected) > _OFF:
            yield _ask(statement, [value, *(float(round(amount)) for amount in expected)])
        else:
            yield statement


def question_totals(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield a document's statements; two exact totals of one thing that differ are asked about.

    A part of a total, a figure of a phase, a rough one contradict nothing.
    """
    totals: dict[tuple[str, str, str, str], set[float]] = {}
    for statement in statements:
        key = _find_total(statement)
        if key is not None:
            totals.setdefault(key, set()).add(float(statement.value))
    for statement in statements:
        key = _find_total(statement)
        values = totals.get(key, set()) if key is not None else set()
        yield _ask(statement, sorted(values)) if len(values) > 1 else statement


def _find_total(statement: Statement) -> tuple[str, str, str, str] | None:
    """Return what a statement is the one total of; ``None`` where it is none."""
    total = (
        statement.field in _TOTALS
        and statement.status == "sure"
        and statement.mood == "measured"
        and statement.qualifier == "exact"
        and statement.subject_kind in ITEMS
        and not (statement.is_part or isinstance(statement.value, str))
    )
    subject = statement.item or fold_text(statement.subject)
    return (subject, statement.field, statement.unit, statement.detail) if total else None


def _ask(statement: Statement, values: Sequence[float]) -> Statement:
    words = tuple(dict.fromkeys(format_number(value) for value in values))
    return replace(statement, status="ask", why="contradiction", candidates=words)


def format_number(number: float) -> str:
    """Return a number as plain digits, a whole one without a fraction."""
    return str(int(number)) if number == int(number) else str(number)
