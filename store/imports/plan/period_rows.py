"""A period as a row of facts, made of its id: ``2026``, ``2026-Q1``, ``2026-H1`` or ``2026-05``."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from reports.model.dates import is_day, parse_span

if TYPE_CHECKING:
    from store.audit.rows import Row

_PERIOD: Final = re.compile(r"([12]\d{3})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?", re.ASCII)
_ROMAN: Final = ("I", "II", "III", "IV")


def make_period_row(period: str, as_of: str) -> Row | None:
    """Return the row of a period, ``None`` where the id is none.

    ``as_of`` is the day that a report of it says it speaks of ('' where it does not). A part of a
    year is then known at its end; a whole year at its beginning, for what reports on none of its
    parts is the year's programme.
    """
    found = _PERIOD.fullmatch(period)
    span = _get_period_span(period) if found else None
    if not found or span is None:
        return None
    year, quarter, half, month = found.groups()
    told = {"year": year, "number": month and int(month)}
    kind = "year"
    if quarter:
        kind, told["number"] = "quarter", _ROMAN[int(quarter) - 1]
    elif half:
        kind = f"half_{half}"
    elif month:
        kind, told["month"] = "month", date(2000, int(month), 1).strftime("%B")
    start, end = span
    known = as_of if is_day(as_of) else (start if kind == "year" else end).isoformat()
    return {
        "period": period,
        "label_vi": t(f"store.period.{kind}", "vi", **told),
        "label_en": t(f"store.period.{kind}", "en", **told),
        "start": start.isoformat(),
        "as_of": known,
    }


def _get_period_span(period: str) -> tuple[date, date] | None:
    year = period[:4]
    if period.endswith("-H1"):
        return date(int(year), 1, 1), date(int(year), 6, 30)
    if period.endswith("-H2"):
        return date(int(year), 7, 1), date(int(year), 12, 31)
    return parse_span(period)
