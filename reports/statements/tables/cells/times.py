"""Times in cells: with their year, or with the document's where none is written."""

from __future__ import annotations

import re
from typing import Final

from geo.text import fold_text
from reports.grammar.milestone import find_times

_YEARLESS: Final = re.compile(
    r"(?:truoc |trong |cuoi |den |het |xong )*(?:ngay )?(?:(?P<day>\d{1,2})[/.-](?P<dm>\d{1,2})"
    r"|thang (?P<month>\d{1,2})|quy (?P<quarter>iv|i{1,3}|[1-4]))"
)
_RANGE: Final = re.compile(r"(?:tu )?(20\d\d) ?(?:[-–]|den) ?(20\d\d)")
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_times(text: str, year: str) -> list[tuple[str, str, bool]]:
    """Return the times of a cell as (time, its words, whether the year is the document's)."""
    folded = " ".join(fold_text(text).split())
    span = _RANGE.fullmatch(folded.strip(" .()"))
    if span:
        return [(f"{span[1]}..{span[2]}", text.strip(), False)]
    times = [(when, words, False) for when, words in find_times(text)]
    match = _YEARLESS.fullmatch(folded.strip(" .;()"))
    if times or match is None or not year:
        return list(dict.fromkeys(times))
    if match["quarter"]:
        number = _QUARTERS.get(match["quarter"]) or int(match["quarter"])
        return [(f"{year}-Q{number}", text.strip(), True)]
    month = int(match["month"] or match["dm"])
    stated = f"{year}-{month:02}" + (f"-{int(match['day']):02}" if match["day"] else "")
    valid = 1 <= month <= 12 and (not match["day"] or 1 <= int(match["day"]) <= 31)  # noqa: PLR2004
    return [(stated, text.strip(), True)] if valid else []
