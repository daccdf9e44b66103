"""The time that a document bears: of its letterhead, of the line under its title, of its data."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.model.dates import is_day, parse_span

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_DATE: Final = 110
_AMBIGUOUS_YEAR: Final = 2025
"""The year in which the city became another: only a part of it tells which one is meant."""

_DAY: Final = r"(?P<day>[0-3]?[0-9])\s*(?:/|-|\.|\s+thang\s+)\s*(?P<month>[01]?[0-9])"
_YEAR: Final = r"\s*(?:/|-|\.|,?\s*nam\s+)\s*(?P<year>20\d\d)"
_FULL: Final = re.compile(rf"(?<![\d/]){_DAY}{_YEAR}(?!\d)")
_MONTH: Final = re.compile(
    r"\bthang\s+(?P<month>[01]?[0-9])\s*(?:/|-|,?\s*nam\s+)\s*(?P<year>20\d\d)(?!\d)"
)
_PART: Final = re.compile(r"\b(?P<part>dau|cuoi) nam (?P<year>20\d\d)")
_ALONE: Final = re.compile(r"(?:nam\s+)?(?P<year>20\d\d)")
_DATE_LINE: Final = re.compile(
    r"(?:(?:cap nhat|dang|ngay dang|dang ngay|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\b[\s,:]*)*"
    r"(?:[a-z .]{2,30},\s*)?(?:(?:ngay|thang|nam)\b|[0-3]?\d\s*[/-]|tong hop den|so lieu|tinh den)"
)
_OF_DATA: Final = re.compile(
    r"\W*(?:so lieu|tinh den|cap nhat|tong hop|den (?:het )?ngay|luy ke)\b"
)
_UNTIL: Final = re.compile(
    r"(?:so lieu|tinh|tong hop|cap nhat|luy ke|ket qua|thoi diem|solieu|thuc hien|giai ngan)?"
    r"[^.;]{0,160}?\b(?:den|toi)\s+(?:het\s+|cuoi\s+)?(?:ngay\s+)?" + _DAY + _YEAR
)
_UNTIL_MONTH: Final = re.compile(
    r"\b(?:tinh|so lieu|tong hop|luy ke|cap nhat)\b[^.;]{0,60}?\b(?:den|toi)\s+(?:het\s+|cuoi\s+)?"
    r"thang\s+(?P<month>[01]?[0-9])\s*(?:/|-|,?\s*nam\s+)\s*(?P<year>20\d\d)"
)
_MISREAD: Final = re.compile(r"(?<=[\d/ ])[lio](?=[\d/])|(?<=[\d/])[lio](?=[\d/ ]|$)")


def mend_digits(folded: str) -> str:
    """Return folded text in which letters that a scan read for digits are digits again."""
    return _MISREAD.sub(lambda match: "0" if match[0] == "o" else "1", folded)


def find_date_line(lines: Iterable[str]) -> str:
    """Return the time that a line of its own names: ``Ngày 08/9/2025``, ``Tháng 8/2023``.

    ``2025-09-08``, ``2023-08``, ``2024``, ``2025-Q1`` for its beginning; '' where no line does.
    """
    for line in lines:
        folded = mend_digits(" ".join(fold_text(line).strip(" ()*-").split()))
        dates = _DATE_LINE.match(folded) or _ALONE.fullmatch(folded)
        if len(folded) > _LONGEST_DATE or not dates or _OF_DATA.match(folded):
            continue
        when = read_time(folded)
        if when and _is_only_date(folded):
            return when
    return ""


def find_until(lines: Iterable[str], title: str) -> str:
    """Return the time up to which the data reach: ``đến hết ngày 13/8/2025`` of title or a line.

    A line says it where it begins with a word for it (``Cập nhật 16/10/2025``).
    """
    folded = mend_digits(" ".join(fold_text(title).split()))
    match = _UNTIL.search(folded) or _UNTIL_MONTH.search(folded)
    if match:
        return _spell(match)
    for line in lines:
        folded = mend_digits(" ".join(fold_text(line).strip(" ()*-").split()))
        if len(folded) > _LONGEST_DATE or not _OF_DATA.match(folded):
            continue
        when = read_time(folded)
        if when and _is_only_date(folded):
            return when
    return ""


def read_time(folded: str) -> str:
    """Return the day, month, part or year that folded text names, as precise as it is."""
    for pattern in (_FULL, _MONTH):
        match = pattern.search(folded)
        when = _spell(match) if match else ""
        if when:
            return when
    part = _PART.search(folded)
    if part:
        return f"{part['year']}-Q{1 if part['part'] == 'dau' else 4}"
    match = _ALONE.fullmatch(folded)
    return match["year"] if match else ""


def get_last_day(when: str) -> str:
    """Return the last day of a time, '' where that would say more than the document does."""
    span = parse_span(when)
    if span is None or (len(when) == 4 and int(when) >= _AMBIGUOUS_YEAR):  # noqa: PLR2004
        return ""
    return span[1].isoformat()


def get_period_end(period: str) -> str:
    """Return the last day of a period such as ``2026-Q1``; '' for a whole year."""
    year, _, part = period.partition("-")
    if part.startswith("H"):
        return f"{year}-06-30" if part == "H1" else f"{year}-12-31"
    if not part:
        return ""
    month = 3 * int(part[1]) if part.startswith("Q") else int(part)
    return date(int(year), month, monthrange(int(year), month)[1]).isoformat()


def _spell(match: re.Match[str]) -> str:
    groups = match.groupdict()
    when = f"{groups['year']}-{int(groups['month']):02}"
    if groups.get("day"):
        when += f"-{int(groups['day']):02}"
        return when if is_day(when) else ""
    return when if parse_span(when) else ""


def _is_only_date(folded: str) -> bool:
    """Return True if a line says hardly more than a date: place, hour, word for it."""
    rest = _FULL.sub(" ", folded)
    rest = _MONTH.sub(" ", rest)
    words = re.findall(r"[a-z]{2,}", rest)
    return len(words) <= 7  # noqa: PLR2004 - "Thành phố Hải Dương, ngày", "số liệu đến hết ngày"
