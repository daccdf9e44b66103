"""A workbook cell's value in words, as the sheet shows it and as reports write it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

_DATE: Final = "%d/%m/%Y"
_DIGITS: Final = 6
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def written(cell: Any) -> str:
    """Return an openpyxl cell's value as text; '' for an empty one.

    Whole numbers are written plainly, decimals with a comma, never with three decimals (which
    could be taken for thousands); percentages as shown; dates as day/month/year.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int | float):
        form = _QUOTED.sub("", str(cell.number_format or ""))
        if "%" in form:
            return f"{_number(value * 100)}%"
        return _number(value)
    if isinstance(value, dt.date):
        return value.strftime(_DATE)
    return str(value).strip()


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN
        return ""
    text = f"{round(value, _DIGITS):.{_DIGITS}f}".rstrip("0").rstrip(".")
    whole, _, decimals = text.partition(".")
    if not decimals:
        return whole
    return f"{whole},{decimals}" + ("0" if len(decimals) == 3 else "")  # noqa: PLR2004
