"""What times are written with: days, months, quarters and years, slips of scans among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from reports.model.dates import parse_span

D: Final = r"(?:[0o]?[1-9li]|[12li][0-9oli]|3[01oli])"
M: Final = r"(?:1[0-2]|[1li][0o12li]|[0o]?[1-9li])"
"""A day or a month; scans take l and I for 1, O for 0."""
Q: Final = r"(?:[ilv]{1,3}|[1-4])"
QUARTER_WORDS: Final = "mot|hai|ba|bon|tu"
YEAR: Final = r"(?:19|2[0o])[0-9oli]{2}"
SEPARATOR: Final = r"(?:\s?/\s?|-|\.|\s?thang\s)"
DAY: Final = rf"(?P<day>{D}){SEPARATOR}(?P<month>{M})"
TO_YEAR: Final = rf"(?:\s?[/.-]\s?|,?\s?(?:cua\s)?nam\s?)(?P<year>{YEAR})(?!\d)"

_QUARTERS: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4,
}  # fmt: skip
_SLIPS: Final = str.maketrans("oli", "011")
_LONG_YEAR: Final = 4
_OTHER_WORDS: Final = {
    "nam": {"nam", "nằm", "nắm", "nấm", "nạm"},
    "quy": {"quy", "quỹ", "quỷ", "quỳ"},
    "thang": {"thang", "thắng", "thăng", "thẳng"},
}
"""Words that are spelt like "năm", "quý", "tháng" but for their marks."""


@dataclass(frozen=True)
class TimeToken:
    """A time where it stands: ISO-like ``value`` ('' for a duration), or ``months`` long.

    ``role`` is ``as_of`` ("đến hết …"), ``before`` or ``after`` where the words before it say so.
    ``year_inferred``: the year is the document's, not the text's.
    """

    value: str
    start: int
    end: int
    role: str = ""
    year_inferred: bool = False
    months: int = 0


def is_time_spelt(words: str) -> bool:
    """Return False where "phía Nam 2025" or "quy mô" would be taken for a year or a quarter."""
    return all(
        words[match.start() : match.end()].lower() not in _OTHER_WORDS.get(_fold_word(match[0]), ())
        for match in re.finditer(r"[^\W\d_]+", words)
    )


def _fold_word(word: str) -> str:
    low = word.lower()
    return next((plain for plain, others in _OTHER_WORDS.items() if low in others), "")


def read_year(text: str) -> str:
    """Return the four digits of a year that is written with two or four."""
    digits = text.translate(_SLIPS)
    return digits if len(digits) == _LONG_YEAR else f"20{digits}"


def write_day(year: str, match: re.Match[str]) -> str:
    """Return a day as ``2026-05-07``; '' where there is none such."""
    return _check(f"{read_year(year)}-{_read(match['month'])}-{_read(match['day'])}")


def write_month(year: str, match: re.Match[str]) -> str:
    """Return a month as ``2026-05``; '' where there is none such."""
    return _check(f"{read_year(year)}-{_read(match['month'])}")


def write_quarter(year: str, match: re.Match[str]) -> str:
    """Return a quarter as ``2026-Q3``; '' for a number that is none."""
    text = match["quarter"]
    number = _QUARTERS.get(text) or _QUARTERS.get(text.replace("l", "i"))
    return f"{read_year(year)}-Q{number}" if number else ""


def write_year(year: str, match: re.Match[str]) -> str:
    """Return a year as ``2026``."""
    del match
    return read_year(year)


def _read(text: str) -> str:
    return text.translate(_SLIPS).zfill(2)


def _check(value: str) -> str:
    return value if parse_span(value) else ""
