"""Whether parts add up to their total, by the figures as they are stated: rounded as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from reports.statements.contradictions import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.statement import Statement

Completeness = Literal["all", "some", "one"]
"""Whether named parts are the whole of a total, some of it, or a single one."""

_FACTORS: Final = {"ha": 10_000.0, "m2": 1.0, "km2": 1_000_000.0, "km": 1_000.0, "m": 1.0}
_SIZES: Final = frozenset({"triệu đồng", *_FACTORS})
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_READ: Final = frozenset({"no_subject", "unclear_field", "mood", "contradiction"})
"""Questions that leave no doubt about the number itself."""
_NO_STEP: Final = 0.001


@dataclass(frozen=True)
class Figure:
    """A stated figure: ``value`` in the smallest unit of its kind, ``step`` of its last digit.

    ``clear`` is False for a rough figure, a range, one of two readings: it proves nothing.
    """

    value: float
    step: float
    clear: bool = True


def read_figure(statement: Statement) -> Figure | None:
    """Return the figure of a statement; ``None`` where its value is no number."""
    if isinstance(statement.value, str):
        return None
    value = float(statement.value) * _FACTORS.get(statement.unit, 1.0)
    read = statement.status == "sure" or statement.why in _READ
    clear = statement.qualifier == "exact" and read
    return Figure(value, _find_step(statement, value), clear)


def _find_step(statement: Statement, value: float) -> float:
    """Return what one more in the last stated digit is; what is counted one by one is exact."""
    number = _NUMBER.search(statement.stated)
    digits = re.sub(r"\D", "", number[0]) if number else ""
    counted = statement.unit not in _SIZES
    if counted or not digits or not int(digits):
        return _NO_STEP
    return abs(value) / int(digits)


def adds_up(total: Figure, parts: Sequence[Figure]) -> bool:
    """Return True if parts are a total, within what rounding each of them may hide."""
    return abs(sum(part.value for part in parts) - total.value) <= _find_slack(total, parts)


def exceeds(total: Figure, parts: Sequence[Figure]) -> bool:
    """Return True if parts are more than their total, beyond rounding."""
    return sum(part.value for part in parts) - total.value > _find_slack(total, parts)


def _find_slack(total: Figure, parts: Iterable[Figure]) -> float:
    return sum(figure.step for figure in (total, *parts)) / 2 + _NO_STEP


def scale_back(value: float, unit: str) -> float:
    """Return a value of ``Figure`` in the unit of a statement."""
    return round(value / _FACTORS.get(unit, 1.0), 6)


def question_total(statement: Statement, values: Iterable[float]) -> Statement:
    """Return a statement as a question: its own value, or one that the other figures make."""
    own = float(statement.value) if not isinstance(statement.value, str) else 0.0
    words = dict.fromkeys(format_number(value) for value in (own, *values))
    return replace(statement, status="ask", why="total", candidates=tuple(words))
