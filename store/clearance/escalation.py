"""How far up a clearance case has to go: by its age, the investment held up, and its deadline.

| level | who has to act | reached at an age of | sooner | when the deadline is past by |
|---|---|---|---|---|
| 0 | the commune, as a matter of course | – | – | – |
| 1 | the commune, reminded | 30 days | – | – |
| 2 | the responsible department | 90 days | 30 days from 1.000 tỷ đồng held up | 1 day |
| 3 | the city's leaders | 180 days | 90 days from 1.000 tỷ, 30 days from 10.000 tỷ | 90 days |

``THRESHOLDS`` and ``OVERDUE_DAYS`` are this table. More age or more money never lowers a level.
Money that is not known counts as none and is said; an age that is not known gives no level unless
the deadline does. A case that is closed has no level.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.i18n import DEFAULT_LANGUAGE, format_money, t

MAX_LEVEL: Final = 3


@dataclass(frozen=True)
class EscalationThreshold:
    """A level and from which age (days) on, where at least so much (million VND) is held up."""

    level: int
    days: int
    investment_mvnd: int = 0


THRESHOLDS: Final = (
    EscalationThreshold(1, 30),
    EscalationThreshold(2, 90),
    EscalationThreshold(2, 30, 1_000_000),
    EscalationThreshold(3, 180),
    EscalationThreshold(3, 90, 1_000_000),
    EscalationThreshold(3, 30, 10_000_000),
)
OVERDUE_DAYS: Final = {2: 1, 3: 90}


@dataclass(frozen=True)
class EscalationReason:
    """Why a level is as it is: the text's key and what it names."""

    key: str
    days: int = 0
    investment_mvnd: int = 0

    def text(self, language: str = DEFAULT_LANGUAGE) -> str:
        """Return it in words."""
        amount = format_money(self.investment_mvnd, language)
        return t(f"register.reason.{self.key}", language, days=self.days, money=amount)


@dataclass(frozen=True)
class Escalation:
    """A case's level (``None``: not known, or closed), its age and what is past, both in days.

    ``age_days`` is ``None`` where the first day is not known.
    """

    level: int | None
    age_days: int | None
    overdue_days: int
    reasons: tuple[EscalationReason, ...]


def compute_escalation(
    *, opened: str, deadline: str, investment_mvnd: int | None, state: str, day: date
) -> Escalation:
    """Return how far up a case has to go on a day. Dates are ISO, '' where not known.

    ``investment_mvnd``: investment held up, million VND, ``None`` where not known.
    """
    age = max(0, (day - date.fromisoformat(opened)).days) if opened else None
    past = max(0, (day - date.fromisoformat(deadline)).days) if deadline else 0
    if state != "open":
        return Escalation(None, age, past, (EscalationReason(state),))
    reasons = []
    by_age = _find_threshold(age, investment_mvnd or 0)
    by_deadline = max((level for level, days in OVERDUE_DAYS.items() if past >= days), default=0)
    if age is None:
        reasons.append(EscalationReason("no_day"))
    elif by_age.investment_mvnd:
        reasons.append(EscalationReason("age_money", age, investment_mvnd or 0))
    else:
        reasons.append(EscalationReason("age", age))
    if past:
        reasons.append(EscalationReason("overdue", past))
    if investment_mvnd is None:
        reasons.append(EscalationReason("no_money"))
    known = age is not None or by_deadline > 0
    level = max(by_age.level, by_deadline) if known else None
    return Escalation(level, age, past, tuple(reasons))


def _find_threshold(age: int | None, investment_mvnd: int) -> EscalationThreshold:
    """Return the highest threshold reached; of one level, the one that needs no money."""
    reached = [
        threshold
        for threshold in THRESHOLDS
        if age is not None
        and age >= threshold.days
        and investment_mvnd >= threshold.investment_mvnd
    ]
    return max(
        reached,
        key=lambda threshold: (threshold.level, -threshold.investment_mvnd),
        default=EscalationThreshold(0, 0),
    )
