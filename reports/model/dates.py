"""Dates as reports give them: a year, a quarter, a month or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

_WHEN: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?", re.ASCII
)


def parse_span(when: str) -> tuple[date, date] | None:
    """Return the first and the last day that ``when`` stands for.

    ``2026-Q3`` is 1 July to 30 September 2026. ``None`` where the text is none of ``2026``,
    ``2026-Q3``, ``2026-05`` and ``2026-05-07``, or no real date.
    """
    match = _WHEN.fullmatch(when)
    if not match:
        return None
    year = int(match["year"])
    first, last = 1, 12
    if match["quarter"]:
        last = 3 * int(match["quarter"])
        first = last - 2
    elif match["month"]:
        first = last = int(match["month"])
    try:
        if match["day"]:
            day = date(year, first, int(match["day"]))
            return day, day
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None


def is_day(text: str) -> bool:
    """Return whether the text is one real day written as ``2026-05-07``."""
    span = parse_span(text)
    return span is not None and len(text) == len("2026-05-07")


def is_same_time(one: str, other: str) -> bool:
    """Return whether two times are one, said more or less finely: ``2026-02`` and ``2026-Q1``.

    Texts that are no times are not.
    """
    this, that = parse_span(one), parse_span(other)
    if this is None or that is None:
        return False
    (first, last), (start, end) = this, that
    return (first <= start and end <= last) or (start <= first and last <= end)
